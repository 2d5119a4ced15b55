// SPDX-License-Identifier: GPL-2.0-only

#include "packetdrill-symbols.h"

#include <algorithm>
#include <iterator>

namespace ns3
{
namespace tcpfsm
{
namespace packetdrill
{

namespace
{

constexpr std::string_view CALLS[] = {
    "socket", "bind",       "listen",     "accept",   "connect", "close",  "shutdown",
    "fcntl",  "read",       "recv",       "write",    "send",    "sendto", "sendmsg",
    "poll",   "setsockopt", "getsockopt", "recvfrom", "ioctl",
};

constexpr std::string_view SOCKET_OPTIONS[] = {
    "SO_REUSEADDR", "SO_REUSEPORT",     "SO_KEEPALIVE",      "SO_RCVBUF",    "SO_SNDBUF",
    "SO_RCVLOWAT",  "SO_ERROR",         "SO_LINGER",         "TCP_NODELAY",  "TCP_MAXSEG",
    "TCP_KEEPIDLE", "TCP_KEEPINTVL",    "TCP_KEEPCNT",       "TCP_KEEPINIT", "TCP_NOOPT",
    "TCP_LINGER2",  "TCP_USER_TIMEOUT", "TCP_INFO",          "IP_TTL",       "IP_TOS",
    "IPV6_TCLASS",  "IP_MTU_DISCOVER",  "IPV6_UNICAST_HOPS",
};

constexpr std::string_view OTHERS[] = {
    "NULL",
    // families, types, protocols and levels
    "AF_INET",
    "AF_INET6",
    "PF_INET",
    "PF_INET6",
    "SOCK_STREAM",
    "SOCK_NONBLOCK",
    "SOL_SOCKET",
    "SOL_TCP",
    "SOL_IP",
    "SOL_IPV6",
    "IPPROTO_TCP",
    "IPPROTO_IP",
    "IPPROTO_IPV6",
    // arguments of calls
    "SHUT_RD",
    "SHUT_WR",
    "SHUT_RDWR",
    "F_GETFL",
    "F_SETFL",
    "O_RDWR",
    "O_NONBLOCK",
    "MSG_PEEK",
    "MSG_DONTWAIT",
    "MSG_WAITALL",
    "MSG_OOB",
    "MSG_NOSIGNAL",
    "SIOCINQ",
    "FIONREAD",
    "SOMAXCONN",
    "POLLIN",
    "POLLOUT",
    "POLLERR",
    "POLLHUP",
    "POLLNVAL",
    "POLLRDHUP",
    // values of socket options
    "IP_PMTUDISC_DONT",
    "IP_PMTUDISC_WANT",
    "IP_PMTUDISC_DO",
};

// RFC 2474, RFC 2597, RFC 3246; RFC 1349 before them.
constexpr std::string_view SERVICES[] = {
    "IPTOS_DSCP_CS0",  "IPTOS_DSCP_CS1",  "IPTOS_DSCP_CS2",   "IPTOS_DSCP_CS3",
    "IPTOS_DSCP_CS4",  "IPTOS_DSCP_CS5",  "IPTOS_DSCP_CS6",   "IPTOS_DSCP_CS7",
    "IPTOS_DSCP_AF11", "IPTOS_DSCP_AF12", "IPTOS_DSCP_AF13",  "IPTOS_DSCP_AF21",
    "IPTOS_DSCP_AF22", "IPTOS_DSCP_AF23", "IPTOS_DSCP_AF31",  "IPTOS_DSCP_AF32",
    "IPTOS_DSCP_AF33", "IPTOS_DSCP_AF41", "IPTOS_DSCP_AF42",  "IPTOS_DSCP_AF43",
    "IPTOS_DSCP_EF",   "IPTOS_LOWDELAY",  "IPTOS_THROUGHPUT", "IPTOS_RELIABILITY",
    "IPTOS_MINCOST",
};

constexpr std::string_view ERRORS[] = {
    "EACCES",      "EADDRINUSE",   "EADDRNOTAVAIL",   "EAFNOSUPPORT", "EAGAIN",       "EALREADY",
    "EBADF",       "ECONNABORTED", "ECONNREFUSED",    "ECONNRESET",   "EDESTADDRREQ", "EDOM",
    "EFAULT",      "EHOSTDOWN",    "EHOSTUNREACH",    "EINPROGRESS",  "EINTR",        "EINVAL",
    "EIO",         "EISCONN",      "EMFILE",          "EMSGSIZE",     "ENETDOWN",     "ENETRESET",
    "ENETUNREACH", "ENFILE",       "ENOBUFS",         "ENOMEM",       "ENOPROTOOPT",  "ENOSYS",
    "ENOTCONN",    "ENOTSOCK",     "ENOTSUP",         "EOPNOTSUPP",   "EPERM",        "EPIPE",
    "EPROTO",      "EPROTOTYPE",   "EPROTONOSUPPORT", "ERANGE",       "ESHUTDOWN",    "ETIMEDOUT",
    "EWOULDBLOCK",
};

// Those that both TCPs can tell.
constexpr std::string_view TCP_INFO[] = {
    "tcpi_state",   "tcpi_options", "tcpi_snd_wscale", "tcpi_rcv_wscale", "tcpi_rto",
    "tcpi_rtt",     "tcpi_rttvar",  "tcpi_snd_mss",    "tcpi_snd_cwnd",   "tcpi_snd_ssthresh",
    "tcpi_snd_wnd", "tcpi_snd_nxt", "tcpi_rcv_nxt",    "tcpi_unacked",    "tcpi_sacked",
    "tcpi_lost",    "tcpi_retrans", "tcpi_rcv_space",  "tcpi_reordering", "tcpi_ca_state",
};

template <typename T>
bool
Contains(const T& names, std::string_view name)
{
    return std::find(std::begin(names), std::end(names), name) != std::end(names);
}

} // namespace

bool
IsCoreCall(std::string_view name)
{
    return Contains(CALLS, name);
}

bool
IsCoreSocketOption(std::string_view name)
{
    return Contains(SOCKET_OPTIONS, name);
}

bool
IsTcpInfoField(std::string_view name)
{
    return Contains(TCP_INFO, name);
}

bool
IsCoreSymbol(std::string_view name)
{
    return Contains(OTHERS, name) || Contains(SERVICES, name) || Contains(ERRORS, name) ||
           IsCoreSocketOption(name);
}

} // namespace packetdrill
} // namespace tcpfsm
} // namespace ns3
