// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_QUANTITY_H
#define TCP_FSM_QUANTITY_H

#include "ns3/nstime.h"

#include <optional>
#include <string>
#include <string_view>

namespace ns3
{
namespace tcpfsm
{

/// A number with its unit, as in "10Mbps".
struct Quantity
{
    double number;         //!< finite
    std::string_view unit; //!< not empty
};

/**
 * Reads a number with a unit. ns-3's own readers of Time and QueueSize end the program at a text
 * that they don't know, with a message that does not say where the text came from.
 * @param text such as "10Mbps"; no spaces
 * @return the number and the unit, which may be any word; nothing if there are not both
 */
std::optional<Quantity> ReadQuantity(std::string_view text);

/**
 * Reads a time.
 * @param text such as "5ms"
 * @return the time; nothing unless it is a number, not negative, with a unit that ns-3 knows
 */
std::optional<Time> ReadTime(const std::string& text);

} // namespace tcpfsm
} // namespace ns3

#endif // TCP_FSM_QUANTITY_H
