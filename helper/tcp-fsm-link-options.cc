// SPDX-License-Identifier: GPL-2.0-only

#include "tcp-fsm-link-options.h"

#include "tcp-fsm-quantity.h"

#include "ns3/data-rate.h"
#include "ns3/fatal-error.h"
#include "ns3/queue-size.h"
#include "ns3/string.h"
#include "ns3/uinteger.h"

namespace ns3
{

void
TcpFsmLinkOptions::Check() const
{
    const auto bits = tcpfsm::ReadQuantity(rate);
    DataRateValue rateValue;
    if (!bits || bits->number <= 0 ||
        !rateValue.DeserializeFromString(rate, MakeDataRateChecker()) ||
        rateValue.Get().GetBitRate() == 0)
    {
        NS_FATAL_ERROR("TcpFsmLinkOptions: rate is \""
                       << rate << "\"; give a positive number and a unit, such as 10Mbps");
    }
    if (!tcpfsm::ReadTime(delay))
    {
        NS_FATAL_ERROR("TcpFsmLinkOptions: delay is \""
                       << delay << "\"; give a number and a unit of time, such as 5ms");
    }
    const auto room = tcpfsm::ReadQuantity(queue);
    QueueSizeValue queueValue;
    if (!room || room->number <= 0 ||
        !queueValue.DeserializeFromString(queue, MakeQueueSizeChecker()) ||
        queueValue.Get().GetValue() == 0)
    {
        NS_FATAL_ERROR("TcpFsmLinkOptions: queue is \""
                       << queue << "\"; give packets or octets, such as 100p or 64kB");
    }
    if (!(loss >= 0 && loss <= 1))
    {
        NS_FATAL_ERROR("TcpFsmLinkOptions: loss is " << loss << "; give a probability, 0 to 1");
    }
    if (mtu < 1280 || mtu > 65535)
    {
        NS_FATAL_ERROR("TcpFsmLinkOptions: mtu is " << mtu
                                                    << "; give 1280 (which IPv6 needs) to 65535");
    }
}

PointToPointHelper
TcpFsmLinkOptions::MakeHelper() const
{
    PointToPointHelper helper;
    helper.SetDeviceAttribute("DataRate", StringValue(rate));
    helper.SetDeviceAttribute("Mtu", UintegerValue(mtu));
    helper.SetChannelAttribute("Delay", StringValue(delay));
    helper.SetQueue("ns3::DropTailQueue<Packet>", "MaxSize", StringValue(queue));
    helper.DisableFlowControl(); // thus no queue discipline, which would hold thousands
    return helper;
}

} // namespace ns3
