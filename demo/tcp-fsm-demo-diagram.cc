// SPDX-License-Identifier: GPL-2.0-only

#include "tcp-fsm-demo-diagram.h"

#include "tcp-fsm-engine.h"

#include <bit>
#include <map>
#include <sstream>
#include <tuple>

namespace ns3
{

using namespace tcpfsm;

std::string
TcpFsmDemoDiagram(const TcpFsmDemoArrows& arrows)
{
    std::ostringstream os;
    os << "digraph \"TCP\" {\n  node [shape=box, fontname=Helvetica];\n"
          "  edge [fontname=Helvetica, fontsize=10];\n";
    std::map<int, std::string> edges;
    for (const Row& row : Table())
    {
        if (const int arrow = row.action.arrow; arrow != 0 && !edges.contains(arrow))
        {
            const auto from = static_cast<State>(std::countr_zero(row.Reach().GetBits<State>()));
            std::ostringstream edge;
            edge << "  \"" << ToString(from) << "\" -> \"" << ToString(*row.action.next)
                 << "\" [label=\"" << arrow << " " << ToString(row.event) << " ("
                 << arrows.Get().at(arrow - 1) << ")\"];\n";
            edges[arrow] = edge.str();
        }
    }
    for (const auto& [arrow, edge] : edges)
    {
        os << edge;
    }
    os << "}\n";
    return os.str();
}

} // namespace ns3
