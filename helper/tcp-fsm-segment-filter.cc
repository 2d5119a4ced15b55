// SPDX-License-Identifier: GPL-2.0-only

#include "tcp-fsm-segment-filter.h"

#include "ns3/fatal-error.h"
#include "ns3/ipv4-header.h"
#include "ns3/ipv6-header.h"
#include "ns3/node.h"
#include "ns3/point-to-point-channel.h"
#include "ns3/pointer.h"
#include "ns3/ppp-header.h"
#include "ns3/simulator.h"
#include "ns3/tcp-header.h"

#include <map>
#include <optional>

namespace ns3
{

TcpFsmOccurrence
TcpFsmOccurrence::Nth(uint64_t n)
{
    TcpFsmOccurrence occurrence;
    occurrence.m_number = n;
    return occurrence;
}

TcpFsmOccurrence
TcpFsmOccurrence::First(uint64_t n)
{
    TcpFsmOccurrence occurrence;
    occurrence.m_kind = Kind::FIRST;
    occurrence.m_number = n;
    return occurrence;
}

TcpFsmOccurrence
TcpFsmOccurrence::Every(uint64_t n)
{
    TcpFsmOccurrence occurrence;
    occurrence.m_kind = Kind::EVERY;
    occurrence.m_number = std::max(n, uint64_t{1});
    return occurrence;
}

TcpFsmOccurrence
TcpFsmOccurrence::Probability(double probability)
{
    TcpFsmOccurrence occurrence;
    occurrence.m_kind = Kind::PROBABILITY;
    occurrence.m_probability = probability;
    return occurrence;
}

bool
TcpFsmOccurrence::IsMeant(uint64_t count, const Ptr<UniformRandomVariable>& random) const
{
    switch (m_kind)
    {
    case Kind::NTH:
        return count == m_number;
    case Kind::FIRST:
        return count <= m_number;
    case Kind::EVERY:
        return count % m_number == 0;
    case Kind::PROBABILITY:
        return random->GetValue() < m_probability;
    }
    return false;
}

namespace
{

/// Flags and length of a TCP segment.
struct SegmentShape
{
    uint8_t flags;
    uint32_t length;
};

/// Looks into a frame of a point-to-point link.
std::optional<SegmentShape>
ReadSegment(Ptr<const Packet> frame)
{
    constexpr uint16_t PPP_IPV4 = 0x0021;
    constexpr uint16_t PPP_IPV6 = 0x0057;
    constexpr uint8_t TCP_PROTOCOL = 6;
    Ptr<Packet> packet = frame->Copy();
    PppHeader ppp;
    packet->RemoveHeader(ppp);
    uint8_t protocol = 0;
    if (ppp.GetProtocol() == PPP_IPV4)
    {
        Ipv4Header ip;
        packet->RemoveHeader(ip);
        protocol = ip.GetFragmentOffset() == 0 ? ip.GetProtocol() : 0;
    }
    else if (ppp.GetProtocol() == PPP_IPV6)
    {
        Ipv6Header ip;
        packet->RemoveHeader(ip);
        protocol = ip.GetNextHeader();
    }
    uint8_t octets[14];
    if (protocol != TCP_PROTOCOL || packet->CopyData(octets, sizeof(octets)) < sizeof(octets))
    {
        return std::nullopt;
    }
    const uint32_t headerLength = (octets[12] >> 4) * 4;
    return SegmentShape{octets[13], packet->GetSize() - std::min(packet->GetSize(), headerLength)};
}

/// @return whether the name means the segment, nothing if the name is unknown
std::optional<bool>
IsNamed(const std::string& name, const SegmentShape& segment)
{
    const auto has = [&segment](uint8_t bits) { return (segment.flags & bits) == bits; };
    const bool control = (segment.flags & (TcpHeader::SYN | TcpHeader::FIN | TcpHeader::RST)) != 0;
    const std::map<std::string, bool> meanings{
        {"any", true},
        {"SYN", has(TcpHeader::SYN) && !has(TcpHeader::ACK)},
        {"SYN-ACK", has(TcpHeader::SYN | TcpHeader::ACK)},
        {"FIN", has(TcpHeader::FIN)},
        {"RST", has(TcpHeader::RST)},
        {"ACK", has(TcpHeader::ACK) && !control && segment.length == 0},
        {"data", segment.length > 0}};
    auto it = meanings.find(name);
    return it == meanings.end() ? std::nullopt : std::optional<bool>(it->second);
}

} // namespace

/// Receives what the senders send; an ErrorModel can keep a frame from being received, and give it
/// to the device again later.
class TcpFsmSegmentFilter::Model : public ErrorModel
{
  public:
    /// What is done with a segment.
    enum class Treatment : uint8_t
    {
        DROP,
        DUPLICATE,
        DELAY
    };

    /// One rule.
    struct Rule
    {
        std::string segments;
        TcpFsmOccurrence occurrence;
        Treatment treatment;
        Time delay;
        uint64_t count{0};
    };

