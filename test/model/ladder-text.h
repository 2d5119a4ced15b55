// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_TEST_LADDER_TEXT_H
#define TCP_FSM_TEST_LADDER_TEXT_H

#include "tcp-fsm-classify.h"

#include <string>

namespace ns3
{
namespace tcpfsm
{
namespace test
{

/**
 * @param flags control bits
 * @param textLength octets of data
 * @param seq SEG.SEQ in words
 * @param ack SEG.ACK in words, used with CTL_ACK
 * @return the segment as RFC 9293 writes it
 */
inline std::string
FormatSegment(uint8_t flags, uint32_t textLength, const std::string& seq, const std::string& ack)
{
    std::string text = "<SEQ=" + seq + ">";
    text += (flags & CTL_ACK) ? "<ACK=" + ack + ">" : "";
    text += textLength > 0 ? "<DATA=" + std::to_string(textLength) + ">" : "";
    std::string names;
    for (const auto& [bit, name] :
         {std::pair{CTL_SYN, "SYN"}, {CTL_FIN, "FIN"}, {CTL_RST, "RST"}, {CTL_ACK, "ACK"}})
    {
        if (flags & bit)
        {
            names += (names.empty() ? "" : ",") + std::string(name);
        }
    }
    return text + "<CTL=" + names + ">";
}

} // namespace test
} // namespace tcpfsm
} // namespace ns3

#endif // TCP_FSM_TEST_LADDER_TEXT_H
