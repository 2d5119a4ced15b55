// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_TEST_NUMBERS_H
#define TCP_FSM_TEST_NUMBERS_H

#include "tcp-fsm-classify.h"

#include <array>

namespace ns3
{
namespace tcpfsm
{
namespace test
{

/// Initial sequence numbers: ordinary, and such that each number of a connection passes the wrap.
inline constexpr auto ORIGINS = std::to_array<uint32_t>({0,
                                                         100000,
                                                         0x7fffffff,
                                                         0x7ffff000,
                                                         0x80000000,
                                                         0xffffffff,
                                                         0xfffffff0,
                                                         0xfffffc18, // the window's end wraps
                                                         0xffffec78, // RCV.NXT = 0
                                                         0xffffec77, // RCV.NXT = 2^32 - 1
                                                         0xfffff000});

/**
 * @param origin both initial sequence numbers
 * @return a connection with SND.UNA = ISS + 1000, SND.NXT = ISS + 2000, MAX.SND.WND = 500,
 *         RCV.NXT = IRS + 5000, W = 1000
 */
inline Sequences
SequencesAt(uint32_t origin)
{
    Sequences seqs;
    seqs.iss = seqs.irs = SeqNumber(origin);
    seqs.sndUna = seqs.iss + 1000;
    seqs.sndNxt = seqs.iss + 2000;
    seqs.maxSndWnd = 500;
    seqs.rcvNxt = seqs.rcvUp = seqs.irs + 5000;
    seqs.rcvWnd = 1000;
    return seqs;
}

/**
 * @param seqs a connection
 * @param seq SEG.SEQ - RCV.NXT
 * @param flags union of ControlBits
 * @param length octets of data
 * @param ack SEG.ACK - SND.UNA
 * @return the segment
 */
inline Segment
SegmentAt(const Sequences& seqs, int64_t seq, uint8_t flags, uint32_t length = 0, int64_t ack = 0)
{
    Segment segment;
    segment.flags = flags;
    segment.seq = seqs.rcvNxt + seq;
    segment.ack = seqs.sndUna + ack;
    segment.textLength = length;
    return segment;
}

} // namespace test
} // namespace tcpfsm
} // namespace ns3

#endif // TCP_FSM_TEST_NUMBERS_H