    /// The model of one receiving device.
    class Tap : public ErrorModel
    {
      public:
        Tap(Ptr<Model> model, Ptr<PointToPointNetDevice> device, Ptr<ErrorModel> previous)
            : m_model(model),
              m_device(PeekPointer(device)),
              m_previous(previous)
        {
        }

      private:
        bool DoCorrupt(Ptr<Packet> frame) override
        {
            if (m_passing)
            {
                return false;
            }
            if (m_previous && m_previous->IsCorrupt(frame))
            {
                return true;
            }
            const Rule* rule = m_model->Find(frame);
            if (!rule)
            {
                return false;
            }
            switch (rule->treatment)
            {
            case Treatment::DROP:
                return true;
            case Treatment::DUPLICATE:
                Redeliver(frame->Copy(), Time(0));
                return false;
            case Treatment::DELAY:
                Redeliver(frame->Copy(), rule->delay);
                return true;
            }
            return false;
        }

        void DoReset() override
        {
        }

        void Redeliver(Ptr<Packet> frame, Time delay)
        {
            Simulator::Schedule(delay, [self = Ptr<Tap>(this), frame] {
                self->m_passing = true;
                self->m_device->Receive(frame);
                self->m_passing = false;
            });
        }

        Ptr<Model> m_model;
        PointToPointNetDevice* m_device; // which holds this model
        Ptr<ErrorModel> m_previous;
        bool m_passing{false};
    };

    /// Adds a rule.
    void Add(const std::string& segments,
             TcpFsmOccurrence occurrence,
             Treatment treatment,
             Time delay)
    {
        if (!IsNamed(segments, {}))
        {
            NS_FATAL_ERROR("TcpFsmSegmentFilter: no segments are called \""
                           << segments << "\"; there are SYN, SYN-ACK, FIN, RST, ACK, data, any");
        }
        m_rules.push_back({segments, occurrence, treatment, delay, 0});
    }

    /// @return the rule that means the segment in a frame
    const Rule* Find(Ptr<const Packet> frame)
    {
        const auto segment = ReadSegment(frame);
        const Rule* found = nullptr;
        for (Rule& rule : m_rules)
        {
            if (segment && *IsNamed(rule.segments, *segment) &&
                rule.occurrence.IsMeant(++rule.count, m_random) && !found)
            {
                found = &rule;
            }
        }
        return found;
    }

    Ptr<UniformRandomVariable> m_random{CreateObject<UniformRandomVariable>()};

  private:
    bool DoCorrupt(Ptr<Packet>) override
    {
        return false;
    }

    void DoReset() override
    {
    }

    std::vector<Rule> m_rules;
};

TcpFsmSegmentFilter::TcpFsmSegmentFilter(const NodeContainer& senders)
    : m_model(Create<Model>())
{
    for (auto node = senders.Begin(); node != senders.End(); ++node)
    {
        uint32_t links = 0;
        for (uint32_t i = 0; i < (*node)->GetNDevices(); ++i)
        {
            auto device = DynamicCast<PointToPointNetDevice>((*node)->GetDevice(i));
            auto channel =
                device ? DynamicCast<PointToPointChannel>(device->GetChannel()) : nullptr;
            if (!channel || channel->GetNDevices() < 2)
            {
                continue;
            }
            ++links;
            auto peer = channel->GetPointToPointDevice(0) == device
                            ? channel->GetPointToPointDevice(1)
                            : channel->GetPointToPointDevice(0);
            PointerValue previous;
            peer->GetAttribute("ReceiveErrorModel", previous);
            peer->SetReceiveErrorModel(
                Create<Model::Tap>(m_model, peer, previous.Get<ErrorModel>()));
        }
        if (links == 0)
        {
            NS_FATAL_ERROR("TcpFsmSegmentFilter: node " << (*node)->GetId()
                                                        << " has no point-to-point link; connect "
                                                           "it before making the filter");
        }
    }
}

TcpFsmSegmentFilter::~TcpFsmSegmentFilter() = default;

void
TcpFsmSegmentFilter::Drop(const std::string& segments, TcpFsmOccurrence occurrence)
{
    m_model->Add(segments, occurrence, Model::Treatment::DROP, Time(0));
}

void
TcpFsmSegmentFilter::Duplicate(const std::string& segments, TcpFsmOccurrence occurrence)
{
    m_model->Add(segments, occurrence, Model::Treatment::DUPLICATE, Time(0));
}

void
TcpFsmSegmentFilter::Delay(const std::string& segments, Time delay, TcpFsmOccurrence occurrence)
{
    m_model->Add(segments, occurrence, Model::Treatment::DELAY, delay);
}

int64_t
TcpFsmSegmentFilter::AssignStreams(int64_t stream)
{
    m_model->m_random->SetStream(stream);
    return 1;
}

} // namespace ns3
