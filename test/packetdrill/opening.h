// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_TEST_OPENING_H
#define TCP_FSM_TEST_OPENING_H

namespace ns3
{
namespace tcpfsm
{
namespace packetdrill
{
namespace test
{

/// Seven lines of a script: a connection is accepted as descriptor 4, after 0.12 s.
constexpr const char* OPENING = R"( 0.00 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
+0.00 bind(3, ..., ...) = 0
+0.00 listen(3, 1) = 0
+0.10 < S 0:0(0) win 20000 <mss 1460>
+0.00 > S. 0:0(0) ack 1 <...>
+0.02 < . 1:1(0) ack 1 win 20000
+0.00 accept(3, ..., ...) = 4
)";

/// Four lines of a script: a call that is not answered.
constexpr const char* CALL = R"( 0.00 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
+0.00 fcntl(3, F_SETFL, O_RDWR | O_NONBLOCK) = 0
+0.00 connect(3, ..., ...) = -1 EINPROGRESS
+0.00 > S 0:0(0) <...>
)";

} // namespace test
} // namespace packetdrill
} // namespace tcpfsm
} // namespace ns3

#endif // TCP_FSM_TEST_OPENING_H
