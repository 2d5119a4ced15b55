// SPDX-License-Identifier: GPL-2.0-only

#include "tcp-fsm-table-arrange.h"

#include "tcp-fsm-table-case.h"

#include "ns3/abort.h"
#include "ns3/ipv6-address.h"
#include "ns3/nstime.h"
#include "ns3/tcp-header.h"

#include <map>
#include <vector>

namespace ns3
{

namespace
{

/// What happens on the way into a state: calls of the application, segments of the peer.
enum class Step
{
    LISTEN,     //!< passive OPEN
    CONNECT,    //!< active OPEN; its SYN meets no answer
    PEER_SYN,   //!< the peer sends its SYN
    HANDSHAKE,  //!< the peer sends SYN, takes the SYN-ACK, sends ACK
    HALF_CLOSE, //!< the application will send no more
    CLOSE,      //!< the application closes
    PEER_ACK,   //!< the peer acknowledges all that the node has sent
    PEER_FIN    //!< the peer sends FIN and acknowledges nothing new
};

const std::vector<Step>&
StepsTo(const std::string& state)
{
    using enum Step;
    static const std::map<std::string, std::vector<Step>> STEPS{
        {"CLOSED", {}},
        {"LISTEN", {LISTEN}},
        {"SYN-SENT", {CONNECT}},
        {"SYN-RCVD", {LISTEN, PEER_SYN}},
        {"SYN-RCVD/simultaneous", {CONNECT, PEER_SYN}},
        {"ESTABLISHED", {LISTEN, HANDSHAKE}},
        {"FIN-WAIT-1", {LISTEN, HANDSHAKE, HALF_CLOSE}},
        {"FIN-WAIT-1/closed", {LISTEN, HANDSHAKE, CLOSE}},
        {"FIN-WAIT-2", {LISTEN, HANDSHAKE, HALF_CLOSE, PEER_ACK}},
        {"FIN-WAIT-2/closed", {LISTEN, HANDSHAKE, CLOSE, PEER_ACK}},
        {"CLOSE-WAIT", {LISTEN, HANDSHAKE, PEER_FIN}},
        {"CLOSING", {LISTEN, HANDSHAKE, CLOSE, PEER_FIN}},
        {"LAST-ACK", {LISTEN, HANDSHAKE, PEER_FIN, CLOSE}},
        {"TIME-WAIT", {LISTEN, HANDSHAKE, CLOSE, PEER_ACK, PEER_FIN}},
    };
    const auto found = STEPS.find(state);
    NS_ABORT_MSG_IF(found == STEPS.end(), "no such state in the table: " << state);
    return found->second;
}

void
Take(Step step, TcpFsmNodeUnderTest& node, TcpFsmRawConnection& connection)
{
    const auto& config = connection.GetConfig();
    switch (step)
    {
    case Step::LISTEN:
        node.Listen(Ipv6Address::IsMatchingType(config.nodeAddress), config.nodePort);
        return;
    case Step::CONNECT:
        node.Connect(config.nodePort, config.peerAddress, config.peerPort);
        return;
    case Step::PEER_SYN:
        connection.Send(TcpHeader::SYN);
        return;
    case Step::HANDSHAKE:
        connection.OpenPassive();
        return;
    case Step::HALF_CLOSE:
        node.ShutdownSend();
        return;
    case Step::CLOSE:
        node.Close();
        return;
    case Step::PEER_ACK:
        connection.Send(TcpHeader::ACK);
        return;
    case Step::PEER_FIN: {
        auto fin = connection.Make(TcpHeader::FIN | TcpHeader::ACK);
        fin.ack = connection.NodeSndUna();
        connection.Send(fin);
        return;
    }
    }
}

} // namespace

void
TcpFsmTableArrange(const std::string& state,
                   TcpFsmNodeUnderTest& node,
                   TcpFsmRawConnection& connection)
{
    const Time exchange = MilliSeconds(10); // several times what a segment and its reply take
    const Time settle = MilliSeconds(250);  // a delayed ACK must not be taken for a reply
    TcpFsmRunFor(exchange);
    for (const Step step : StepsTo(state))
    {
        Take(step, node, connection);
        TcpFsmRunFor(exchange);
    }
    TcpFsmRunFor(settle);
}

std::string
TcpFsmTableStateOf(const std::string& start,
                   const TcpFsmNodeUnderTest& node,
                   const TcpFsmRawConnection& connection)
{
    const auto& config = connection.GetConfig();
    if (const auto state = node.GetState(config.peerAddress, config.peerPort))
    {
        return TcpFsmTableStateName(*state);
    }
    const bool notYetOpen = start == "LISTEN" || TcpFsmTableRowOf(start) == "SYN-RCVD";
    return notYetOpen && node.IsListening() ? "LISTEN" : "CLOSED";
}

} // namespace ns3
