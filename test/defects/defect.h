// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_TEST_DEFECTS_DEFECT_H
#define TCP_FSM_TEST_DEFECTS_DEFECT_H

#include "tcp-fsm-node-under-test.h"

#include <ostream>
#include <string>
#include <vector>

namespace ns3
{
namespace test
{

/// A defect of ns-3's TCP, see notes/defects-of-stock.md.
struct Defect
{
    std::string name;                //!< number in the notes and what should happen
    std::string (*run)(TcpFsmStack); //!< @return what went wrong, "" if nothing
    std::string stock;               //!< part of what ns-3's TCP gets
};

/// Prints the name.
inline std::ostream&
operator<<(std::ostream& os, const Defect& defect)
{
    return os << defect.name;
}

/// @return M3 to M7, M11, M13: the state machine
std::vector<Defect> ControlDefects();
/// @return M2, M12, M14: options, numbers, ports
std::vector<Defect> HandshakeDefects();
/// @return M8 to M10, M16, M17: windows and timers
std::vector<Defect> WindowDefects();
/// @return M1, M15, M18, M19: SACK and loss recovery
std::vector<Defect> RecoveryDefects();

} // namespace test
} // namespace ns3

#endif // TCP_FSM_TEST_DEFECTS_DEFECT_H
