// SPDX-License-Identifier: GPL-2.0-only

#include "fixture.h"

#include <algorithm>
#include <map>
#include <stdexcept>

namespace ns3
{
namespace tcpfsm
{
namespace test
{

namespace
{

/// What happens on the way into a state.
enum class Way : uint8_t
{
    LISTEN,     //!< passive OPEN
    CONNECT,    //!< active OPEN
    PEER_SYN,   //!< the peer sends its SYN
    PASSIVE,    //!< SYN, SYN-ACK, ACK
    ACTIVE,     //!< the peer answers our SYN
    HALF_CLOSE, //!< the application will send no more
    CLOSE,      //!< the application closes
    PEER_ACK,   //!< the peer acknowledges all
    PEER_FIN    //!< the peer sends FIN and acknowledges nothing new
};

using Ways = std::vector<Way>;

const std::vector<std::pair<std::string, Ways>>&
AllWays()
{
    using enum Way;
    static const std::vector<std::pair<std::string, Ways>> WAYS{
        {"CLOSED", {}},
        {"LISTEN", {LISTEN}},
        {"SYN-SENT", {CONNECT}},
        {"SYN-RCVD", {LISTEN, PEER_SYN}},
        {"SYN-RCVD/simultaneous", {CONNECT, PEER_SYN}},
        {"ESTABLISHED", {LISTEN, PASSIVE}},
        {"ESTABLISHED/active", {CONNECT, ACTIVE}},
        {"FIN-WAIT-1", {LISTEN, PASSIVE, HALF_CLOSE}},
        {"FIN-WAIT-1/closed", {LISTEN, PASSIVE, CLOSE}},
        {"FIN-WAIT-2", {LISTEN, PASSIVE, HALF_CLOSE, PEER_ACK}},
        {"FIN-WAIT-2/closed", {LISTEN, PASSIVE, CLOSE, PEER_ACK}},
        {"CLOSE-WAIT", {LISTEN, PASSIVE, PEER_FIN}},
        {"CLOSING", {LISTEN, PASSIVE, CLOSE, PEER_FIN}},
        {"LAST-ACK", {LISTEN, PASSIVE, PEER_FIN, CLOSE}},
        {"TIME-WAIT", {LISTEN, PASSIVE, CLOSE, PEER_ACK, PEER_FIN}},
        {"TIME-WAIT/active", {CONNECT, ACTIVE, CLOSE, PEER_ACK, PEER_FIN}},
    };
    return WAYS;
}

const Ways&
WaysTo(const std::string& state)
{
    for (const auto& [name, ways] : AllWays())
    {
        if (name == state)
        {
            return ways;
        }
    }
    throw std::logic_error("no such state: " + state);
}

std::string
WithoutVariant(const std::string& state)
{
    return state.substr(0, state.find('/'));
}

} // namespace

void
Conformance::Reach(const std::string& state)
{
    for (const auto way : WaysTo(state))
    {
        switch (way)
        {
        case Way::LISTEN:
            Listen();
            break;
        case Way::CONNECT:
            Connect();
            break;
        case Way::PEER_SYN:
            if (HasApp())
            {
                Expect(Syn());
            }
            Send(Syn());
            Expect(SynAck());
            break;
        case Way::PASSIVE:
            Main().OpenPassive();
            break;
        case Way::ACTIVE:
            Main().OpenActive();
            break;
        case Way::HALF_CLOSE:
            App().ShutdownSend();
            Expect(Fin());
            break;
        case Way::CLOSE:
            App().Close();
            Expect(Fin());
            break;
        case Way::PEER_ACK:
            Send(Ack());
            ExpectNothing();
            break;
        case Way::PEER_FIN:
            Send(Fin().Ack(SndUna()));
            Expect(Ack());
            break;
        }
    }
    if (state == "SYN-SENT")
    {
        Expect(Syn());
    }
    const bool noConnection = state == "CLOSED" || state == "LISTEN";
    const auto reached = State();
    const auto wanted = noConnection ? "gone" : WithoutVariant(state);
    if (reached != wanted || ((state == "LISTEN") != IsListening() && noConnection))
    {
        throw std::runtime_error(state + " was not reached, but " + reached);
    }
}

const std::vector<std::string>&
States()
{
    static const std::vector<std::string> NAMES = [] {
        std::vector<std::string> names;
        for (const auto& [name, ways] : AllWays())
        {
            names.push_back(name);
        }
        return names;
    }();
    return NAMES;
}

std::vector<std::string>
Except(std::vector<std::string> states, const std::vector<std::string>& omitted)
{
    std::erase_if(states, [&omitted](const std::string& state) {
        return std::find(omitted.begin(), omitted.end(), state) != omitted.end() ||
               std::find(omitted.begin(), omitted.end(), WithoutVariant(state)) != omitted.end();
    });
    return states;
}

std::vector<std::string>
StepStates()
{
    return Except(States(), {"CLOSED", "LISTEN", "SYN-SENT"});
}

std::vector<std::string>
SynchronizedStates()
{
    return Except(StepStates(), {"SYN-RCVD"});
}

FamilyTest::FamilyTest()
    : Conformance(GetParam())
{
}

StateTest::StateTest()
    : Conformance(std::get<Family>(GetParam()))
{
}

const std::string&
StateTest::GetStart() const
{
    return std::get<std::string>(GetParam());
}

std::string
StateTest::GetStartState() const
{
    return WithoutVariant(GetStart());
}

std::string
FamilyName(const ::testing::TestParamInfo<Family>& info)
{
    return info.param == Family::IPV6 ? "IPv6" : "IPv4";
}

std::string
StateName(const ::testing::TestParamInfo<std::tuple<Family, std::string>>& info)
{
    std::string name = std::get<std::string>(info.param);
    std::replace_if(
        name.begin(),
        name.end(),
        [](char c) { return c == '-' || c == '/'; },
        '_');
    return name + (std::get<Family>(info.param) == Family::IPV6 ? "_IPv6" : "_IPv4");
}

} // namespace test
} // namespace tcpfsm
} // namespace ns3
