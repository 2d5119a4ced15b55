// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_LINK_OPTIONS_H
#define TCP_FSM_LINK_OPTIONS_H

#include "ns3/point-to-point-helper.h"

#include <cstdint>
#include <string>

namespace ns3
{

/// Properties of a point-to-point link; both directions are alike.
struct TcpFsmLinkOptions
{
    std::string rate{"10Mbps"}; //!< bits a second
    std::string delay{"5ms"};   //!< one-way delay
    /// Room of each device for what waits to be sent, such as "100p" or "64kB". No queue
    /// discipline stands above it: what finds it full is dropped.
    std::string queue{"100p"};
    double loss{0};     //!< probability that a packet is lost on the way
    uint32_t mtu{1500}; //!< octets of an IP packet, at least 1280 as IPv6 demands

    /// Ends the program with a message if an option has no sense.
    void Check() const;

    /// @return what makes such links; loss is not part of it
    PointToPointHelper MakeHelper() const;
};

} // namespace ns3

#endif // TCP_FSM_LINK_OPTIONS_H
