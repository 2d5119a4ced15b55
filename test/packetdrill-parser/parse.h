// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_TEST_PARSE_H
#define TCP_FSM_TEST_PARSE_H

#include "packetdrill-parser.h"

#include <gtest/gtest.h>
#include <string>

namespace ns3
{
namespace tcpfsm
{
namespace packetdrill
{
namespace test
{

/// @return the tree of a script. @param text the script @param defines what is defined
inline Script
Parse(const std::string& text, const Defines& defines = {})
{
    return ParseScript({"test.pkt", text}, defines);
}

/// @return the only event of a script. @param text the script, without options
inline Event
ParseEvent(const std::string& text)
{
    const auto script = Parse(text);
    EXPECT_EQ(script.events.size(), 1U) << text;
    return script.events.at(0);
}

/// @return the packet of an event at time 0. @param text the packet from its direction on
inline PacketLine
ParsePacketLine(const std::string& text)
{
    return std::get<PacketLine>(ParseEvent("0 " + text).action);
}

/// @return the TCP segment of an event at time 0. @param text the packet from its direction on
inline TcpSegment
ParseSegment(const std::string& text)
{
    return std::get<TcpSegment>(ParsePacketLine(text).payload);
}

/// @return the system call of an event at time 0. @param text the call
inline SystemCall
ParseCall(const std::string& text)
{
    return std::get<SystemCall>(ParseEvent("0 " + text).action);
}

/// @return `line:column: message` of the error in a script, "no error" if there is none
inline std::string
ErrorIn(const std::string& text, const Defines& defines = {})
{
    try
    {
        Parse(text, defines);
    }
    catch (const ScriptError& error)
    {
        return std::to_string(error.GetPlace().line) + ":" +
               std::to_string(error.GetPlace().column) + ": " + error.what();
    }
    return "no error";
}

} // namespace test
} // namespace packetdrill
} // namespace tcpfsm
} // namespace ns3

#endif // TCP_FSM_TEST_PARSE_H
