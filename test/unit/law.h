// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_TEST_LAW_H
#define TCP_FSM_TEST_LAW_H

#include "situation.h"

#include <set>
#include <string>

namespace ns3
{
namespace tcpfsm
{
namespace test
{

/**
 * A sentence that must hold in many situations. The test fails, once and with some examples, if it
 * was broken anywhere, and also if it never applied: a law that says nothing tests nothing.
 */
class Law
{
  public:
    /// @param text what must hold
    explicit Law(std::string_view text);
    Law(const Law&) = delete;
    Law& operator=(const Law&) = delete;
    ~Law();

    /// Applies the law to what a row does in a situation.
    void Holds(bool holds, const Situation& situation, const Row& row)
    {
        ++m_applied;
        if (!holds)
        {
            Break(row.id, Describe(situation));
        }
    }

    /// Applies the law to something else that has a name; the details are given in words.
    void Holds(bool holds, std::string_view name, const std::string& details = {})
    {
        ++m_applied;
        if (!holds)
        {
            Break(name, details);
        }
    }

    /// Counts an application that held.
    void Held()
    {
        ++m_applied;
    }

    /// Counts one that did not.
    void Break(std::string_view name, const std::string& details);

  private:
    std::string_view m_text;                          //!< the sentence
    uint64_t m_applied{0};                            //!< how often it applied
    uint64_t m_broken{0};                             //!< how often it was broken
    std::string m_examples;                           //!< some of these
    std::set<std::string_view, std::less<>> m_guilty; //!< names in the examples
};

} // namespace test
} // namespace tcpfsm
} // namespace ns3

#endif // TCP_FSM_TEST_LAW_H
