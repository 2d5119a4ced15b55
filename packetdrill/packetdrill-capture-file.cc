// SPDX-License-Identifier: GPL-2.0-only

#include "packetdrill-capture-file.h"

#include "ns3/ipv4-l3-protocol.h"
#include "ns3/ipv6-l3-protocol.h"
#include "ns3/packet.h"
#include "ns3/simulator.h"
#include "ns3/trace-helper.h"

namespace ns3
{
namespace tcpfsm
{
namespace packetdrill
{

namespace
{

constexpr uint32_t LINK = 1; // the interface after the loopback

/// Write the packets of one version of IP.
template <typename Ip, typename Protocol>
void
Watch(const Host& host, Ptr<PcapFileWrapper> file)
{
    const auto protocol = host.GetNode()->GetObject<Protocol>();
    const Callback<void, Ptr<const Packet>, Ptr<Ip>, uint32_t> write(
        [file](Ptr<const Packet> packet, Ptr<Ip>, uint32_t interface) {
            if (interface == LINK)
            {
                file->Write(Simulator::Now(), packet);
            }
        });
    protocol->TraceConnectWithoutContext("Tx", write);
    protocol->TraceConnectWithoutContext("Rx", write);
}

} // namespace

CaptureFile::CaptureFile(const Host& host, const std::string& path)
{
    if (!path.empty())
    {
        m_file = PcapHelper().CreateFile(path, std::ios::out, PcapHelper::DLT_RAW);
        Watch<Ipv4, Ipv4L3Protocol>(host, m_file);
        Watch<Ipv6, Ipv6L3Protocol>(host, m_file);
    }
}

CaptureFile::~CaptureFile()
{
    if (m_file)
    {
        m_file->Close();
    }
}

} // namespace packetdrill
} // namespace tcpfsm
} // namespace ns3
