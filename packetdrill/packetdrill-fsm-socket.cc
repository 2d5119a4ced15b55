// SPDX-License-Identifier: GPL-2.0-only

#include "packetdrill-live-socket.h"

#include "ns3/packet.h"
#include "ns3/tcp-fsm-socket.h"

namespace ns3
{
namespace tcpfsm
{
namespace packetdrill
{

namespace
{

/// A socket of this module's TCP.
class FsmSocket : public LiveSocket
{
  public:
    FsmSocket(Host& host, Ptr<TcpFsmSocket> socket)
        : LiveSocket(host, socket),
          m_fsm(socket)
    {
    }

    std::string Listen(uint32_t backlog) override
    {
        return m_fsm->ListenWithBacklog(backlog) == -1 ? GetError() : "";
    }

    std::string Send(uint32_t size, bool urgent) override
    {
        const auto packet = Create<Packet>(size);
        return m_fsm->Send(packet, urgent ? TcpFsmSocket::URGENT : 0) == -1 ? GetError() : "";
    }

    bool HasAcceptable() const override
    {
        return GetState() == TcpSocket::LISTEN && m_fsm->GetStatus().connection.receiveQueue > 0;
    }

    std::unique_ptr<LiveSocket> Accept() override
    {
        auto child = DynamicCast<TcpFsmSocket>(m_fsm->Accept());
        if (!child)
        {
            return nullptr;
        }
        auto accepted = std::make_unique<FsmSocket>(m_host, child);
        accepted->SetConnected();
        return accepted;
    }

  protected:
    std::string GetError() const override
    {
        return std::string(ToString(m_fsm->TakeError()));
    }

    std::string GetLateError() const override
    {
        // A connection tells its end once; after the peer's FIN a reset is no news to ns-3's
        // applications, but it is to SO_ERROR.
        return GetError();
    }

  private:
    Ptr<TcpFsmSocket> m_fsm; //!< the same socket
};

} // namespace

std::unique_ptr<LiveSocket>
MakeFsmSocket(Host& host, Ptr<Socket> socket)
{
    return std::make_unique<FsmSocket>(host, DynamicCast<TcpFsmSocket>(socket));
}

} // namespace packetdrill
} // namespace tcpfsm
} // namespace ns3
