// SPDX-License-Identifier: GPL-2.0-only

// Timers and the end of half-open connections (RFC 9293 3.10.8, RFC 1122 4.2.3.5, 4.2.3.6).

#include "law.h"
#include "outcome.h"
#include "space.h"

#include <gtest/gtest.h>

namespace ns3
{
namespace tcpfsm
{
namespace test
{
namespace
{

/// @return true if a half-open entry goes without a word, to where it came from
bool
EndsSilently(const Situation& s, const Row& row)
{
    const bool orphan = row.event == Event::LISTENER_GONE;
    const State listener = orphan ? State::CLOSED : State::LISTEN;
    return IsSilent(row) && Tells(row, Signal::NONE) &&
           Enters(row, s.Is(Origin::REOPENED) ? State::TIME_WAIT : listener);
}

/// @return true if the connection ends by a time-out, without a RST
bool
TimesOut(const Row& row)
{
    return Enters(row, State::CLOSED) && Tells(row, Signal::TIMED_OUT) && IsSilent(row);
}

/// @return true for a half-open entry of a listener or of TIME-WAIT
bool
IsEntry(const Situation& s)
{
    return s.Is(State::SYN_RCVD, Origin::PASSIVE | Origin::REOPENED);
}

TEST(SynTimeout, SendsItAgainAndGivesUp)
{
    Law syn("SYN-SENT: the SYN again");
    Law synAck("SYN-RCVD, or after arrow 11: the SYN-ACK again");
    Law silent("a passive entry that gives up goes silently, a reopened one to TIME-WAIT");
    Law timedOut("else CLOSED, timed out");
    ForEachOutcome(Event::SYN_TIMEOUT, [&](const Situation& s, const Row& row) {
        if (s.Is(Retries::LEFT))
        {
            Law& law = s.Is(State::SYN_SENT) ? syn : synAck;
            law.Holds(Stays(row) && Tells(row, Signal::NONE) &&
                          Sends(row, s.Is(State::SYN_SENT) ? Reply::SYN : Reply::SYN_ACK),
                      s,
                      row);
        }
        else if (IsEntry(s))
        {
            silent.Holds(EndsSilently(s, row), s, row);
        }
        else
        {
            timedOut.Holds(TimesOut(row), s, row);
        }
    });
}

TEST(RetransmissionTimeout, SendsTheHeadAgainAndGivesUp)
{
    Law again("the head of the queue again: data, or our FIN if it was sent");
    Law fin("a FIN is sent again only if it was sent");
    Law nothing("nothing is in flight: nothing is sent");
    Law timedOut("exhausted: CLOSED, timed out, no RST");
    ForEachOutcome(Event::RETRANSMISSION_TIMEOUT, [&](const Situation& s, const Row& row) {
        if (s.Is(Retries::EXHAUSTED))
        {
            timedOut.Holds(TimesOut(row), s, row);
            return;
        }
        if (s.Is(Outstanding::NONE) && !s.Is(OwnFin::SENT))
        {
            nothing.Holds(DoesNothing(row), s, row);
            return;
        }
        again.Holds(Stays(row) && (Sends(row, Reply::DATA) || Sends(row, Reply::FIN)), s, row);
        if (Sends(row, Reply::FIN))
        {
            fin.Holds(s.Is(OwnFin::SENT, Outstanding::NONE), s, row);
        }
    });
}

/// Applies the laws of a timer that probes the peer.
void
ExpectProbes(Event event, Reply probe)
{
    Law probes("a probe, no change");
    Law timedOut("exhausted: CLOSED, timed out, no RST");
    ForEachOutcome(event, [&](const Situation& s, const Row& row) {
        if (s.Is(Retries::LEFT))
        {
            probes.Holds(Stays(row) && Sends(row, probe) && Tells(row, Signal::NONE), s, row);
        }
        else
        {
            timedOut.Holds(TimesOut(row), s, row);
        }
    });
}

TEST(PersistTimeout, ProbesTheWindow)
{
    ExpectProbes(Event::PERSIST_TIMEOUT, Reply::WINDOW_PROBE);
}

TEST(KeepAliveTimeout, ProbesThePeer)
{
    ExpectProbes(Event::KEEP_ALIVE_TIMEOUT, Reply::KEEP_ALIVE);
}

TEST(UserTimeout, EndsTheConnection)
{
    Law silent("a half-open entry goes silently");
    Law timedOut("else CLOSED, timed out, no RST");
    ForEachOutcome(Event::USER_TIMEOUT, [&](const Situation& s, const Row& row) {
        if (IsEntry(s))
        {
            silent.Holds(EndsSilently(s, row), s, row);
        }
        else
        {
            timedOut.Holds(TimesOut(row), s, row);
        }
    });
}

TEST(FinWait2Timeout, EndsSilently)
{
    Law law("after a full close: CLOSED, no segment, no error told");
    Law half("after a half-close there is no limit");
    ForEachOutcome(Event::FIN_WAIT_2_TIMEOUT, [&](const Situation& s, const Row& row) {
        if (s.Is(Receiving::CLOSED))
        {
            law.Holds(Enters(row, State::CLOSED) && IsSilent(row) &&
                          (Tells(row, Signal::NONE) || Tells(row, Signal::ENDED)),
                      s,
                      row);
        }
        else
        {
            half.Holds(DoesNothing(row), s, row);
        }
    });
}

TEST(TimeWaitTimeout, EndsTimeWait)
{
    Law law("arrow 21, no segment");
    ForEachOutcome(Event::TIME_WAIT_TIMEOUT, [&](const Situation& s, const Row& row) {
        law.Holds(row.action.arrow == 21 && IsSilent(row), s, row);
    });
}

TEST(Timers, NeverReset)
{
    Law law("no give-up sends a RST");
    for (std::size_t e = static_cast<std::size_t>(Event::SYN_TIMEOUT); e < SIZE<Event>; ++e)
    {
        ForEachOutcome(static_cast<Event>(e), [&](const Situation& s, const Row& row) {
            law.Holds(!IsReset(row.action.reply), s, row);
        });
    }
}

TEST(Timers, NothingIsRetransmittedForEver)
{
    Law law("a timer that sends ends the connection when its retries are exhausted");
    for (std::size_t e = static_cast<std::size_t>(Event::SYN_TIMEOUT);
         e <= static_cast<std::size_t>(Event::TIME_WAIT_TIMEOUT);
         ++e)
    {
        ForEachOutcome(static_cast<Event>(e), [&](const Situation& s, const Row& row) {
            if (s.Is(Retries::EXHAUSTED))
            {
                law.Holds(row.action.next && IsSilent(row), s, row);
            }
        });
    }
}

TEST(HalfOpen, GoesWithItsListener)
{
    Law law("a listener's entry goes silently when the listener does, or for a newer one");
    for (const Event event : {Event::LISTENER_GONE, Event::EVICTED})
    {
        ForEachOutcome(event, [&](const Situation& s, const Row& row) {
            if (IsEntry(s))
            {
                law.Holds(EndsSilently(s, row), s, row);
            }
        });
    }
}

} // namespace
} // namespace test
} // namespace tcpfsm
} // namespace ns3
