// SPDX-License-Identifier: GPL-2.0-only

#include "packetdrill-wire-options.h"

#include "packetdrill-overloaded.h"

#include <algorithm>
#include <cstddef>

namespace ns3
{
namespace tcpfsm
{
namespace packetdrill
{

namespace
{

enum Kind : uint8_t
{
    END = 0,
    NOP = 1,
    MSS = 2,
    WINDOW_SCALE = 3,
    SACK_PERMITTED = 4,
    SACK = 5,
    TIMESTAMPS = 8,
};

constexpr std::size_t BLOCK = 8; // octets of a SACK block

void
Put(std::vector<uint8_t>& octets, uint32_t value, int size)
{
    for (int shift = 8 * (size - 1); shift >= 0; shift -= 8)
    {
        octets.push_back(static_cast<uint8_t>(value >> shift));
    }
}

uint32_t
Get(const uint8_t* octets, int size)
{
    uint32_t value = 0;
    for (int i = 0; i < size; ++i)
    {
        value = value << 8 | octets[i];
    }
    return value;
}

uint32_t
EchoOnWire(const TcpOption& option, const Record& record, uint16_t flags)
{
    const auto& timestamps = std::get<OptionTimestamps>(option.value);
    if (timestamps.absolute || !(flags & TCP_ACK))
    {
        return timestamps.echo;
    }
    const auto found = record.timestamps.find(timestamps.echo);
    if (found == record.timestamps.end())
    {
        throw ScriptError(option.place,
                          "no segment with TS val " + std::to_string(timestamps.echo) +
                              " was expected before; write ecr " + std::to_string(timestamps.echo) +
                              "! for this very number");
    }
    return found->second;
}

void
Write(const TcpOption& option, const Record& record, uint16_t flags, std::vector<uint8_t>& octets)
{
    const auto put = [&octets](uint8_t kind,
                               std::initializer_list<std::pair<uint32_t, int>> values) {
        std::size_t length = 2;
        for (const auto& [value, size] : values)
        {
            length += size;
        }
        octets.push_back(kind);
        octets.push_back(static_cast<uint8_t>(length));
        for (const auto& [value, size] : values)
        {
            Put(octets, value, size);
        }
    };
    std::visit(
        Overloaded{
            [&](const OptionNop&) { octets.push_back(NOP); },
            [&](const OptionEol&) { octets.push_back(END); },
            [&](const OptionMss& mss) {
                put(MSS, {{mss.value, 2}});
            },
            [&](const OptionWindowScale& scale) {
                put(WINDOW_SCALE, {{scale.shift, 1}});
            },
            [&](const OptionSackPermitted&) { put(SACK_PERMITTED, {}); },
            [&](const OptionSack& sack) {
                const bool syn = flags & TCP_SYN;
                octets.push_back(SACK);
                octets.push_back(static_cast<uint8_t>(2 + BLOCK * sack.blocks.size()));
                for (const auto& block : sack.blocks)
                {
                    Put(octets, record.InboundAck(block.left, syn), 4);
                    Put(octets, record.InboundAck(block.right, syn), 4);
                }
            },
            [&](const OptionTimestamps& timestamps) {
                put(TIMESTAMPS,
                    {{timestamps.value.value_or(0), 4}, {EchoOnWire(option, record, flags), 4}});
            },
            [](const OptionOther&) {}, // the script was skipped
        },
        option.value);
}

/// @return an option of at least two octets. @param begin its kind @param size its length
TcpOption
Read(const uint8_t* begin, std::size_t size, const Record& record, bool syn)
{
    const uint8_t* const value = begin + 2;
    TcpOption option;
    if (*begin == MSS && size == 4)
    {
        option.value = OptionMss{static_cast<uint16_t>(Get(value, 2))};
    }
    else if (*begin == WINDOW_SCALE && size == 3)
    {
        option.value = OptionWindowScale{*value};
    }
    else if (*begin == SACK_PERMITTED && size == 2)
    {
        option.value = OptionSackPermitted{};
    }
    else if (*begin == SACK && size > 2 && (size - 2) % BLOCK == 0)
    {
        OptionSack sack;
        for (std::size_t i = 0; i < size - 2; i += BLOCK)
        {
            sack.blocks.push_back({record.OutboundAck(Get(value + i, 4), syn),
                                   record.OutboundAck(Get(value + i + 4, 4), syn)});
        }
        option.value = sack;
    }
    else if (*begin == TIMESTAMPS && size == 10)
    {
        option.value = OptionTimestamps{Get(value, 4), Get(value + 4, 4)};
    }
    else
    {
        constexpr char DIGITS[] = "0123456789abcdef";
        OptionOther other{"gen-" + std::to_string(*begin), ""};
        other.text = other.name + (size > 2 ? " " : "");
        for (std::size_t i = 2; i < size; ++i)
        {
            other.text += DIGITS[begin[i] >> 4];
            other.text += DIGITS[begin[i] & 0xf];
        }
        option.value = other;
    }
    return option;
}

} // namespace

std::vector<uint8_t>
WriteOptions(const TcpOptions& options, const Record& record, uint16_t flags)
{
    if (const auto* raw = std::get_if<RawOptions>(&options.value))
    {
        return raw->octets;
    }
    std::vector<uint8_t> octets;
    for (const auto& option : std::get<OptionList>(options.value))
    {
        Write(option, record, flags, octets);
    }
    return octets;
}

OptionList
ReadOptions(const std::vector<uint8_t>& octets, const Record& record, bool syn)
{
    OptionList list;
    for (std::size_t i = 0; i < octets.size();)
    {
        if (octets[i] == END || octets[i] == NOP)
        {
            const bool isEnd = octets[i] == END;
            list.push_back({{}, OptionNop{}});
            if (isEnd)
            {
                list.back().value = OptionEol{};
            }
            ++i;
            continue;
        }
        const std::size_t rest = octets.size() - i;
        const std::size_t told = rest > 1 ? octets[i + 1] : 0;
        const std::size_t size = told < 2 || told > rest ? rest : told;
        list.push_back(Read(&octets[i], size, record, syn));
        i += size;
    }
    return list;
}

} // namespace packetdrill
} // namespace tcpfsm
} // namespace ns3
