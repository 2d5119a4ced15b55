// SPDX-License-Identifier: GPL-2.0-only

#ifndef PACKETDRILL_HOST_H
#define PACKETDRILL_HOST_H

#include "packetdrill-clock.h"
#include "packetdrill-settings.h"
#include "tcp-fsm-connection.h"
#include "tcp-fsm-raw-peer.h"
#include "tcp-fsm-stack.h"

#include "ns3/node.h"

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ns3
{
namespace tcpfsm
{
namespace packetdrill
{

/// Attributes of the stack and their values.
using AttributeList = std::vector<std::pair<std::string, std::string>>;

/**
 * @brief The host that a script is about, and the link over which the script speaks to it.
 *
 * The link has no delay and an infinite rate.
 */
class Host
{
  public:
    /**
     * @param stack which TCP it runs
     * @param settings of the script: family and MTU
     */
    Host(TcpFsmStack stack, const Settings& settings);

    /// @return which TCP it runs
    TcpFsmStack GetStack() const;
    /// @return the node
    Ptr<Node> GetNode() const;
    /// @return its end of the script
    TcpFsmRawPeer& GetPeer();
    /// @return what lets time pass
    Clock& GetClock();

    /**
     * @brief Set an attribute of the stack, for all sockets made from now on, or at once if the
     * stack as a whole has it.
     * @param name of TcpFsmSocket, TcpFsmL4Protocol or an ancestor; or `ns3::Class::Attribute`
     * @param value as in ns3::CommandLine
     * @return whether this stack has the attribute
     * @throw std::invalid_argument for a value that the attribute cannot have
     */
    bool SetAttribute(const std::string& name, const std::string& value);

    /// @return attributes of sockets made from now on, and their values
    const std::map<std::string, std::string>& GetSocketAttributes() const;

    /**
     * @brief Set all attributes of the stack to what they are at the start of a script.
     * @param profile name of a profile of TcpFsmL4Protocol
     */
    void Reset(std::string_view profile);

    /// @return the connections and listeners of the node
    std::vector<TcpFsmConnection> GetConnections() const;

    /// @return the address that sockets are bound to. @param port port
    Address LocalSocketAddress(uint16_t port) const;
    /// @return what sockets connect to. @param address address of the far end @param port port
    Address RemoteSocketAddress(const Address& address, uint16_t port) const;

  private:
    TcpFsmStack m_stack;                                   //!< which TCP
    IpVersion m_ipVersion;                                 //!< of sockets and packets
    Ptr<Node> m_node;                                      //!< the node
    TcpFsmRawPeer m_peer;                                  //!< the other end of its link
    Clock m_clock;                                         //!< lets time pass
    std::map<std::string, std::string> m_socketAttributes; //!< of sockets made from now on
};

} // namespace packetdrill
} // namespace tcpfsm
} // namespace ns3

#endif // PACKETDRILL_HOST_H
