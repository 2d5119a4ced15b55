// SPDX-License-Identifier: GPL-2.0-only

#include "packetdrill-source.h"

#include <algorithm>

namespace ns3
{
namespace tcpfsm
{
namespace packetdrill
{

std::string
Source::TextOf(const Place& place) const
{
    return text.substr(place.begin, place.end - place.begin);
}

std::string
Source::LineOf(const Place& place) const
{
    const auto begin = place.begin - (place.column - 1);
    const auto end = std::min(text.find('\n', begin), text.size());
    auto line = text.substr(begin, end - begin);
    if (line.ends_with('\r'))
    {
        line.pop_back();
    }
    std::replace_if(
        line.begin(),
        line.end(),
        [](unsigned char octet) { return (octet < ' ' && octet != '\t') || octet == 0x7f; },
        '?');
    return line;
}

std::string
Source::Explain(const ScriptError& error) const
{
    const auto& place = error.GetPlace();
    const auto line = LineOf(place);
    std::string indent;
    for (const unsigned char octet : line.substr(0, place.column - 1))
    {
        // The later octets of a character in UTF-8 take no column of their own.
        if ((octet & 0xc0) != 0x80)
        {
            indent += octet == '\t' ? '\t' : ' ';
        }
    }
    return path + ":" + std::to_string(place.line) + ":" + std::to_string(place.column) +
           ": error: " + error.what() + "\n" + line + "\n" + indent + "^";
}

} // namespace packetdrill
} // namespace tcpfsm
} // namespace ns3
