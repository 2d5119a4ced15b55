// SPDX-License-Identifier: GPL-2.0-only

#include "tcp-fsm-rule-names.h"

#include <algorithm>
#include <iterator>
#include <vector>

namespace ns3
{
namespace tcpfsm
{

namespace
{

/// The texts of the rules that records name: all but the quiet ones.
struct RuleTexts
{
    RuleTexts()
    {
        for (const Row& row : Table())
        {
            const bool isQuiet = row.action.quiet;
            codes.push_back(
                {isQuiet ? NONE : Add(ids, row.id), isQuiet ? NONE : Add(clauses, row.clause)});
        }
    }

    /// Codes of a row.
    struct Codes
    {
        uint16_t id;
        uint16_t clause;
    };

    /// Place of "".
    static constexpr uint16_t NONE = 0;

    std::vector<std::string_view> ids{""};     //!< in the order of the table
    std::vector<std::string_view> clauses{""}; //!< the same, each once
    std::vector<Codes> codes;                  //!< by row

  private:
    static uint16_t Add(std::vector<std::string_view>& texts, std::string_view text)
    {
        const auto place = std::find(texts.begin(), texts.end(), text) - texts.begin();
        if (place == std::ssize(texts))
        {
            texts.push_back(text);
        }
        return static_cast<uint16_t>(place);
    }
};

const RuleTexts&
Texts()
{
    // Never destroyed: files are completed while the program exits.
    static const RuleTexts& texts = *new RuleTexts;
    return texts;
}

} // namespace

Choice<uint16_t>
RuleChoice(const Row* row)
{
    const RuleTexts& texts = Texts();
    return {row ? texts.codes[row - Table().data()].id : RuleTexts::NONE, texts.ids};
}

Choice<uint16_t>
ClauseChoice(const Row* row)
{
    const RuleTexts& texts = Texts();
    return {row ? texts.codes[row - Table().data()].clause : RuleTexts::NONE, texts.clauses};
}

} // namespace tcpfsm
} // namespace ns3
