// SPDX-License-Identifier: GPL-2.0-only

// The laws themselves, on hosts that break them.

#include "laws.h"

#include <gtest/gtest.h>

namespace ns3
{
namespace tcpfsm
{
namespace test
{
namespace
{

/// A host in ESTABLISHED.
Host
Established(uint8_t iss, uint8_t irs)
{
    Host host;
    host.state = State::ESTABLISHED;
    host.synAcked = true;
    host.iss = iss;
    host.irs = irs;
    return host;
}

TEST(Laws, EstablishedOnBothSidesMeansTheSameConnection)
{
    EXPECT_STREQ(IllegalPair(Established(0, 1), Established(1, 0)), nullptr);
    EXPECT_STREQ(IllegalPair(Established(0, 1), Established(2, 0)),
                 "ESTABLISHED on both sides, but not the same connection");
}

TEST(Laws, TheReceiverIsBetweenWhatIsAcknowledgedAndWhatWasSent)
{
    const Host sender = Established(0, 1);
    Host receiver = Established(1, 0);
    receiver.received = Received::UNREAD;
    EXPECT_STREQ(IllegalPair(sender, receiver), "sequence numbers do not agree");
}

TEST(Laws, OnlyWhatWasTakenIsAcknowledged)
{
    Host sender = Established(0, 1);
    sender.outgoing = Outgoing::ACKED;
    EXPECT_STREQ(IllegalPair(sender, Host()), "data is acknowledged that was not taken");
    sender.octetArrived = true;
    EXPECT_STREQ(IllegalPair(sender, Host()), nullptr);
}

TEST(Laws, VariablesFitTheState)
{
    Host host = Established(0, 1);
    EXPECT_EQ(IllegalHost(host), "");
    host.finTaken = true;
    EXPECT_EQ(IllegalHost(host), "variables of another state in ESTABLISHED");
    host.state = State::CLOSE_WAIT;
    EXPECT_EQ(IllegalHost(host), "");
}

} // namespace
} // namespace test
} // namespace tcpfsm
} // namespace ns3
