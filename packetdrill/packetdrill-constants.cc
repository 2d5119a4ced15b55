// SPDX-License-Identifier: GPL-2.0-only

#include "packetdrill-constants.h"

#include <algorithm>
#include <iterator>

namespace ns3
{
namespace tcpfsm
{
namespace packetdrill
{

namespace
{

struct Constant
{
    std::string_view name;
    int64_t freebsd;
    int64_t linux;
};

constexpr Constant CONSTANTS[] = {
    {"NULL", 0, 0},
    {"SOCK_STREAM", 1, 1},
    {"SOCK_NONBLOCK", 0x20000000, 0x800},
    {"IPPROTO_IP", 0, 0},
    {"IPPROTO_TCP", 6, 6},
    {"IPPROTO_IPV6", 41, 41},
    {"SOL_SOCKET", 0xffff, 1},
    {"SOL_IP", 0, 0},
    {"SOL_TCP", 6, 6},
    {"SOL_IPV6", 41, 41},
    {"SOMAXCONN", 128, 128},
    {"SHUT_RD", 0, 0},
    {"SHUT_WR", 1, 1},
    {"SHUT_RDWR", 2, 2},
    {"F_GETFL", 3, 3},
    {"F_SETFL", 4, 4},
    {"O_RDWR", 2, 2},
    {"O_NONBLOCK", 0x4, 0x800},
    {"MSG_OOB", 0x1, 0x1},
    {"MSG_PEEK", 0x2, 0x2},
    {"MSG_DONTWAIT", 0x80, 0x40},
    {"MSG_WAITALL", 0x40, 0x100},
    {"MSG_NOSIGNAL", 0x20000, 0x4000},
    {"POLLIN", 0x1, 0x1},
    {"POLLOUT", 0x4, 0x4},
    {"POLLERR", 0x8, 0x8},
    {"POLLHUP", 0x10, 0x10},
    {"POLLNVAL", 0x20, 0x20},
    {"POLLRDHUP", 0x4000, 0x2000},
    {"IP_PMTUDISC_DONT", 0, 0},
    {"IP_PMTUDISC_WANT", 1, 1},
    {"IP_PMTUDISC_DO", 2, 2},
    // RFC 2474 4.2.2, RFC 2597 6, RFC 3246 2.7; RFC 1349 4
    {"IPTOS_DSCP_CS0", 0x00, 0x00},
    {"IPTOS_DSCP_CS1", 0x20, 0x20},
    {"IPTOS_DSCP_CS2", 0x40, 0x40},
    {"IPTOS_DSCP_CS3", 0x60, 0x60},
    {"IPTOS_DSCP_CS4", 0x80, 0x80},
    {"IPTOS_DSCP_CS5", 0xa0, 0xa0},
    {"IPTOS_DSCP_CS6", 0xc0, 0xc0},
    {"IPTOS_DSCP_CS7", 0xe0, 0xe0},
    {"IPTOS_DSCP_AF11", 0x28, 0x28},
    {"IPTOS_DSCP_AF12", 0x30, 0x30},
    {"IPTOS_DSCP_AF13", 0x38, 0x38},
    {"IPTOS_DSCP_AF21", 0x48, 0x48},
    {"IPTOS_DSCP_AF22", 0x50, 0x50},
    {"IPTOS_DSCP_AF23", 0x58, 0x58},
    {"IPTOS_DSCP_AF31", 0x68, 0x68},
    {"IPTOS_DSCP_AF32", 0x70, 0x70},
    {"IPTOS_DSCP_AF33", 0x78, 0x78},
    {"IPTOS_DSCP_AF41", 0x88, 0x88},
    {"IPTOS_DSCP_AF42", 0x90, 0x90},
    {"IPTOS_DSCP_AF43", 0x98, 0x98},
    {"IPTOS_DSCP_EF", 0xb8, 0xb8},
    {"IPTOS_LOWDELAY", 0x10, 0x10},
    {"IPTOS_THROUGHPUT", 0x08, 0x08},
    {"IPTOS_RELIABILITY", 0x04, 0x04},
    {"IPTOS_MINCOST", 0x02, 0x02},
};

} // namespace

std::optional<int64_t>
FindConstant(std::string_view name, Numbers numbers)
{
    const auto* const found =
        std::find_if(std::begin(CONSTANTS), std::end(CONSTANTS), [name](const Constant& constant) {
            return constant.name == name;
        });
    if (found == std::end(CONSTANTS))
    {
        return std::nullopt;
    }
    return numbers == Numbers::LINUX ? found->linux : found->freebsd;
}

bool
IsSameError(const std::string& a, const std::string& b)
{
    const auto canonical = [](const std::string& name) {
        return name == "EWOULDBLOCK" ? std::string("EAGAIN") : name;
    };
    return canonical(a) == canonical(b);
}

int64_t
ValueOf(const Expression& expression, Numbers numbers)
{
    const auto& value = Pointee(expression).value;
    if (const auto* integer = std::get_if<IntegerValue>(&value))
    {
        return integer->value;
    }
    if (const auto* symbol = std::get_if<SymbolValue>(&value))
    {
        const auto found = FindConstant(symbol->name, numbers);
        if (!found)
        {
            throw ScriptError(expression.place, symbol->name + " has no number here");
        }
        return *found;
    }
    if (const auto* alternatives = std::get_if<UnionValue>(&value))
    {
        int64_t all = 0;
        for (const auto& part : alternatives->parts)
        {
            all |= ValueOf(part, numbers);
        }
        return all;
    }
    throw ScriptError(expression.place, "a number is needed here");
}

bool
IsSymbol(const Expression& expression, std::string_view name)
{
    const auto* symbol = std::get_if<SymbolValue>(&Pointee(expression).value);
    return symbol && symbol->name == name;
}

const Expression&
Pointee(const Expression& expression)
{
    const auto* list = std::get_if<ListValue>(&expression.value);
    return list && list->items.size() == 1 ? list->items.front() : expression;
}

} // namespace packetdrill
} // namespace tcpfsm
} // namespace ns3
