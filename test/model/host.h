// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_TEST_HOST_H
#define TCP_FSM_TEST_HOST_H

#include "tcp-fsm-classify.h"

#include <algorithm>
#include <cstdint>

/**
 * @file
 * One side of the model: a listener, and the one connection between the two hosts. It holds what
 * TcpFsmSocket holds, as far as a row or a segment depends on it: the application sends one octet
 * and a FIN for each connection, and the window is fixed. Half-open connections and connections in
 * TIME-WAIT, which are entries of a table in the module, are the same thing here.
 */

namespace ns3
{
namespace tcpfsm
{
namespace test
{

/// The octet that the application sends on a connection.
enum class Outgoing : uint8_t
{
    NONE,   //!< not asked for
    QUEUED, //!< never sent
    SENT,   //!< not acknowledged
    ACKED   //!< acknowledged
};

/// The octet that the peer sends.
enum class Received : uint8_t
{
    NONE,
    UNREAD, //!< waits for the application
    READ    //!< or discarded
};

/// Right edge of the window less RCV.NXT, unless it is narrow.
inline constexpr uint32_t WINDOW = 4;

/**
 * Numbers of connections: each has an ISN of its own that is above all earlier ones and further
 * away than a window. Only their order matters, so they are renumbered from 0 whenever one is
 * forgotten by everybody; FRESH is above all of them.
 */
inline constexpr uint8_t FRESH = 7;

/// In CLOSED: the host has had the one connection that it may have.
inline constexpr uint8_t SPENT = 1;

/// @return the ISN of a connection
constexpr SeqNumber
IsnOf(uint8_t connection)
{
    return SeqNumber(0x10000U + connection * 64U);
}

/// @return the connection that a sequence number belongs to
constexpr uint8_t
ConnectionOf(SeqNumber number)
{
    return (number.Value() / 64) & FRESH;
}

/// @return the distance of a sequence number from the ISN
constexpr uint8_t
OffsetOf(SeqNumber number)
{
    return number.Value() & 3;
}

/// One side.
struct Host
{
    bool listener{false};                 //!< a socket is in LISTEN
    State state{State::CLOSED};           //!< of the connection; never LISTEN
    Origin origin{Origin::ACTIVE};        //!< how SYN-RCVD was reached
    OwnFin ownFin{OwnFin::NONE};          //!< the FIN of our side
    Receiving receiving{Receiving::OPEN}; //!< what the application takes
    Outgoing outgoing{Outgoing::NONE};    //!< our octet
    Received received{Received::NONE};    //!< the peer's
    bool synAcked{false};                 //!< our SYN is acknowledged
    bool finAcked{false};                 //!< our FIN is acknowledged
    bool finTaken{false};                 //!< the peer's FIN is taken
    bool finRemembered{false};            //!< it waits behind a hole
    uint8_t iss{0};                       //!< whose ISN is ISS; SPENT in CLOSED: no more
    uint8_t irs{0};                       //!< whose ISN is IRS; from SYN-RCVD on

    // The connection in TIME-WAIT that a reopening goes back to when it fails
    uint8_t previousIss{0};   //!< its ISS
    uint8_t previousIrs{0};   //!< its IRS
    bool previousSent{false}; //!< it sent an octet
    bool previousRead{false}; //!< it received one
    bool octetArrived{false}; //!< the peer has taken our octet (nobody can see this)
    bool finArrived{false};   //!< the peer has taken our FIN (nobody can see this)

    /// @return true if there is a connection
    bool IsOpen() const
    {
        return state != State::CLOSED;
    }

    /// @return true if there is no connection and must not be another
    bool IsSpent() const
    {
        return !IsOpen() && iss == SPENT;
    }

    /// @return true if IRS is set
    bool KnowsPeer() const
    {
        return state >= State::SYN_RCVD;
    }

    /// @return true if there is a connection to go back to
    bool HasPrevious() const
    {
        return state == State::SYN_RCVD && origin == Origin::REOPENED;
    }

    /**
     * @param narrow whether the window is one octet, thus closed until the application has read it
     * @return SND.UNA, SND.NXT, RCV.NXT and so on
     */
    Sequences GetSequences(bool narrow) const
    {
        Sequences seqs;
        seqs.iss = IsnOf(iss);
        seqs.finSent = ownFin == OwnFin::SENT;
        seqs.sndNxt = seqs.iss + 1 + (outgoing >= Outgoing::SENT ? 1 : 0) + (seqs.finSent ? 1 : 0);
        seqs.sndUna = seqs.iss;
        if (finAcked)
        {
            seqs.sndUna = seqs.sndNxt;
        }
        else if (synAcked)
        {
            seqs.sndUna = seqs.iss + 1 + (outgoing == Outgoing::ACKED ? 1 : 0);
        }
        seqs.maxSndWnd = WINDOW;
        seqs.rcvWnd = !narrow ? WINDOW : finTaken || received == Received::UNREAD ? 0 : 1;
        if (KnowsPeer())
        {
            seqs.irs = IsnOf(irs);
            seqs.rcvNxt = seqs.irs + 1 + (received != Received::NONE ? 1 : 0) + (finTaken ? 1 : 0);
            seqs.rcvUp = seqs.rcvNxt;
            if (finRemembered)
            {
                seqs.rcvWnd = std::min<uint32_t>(seqs.rcvWnd, seqs.irs + 3 - seqs.rcvNxt);
            }
        }
        return seqs;
    }
};

} // namespace test
} // namespace tcpfsm
} // namespace ns3

#endif // TCP_FSM_TEST_HOST_H
