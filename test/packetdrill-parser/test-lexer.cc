// SPDX-License-Identifier: GPL-2.0-only

// Tokens: section by section what the language calls one, and what it does not.

#include "packetdrill-escape.h"
#include "parse.h"

#include <utility>
#include <vector>

namespace ns3
{
namespace tcpfsm
{
namespace packetdrill
{
namespace test
{
namespace
{

using enum TokenKind;
using Tokens = std::vector<std::pair<TokenKind, std::string>>;

Tokens
Cut(const std::string& text, const Defines& defines = {})
{
    Tokens found;
    for (const auto& token : Tokenize(text, defines).tokens)
    {
        found.emplace_back(token.kind, token.text);
    }
    EXPECT_EQ(found.back().first, END);
    found.pop_back();
    return found;
}

TEST(Lexer, CutsNumbers)
{
    EXPECT_EQ(Cut("0 -1 0x1F .5 0.10 1."),
              (Tokens{{INTEGER, "0"},
                      {INTEGER, "-1"},
                      {HEX, "0x1F"},
                      {FLOAT, ".5"},
                      {FLOAT, "0.10"},
                      {INTEGER, "1"},
                      {CHARACTER, "."}}));
}

TEST(Lexer, TakesTheLongestMatch)
{
    EXPECT_EQ(Cut("0.1...0.2"), (Tokens{{FLOAT, "0.1"}, {ELLIPSIS, "..."}, {FLOAT, "0.2"}}));
    EXPECT_EQ(Cut("+0...0.2"),
              (Tokens{{CHARACTER, "+"}, {INTEGER, "0"}, {ELLIPSIS, "..."}, {FLOAT, "0.2"}}));
    EXPECT_EQ(Cut("P.5"), (Tokens{{WORD, "P"}, {FLOAT, ".5"}}));
    EXPECT_EQ(Cut("1a 0xg 0a"), (Tokens{{WORD, "1a"}, {WORD, "0xg"}, {WORD, "0a"}}));
    EXPECT_EQ(Cut("exp-FO gen-254 exp - a-b"),
              (Tokens{{WORD, "exp-FO"},
                      {WORD, "gen-254"},
                      {WORD, "exp"},
                      {CHARACTER, "-"},
                      {WORD, "a"},
                      {CHARACTER, "-"},
                      {WORD, "b"}}));
    EXPECT_EQ(Cut("ipv4-mapped-ipv6"), (Tokens{{WORD, "ipv4-mapped-ipv6"}}));
}

TEST(Lexer, CutsAddresses)
{
    EXPECT_EQ(Cut("192.0.2.1 2001:DB8::1 :: fd3d:fa7b:d17d::1:"),
              (Tokens{{IPV4, "192.0.2.1"},
                      {IPV6, "2001:DB8::1"},
                      {IPV6, "::"},
                      {IPV6, "fd3d:fa7b:d17d::1"},
                      {CHARACTER, ":"}}));
    EXPECT_EQ(Cut("1:2:3:4:5:6:7:8"), (Tokens{{IPV6, "1:2:3:4:5:6:7:8"}}));
    EXPECT_EQ(Cut("1:21"), (Tokens{{INTEGER, "1"}, {CHARACTER, ":"}, {INTEGER, "21"}}));
}

TEST(Lexer, CutsQuotations)
{
    EXPECT_EQ(Cut("\"a\\\"b\\x41\\102\\n\" `ls\n|x` %{ \n a }%"),
              (Tokens{{STRING, "a\"bAB\n"}, {COMMAND, "ls\n|x"}, {CODE, "a"}}));
    EXPECT_EQ(Cut("\"//\" `/*` %{ // }%"), (Tokens{{STRING, "//"}, {COMMAND, "/*"}, {CODE, "//"}}));
}

TEST(Lexer, SkipsCommentsAndBlanks)
{
    EXPECT_EQ(Cut("a// x\nb/* y\n */c\r\n\td"),
              (Tokens{{WORD, "a"}, {WORD, "b"}, {WORD, "c"}, {WORD, "d"}}));
    EXPECT_EQ(Cut("\xef\xbb\xbfx"), (Tokens{{WORD, "x"}}));
    EXPECT_EQ(Cut(""), Tokens{});
}

TEST(Lexer, CutsOptions)
{
    EXPECT_EQ(Cut("--mtu=1500"), (Tokens{{OPTION, "mtu"}, {CHARACTER, "="}, {INTEGER, "1500"}}));
    EXPECT_EQ(Cut("-- mtu"), (Tokens{{CHARACTER, "-"}, {CHARACTER, "-"}, {WORD, "mtu"}}));
}

TEST(Lexer, TakesAnyOctetForACharacter)
{
    for (int octet = 0; octet < 256; ++octet)
    {
        const std::string one(1, static_cast<char>(octet));
        if (std::string("\"`# \t\r\n\v\f").find(one) == std::string::npos)
        {
            EXPECT_EQ(Cut(one).size(), 1U) << octet;
        }
    }
}

TEST(Lexer, ReplacesDefinedWords)
{
    const Defines defines{{"A", "5"}, {"B", "\"a b\""}, {"C", "`ls`"}, {"D", "A"}, {"E", {}}};
    EXPECT_EQ(Cut("A B C D E AA 0xA \"A\"", defines),
              (Tokens{{INTEGER, "5"},
                      {STRING, "a b"},
                      {COMMAND, "ls"},
                      {INTEGER, "5"},
                      {WORD, "E"},
                      {WORD, "AA"},
                      {HEX, "0xA"},
                      {STRING, "A"}}));
}

TEST(Lexer, TakesDefinitionsOfTheScript)
{
    EXPECT_EQ(Cut("--define=N=0x10 N M", {{"M", "2"}}).back(),
              std::pair(INTEGER, std::string("2")));
    const auto list = Tokenize("--define=N=0x10 --define=M=3 --define=S=\"x\" N", {{"M", "2"}});
    EXPECT_EQ(list.defines, (Defines{{"M", "2"}, {"N", "0x10"}, {"S", "\"x\""}}));
    EXPECT_EQ(list.tokens.end()[-2].kind, HEX);
}

TEST(Lexer, SwitchesConditionalBlocks)
{
    const std::string text = "a\n#ifdef Linux\nb `\n#endif\n  #ifdef FreeBSD // x\nc\n#endif\nd";
    EXPECT_EQ(Cut(text, {{"FreeBSD", {}}}), (Tokens{{WORD, "a"}, {WORD, "c"}, {WORD, "d"}}));
    const auto list = Tokenize(text, {{"FreeBSD", {}}});
    ASSERT_EQ(list.conditionals.size(), 2U);
    EXPECT_EQ(list.conditionals[0].name, "Linux");
    EXPECT_FALSE(list.conditionals[0].active);
    EXPECT_TRUE(list.conditionals[1].active);
    EXPECT_EQ(list.tokens[2].place.line, 8U);
    // No directive inside a quotation or comment.
    EXPECT_EQ(Cut("`\n#ifdef X\n` /*\n#endif\n*/").size(), 1U);
}

TEST(Lexer, RefusesWhatDoesNotEnd)
{
    EXPECT_EQ(ErrorIn("0 \"abc"), "1:3: this string does not end");
    EXPECT_EQ(ErrorIn("\n `abc"), "2:2: this command does not end");
    EXPECT_EQ(ErrorIn("%{ abc"), "1:1: this code block does not end");
    EXPECT_EQ(ErrorIn("/* abc"), "1:1: this comment does not end");
    EXPECT_EQ(ErrorIn("0 \"\\z\""), "1:3: this string has an unknown escape");
}

TEST(Lexer, RefusesUnbalancedBlocks)
{
    EXPECT_EQ(ErrorIn("\n#ifdef A\n", {{"A", {}}}), "2:1: #ifdef without #endif");
    EXPECT_EQ(ErrorIn("\n#ifdef A\n"), "2:1: #ifdef without #endif");
    EXPECT_EQ(ErrorIn("#endif"), "1:1: #endif without #ifdef");
    EXPECT_EQ(ErrorIn("#ifdef A\n#ifdef B\n#endif\n#endif"), "2:1: an #ifdef inside another one");
    EXPECT_EQ(ErrorIn("#ifdef A\n #ifdef B\n", {{"A", {}}}), "2:2: an #ifdef inside another one");
    EXPECT_EQ(ErrorIn("#else"), "1:1: of directives there are only #ifdef NAME and #endif");
    EXPECT_EQ(ErrorIn("#ifdef"), "1:1: #ifdef takes one name");
}

TEST(Lexer, RefusesEndlessDefinitions)
{
    EXPECT_EQ(ErrorIn("0 A", {{"A", "B"}, {"B", "A"}}), "1:3: this name is defined by itself");
    EXPECT_EQ(ErrorIn("0 A", {{"A", "a b"}}),
              "1:3: the value of this name is no word, number, string or command");
}

TEST(Quote, IsUndoneByUnescape)
{
    std::string all;
    for (int octet = 0; octet < 256; ++octet)
    {
        all += static_cast<char>(octet);
    }
    const auto quoted = Quote(all);
    EXPECT_EQ(Unescape(quoted.substr(1, quoted.size() - 2)), all);
    EXPECT_EQ(QuotedLength(quoted + "\""), quoted.size());
}

} // namespace
} // namespace test
} // namespace packetdrill
} // namespace tcpfsm
} // namespace ns3
