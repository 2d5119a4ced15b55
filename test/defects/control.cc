// SPDX-License-Identifier: GPL-2.0-only

#include "defect.h"
#include "scene.h"

#include "ns3/socket.h"
#include "ns3/tcp-header.h"

namespace ns3
{
namespace test
{

namespace
{

constexpr uint8_t FIN_ACK = TcpHeader::FIN | TcpHeader::ACK;
constexpr uint8_t SYN_ACK = TcpHeader::SYN | TcpHeader::ACK;
constexpr uint8_t RST_ACK = TcpHeader::RST | TcpHeader::ACK;

/// RFC 9293 3.10.7.4, second step: a RST ends the connection, in silence; the user is told once.
std::string
M3(TcpFsmStack stack)
{
    Scene scene(stack);
    if (!scene.OpenPassive())
    {
        return "no connection";
    }
    std::string wrong;
    const auto replies = scene.Exchange(scene.connection.Make(RST_ACK));
    if (!replies.empty())
    {
        wrong += "replied " + scene.Describe(replies) + "; ";
    }
    if (scene.error != 1 || scene.closed != 0)
    {
        wrong += std::to_string(scene.error) + " error and " + std::to_string(scene.closed) +
                 " normal callbacks; ";
    }
    if (scene.socket->GetErrno() == Socket::ERROR_NOTERROR)
    {
        wrong += "no errno; ";
    }
    return wrong;
}

/// RFC 9293 3.10.7.3: "connection reset" to the user, here the answer of a closed port.
std::string
M4(TcpFsmStack stack)
{
    Scene scene(stack);
    scene.Connect();
    if (!scene.connection.Await(Seconds(1)))
    {
        return "no SYN";
    }
    const auto replies = scene.Exchange(scene.connection.Make(RST_ACK), Seconds(30));
    std::string wrong;
    if (scene.failed != 1)
    {
        wrong += std::to_string(scene.failed) + " calls of the failure callback; ";
    }
    if (!replies.empty())
    {
        wrong += "sent on: " + scene.Describe(replies);
    }
    return wrong;
}

/// RFC 9293 3.5, figure 7.
std::string
M5(TcpFsmStack stack)
{
    Scene scene(stack);
    scene.Connect();
    if (!scene.connection.Await(Seconds(1)))
    {
        return "no SYN";
    }
    scene.connection.Send(TcpHeader::SYN);
    const auto replies = scene.Run(MilliSeconds(20));
    if (!Has(replies, SYN_ACK))
    {
        return "a crossing SYN got " + scene.Describe(replies);
    }
    TcpFsmRawSegment synAck = scene.connection.Make(SYN_ACK);
    synAck.seq = scene.connection.GetConfig().iss;
    const auto last = scene.Exchange(synAck);
    if (scene.State() != "ESTABLISHED" || scene.connected != 1)
    {
        return "the SYN-ACK made it " + scene.State() + ", sent " + scene.Describe(last);
    }
    return "";
}

/// RFC 9293 3.10.4: CLOSE waits for what was sent before, not for the peer.
std::string
M6(TcpFsmStack stack)
{
    Scene scene(stack);
    if (!scene.OpenPassive())
    {
        return "no connection";
    }
    scene.Write(100);
    if (CountText(scene.Run(MilliSeconds(20))) != 100)
    {
        return "no data";
    }
    scene.node.ShutdownSend();
    scene.Acknowledge(100);
    const auto sent = scene.Run(Seconds(100));
    return Has(sent, TcpHeader::FIN) ? "" : "no FIN within 100 s, but " + scene.Describe(sent);
}

/// RFC 9293 3.10.7.4, fifth step: LAST-ACK ends when the FIN is acknowledged.
std::string
M7(TcpFsmStack stack)
{
    Scene scene(stack);
    if (!scene.OpenPassive())
    {
        return "no connection";
    }
    scene.connection.Send(FIN_ACK);
    scene.Run(MilliSeconds(300));
    scene.node.Close();
    if (!Has(scene.Run(MilliSeconds(20)), TcpHeader::FIN) || scene.State() != "LAST-ACK")
    {
        return "no FIN";
    }
    scene.Acknowledge(0); // all but the FIN
    const auto sent = scene.Run(Seconds(10));
    if (scene.State() != "LAST-ACK" || !Has(sent, TcpHeader::FIN))
    {
        return scene.State() + " after an ACK that leaves the FIN out, sent " +
               scene.Describe(sent);
    }
    return "";
}

/// RFC 9293 3.10.7.2, second step.
std::string
M11(TcpFsmStack stack)
{
    Scene scene(stack);
    scene.node.Listen(false, 80);
    TcpFsmRawSegment ack = scene.connection.Make(TcpHeader::ACK);
    ack.ack = 12345;
    const auto replies = scene.Exchange(ack, Seconds(1));
    if (replies.size() != 1 || replies[0].Kind() != "RST" || replies[0].seq != 12345)
    {
        return "an ACK to LISTEN got " + scene.Describe(replies);
    }
    return "";
}

/// RFC 9293 3.6.1 (MAY-2) and RFC 6191: a later SYN opens the connection anew.
std::string
M13(TcpFsmStack stack)
{
    Scene scene(stack);
    if (!scene.OpenPassive())
    {
        return "no connection";
    }
    scene.node.Close();
    if (!Has(scene.Run(MilliSeconds(20)), TcpHeader::FIN))
    {
        return "no FIN";
    }
    scene.connection.Send(FIN_ACK);
    scene.Run(MilliSeconds(300));
    if (scene.State() != "TIME-WAIT")
    {
        return "no TIME-WAIT but " + scene.State();
    }
    TcpFsmRawSegment syn = scene.connection.Make(TcpHeader::SYN);
    syn.seq += 1000000;
    const auto replies = scene.Exchange(syn, Seconds(10));
    if (!Has(replies, SYN_ACK))
    {
        return "a new SYN got " + scene.Describe(replies);
    }
    return "";
}

} // namespace

std::vector<Defect>
ControlDefects()
{
    return {
        {"M3ResetIsTakenInSilence", &M3, "replied [RST"},
        {"M4RefusedConnectionFails", &M4, "0 calls of the failure callback"},
        {"M5SynsMayCross", &M5, "the SYN-ACK made it"},
        {"M6FinFollowsData", &M6, "no FIN within 100 s"},
        {"M7LastAckAwaitsAckOfFin", &M7, "gone after an ACK"},
        {"M11ListenResetsStrayAck", &M11, "an ACK to LISTEN got nothing"},
        {"M13TimeWaitTakesNewSyn", &M13, "a new SYN got"},
    };
}

} // namespace test
} // namespace ns3
