// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_HELPER_H
#define TCP_FSM_HELPER_H

#include "ns3/attribute.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/node-container.h"
#include "ns3/object-factory.h"

#include <cstdint>
#include <string>

namespace ns3
{

/**
 * Puts TcpFsmL4Protocol on nodes, in place of ns-3's TCP.
 *
 * A script changes one line: instead of `InternetStackHelper().Install(nodes)` it says
 * `TcpFsmHelper().Install(nodes)`, and instead of `stack.Install(nodes)`, where the stack has
 * settings (routing, IPv6 only, …), `TcpFsmHelper(stack).Install(nodes)`. Applications, attributes
 * and trace paths stay as they are.
 */
class TcpFsmHelper
{
  public:
    /// Installs the internet stack as it is by default.
    TcpFsmHelper();

    /**
     * @param stack installs the internet stack; settings that it gets later have no effect
     */
    explicit TcpFsmHelper(const InternetStackHelper& stack);

    /**
     * Sets the profile of the nodes installed from now on.
     * @param name rfc9293 (default), rfc793 or freebsd
     */
    void SetProfile(const std::string& name);

    /**
     * Sets an attribute of TcpFsmL4Protocol on the nodes installed from now on.
     * @param name the attribute's name
     * @param value its value
     */
    void SetAttribute(const std::string& name, const AttributeValue& value);

    /**
     * Puts our TCP on nodes, and the internet stack on those that have none. Installing twice does
     * nothing; a node that already has ns-3's TCP is a fatal error that tells the remedy.
     * @param nodes the nodes
     */
    void Install(const NodeContainer& nodes) const;
    /// The same for one node.
    void Install(Ptr<Node> node) const;
    /// The same for a node known to Names.
    void Install(const std::string& nodeName) const;

    /**
     * Assigns the random streams of the nodes' TCP.
     * @param nodes nodes on which our TCP is installed
     * @param stream the first stream to use
     * @return the number of streams used
     */
    int64_t AssignStreams(const NodeContainer& nodes, int64_t stream) const;

  private:
    ObjectFactory m_factory;     //!< of TcpFsmL4Protocol
    InternetStackHelper m_stack; //!< for nodes without an internet stack
};

} // namespace ns3

#endif // TCP_FSM_HELPER_H
