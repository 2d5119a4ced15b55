// SPDX-License-Identifier: GPL-2.0-only

#include "tcp-fsm-header-reader.h"

#include "tcp-fsm-make-option.h"

#include "ns3/tcp-option-rfc793.h"
#include "ns3/tcp-option-sack-permitted.h"
#include "ns3/tcp-option-sack.h"
#include "ns3/tcp-option-ts.h"
#include "ns3/tcp-option-winscale.h"

#include <algorithm>
#include <array>
#include <span>

namespace ns3
{
namespace tcpfsm
{

namespace
{

constexpr uint32_t MIN_HEADER = 20;
constexpr uint32_t MAX_HEADER = 60;
constexpr uint8_t MAX_SCALE = 14; // RFC 7323 2.3: a larger shift is taken for this one

uint16_t
Read16(const uint8_t* octets)
{
    return static_cast<uint16_t>(octets[0] << 8 | octets[1]);
}

uint32_t
Read32(const uint8_t* octets)
{
    return uint32_t{Read16(octets)} << 16 | Read16(octets + 2);
}

/// @return true if an option of this kind may have this length
bool
IsLengthOf(uint8_t kind, std::size_t size)
{
    switch (kind)
    {
    case TcpOption::MSS:
        return size == 4; // RFC 9293 3.2
    case TcpOption::WINSCALE:
        return size == 3; // RFC 7323 2.2
    case TcpOption::SACKPERMITTED:
        return size == 2; // RFC 2018 2
    case TcpOption::SACK:
        return size > 2 && (size - 2) % 8 == 0; // RFC 2018 3
    case TcpOption::TS:
        return size == 10; // RFC 7323 3.2
    }
    return size >= 2;
}

/// Appends an option, given with its kind and length, if ns-3 knows it.
void
AppendOption(TcpHeader& header, std::span<const uint8_t> option)
{
    const uint8_t* value = option.data() + 2;
    switch (option[0])
    {
    case TcpOption::MSS: {
        auto mss = MakeOption<TcpOptionMSS>();
        mss->SetMSS(Read16(value));
        header.AppendOption(mss);
        break;
    }
    case TcpOption::WINSCALE: {
        auto scale = MakeOption<TcpOptionWinScale>();
        scale->SetScale(std::min(*value, MAX_SCALE));
        header.AppendOption(scale);
        break;
    }
    case TcpOption::SACKPERMITTED:
        header.AppendOption(MakeOption<TcpOptionSackPermitted>());
        break;
    case TcpOption::TS: {
        auto timestamps = MakeOption<TcpOptionTS>();
        timestamps->SetTimestamp(Read32(value));
        timestamps->SetEcho(Read32(value + 4));
        header.AppendOption(timestamps);
        break;
    }
    case TcpOption::SACK: {
        auto sack = MakeOption<TcpOptionSack>();
        for (std::size_t i = 2; i < option.size(); i += 8)
        {
            sack->AddSackBlock({SequenceNumber32(Read32(option.data() + i)),
                                SequenceNumber32(Read32(option.data() + i + 4))});
        }
        header.AppendOption(sack);
        break;
    }
    }
}

/// Reads the options; returns false if a length does not fit its kind or the header.
bool
ReadOptions(TcpHeader& header, std::span<const uint8_t> options)
{
    while (!options.empty() && options[0] != TcpOption::END)
    {
        if (options[0] == TcpOption::NOP)
        {
            options = options.subspan(1);
            continue;
        }
        const std::size_t size = options.size() > 1 ? options[1] : 0;
        if (!IsLengthOf(options[0], size) || size > options.size())
        {
            return false;
        }
        AppendOption(header, options.first(size));
        options = options.subspan(size);
    }
    return true;
}

} // namespace

uint32_t
ReadHeader(const Ptr<const Packet>& packet, TcpHeader& header)
{
    std::array<uint8_t, MAX_HEADER> octets;
    const uint32_t available = packet->CopyData(octets.data(), octets.size());
    if (available < MIN_HEADER)
    {
        return 0;
    }
    const uint32_t length = (octets[12] >> 4) * 4;
    if (length < MIN_HEADER || length > available)
    {
        return 0;
    }
    header.SetSourcePort(Read16(octets.data()));
    header.SetDestinationPort(Read16(octets.data() + 2));
    header.SetSequenceNumber(SequenceNumber32(Read32(octets.data() + 4)));
    header.SetAckNumber(SequenceNumber32(Read32(octets.data() + 8)));
    header.SetFlags(octets[13]);
    header.SetWindowSize(Read16(octets.data() + 14));
    header.SetUrgentPointer(Read16(octets.data() + 18));
    return ReadOptions(header, {octets.data() + MIN_HEADER, length - MIN_HEADER}) ? length : 0;
}

} // namespace tcpfsm
} // namespace ns3
