// SPDX-License-Identifier: GPL-2.0-only

/**
 * @file
 * The status table as a test suite of ns-3: a node in each state gets each segment in each variant,
 * and what it does is compared with test/conformance/expected.csv.
 */

#include "tcp-fsm-table-case.h"
#include "tcp-fsm-table-expected.h"
#include "tcp-fsm-table-run.h"

#include "ns3/tcp-fsm-ns3-version.h"
#include "ns3/test.h"

namespace ns3
{
namespace
{

#if TCP_FSM_NS3_MINOR >= 42
constexpr auto QUICK = TestCase::Duration::QUICK;
constexpr auto SYSTEM = TestSuite::Type::SYSTEM;
#else
constexpr auto QUICK = TestCase::QUICK;
constexpr auto SYSTEM = TestSuite::SYSTEM;
#endif

/// One cell of the table, in all its variants.
class CellTestCase : public TestCase
{
  public:
    CellTestCase(const std::string& state, const std::string& segment, bool ipv6)
        : TestCase(state + ", " + segment + (ipv6 ? ", IPv6" : ", IPv4")),
          m_state(state),
          m_segment(segment),
          m_ipv6(ipv6)
    {
    }

  private:
    void DoRun() override
    {
        SetDataDir(NS_TEST_SOURCEDIR);
        const auto expected =
            TcpFsmTableExpected::Load(CreateDataDirFilename("conformance/expected.csv"));
        for (const auto& question : TcpFsmTableCases())
        {
            if (question.state != m_state || question.segment != m_segment)
            {
                continue;
            }
            const auto* wanted = expected.Find(question);
            NS_TEST_ASSERT_MSG_NE(wanted, nullptr, "no expectation of " << question.variant);
            const auto answer = TcpFsmTableRun({TcpFsmStack::FSM, m_ipv6, question});
            NS_TEST_EXPECT_MSG_EQ(answer.reply, wanted->reply, question.variant);
            NS_TEST_EXPECT_MSG_EQ(answer.next, wanted->next, question.variant);
        }
    }

    std::string m_state;
    std::string m_segment;
    bool m_ipv6;
};

/// All cells, over both families.
class TcpFsmTestSuite : public TestSuite
{
  public:
    TcpFsmTestSuite()
        : TestSuite("tcp-fsm", SYSTEM)
    {
        for (const bool ipv6 : {false, true})
        {
            for (const auto& state : TcpFsmTableStates())
            {
                for (const auto& segment : TcpFsmTableSegments())
                {
                    AddTestCase(new CellTestCase(state, segment, ipv6), QUICK);
                }
            }
        }
    }
};

TcpFsmTestSuite g_tcpFsmTestSuite; //!< registers itself

} // namespace
} // namespace ns3
