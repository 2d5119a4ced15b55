// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_DIMENSIONS_H
#define TCP_FSM_DIMENSIONS_H

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <tuple>

/**
 * @file
 * What a rule may look at. Each dimension is a small enumeration; a situation (a "point") has one
 * value in each of them. Rules never see a raw number: the classification of sequence numbers
 * (tcp-fsm-classify.h) and the owner of the connection turn numbers into these values.
 */

namespace ns3
{
namespace tcpfsm
{

/// The states of RFC 9293 3.3.2, in the order of the status table.
enum class State : uint8_t
{
    CLOSED,
    LISTEN,
    SYN_SENT,
    SYN_RCVD,
    ESTABLISHED,
    FIN_WAIT_1,
    FIN_WAIT_2,
    CLOSE_WAIT,
    CLOSING,
    LAST_ACK,
    TIME_WAIT
};

/// Control bits of the arriving segment; a segment with RST is RST whatever else it carries.
enum class Flags : uint8_t
{
    PLAIN,   //!< neither SYN, FIN nor RST
    FIN,     //!< FIN
    SYN,     //!< SYN
    SYN_FIN, //!< SYN and FIN
    RST      //!< RST
};

/// The ACK field of the arriving segment (RFC 9293 3.10.7.4 fifth, RFC 5961 5.2).
enum class Ack : uint8_t
{
    NONE,       //!< the ACK bit is off
    TOO_OLD,    //!< SEG.ACK < SND.UNA - MAX.SND.WND
    OLD,        //!< SND.UNA - MAX.SND.WND <= SEG.ACK < SND.UNA
    CURRENT,    //!< SEG.ACK = SND.UNA
    NEW,        //!< SND.UNA < SEG.ACK <= SND.NXT, our FIN not covered
    COVERS_FIN, //!< SND.UNA < SEG.ACK = SND.NXT, and our FIN is the octet before it
    UNSENT      //!< SEG.ACK > SND.NXT
};

/// The untrimmed SEG.SEQ, W being the highest right edge ever advertised less RCV.NXT.
enum class Seq : uint8_t
{
    EXACT,     //!< RCV.NXT
    INITIAL,   //!< IRS, where RCV.NXT = IRS + 1
    IN_WINDOW, //!< RCV.NXT < SEG.SEQ < RCV.NXT + W
    OUTSIDE    //!< anything else
};

/// The four-case test of RFC 9293 3.10.7.4 first, with the cases that are told apart below it.
enum class Arrival : uint8_t
{
    ACCEPTABLE,   //!< acceptable; what lies outside the window is trimmed
    ZERO_WINDOW,  //!< W = 0 and data, a FIN or a probe exactly at RCV.NXT: its ACK counts
    ENDS_AT_NEXT, //!< unacceptable, but SEG.LEN > 0 and SEG.SEQ + SEG.LEN = RCV.NXT
    UNACCEPTABLE  //!< any other
};

/// The timestamp check of RFC 7323 5.3.
enum class Timestamp : uint8_t
{
    GOOD,   //!< passes, or none was negotiated
    OLD,    //!< older than TS.Recent
    MISSING //!< negotiated, but absent
};

/// Octets of data that are at or beyond RCV.NXT and inside the window.
enum class Text : uint8_t
{
    NONE,
    NEW
};

/// Position of a FIN that is inside the window.
enum class Fin : uint8_t
{
    NONE,    //!< no FIN, or trimmed away
    REACHED, //!< at RCV.NXT once the segment's data is taken
    BEYOND   //!< behind a hole
};

/// Whether the segment moves the urgent pointer forward.
enum class Urgent : uint8_t
{
    NONE,
    NEW
};

/// How a connection came to SYN-RCVD.
enum class Origin : uint8_t
{
    ACTIVE,  //!< an active OPEN, SYNs crossed
    PASSIVE, //!< a SYN at a listener
    REOPENED //!< a SYN in TIME-WAIT
};

/// The FIN that our application asked for by CLOSE or by a half-close.
enum class OwnFin : uint8_t
{
    NONE,    //!< not asked for
    PENDING, //!< waits for the handshake or for queued data
    SENT     //!< sent at least once
};

/// What the application still takes.
enum class Receiving : uint8_t
{
    OPEN,
    SHUT,  //!< receive-side shutdown: data is acknowledged and discarded
    CLOSED //!< CLOSE was called
};

/// Received data that the application has not read.
enum class Unread : uint8_t
{
    NONE,
    SOME
};

/// Data of the application that was never sent.
enum class Queue : uint8_t
{
    EMPTY,
    QUEUED
};

/// Octets before our FIN that were sent and not acknowledged.
enum class Outstanding : uint8_t
{
    NONE,
    SOME
};

/// Whether a LISTEN (or the SEND that ends it) names the peer.
enum class Peer : uint8_t
{
    ANY,
    GIVEN
};

/// Whether a listener exists for the address and port of the arriving segment.
enum class Listener : uint8_t
{
    ABSENT,
    PRESENT
};

/// A SYN in TIME-WAIT compared with the old connection (RFC 1122 4.2.2.13, RFC 6191).
enum class Newer : uint8_t
{
    NO,
    YES
};

/// The same by SEG.SEQ > RCV.NXT alone.
enum class Later : uint8_t
{
    NO,
    YES
};

/// The listener's queue of connections that the application has not accepted.
enum class AcceptQueue : uint8_t
{
    ROOM,
    FULL
};

/// The listener's queue of half-open connections.
enum class HalfOpenQueue : uint8_t
{
    ROOM,
    FULL
};

/// Retransmissions or probes left before giving up.
enum class Retries : uint8_t
{
    LEFT,
    EXHAUSTED
};

/// Policy: which RST ends a connection.
enum class RstCheck : uint8_t
{
    RFC5961, //!< exactly at RCV.NXT; a challenge ACK in the rest of the window
    RFC793   //!< anywhere in the window
};

/// Policy: a SYN in a synchronised state.
enum class SynCheck : uint8_t
{
    RFC5961, //!< challenge ACK
    RFC793   //!< in the window: reset
};

/// Policy: the acceptable range of SEG.ACK.
enum class AckCheck : uint8_t
{
    RFC5961, //!< SND.UNA - MAX.SND.WND <= SEG.ACK <= SND.NXT, else challenge ACK
    RFC793   //!< SEG.ACK <= SND.NXT, else ACK; older ones ignored
};

/// Policy: a SYN in TIME-WAIT.
enum class TimeWaitSyn : uint8_t
{
    REOPEN,
    CHALLENGE,
    RFC793,
    FREEBSD
};

/// Policy: ignore every RST in TIME-WAIT (RFC 1337, fix F1).
enum class Rfc1337 : uint8_t
{
    OFF,
    ON
};

/// Policy: use the ACK field of an old segment that ends at RCV.NXT (RFC 9293 A.2).
enum class ProcessOldAck : uint8_t
{
    OFF,
    ON
};

/// Policy: segments with SYN and FIN.
enum class DropSynFin : uint8_t
{
    OFF,
    ON
};

/// Policy: no RST for segments that meet no connection.
enum class Blackhole : uint8_t
{
    OFF,
    ON
};

/// Policy: a SYN-ACK at a listener.
enum class ListenSynAck : uint8_t
{
    RESET,
    DROP
};

/// Policy: the reply on entering CLOSING.
enum class ClosingReply : uint8_t
{
    ACK,
    FIN_AGAIN
};

/// Policy: when a RST in CLOSING or LAST-ACK is reported to the application.
enum class LateReset : uint8_t
{
    WITH_LOSS, //!< only when octets before our FIN are unacknowledged (RFC 9293 3.5.3)
    ALWAYS
};

/// Names of a dimension and of its values, as rules, traces and error messages print them.
template <typename Dimension>
struct Names;

/// Defines Names for one dimension.
#define TCP_FSM_NAMES(Dimension, name, ...)                                                        \
    template <>                                                                                    \
    struct Names<Dimension>                                                                        \
    {                                                                                              \
        static constexpr std::string_view NAME = name;                                             \
        static constexpr auto VALUES = std::to_array<std::string_view>({__VA_ARGS__});             \
    }

TCP_FSM_NAMES(State,
              "state",
              "CLOSED",
              "LISTEN",
              "SYN-SENT",
              "SYN-RCVD",
              "ESTABLISHED",
              "FIN-WAIT-1",
              "FIN-WAIT-2",
              "CLOSE-WAIT",
              "CLOSING",
              "LAST-ACK",
              "TIME-WAIT");
TCP_FSM_NAMES(Flags, "flags", "plain", "FIN", "SYN", "SYN-FIN", "RST");
TCP_FSM_NAMES(Ack, "ack", "none", "too old", "old", "current", "new", "covers FIN", "unsent");
TCP_FSM_NAMES(Seq, "seq", "exact", "initial", "in window", "outside");
TCP_FSM_NAMES(Arrival, "arrival", "acceptable", "zero window", "ends at next", "unacceptable");
TCP_FSM_NAMES(Timestamp, "timestamp", "good", "old", "missing");
TCP_FSM_NAMES(Text, "text", "none", "new");
TCP_FSM_NAMES(Fin, "fin", "none", "reached", "beyond");
TCP_FSM_NAMES(Urgent, "urgent", "none", "new");
TCP_FSM_NAMES(Origin, "origin", "active", "passive", "reopened");
TCP_FSM_NAMES(OwnFin, "own fin", "none", "pending", "sent");
TCP_FSM_NAMES(Receiving, "receiving", "open", "shut", "closed");
TCP_FSM_NAMES(Unread, "unread", "none", "some");
TCP_FSM_NAMES(Queue, "queue", "empty", "queued");
TCP_FSM_NAMES(Outstanding, "outstanding", "none", "some");
TCP_FSM_NAMES(Peer, "peer", "any", "given");
TCP_FSM_NAMES(Listener, "listener", "absent", "present");
TCP_FSM_NAMES(Newer, "newer", "no", "yes");
TCP_FSM_NAMES(Later, "later", "no", "yes");
TCP_FSM_NAMES(AcceptQueue, "accept queue", "room", "full");
TCP_FSM_NAMES(HalfOpenQueue, "half-open queue", "room", "full");
TCP_FSM_NAMES(Retries, "retries", "left", "exhausted");
TCP_FSM_NAMES(RstCheck, "RstCheck", "Rfc5961", "Rfc793");
TCP_FSM_NAMES(SynCheck, "SynCheck", "Rfc5961", "Rfc793");
TCP_FSM_NAMES(AckCheck, "AckCheck", "Rfc5961", "Rfc793");
TCP_FSM_NAMES(TimeWaitSyn, "TimeWaitSyn", "Reopen", "Challenge", "Rfc793", "FreeBsd");
TCP_FSM_NAMES(Rfc1337, "Rfc1337", "off", "on");
TCP_FSM_NAMES(ProcessOldAck, "ProcessOldAck", "off", "on");
TCP_FSM_NAMES(DropSynFin, "DropSynFin", "off", "on");
TCP_FSM_NAMES(Blackhole, "Blackhole", "off", "on");
TCP_FSM_NAMES(ListenSynAck, "ListenSynAck", "Reset", "Drop");
TCP_FSM_NAMES(ClosingReply, "ClosingReply", "Ack", "FinAgain");
TCP_FSM_NAMES(LateReset, "LateReset", "WithLoss", "Always");

#undef TCP_FSM_NAMES

/// The dimensions that describe the event and the connection.
using FactDimensions = std::tuple<State,
                                  Flags,
                                  Ack,
                                  Seq,
                                  Arrival,
                                  Timestamp,
                                  Text,
                                  Fin,
                                  Urgent,
                                  Origin,
                                  OwnFin,
                                  Receiving,
                                  Unread,
                                  Queue,
                                  Outstanding,
                                  Peer,
                                  Listener,
                                  Newer,
                                  Later,
                                  AcceptQueue,
                                  HalfOpenQueue,
                                  Retries>;

/// The dimensions that a profile sets.
using PolicyDimensions = std::tuple<RstCheck,
                                    SynCheck,
                                    AckCheck,
                                    TimeWaitSyn,
                                    Rfc1337,
                                    ProcessOldAck,
                                    DropSynFin,
                                    Blackhole,
                                    ListenSynAck,
                                    ClosingReply,
                                    LateReset>;

/// All dimensions of the space over which the table is complete and free of overlaps.
using Dimensions =
    decltype(std::tuple_cat(std::declval<FactDimensions>(), std::declval<PolicyDimensions>()));

/// Number of values of a dimension.
template <typename Dimension>
inline constexpr std::size_t SIZE = Names<Dimension>::VALUES.size();

/**
 * @param value a value of a dimension
 * @return its name as printed in traces and in the generated reference
 */
template <typename Dimension>
constexpr std::string_view
ToString(Dimension value)
{
    return Names<Dimension>::VALUES[static_cast<std::size_t>(value)];
}

} // namespace tcpfsm
} // namespace ns3

#endif // TCP_FSM_DIMENSIONS_H
