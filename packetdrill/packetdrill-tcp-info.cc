// SPDX-License-Identifier: GPL-2.0-only

#include "packetdrill-tcp-info.h"

#include <array>
#include <string_view>
#include <utility>

namespace ns3
{
namespace tcpfsm
{
namespace packetdrill
{

namespace
{

/// A state, as the two systems number and name it.
struct StateName
{
    TcpSocket::TcpStates_t state;
    int64_t freebsd;
    int64_t linux;
    std::string_view freebsdName;
    std::string_view linuxName;
};

constexpr std::array<StateName, 11> STATES{{
    {TcpSocket::CLOSED, 0, 7, "TCPI_CLOSED", "TCP_CLOSE"},
    {TcpSocket::LISTEN, 1, 10, "TCPI_LISTEN", "TCP_LISTEN"},
    {TcpSocket::SYN_SENT, 2, 2, "TCPI_SYN_SENT", "TCP_SYN_SENT"},
    {TcpSocket::SYN_RCVD, 3, 3, "TCPI_SYN_RECEIVED", "TCP_SYN_RECV"},
    {TcpSocket::ESTABLISHED, 4, 1, "TCPI_ESTABLISHED", "TCP_ESTABLISHED"},
    {TcpSocket::CLOSE_WAIT, 5, 8, "TCPI_CLOSE_WAIT", "TCP_CLOSE_WAIT"},
    {TcpSocket::FIN_WAIT_1, 6, 4, "TCPI_FIN_WAIT_1", "TCP_FIN_WAIT1"},
    {TcpSocket::CLOSING, 7, 11, "TCPI_CLOSING", "TCP_CLOSING"},
    {TcpSocket::LAST_ACK, 8, 9, "TCPI_LAST_ACK", "TCP_LAST_ACK"},
    {TcpSocket::FIN_WAIT_2, 9, 5, "TCPI_FIN_WAIT_2", "TCP_FIN_WAIT2"},
    {TcpSocket::TIME_WAIT, 10, 6, "TCPI_TIME_WAIT", "TCP_TIME_WAIT"},
}};

constexpr std::array<std::pair<std::string_view, int64_t>, 11> CONSTANTS{{
    {"TCPI_OPT_TIMESTAMPS", 1},
    {"TCPI_OPT_SACK", 2},
    {"TCPI_OPT_WSCALE", 4},
    {"TCPI_OPT_ECN", 8},
    {"TCPI_OPT_ECN_SEEN", 16},
    {"TCPI_OPT_SYN_DATA", 32},
    {"TCP_CA_Open", 0},
    {"TCP_CA_Disorder", 1},
    {"TCP_CA_CWR", 2},
    {"TCP_CA_Recovery", 3},
    {"TCP_CA_Loss", 4},
}};

} // namespace

std::map<std::string, int64_t>
ReadTcpInfo(const LiveSocket& socket, Numbers numbers)
{
    const bool isLinux = numbers == Numbers::LINUX;
    std::map<std::string, int64_t> values;
    const auto state = socket.GetState();
    for (const auto& name : STATES)
    {
        const int64_t number = isLinux ? name.linux : name.freebsd;
        values[std::string(name.freebsdName)] = number;
        values[std::string(name.linuxName)] = number;
        if (name.state == state)
        {
            values["tcpi_state"] = number;
        }
    }
    for (const auto& [name, value] : CONSTANTS)
    {
        values[std::string(name)] = value;
    }
    const auto figures = TcpFsmReadFigures(socket.Get());
    // Linux counts its windows in segments.
    const int64_t unit = isLinux && figures.segmentSize > 0 ? figures.segmentSize : 1;
    const bool isOpen = socket.WasConnected() || state == TcpSocket::SYN_RCVD;
    values["tcpi_options"] =
        isOpen ? figures.timestamps + 2 * figures.sack + 4 * figures.windowScaling + 8 * figures.ecn
               : 0;
    values["tcpi_snd_wscale"] = figures.sndShift;
    values["tcpi_rcv_wscale"] = figures.rcvShift;
    values["tcpi_rto"] = figures.rto.GetMicroSeconds();
    values["tcpi_rtt"] = figures.rtt.GetMicroSeconds();
    values["tcpi_rttvar"] = figures.rttVariation.GetMicroSeconds();
    values["tcpi_snd_mss"] = figures.segmentSize;
    values["tcpi_snd_cwnd"] = figures.cwnd / unit;
    values["tcpi_snd_ssthresh"] = figures.ssthresh / unit;
    values["tcpi_snd_wnd"] = figures.sndWnd;
    values["tcpi_snd_nxt"] = figures.sndNxt;
    values["tcpi_rcv_nxt"] = figures.rcvNxt;
    const auto count = [unit](uint32_t octets) { return (octets + unit - 1) / unit; };
    values["tcpi_unacked"] = count(figures.inFlight);
    values["tcpi_sacked"] = count(figures.sacked);
    values["tcpi_lost"] = count(figures.lost);
    values["tcpi_retrans"] = count(figures.resent);
    values["tcpi_rcv_space"] = figures.rcvBufSize;
    values["tcpi_reordering"] = figures.dupAckLimit;
    values["tcpi_ca_state"] = figures.congestionState;
    return values;
}

} // namespace packetdrill
} // namespace tcpfsm
} // namespace ns3
