// SPDX-License-Identifier: GPL-2.0-only

#include "tcp-fsm-l4-protocol.h"
#include "tcp-fsm-socket.h"

#include "ns3/node.h"
#include "ns3/simulator.h"

/**
 * @file
 * What the trace sources of a node are told.
 */

namespace ns3
{

using namespace tcpfsm;

void
TcpFsmL4Protocol::SendPacket(Ptr<Packet> packet,
                             const TcpHeader& header,
                             const Address& local,
                             const Address& remote,
                             Ptr<NetDevice> device) const
{
    if ((header.GetFlags() & CTL_SYN) && !m_syn.IsEmpty())
    {
        const Flow flow{IpAddress(local),
                        IpAddress(remote),
                        header.GetSourcePort(),
                        header.GetDestinationPort()};
        m_syn({m_node->GetId(),
               FindConnection(flow),
               true,
               header.GetSequenceNumber().GetValue(),
               SynOptions::Read(header)});
    }
    TcpL4Protocol::SendPacket(packet, header, local, remote, device);
}

uint64_t
TcpFsmL4Protocol::FindConnection(const Flow& flow) const
{
    auto& table = const_cast<ConnectionTable&>(m_table);
    if (const TcpFsmSocket* socket = table.FindSocket(flow))
    {
        return socket->GetConnection();
    }
    const HalfOpen* halfOpen = table.FindHalfOpen(flow);
    return halfOpen ? halfOpen->connection : 0;
}

TcpFsmTransition
TcpFsmL4Protocol::MakeRecord(const TcpFsmReaction& reaction) const
{
    TcpFsmTransition record{};
    record.time = Simulator::Now();
    record.node = m_node ? m_node->GetId() : 0;
    record.connection = reaction.connection;
    record.family = reaction.flow.local.IsIpv4() ? 4 : 6;
    record.localAddress = reaction.flow.local;
    record.localPort = reaction.flow.localPort;
    record.remoteAddress = reaction.flow.remote;
    record.remotePort = reaction.flow.remotePort;
    record.from = ToNs3(reaction.from);
    record.event = ToString(reaction.row.event);
    record.reply = ToString(reaction.row.action.reply);
    record.to = ToNs3(reaction.to);
    record.rule = reaction.row.id;
    record.clause = reaction.row.clause;
    record.row = &reaction.row;
    if (reaction.socket && reaction.from != reaction.to)
    {
        record.octets = reaction.socket->GetOctets();
    }
    if (const Incoming* incoming = reaction.incoming)
    {
        record.segment = incoming->number;
        record.flags = incoming->segment.flags;
        record.seq = incoming->segment.seq.Value() - reaction.irs;
        record.ack =
            incoming->segment.Has(CTL_ACK) ? incoming->segment.ack.Value() - reaction.iss : 0;
        record.length = incoming->segment.textLength;
        record.window = incoming->header.GetWindowSize();
        record.seqClass = ToString(incoming->facts.Get<Seq>());
        record.ackClass = ToString(incoming->facts.Get<Ack>());
    }
    return record;
}

void
TcpFsmL4Protocol::Report(const TcpFsmReaction& reaction, const Sinks* sinks)
{
    const bool moves = reaction.from != reaction.to;
    const bool isWanted =
        !m_reaction.IsEmpty() || (moves && !m_transition.IsEmpty()) ||
        (sinks && (!sinks->reaction.IsEmpty() || (moves && !sinks->transition.IsEmpty())));
    if (isWanted)
    {
        const TcpFsmTransition record = MakeRecord(reaction);
        m_reaction(record);
        if (sinks)
        {
            sinks->reaction(record);
        }
        if (moves)
        {
            m_transition(record);
            if (sinks)
            {
                sinks->transition(record);
            }
        }
    }
    if (!m_syn.IsEmpty() && reaction.row.action.Has(TAKE_SYN))
    {
        m_syn({m_node->GetId(),
               reaction.connection,
               false,
               reaction.incoming->segment.seq.Value(),
               SynOptions::Read(reaction.incoming->header)});
    }
}

} // namespace ns3
