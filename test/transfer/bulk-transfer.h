// SPDX-License-Identifier: GPL-2.0-only

#ifndef BULK_TRANSFER_H
#define BULK_TRANSFER_H

#include "ns3/nstime.h"

#include <cstdint>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

namespace ns3
{
namespace test
{

/// How a link treats segments, both directions alike.
struct LinkTrouble
{
    double loss{0};      //!< probability of a drop
    double reorder{0};   //!< probability of a delay that lets others overtake
    double duplicate{0}; //!< probability of a second delivery
};

/// One transfer from a client to a server over a point-to-point link.
struct BulkTransfer
{
    bool stock{false};                      //!< ns-3's own TCP instead of ours
    bool ipv6{false};                       //!< family
    uint32_t seed{1};                       //!< run number of ns-3's generator
    uint32_t octets{200000};                //!< octets from client to server
    std::string congestion{"TcpNewReno"};   //!< congestion control
    std::string recovery{"TcpPrrRecovery"}; //!< recovery
    bool sack{true};                        //!< SACK option
    bool timestamps{true};                  //!< timestamps option
    bool ecn{false};                        //!< ECN
    bool noDelay{true};                     //!< Nagle's algorithm off
    bool limitedTransmit{true};             //!< limited transmit
    uint32_t receiveBuffer{131072};         //!< octets
    uint32_t readSize{UINT32_MAX};          //!< octets the server reads at once
    Time readInterval;                      //!< time between its reads; 0: as data arrives
    int64_t isn{-1};                        //!< fixed initial sequence number; -1: none
    LinkTrouble trouble;                    //!< what the link does
    Time limit{Seconds(4000)};              //!< simulated time after which it counts as stuck
};

/// How a transfer went.
struct BulkResult
{
    uint64_t received{0};   //!< octets that arrived in order
    bool intact{true};      //!< each of them as sent
    bool ended{false};      //!< the server saw the end of the stream
    bool clientDone{false}; //!< the client's connection ended without an error
    std::vector<std::pair<Time, uint32_t>> windows; //!< the client's congestion window, each change
    Time finished;                                  //!< when the last octet arrived
    std::string difference;                         //!< what is wrong, "" if nothing
};

/// Runs a transfer in this process.
BulkResult RunTransfer(const BulkTransfer& transfer);

/// Prints what distinguishes a transfer.
std::ostream& operator<<(std::ostream& os, const BulkTransfer& transfer);

} // namespace test
} // namespace ns3

#endif // BULK_TRANSFER_H
