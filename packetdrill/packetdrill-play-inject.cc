// SPDX-License-Identifier: GPL-2.0-only

#include "packetdrill-icmp.h"
#include "packetdrill-inject.h"
#include "packetdrill-play.h"

namespace ns3
{
namespace tcpfsm
{
namespace packetdrill
{

void
Play::Inject(const PacketLine& packet)
{
    if (const auto* message = std::get_if<IcmpMessage>(&packet.payload))
    {
        Inject(*message);
        return;
    }
    const auto& segment = std::get<TcpSegment>(packet.payload);
    const auto receiver = m_records.ChooseReceiver(segment, m_dialect);
    if (!receiver.record)
    {
        throw ScriptFailure(packet.place, "there is no socket that the packet could be for");
    }
    const auto live = MakeInbound(packet, receiver);
    m_host.GetClock().Act([this, &live] { m_host.GetPeer().Send(live); });
    Poke();
}

void
Play::Inject(const IcmpMessage& message)
{
    const Record* record = m_records.Current();
    if (!record || record->local.port == 0 || record->remote.port == 0)
    {
        throw ScriptFailure(message.place,
                            "there is no connection that the message could be about");
    }
    const bool isIpv6 = m_settings.HasIpv6Packets();
    const auto numbers = FindIcmpNumbers(message, isIpv6);
    constexpr uint8_t FIRST_INFORMATIONAL = 128; // RFC 4443 2.1
    if (isIpv6 && numbers.type >= FIRST_INFORMATIONAL)
    {
        return; // says nothing about a connection
    }
    const auto quoted = MakeQuoted(message, *record);
    m_host.GetClock().Act([&] {
        m_host.GetPeer().SendIcmpError(numbers.type, numbers.code, quoted, message.mtu.value_or(0));
    });
    Poke();
}

} // namespace packetdrill
} // namespace tcpfsm
} // namespace ns3
