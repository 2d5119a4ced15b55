// SPDX-License-Identifier: GPL-2.0-only

#include "tcp-fsm-quantity.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <system_error>

namespace ns3
{
namespace tcpfsm
{

std::optional<Quantity>
ReadQuantity(std::string_view text)
{
    double number = 0;
    const char* end = text.data() + text.size();
    const auto [unit, error] = std::from_chars(text.data(), end, number);
    if (error != std::errc() || unit == end || !std::isfinite(number) ||
        text.find(' ') != std::string_view::npos)
    {
        return std::nullopt;
    }
    return Quantity{number, text.substr(unit - text.data())};
}

std::optional<Time>
ReadTime(const std::string& text)
{
    constexpr std::array<std::string_view, 10>
        UNITS{"fs", "ps", "ns", "us", "ms", "s", "min", "h", "d", "y"};
    const auto quantity = ReadQuantity(text);
    if (!quantity || quantity->number < 0 ||
        std::find(UNITS.begin(), UNITS.end(), quantity->unit) == UNITS.end())
    {
        return std::nullopt;
    }
    return Time(text);
}

} // namespace tcpfsm
} // namespace ns3
