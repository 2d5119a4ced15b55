// SPDX-License-Identifier: GPL-2.0-only

#include "tcp-fsm-table-case.h"

#include "ns3/abort.h"
#include "ns3/tcp-header.h"

#include <algorithm>
#include <map>
#include <set>

namespace ns3
{

namespace
{

constexpr uint32_t IN_WINDOW = 10;
constexpr uint32_t BEYOND = 1000000;
constexpr uint32_t ACK_DISTANCE = 1000;
constexpr std::size_t DATA_OCTETS = 10;
constexpr uint32_t ARBITRARY_ACK = 3000000; // where the node has sent nothing

uint8_t
FlagsOf(const std::string& segment)
{
    static const std::map<std::string, uint8_t> FLAGS{
        {"SYN", TcpHeader::SYN},
        {"SYN-ACK", TcpHeader::SYN | TcpHeader::ACK},
        {"SYN-FIN", TcpHeader::SYN | TcpHeader::FIN},
        {"ACK", TcpHeader::ACK},
        {"FIN", TcpHeader::FIN},
        {"FIN-ACK", TcpHeader::FIN | TcpHeader::ACK},
        {"RST", TcpHeader::RST},
        {"RST-ACK", TcpHeader::RST | TcpHeader::ACK},
    };
    const auto found = FLAGS.find(segment);
    NS_ABORT_MSG_IF(found == FLAGS.end(), "no such segment in the table: " << segment);
    return found->second;
}

bool
Exists(const std::string& state, const std::string& segment, const std::string& variant)
{
    static const std::set<std::string> NEEDS_ACK{"no-ack",
                                                 "ack-unsent",
                                                 "ack-una",
                                                 "ack-below-una",
                                                 "ack-old"};
    static const std::set<std::string> HAS_UNACKNOWLEDGED{"SYN-SENT",
                                                          "SYN-RCVD",
                                                          "SYN-RCVD/simultaneous",
                                                          "FIN-WAIT-1",
                                                          "FIN-WAIT-1/closed",
                                                          "CLOSING",
                                                          "LAST-ACK"};
    if (NEEDS_ACK.contains(variant) && (FlagsOf(segment) & TcpHeader::ACK) == 0)
    {
        return false;
    }
    return variant != "ack-una" || HAS_UNACKNOWLEDGED.contains(state);
}

std::vector<TcpFsmTableCase>
MakeCases()
{
    std::vector<TcpFsmTableCase> cases;
    for (const auto& state : TcpFsmTableStates())
    {
        for (const auto& segment : TcpFsmTableSegments())
        {
            for (const auto& variant : TcpFsmTableVariants())
            {
                if (Exists(state, segment, variant))
                {
                    cases.push_back({state, segment, variant});
                }
            }
        }
    }
    return cases;
}

std::vector<std::string>
MakeRows()
{
    std::vector<std::string> rows;
    for (const auto& state : TcpFsmTableStates())
    {
        if (TcpFsmTableRowOf(state) == state)
        {
            rows.push_back(state);
        }
    }
    return rows;
}

} // namespace

const std::vector<std::string>&
TcpFsmTableRows()
{
    static const std::vector<std::string> ROWS = MakeRows();
    return ROWS;
}

const std::vector<std::string>&
TcpFsmTableStates()
{
    static const std::vector<std::string> STATES{"CLOSED",
                                                 "LISTEN",
                                                 "SYN-SENT",
                                                 "SYN-RCVD",
                                                 "SYN-RCVD/simultaneous",
                                                 "ESTABLISHED",
                                                 "FIN-WAIT-1",
                                                 "FIN-WAIT-1/closed",
                                                 "FIN-WAIT-2",
                                                 "FIN-WAIT-2/closed",
                                                 "CLOSE-WAIT",
                                                 "CLOSING",
                                                 "LAST-ACK",
                                                 "TIME-WAIT"};
    return STATES;
}

const std::vector<std::string>&
TcpFsmTableSegments()
{
    static const std::vector<std::string>
        SEGMENTS{"SYN", "SYN-ACK", "SYN-FIN", "ACK", "FIN", "FIN-ACK", "RST", "RST-ACK"};
    return SEGMENTS;
}

const std::vector<std::string>&
TcpFsmTableVariants()
{
    static const std::vector<std::string> VARIANTS{"exact",
                                                   "seq-1",
                                                   "in-window",
                                                   "beyond",
                                                   "data",
                                                   "no-ack",
                                                   "ack-unsent",
                                                   "ack-una",
                                                   "ack-below-una",
                                                   "ack-old"};
    return VARIANTS;
}

const std::vector<TcpFsmTableCase>&
TcpFsmTableCases()
{
    static const std::vector<TcpFsmTableCase> CASES = MakeCases();
    return CASES;
}

std::string
TcpFsmTableRowOf(const std::string& state)
{
    return state.substr(0, state.find('/'));
}

TcpFsmRawSegment
TcpFsmTableMakeSegment(const TcpFsmTableCase& question, const TcpFsmRawConnection& connection)
{
    const std::string& variant = question.variant;
    const bool nothingSent = question.state == "CLOSED" || question.state == "LISTEN";
    const uint32_t sndNxt = nothingSent ? ARBITRARY_ACK : connection.NodeSndNxt();
    const uint32_t sndUna = nothingSent ? ARBITRARY_ACK : connection.NodeSndUna();

    TcpFsmRawSegment segment = connection.Make(FlagsOf(question.segment));
    segment.seq = connection.NodeRcvNxt();
    segment.ack = segment.Has(TcpHeader::ACK) ? sndNxt : 0;

    if (variant == "seq-1")
    {
        segment.seq -= 1;
    }
    else if (variant == "in-window")
    {
        segment.seq += IN_WINDOW;
    }
    else if (variant == "beyond")
    {
        segment.seq += BEYOND;
    }
    else if (variant == "data")
    {
        segment.data.assign(DATA_OCTETS, 'x');
    }
    else if (variant == "no-ack")
    {
        segment.flags &= static_cast<uint8_t>(~TcpHeader::ACK);
    }
    else if (variant == "ack-unsent")
    {
        segment.ack = sndNxt + ACK_DISTANCE;
    }
    else if (variant == "ack-una")
    {
        segment.ack = sndUna;
    }
    else if (variant == "ack-below-una")
    {
        segment.ack = sndUna - ACK_DISTANCE;
    }
    else if (variant == "ack-old")
    {
        segment.ack = sndUna - connection.GetConfig().window - ACK_DISTANCE;
    }
    else
    {
        NS_ABORT_MSG_UNLESS(variant == "exact", "no such variant in the table: " << variant);
    }
    return segment;
}

} // namespace ns3
