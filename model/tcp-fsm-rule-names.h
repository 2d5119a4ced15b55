// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_RULE_NAMES_H
#define TCP_FSM_RULE_NAMES_H

#include "tcp-fsm-columns.h"

#include "ns3/tcp-fsm-engine.h"

#include <algorithm>
#include <array>

namespace ns3
{
namespace tcpfsm
{

/**
 * @param value a value of a dimension
 * @return it as a value of a column
 */
template <typename Dimension>
Choice<uint8_t>
ChoiceOf(Dimension value)
{
    return {static_cast<uint8_t>(value), Names<Dimension>::VALUES};
}

/**
 * @param name name of a value of a dimension, or ""
 * @return it among "" and the names of all values
 */
template <typename Dimension>
Choice<uint8_t>
ClassChoice(std::string_view name)
{
    static constexpr auto NAMES = [] {
        std::array<std::string_view, SIZE<Dimension> + 1> names;
        std::copy(Names<Dimension>::VALUES.begin(), Names<Dimension>::VALUES.end(), &names[1]);
        return names;
    }();
    // Mostly it is the very text of the list, which is quicker to see than to compare.
    auto found = std::find_if(NAMES.begin(), NAMES.end(), [name](std::string_view candidate) {
        return candidate.data() == name.data();
    });
    if (found == NAMES.end())
    {
        found = std::find(NAMES.begin(), NAMES.end(), name);
    }
    NS_ASSERT_MSG(found != NAMES.end(), name << " is no " << Names<Dimension>::NAME);
    return {static_cast<uint8_t>(found - NAMES.begin()), NAMES};
}

/**
 * @param row a rule of the table, or nullptr
 * @return its identifier among "" and those of all rules that are recorded
 */
Choice<uint16_t> RuleChoice(const Row* row);

/**
 * @param row a rule of the table, or nullptr
 * @return its clause among "" and those of all rules that are recorded, each once
 */
Choice<uint16_t> ClauseChoice(const Row* row);

} // namespace tcpfsm
} // namespace ns3

#endif // TCP_FSM_RULE_NAMES_H
