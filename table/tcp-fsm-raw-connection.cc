// SPDX-License-Identifier: GPL-2.0-only

#include "tcp-fsm-raw-connection.h"

#include "ns3/event-id.h"
#include "ns3/simulator.h"

#include <sstream>
#include <utility>

namespace ns3
{

namespace
{

/// Whether a stands before b in the circle of sequence numbers.
bool
Before(uint32_t a, uint32_t b)
{
    return static_cast<int32_t>(a - b) < 0;
}

void
StopSimulator()
{
    Simulator::Stop();
}

} // namespace

TcpFsmRawConnection::TcpFsmRawConnection(TcpFsmRawPeer& peer, Config config)
    : m_peer(peer),
      m_config(std::move(config)),
      m_watcher(peer.AddWatcher([this](const TcpFsmRawSegment& segment) { Receive(segment); })),
      m_next(m_config.iss)
{
    if (m_config.peerAddress.IsInvalid())
    {
        m_config.peerAddress = peer.GetAddress();
    }
    if (m_config.nodeAddress.IsInvalid())
    {
        m_config.nodeAddress = peer.GetNodeAddress();
    }
}

TcpFsmRawConnection::~TcpFsmRawConnection()
{
    m_peer.RemoveWatcher(m_watcher);
}

TcpFsmRawSegment
TcpFsmRawConnection::Make(uint8_t flags, std::vector<uint8_t> data) const
{
    TcpFsmRawSegment segment;
    segment.flags = flags;
    segment.seq = m_next;
    segment.ack = (flags & TcpHeader::ACK) != 0 ? m_nodeSndNxt : 0;
    segment.window = m_config.window;
    if ((flags & TcpHeader::SYN) != 0)
    {
        segment.options = m_config.synOptions;
    }
    segment.data = std::move(data);
    return segment;
}

TcpFsmRawSegment
TcpFsmRawConnection::Send(uint8_t flags, std::vector<uint8_t> data)
{
    return Send(Make(flags, std::move(data)));
}

TcpFsmRawSegment
TcpFsmRawConnection::Send(TcpFsmRawSegment segment)
{
    m_next = segment.End();
    if (segment.Has(TcpHeader::ACK) && Before(m_nodeSndUna, segment.ack))
    {
        m_nodeSndUna = segment.ack;
    }
    return Inject(std::move(segment));
}

TcpFsmRawSegment
TcpFsmRawConnection::Inject(TcpFsmRawSegment segment)
{
    if (segment.sourcePort == 0)
    {
        segment.sourcePort = m_config.peerPort;
    }
    if (segment.destinationPort == 0)
    {
        segment.destinationPort = m_config.nodePort;
    }
    if (segment.source.IsInvalid())
    {
        segment.source = m_config.peerAddress;
    }
    if (segment.destination.IsInvalid())
    {
        segment.destination = m_config.nodeAddress;
    }
    return m_peer.Send(std::move(segment));
}

std::vector<TcpFsmRawSegment>
TcpFsmRawConnection::Exchange(TcpFsmRawSegment segment, Time duration)
{
    m_received.clear();
    Inject(std::move(segment));
    TcpFsmRunFor(duration);
    return TakeReceived();
}

std::optional<TcpFsmRawSegment>
TcpFsmRawConnection::Await(Time patience)
{
    if (m_received.empty())
    {
        // An event of our own, as one of Simulator::Stop(delay) could not be taken back.
        EventId timeout = Simulator::Schedule(patience, &StopSimulator);
        m_awaiting = true;
        Simulator::Run();
        m_awaiting = false;
        timeout.Cancel();
    }
    if (m_received.empty())
    {
        return std::nullopt;
    }
    TcpFsmRawSegment segment = std::move(m_received.front());
    m_received.pop_front();
    return segment;
}

std::vector<TcpFsmRawSegment>
TcpFsmRawConnection::TakeReceived()
{
    std::vector<TcpFsmRawSegment> taken(m_received.begin(), m_received.end());
    m_received.clear();
    return taken;
}

bool
TcpFsmRawConnection::OpenPassive()
{
    m_received.clear();
    Send(TcpHeader::SYN);
    const auto reply = Await(m_config.patience);
    if (!reply || reply->Kind() != "SYN-ACK" || reply->ack != m_next)
    {
        return false;
    }
    Send(TcpHeader::ACK);
    TcpFsmRunFor(m_peer.GetDelay());
    return true;
}

bool
TcpFsmRawConnection::OpenActive()
{
    const auto syn = Await(m_config.patience);
    if (!syn || syn->Kind() != "SYN")
    {
        return false;
    }
    Send(TcpHeader::SYN | TcpHeader::ACK);
    const auto reply = Await(m_config.patience);
    return reply && reply->Kind() == "ACK" && reply->ack == m_next;
}

uint32_t
TcpFsmRawConnection::NodeIss() const
{
    return m_nodeIss.value_or(0);
}

uint32_t
TcpFsmRawConnection::NodeSndNxt() const
{
    return m_nodeSndNxt;
}

uint32_t
TcpFsmRawConnection::NodeSndUna() const
{
    return m_nodeSndUna;
}

uint32_t
TcpFsmRawConnection::NodeRcvNxt() const
{
    return m_nodeRcvNxt.value_or(m_config.iss);
}

uint32_t
TcpFsmRawConnection::PeerSndNxt() const
{
    return m_next;
}

const TcpFsmRawConnection::Config&
TcpFsmRawConnection::GetConfig() const
{
    return m_config;
}

std::string
TcpFsmRawConnection::Describe(const TcpFsmRawSegment& segment) const
{
    const bool fromNode = segment.source == m_config.nodeAddress;
    const uint32_t ours = fromNode ? NodeIss() : m_config.iss;
    const uint32_t theirs = fromNode ? m_config.iss : NodeIss();
    TcpFsmRawSegment relative = segment;
    relative.seq -= ours;
    relative.ack -= theirs;
    std::ostringstream text;
    text << relative;
    return text.str();
}

void
TcpFsmRawConnection::Receive(const TcpFsmRawSegment& segment)
{
    if (segment.sourcePort != m_config.nodePort || segment.destinationPort != m_config.peerPort ||
        segment.source != m_config.nodeAddress || segment.destination != m_config.peerAddress)
    {
        return;
    }
    Learn(segment);
    m_received.push_back(segment);
    if (m_awaiting)
    {
        Simulator::Stop();
    }
}

void
TcpFsmRawConnection::Learn(const TcpFsmRawSegment& segment)
{
    if (segment.Has(TcpHeader::RST))
    {
        return; // its numbers may be those of a segment sent to it
    }
    if (segment.Has(TcpHeader::SYN) && m_nodeIss != segment.seq)
    {
        m_nodeIss = segment.seq;
        m_nodeSndUna = segment.seq;
        m_nodeSndNxt = segment.End();
    }
    if (Before(m_nodeSndNxt, segment.End()))
    {
        m_nodeSndNxt = segment.End();
    }
    if (segment.Has(TcpHeader::ACK) && (!m_nodeRcvNxt || Before(*m_nodeRcvNxt, segment.ack)))
    {
        m_nodeRcvNxt = segment.ack;
    }
}

} // namespace ns3
