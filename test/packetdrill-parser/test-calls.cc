// SPDX-License-Identifier: GPL-2.0-only

// System calls and their values.

#include "parse.h"

namespace ns3
{
namespace tcpfsm
{
namespace packetdrill
{
namespace test
{
namespace
{

using std::chrono::microseconds;

Expression
FirstArgument(const std::string& text)
{
    return ParseCall("f(" + text + ") = 0").arguments.at(0);
}

template <typename T>
T
ValueOf(const Expression& expression)
{
    return std::get<T>(expression.value);
}

TEST(Call, HasArgumentsAndAResult)
{
    const auto call = ParseCall("socket(..., SOCK_STREAM, IPPROTO_TCP) = 3");
    EXPECT_EQ(call.name, "socket");
    ASSERT_EQ(call.arguments.size(), 3U);
    EXPECT_TRUE(std::holds_alternative<EllipsisValue>(call.arguments[0].value));
    EXPECT_EQ(ValueOf<SymbolValue>(call.arguments[1]).name, "SOCK_STREAM");
    EXPECT_EQ(ValueOf<IntegerValue>(call.result).value, 3);
    EXPECT_EQ(call.error, "");
    EXPECT_TRUE(call.notes.empty());
    EXPECT_FALSE(call.blockingEnd);
    EXPECT_TRUE(ParseCall("pause () = 0").arguments.empty());
}

TEST(Call, HasAnErrorAndNotes)
{
    const auto call = ParseCall("connect(3, ..., ...) = -1 EINPROGRESS (Operation now, n/a)");
    EXPECT_EQ(ValueOf<IntegerValue>(call.result).value, -1);
    EXPECT_EQ(call.error, "EINPROGRESS");
    EXPECT_EQ(call.notes, std::vector<std::string>{"Operation now, n/a"});
    const auto flags = ParseCall("fcntl(3, F_GETFL) = 0x02 (flags O_RDWR)");
    EXPECT_EQ(flags.result, (Expression{{}, IntegerValue{2, true}}));
    EXPECT_EQ(flags.error, "");
    EXPECT_EQ(flags.notes, std::vector<std::string>{"flags O_RDWR"});
    EXPECT_EQ(ParseCall("f() = O_RDWR (note)").notes.size(), 1U);
    EXPECT_EQ(ParseCall("f() = -1 EPIPE () (b)").notes, (std::vector<std::string>{"", "b"}));
}

TEST(Call, MayBlock)
{
    const auto event = ParseEvent("0...6.5 connect(3, ..., ...) = 0");
    EXPECT_EQ(event.when.begin, microseconds(0));
    EXPECT_EQ(std::get<SystemCall>(event.action).blockingEnd, microseconds(6500000));
    const auto script = Parse("0 close(1) = 0\n+.002 ... 0.052 close(3) = 0");
    EXPECT_EQ(script.events[1].when.kind, When::Kind::RELATIVE);
    EXPECT_EQ(script.events[1].when.begin, microseconds(2000));
    EXPECT_EQ(std::get<SystemCall>(script.events[1].action).blockingEnd, microseconds(52000));
    EXPECT_EQ(Parse("0 f() = 0 +0...0 f() = 0").events.size(), 2U);
    EXPECT_EQ(ErrorIn("0 close(1) = 0\n2...1 close(3) = 0"),
              "2:2: this call would return before it starts");
}

TEST(Value, IsANumberOf64Bits)
{
    EXPECT_EQ(ValueOf<IntegerValue>(FirstArgument("-9223372036854775808")).value, INT64_MIN);
    EXPECT_EQ(ValueOf<IntegerValue>(FirstArgument("18446744073709551615")).value, -1);
    EXPECT_EQ(ValueOf<IntegerValue>(FirstArgument("0xffffffffffffffff")), (IntegerValue{-1, true}));
    EXPECT_EQ(ErrorIn("0 f(18446744073709551616) = 0"), "1:5: this number does not fit in 64 bits");
    EXPECT_EQ(ErrorIn("0 f(-9223372036854775809) = 0"), "1:5: this number does not fit in 64 bits");
}

TEST(Value, IsAStringOrUnionOrList)
{
    EXPECT_EQ(ValueOf<StringValue>(FirstArgument("\"re\\no\"")).text, "re\no");
    const auto flags = ValueOf<UnionValue>(FirstArgument("O_RDWR | O_NONBLOCK|1"));
    ASSERT_EQ(flags.parts.size(), 3U);
    EXPECT_EQ(ValueOf<SymbolValue>(flags.parts[1]).name, "O_NONBLOCK");
    const auto list = ValueOf<ListValue>(FirstArgument("[1, [ECONNRESET], ...]"));
    ASSERT_EQ(list.items.size(), 3U);
    EXPECT_EQ(ValueOf<ListValue>(list.items[1]).items.size(), 1U);
    EXPECT_TRUE(ValueOf<ListValue>(FirstArgument("[]")).items.empty());
}

TEST(Value, IsAPollEntry)
{
    const auto list =
        ValueOf<ListValue>(FirstArgument("[{fd = 4, events=POLLIN|POLLOUT, revents=0}]"));
    const auto entry = ValueOf<StructValue>(list.items.at(0));
    EXPECT_EQ(KindOf(entry), StructKind::POLL);
    EXPECT_EQ(ValueOf<IntegerValue>(entry.Find("fd")->value).value, 4);
    EXPECT_EQ(ValueOf<UnionValue>(entry.Find("events")->value).parts.size(), 2U);
    EXPECT_EQ(entry.Find("nothing"), nullptr);
    EXPECT_EQ(KindOf(ValueOf<StructValue>(FirstArgument("{events=POLLIN}"))), StructKind::POLL);
    EXPECT_EQ(KindOf(ValueOf<StructValue>(FirstArgument("{events=1, fd=4}"))), StructKind::OTHER);
}

TEST(Value, IsAnotherStruct)
{
    EXPECT_EQ(KindOf(ValueOf<StructValue>(FirstArgument("{onoff=1, linger=0}"))),
              StructKind::LINGER);
    const auto message = ValueOf<StructValue>(
        FirstArgument("{msg_name(16)=..., msg_iov(1)=[{..., 100}], msg_flags=0}"));
    EXPECT_EQ(KindOf(message), StructKind::MESSAGE);
    EXPECT_EQ(ValueOf<IntegerValue>(message.Find("msg_name")->argument.value()).value, 16);
    const auto iov = ValueOf<ListValue>(message.Find("msg_iov")->value).items.at(0);
    EXPECT_EQ(KindOf(ValueOf<StructValue>(iov)), StructKind::IOV);
    const auto address =
        ValueOf<StructValue>(FirstArgument("{sa_family = AF_INET, sin_port = htons(80)}"));
    EXPECT_EQ(KindOf(address), StructKind::OTHER);
    const auto port = ValueOf<CallValue>(address.Find("sin_port")->value);
    EXPECT_EQ(port.name, "htons");
    EXPECT_EQ(port.arguments.size(), 1U);
}

TEST(Value, IsNotNestedWithoutEnd)
{
    const auto nested = [](int depth) {
        return "0 f(" + std::string(depth, '[') + "1" + std::string(depth, ']') + ") = 0";
    };
    EXPECT_EQ(ErrorIn(nested(32)), "no error");
    EXPECT_EQ(ErrorIn(nested(33)), "1:38: more than 32 values within values");
    EXPECT_EQ(ErrorIn(nested(100000)), "1:38: more than 32 values within values");
    EXPECT_EQ(ErrorIn("0 f(" + std::string(100000, '{')),
              "1:38: more than 32 values within values");
}

TEST(Call, IsRefusedAtThePlaceThatIsWrong)
{
    EXPECT_EQ(ErrorIn("0 close(3) 0"), "1:12: expected '=' but found '0'");
    EXPECT_EQ(ErrorIn("0 close(3"), "1:10: expected ')' but found the end of the script");
    EXPECT_EQ(ErrorIn("0 close(3,) = 0"), "1:11: expected a value but found ')'");
    EXPECT_EQ(ErrorIn("0 close = 0"), "1:9: expected '(' but found '='");
    EXPECT_EQ(ErrorIn("0 close(3) = -1 EBADF (x"),
              "1:25: expected ')' but found the end of the script");
}

} // namespace
} // namespace test
} // namespace packetdrill
} // namespace tcpfsm
} // namespace ns3
