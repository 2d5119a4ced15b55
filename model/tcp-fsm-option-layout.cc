// SPDX-License-Identifier: GPL-2.0-only

#include "tcp-fsm-option-layout.h"

#include "tcp-fsm-make-option.h"

#include "ns3/tcp-option-rfc793.h"
#include "ns3/tcp-option.h"

#include <array>

namespace ns3
{
namespace tcpfsm
{

namespace
{

/// A kind of option, and where it may begin: at a distance from a multiple of four octets.
struct Slot
{
    uint8_t kind;
    uint8_t offset;
    uint8_t alignment;
};

constexpr std::array<Slot, 5> FREEBSD_SLOTS{{
    {TcpOption::MSS, 0, 1},
    {TcpOption::WINSCALE, 1, 4},
    {TcpOption::SACKPERMITTED, 0, 2},
    {TcpOption::TS, 2, 4},
    {TcpOption::SACK, 2, 4},
}};

constexpr std::array<Slot, 5> LINUX_SLOTS{{
    {TcpOption::MSS, 0, 1},
    {TcpOption::SACKPERMITTED, 0, 1}, // see SlotFor()
    {TcpOption::TS, 2, 4},
    {TcpOption::WINSCALE, 1, 4},
    {TcpOption::SACK, 2, 4},
}};

/// Linux puts SACK-permitted where the padding of time stamps would be, else behind padding.
Slot
SlotFor(const TcpHeader& header, Slot slot, OptionLayout layout)
{
    const bool hasOwnWord = layout == OptionLayout::LINUX &&
                            slot.kind == TcpOption::SACKPERMITTED &&
                            !header.HasOption(TcpOption::TS);
    return hasOwnWord ? Slot{slot.kind, 2, 4} : slot;
}

} // namespace

TcpHeader
Arrange(const TcpHeader& header, OptionLayout layout)
{
    if (layout == OptionLayout::NS3)
    {
        return header;
    }
    TcpHeader arranged;
    arranged.SetSourcePort(header.GetSourcePort());
    arranged.SetDestinationPort(header.GetDestinationPort());
    arranged.SetSequenceNumber(header.GetSequenceNumber());
    arranged.SetAckNumber(header.GetAckNumber());
    arranged.SetFlags(header.GetFlags());
    arranged.SetWindowSize(header.GetWindowSize());
    arranged.SetUrgentPointer(header.GetUrgentPointer());
    uint32_t length = 0;
    for (const Slot& candidate : layout == OptionLayout::LINUX ? LINUX_SLOTS : FREEBSD_SLOTS)
    {
        const auto option = header.GetOption(candidate.kind);
        if (!option)
        {
            continue;
        }
        const Slot slot = SlotFor(header, candidate, layout);
        for (; length % slot.alignment != slot.offset; ++length)
        {
            arranged.AppendOption(MakeOption<TcpOptionNOP>());
        }
        arranged.AppendOption(option);
        length += option->GetSerializedSize();
    }
    return arranged;
}

} // namespace tcpfsm
} // namespace ns3
