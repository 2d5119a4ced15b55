// SPDX-License-Identifier: GPL-2.0-only

#include "packetdrill-constants.h"
#include "packetdrill-system.h"

#include "ns3/simulator.h"

#include <vector>

namespace ns3
{
namespace tcpfsm
{
namespace packetdrill
{

namespace
{

/// What poll() is asked about a socket.
struct Question
{
    int64_t number{-1};              //!< the socket; -1: left out
    int64_t events{0};               //!< what is waited for
    std::optional<int64_t> expected; //!< what is expected to have happened
};

Question
MakeQuestion(const Expression& expression, Numbers numbers)
{
    const auto* value = std::get_if<StructValue>(&expression.value);
    const Field* events = value ? value->Find("events") : nullptr;
    if (!events)
    {
        throw ScriptError(expression.place, "poll() needs items such as {fd=4, events=POLLIN}");
    }
    Question question;
    question.events = ValueOf(events->value, numbers);
    if (const Field* number = value->Find("fd"))
    {
        question.number = ValueOf(number->value, numbers);
    }
    const Field* expected = value->Find("revents");
    if (expected && !std::holds_alternative<EllipsisValue>(expected->value.value))
    {
        question.expected = ValueOf(expected->value, numbers);
    }
    return question;
}

std::string
NameEvents(int64_t events, Numbers numbers)
{
    std::string names;
    for (const char* name : {"POLLIN", "POLLOUT", "POLLERR", "POLLHUP", "POLLNVAL", "POLLRDHUP"})
    {
        if (events & *FindConstant(name, numbers))
        {
            names += (names.empty() ? "" : "|") + std::string(name);
        }
    }
    return names.empty() ? "0" : names;
}

} // namespace

int64_t
System::Events(const Descriptor& descriptor, int64_t wanted) const
{
    const auto value = [this](const char* name) { return *FindConstant(name, m_profile.numbers); };
    LiveSocket& socket = *descriptor.socket;
    const auto state = socket.GetState();
    const bool isFreeBsd = m_profile.numbers == Numbers::FREEBSD;
    const bool hasError = !socket.GetPendingError().empty();
    const bool isOver = state == TcpSocket::CLOSED && (socket.WasConnected() || hasError);
    const bool canReadNoMore = descriptor.receivingEnded || HasEnded(descriptor) || isOver;
    const bool canWriteNoMore = descriptor.sendingEnded || isOver;
    const bool isNew = state == TcpSocket::CLOSED && !isOver;

    int64_t events = 0;
    if (socket.HasAcceptable() || socket.Get()->GetRxAvailable() >= descriptor.lowWater ||
        canReadNoMore || hasError)
    {
        events |= value("POLLIN");
    }
    const bool hasRoom = socket.WasConnected() && socket.Get()->GetTxAvailable() > 0;
    if (hasRoom || canWriteNoMore || hasError || (isNew && !isFreeBsd))
    {
        events |= value("POLLOUT");
    }
    if (canReadNoMore)
    {
        events |= value("POLLRDHUP");
    }
    events &= wanted;
    if (hasError && !isFreeBsd)
    {
        events |= value("POLLERR");
    }
    if ((canReadNoMore && canWriteNoMore) || (isNew && !isFreeBsd))
    {
        events |= value("POLLHUP");
    }
    return events;
}

Attempt
System::Poll(const SystemCall& call)
{
    const int64_t timeout = Value(call, 2);
    const auto* list = std::get_if<ListValue>(&call.arguments[0].value);
    if (!list)
    {
        throw ScriptError(call.arguments[0].place, "poll() needs a list of sockets");
    }
    std::vector<Question> questions;
    for (const auto& item : list->items)
    {
        questions.push_back(MakeQuestion(item, m_profile.numbers));
    }
    std::optional<Time> deadline;
    return [this, questions, timeout, deadline]() mutable -> std::optional<Outcome> {
        Outcome outcome;
        for (const auto& question : questions)
        {
            const Descriptor* descriptor = Find(question.number);
            const int64_t invalid = *FindConstant("POLLNVAL", m_profile.numbers);
            const int64_t events = descriptor             ? Events(*descriptor, question.events)
                                   : question.number >= 0 ? invalid
                                                          : 0;
            outcome.value += events != 0 ? 1 : 0;
            if (question.expected && *question.expected != events && outcome.difference.empty())
            {
                outcome.difference = "revents of " + std::to_string(question.number) + " is " +
                                     NameEvents(events, m_profile.numbers) + " instead of " +
                                     NameEvents(*question.expected, m_profile.numbers);
            }
        }
        if (outcome.value > 0 || timeout == 0)
        {
            return outcome;
        }
        if (timeout > 0 && !deadline)
        {
            deadline = Simulator::Now() + MilliSeconds(timeout);
            Simulator::Schedule(MilliSeconds(timeout), [this] { m_host.GetClock().Wake(); });
        }
        return deadline && Simulator::Now() >= *deadline ? std::optional(outcome) : std::nullopt;
    };
}

} // namespace packetdrill
} // namespace tcpfsm
} // namespace ns3
