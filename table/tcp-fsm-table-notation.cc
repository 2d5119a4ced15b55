// SPDX-License-Identifier: GPL-2.0-only

#include "tcp-fsm-table-notation.h"

#include "ns3/tcp-header.h"

namespace ns3
{

namespace
{

constexpr int32_t FAR = 10000000;       // ten times what the variants add or take away
constexpr uint32_t TAKEN_AT_MOST = 100; // octets a single injected segment may move RCV.NXT by

/// Finds the first name that fits a number.
class Namer
{
  public:
    explicit Namer(uint32_t number)
        : m_number(number)
    {
    }

    /// Try base+first … base+last.
    Namer& Try(const char* name, std::optional<uint32_t> base, uint32_t first, uint32_t last)
    {
        if (m_name.empty() && base && m_number - (*base + first) <= last - first)
        {
            const uint32_t offset = m_number - *base;
            m_name = offset == 0 ? name : name + ("+" + std::to_string(offset));
        }
        return *this;
    }

    Namer& Try(const char* name, std::optional<uint32_t> base)
    {
        return Try(name, base, 0, 0);
    }

    /// @return the name found, else the distance from a number it is near to, else the number
    std::string OrDistance(const char* name, std::optional<uint32_t> base) const
    {
        if (!m_name.empty())
        {
            return m_name;
        }
        const auto distance = base ? static_cast<int32_t>(m_number - *base) : FAR;
        if (distance <= -FAR || distance >= FAR)
        {
            return std::to_string(m_number);
        }
        return name + std::string(distance < 0 ? "" : "+") + std::to_string(distance);
    }

  private:
    uint32_t m_number;  //!< what to name
    std::string m_name; //!< the first name that fits
};

std::string
NameSeq(const TcpFsmRawSegment& reply,
        const TcpFsmRawSegment& injected,
        const TcpFsmTableNumbers& numbers)
{
    Namer namer(reply.seq);
    std::optional<uint32_t> segAck;
    if (injected.Has(TcpHeader::ACK))
    {
        segAck = injected.ack;
    }
    if (reply.Has(TcpHeader::RST | TcpHeader::ACK))
    {
        namer.Try("SND.NXT", numbers.sndNxt).Try("0", 0).Try("SEG.ACK", segAck);
    }
    else if (reply.Has(TcpHeader::RST))
    {
        namer.Try("SEG.ACK", segAck).Try("0", 0).Try("SND.NXT", numbers.sndNxt);
    }
    else if (reply.Has(TcpHeader::SYN))
    {
        // Beyond SND.NXT it is the ISS of a new incarnation.
        const bool isNew = !numbers.sndNxt || static_cast<int32_t>(reply.seq - *numbers.sndNxt) > 0;
        namer.Try("ISS", isNew ? reply.seq : numbers.iss);
    }
    namer.Try("SND.NXT", numbers.sndNxt).Try("SND.UNA", numbers.sndUna);
    return numbers.sndNxt ? namer.OrDistance("SND.NXT", numbers.sndNxt)
                          : namer.OrDistance("SEG.ACK", segAck);
}

std::string
NameAck(const TcpFsmRawSegment& reply,
        const TcpFsmRawSegment& injected,
        const TcpFsmTableNumbers& numbers)
{
    Namer namer(reply.ack);
    if (reply.Has(TcpHeader::RST))
    {
        namer.Try("RCV.NXT", numbers.rcvNxt);
    }
    else if (reply.Has(TcpHeader::SYN))
    {
        const uint32_t length = injected.Length();
        if (length > 0)
        {
            namer.Try("SEG.SEQ", injected.seq, 1, length);
        }
        namer.Try("RCV.NXT", numbers.rcvNxt);
    }
    else
    {
        namer.Try("RCV.NXT", numbers.rcvNxt, 0, TAKEN_AT_MOST);
    }
    namer.Try("SEG.SEQ", injected.seq, 0, injected.Length());
    return numbers.rcvNxt ? namer.OrDistance("RCV.NXT", numbers.rcvNxt)
                          : namer.OrDistance("SEG.SEQ", injected.seq);
}

} // namespace

TcpFsmTableNumbers
TcpFsmTableNumbers::Of(const std::string& state, const TcpFsmRawConnection& connection)
{
    TcpFsmTableNumbers numbers;
    if (state == "CLOSED" || state == "LISTEN")
    {
        return numbers;
    }
    numbers.iss = connection.NodeIss();
    numbers.sndUna = connection.NodeSndUna();
    numbers.sndNxt = connection.NodeSndNxt();
    if (state != "SYN-SENT")
    {
        numbers.rcvNxt = connection.NodeRcvNxt();
    }
    return numbers;
}

std::string
TcpFsmTableNotation(const TcpFsmRawSegment& reply,
                    const TcpFsmRawSegment& injected,
                    const TcpFsmTableNumbers& numbers)
{
    std::string text = reply.Kind() + "(seq=" + NameSeq(reply, injected, numbers);
    if (reply.Has(TcpHeader::ACK))
    {
        text += ",ack=" + NameAck(reply, injected, numbers);
    }
    if (!reply.data.empty())
    {
        text += ",len=" + std::to_string(reply.data.size());
    }
    return text + ")";
}

std::string
TcpFsmTableNotation(const std::vector<TcpFsmRawSegment>& replies,
                    const TcpFsmRawSegment& injected,
                    const TcpFsmTableNumbers& numbers)
{
    std::string text;
    for (const auto& reply : replies)
    {
        text += text.empty() ? "" : " + ";
        text += TcpFsmTableNotation(reply, injected, numbers);
    }
    return text.empty() ? "none" : text;
}

} // namespace ns3
