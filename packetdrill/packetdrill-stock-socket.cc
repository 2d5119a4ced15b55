// SPDX-License-Identifier: GPL-2.0-only

#include "packetdrill-live-socket.h"

#include <deque>
#include <utility>

namespace ns3
{
namespace tcpfsm
{
namespace packetdrill
{

namespace
{

/// @return the name of an error of ns-3's sockets
std::string
NameOf(Socket::SocketErrno error)
{
    switch (error)
    {
    case Socket::ERROR_NOTERROR:
        return "";
    case Socket::ERROR_ISCONN:
        return "EISCONN";
    case Socket::ERROR_NOTCONN:
        return "ENOTCONN";
    case Socket::ERROR_MSGSIZE:
        return "EMSGSIZE";
    case Socket::ERROR_AGAIN:
        return "EAGAIN";
    case Socket::ERROR_SHUTDOWN:
        return "EPIPE";
    case Socket::ERROR_OPNOTSUPP:
        return "EOPNOTSUPP";
    case Socket::ERROR_AFNOSUPPORT:
        return "EAFNOSUPPORT";
    case Socket::ERROR_INVAL:
        return "EINVAL";
    case Socket::ERROR_BADF:
        return "EBADF";
    case Socket::ERROR_NOROUTETOHOST:
        return "EHOSTUNREACH";
    case Socket::ERROR_NODEV:
        return "ENODEV";
    case Socket::ERROR_ADDRNOTAVAIL:
        return "EADDRNOTAVAIL";
    case Socket::ERROR_ADDRINUSE:
        return "EADDRINUSE";
    case Socket::SOCKET_ERRNO_LAST:
        break;
    }
    return "EINVAL";
}

/// A socket of ns-3's own TCP, which keeps no queue of connections that wait to be accepted.
class StockSocket : public LiveSocket
{
  public:
    StockSocket(Host& host, Ptr<Socket> socket)
        : LiveSocket(host, socket)
    {
    }

    ~StockSocket() override
    {
        Get()->SetAcceptCallback(MakeNullCallback<bool, Ptr<Socket>, const Address&>(),
                                 MakeNullCallback<void, Ptr<Socket>, const Address&>());
    }

    std::string Listen(uint32_t) override
    {
        Get()->SetAcceptCallback(
            MakeNullCallback<bool, Ptr<Socket>, const Address&>(),
            Callback<void, Ptr<Socket>, const Address&>([this](Ptr<Socket> child, const Address&) {
                auto accepted = std::make_unique<StockSocket>(m_host, child);
                accepted->SetConnected();
                m_waiting.push_back(std::move(accepted));
                m_host.GetClock().Wake();
            }));
        return Get()->Listen() == -1 ? GetError() : "";
    }

    bool HasAcceptable() const override
    {
        return !m_waiting.empty();
    }

    std::unique_ptr<LiveSocket> Accept() override
    {
        if (m_waiting.empty())
        {
            return nullptr;
        }
        auto accepted = std::move(m_waiting.front());
        m_waiting.pop_front();
        return accepted;
    }

  protected:
    std::string GetError() const override
    {
        // ns-3's own TCP tells that a connection failed, but not why.
        const auto name = NameOf(Get()->GetErrno());
        return name.empty() ? "ECONNRESET" : name;
    }

  private:
    std::deque<std::unique_ptr<LiveSocket>> m_waiting; //!< to be accepted
};

} // namespace

std::unique_ptr<LiveSocket>
MakeStockSocket(Host& host, Ptr<Socket> socket)
{
    return std::make_unique<StockSocket>(host, socket);
}

} // namespace packetdrill
} // namespace tcpfsm
} // namespace ns3
