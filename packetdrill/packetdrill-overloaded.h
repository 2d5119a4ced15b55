// SPDX-License-Identifier: GPL-2.0-only

#ifndef PACKETDRILL_OVERLOADED_H
#define PACKETDRILL_OVERLOADED_H

namespace ns3
{
namespace tcpfsm
{
namespace packetdrill
{

/// A visitor of std::variant made of functions, one for each alternative.
template <typename... T>
struct Overloaded : T...
{
    using T::operator()...;
};

template <typename... T>
Overloaded(T...) -> Overloaded<T...>;

} // namespace packetdrill
} // namespace tcpfsm
} // namespace ns3

#endif // PACKETDRILL_OVERLOADED_H
