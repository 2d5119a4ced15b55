// SPDX-License-Identifier: GPL-2.0-only

#include "packetdrill-record.h"

namespace ns3
{
namespace tcpfsm
{
namespace packetdrill
{

uint32_t
Record::InboundSeq(uint32_t number, bool syn) const
{
    return syn ? number : number + remoteIsn;
}

uint32_t
Record::InboundAck(uint32_t number, bool syn) const
{
    return number + localIsn - (syn ? scriptIsn : 0);
}

uint32_t
Record::OutboundSeq(uint32_t number, bool syn) const
{
    return number - localIsn + (syn ? scriptIsn : 0);
}

uint32_t
Record::OutboundAck(uint32_t number, bool syn) const
{
    return syn ? number : number - remoteIsn;
}

} // namespace packetdrill
} // namespace tcpfsm
} // namespace ns3
