// SPDX-License-Identifier: GPL-2.0-only

#include "tcp-fsm-table-run.h"

#include "tcp-fsm-raw-connection.h"
#include "tcp-fsm-raw-peer.h"
#include "tcp-fsm-table-arrange.h"
#include "tcp-fsm-table-notation.h"

#include "ns3/nstime.h"
#include "ns3/simulator.h"

namespace ns3
{

namespace
{

TcpFsmTableAnswer
Ask(const TcpFsmTableCase& question, TcpFsmNodeUnderTest& node, TcpFsmRawConnection& connection)
{
    TcpFsmTableArrange(question.state, node, connection);
    const std::string reached = TcpFsmTableStateOf(question.state, node, connection);
    if (reached != TcpFsmTableRowOf(question.state))
    {
        return {"-", "unreachable", "on the way to " + question.state + " it landed in " + reached};
    }
    // Longer than any delayed ACK, over before the first retransmission.
    const Time listening = MilliSeconds(500);
    const auto numbers = TcpFsmTableNumbers::Of(question.state, connection);
    const auto segment = TcpFsmTableMakeSegment(question, connection);
    const auto replies = connection.Exchange(segment, listening);
    return {TcpFsmTableNotation(replies, segment, numbers),
            TcpFsmTableStateOf(question.state, node, connection),
            ""};
}

} // namespace

TcpFsmTableAnswer
TcpFsmTableRun(const TcpFsmTableTask& task,
               const std::function<void(const TcpFsmTableAnswer&)>& report)
{
    // Stock's persist timer, the cause of its late crash, fires after 6 s.
    const Time aftermath = Seconds(10);
    TcpFsmTableAnswer answer;
    {
        TcpFsmNodeUnderTest node(task.stack);
        TcpFsmRawPeer peer(node.GetNode(), {.ipv6 = task.ipv6});
        TcpFsmRawConnection connection(peer, {});
        answer = Ask(task.question, node, connection);
        if (report)
        {
            report(answer);
        }
        TcpFsmRunFor(aftermath);
    }
    Simulator::Destroy();
    return answer;
}

} // namespace ns3
