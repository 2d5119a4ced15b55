// SPDX-License-Identifier: GPL-2.0-only

#include "tcp-fsm-syn-options.h"

#include "tcp-fsm-make-option.h"

#include "ns3/tcp-option-rfc793.h"
#include "ns3/tcp-option-sack-permitted.h"
#include "ns3/tcp-option-ts.h"
#include "ns3/tcp-option-winscale.h"
#include "ns3/tcp-option.h"

namespace ns3
{
namespace tcpfsm
{

std::optional<SynOptions::Timestamps>
ReadTimestamps(const TcpHeader& header)
{
    auto option = DynamicCast<const TcpOptionTS>(header.GetOption(TcpOption::TS));
    if (!option)
    {
        return std::nullopt;
    }
    return SynOptions::Timestamps{option->GetTimestamp(), option->GetEcho()};
}

SynOptions
SynOptions::Read(const TcpHeader& header)
{
    SynOptions options;
    if (auto mss = DynamicCast<const TcpOptionMSS>(header.GetOption(TcpOption::MSS)))
    {
        options.mss = mss->GetMSS();
    }
    if (auto scale = DynamicCast<const TcpOptionWinScale>(header.GetOption(TcpOption::WINSCALE)))
    {
        options.windowScale = scale->GetScale();
    }
    options.sackPermitted = header.HasOption(TcpOption::SACKPERMITTED);
    options.timestamps = ReadTimestamps(header);
    return options;
}

void
SynOptions::Write(TcpHeader& header) const
{
    if (mss != 0)
    {
        auto option = MakeOption<TcpOptionMSS>();
        option->SetMSS(mss);
        header.AppendOption(option);
    }
    if (sackPermitted)
    {
        header.AppendOption(MakeOption<TcpOptionSackPermitted>());
    }
    if (timestamps)
    {
        auto option = MakeOption<TcpOptionTS>();
        option->SetTimestamp(timestamps->value);
        option->SetEcho(timestamps->echo);
        header.AppendOption(option);
    }
    if (windowScale)
    {
        auto option = MakeOption<TcpOptionWinScale>();
        option->SetScale(*windowScale);
        header.AppendOption(option);
    }
}

} // namespace tcpfsm
} // namespace ns3
