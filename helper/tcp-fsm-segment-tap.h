// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_SEGMENT_TAP_H
#define TCP_FSM_SEGMENT_TAP_H

#include "tcp-fsm-segment-rule.h"

#include "ns3/error-model.h"
#include "ns3/mac48-address.h"
#include "ns3/net-device.h"
#include "ns3/packet.h"
#include "ns3/simple-ref-count.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace ns3
{
namespace tcpfsm
{

/// The rules of one TcpFsmSegmentFilter, shared by its taps.
struct SegmentRules : public SimpleRefCount<SegmentRules>
{
    /// @return the rule that decides about a segment of a node, or nullptr; it is counted
    const SegmentRule* Find(const SegmentShape& segment, uint32_t node);

    std::vector<SegmentRule> rules; //!< in the order of their trial
    Ptr<UniformRandomVariable> random{CreateObject<UniformRandomVariable>()}; //!< for their shares
};

/**
 * Sits where a device receives. An ErrorModel can keep a frame from being received, and give it to
 * the device again later.
 */
class SegmentTap : public ErrorModel
{
  public:
    /**
     * @param rules what is done with the segments
     * @param device a PointToPointNetDevice or CsmaNetDevice, which shall hold this model
     * @param senders the devices on its link whose segments are meant
     */
    SegmentTap(Ptr<SegmentRules> rules,
               Ptr<NetDevice> device,
               const std::vector<Ptr<NetDevice>>& senders);

  private:
    bool DoCorrupt(Ptr<Packet> frame) override;
    void DoReset() override;

    /// @return the device that sent a frame to this one, or nullptr if its segments aren't meant
    NetDevice* FindSender(Ptr<const Packet> frame) const;

    /// Gives a frame to the device after a time.
    void Redeliver(Ptr<Packet> frame, NetDevice* sender, Time delay);

    Ptr<SegmentRules> m_rules;
    NetDevice* m_device;               //!< which holds this model
    std::vector<NetDevice*> m_senders; //!< they live as long as the simulation
    Ptr<ErrorModel> m_previous;        //!< the link's own loss
    bool m_passing{false};             //!< this frame has been dealt with
};

} // namespace tcpfsm
} // namespace ns3

#endif // TCP_FSM_SEGMENT_TAP_H
