// SPDX-License-Identifier: GPL-2.0-only

#include "tcp-fsm-error.h"

namespace ns3
{

std::string_view
ToString(TcpFsmError error)
{
    switch (error)
    {
    case TcpFsmError::NO_ERROR:
        return "";
    case TcpFsmError::AGAIN:
        return "EAGAIN";
    case TcpFsmError::INVAL:
        return "EINVAL";
    case TcpFsmError::ADDR_IN_USE:
        return "EADDRINUSE";
    case TcpFsmError::ADDR_NOT_AVAIL:
        return "EADDRNOTAVAIL";
    case TcpFsmError::AF_NO_SUPPORT:
        return "EAFNOSUPPORT";
    case TcpFsmError::NET_UNREACH:
        return "ENETUNREACH";
    case TcpFsmError::NO_ROUTE:
        return "EHOSTUNREACH";
    case TcpFsmError::NOT_CONN:
        return "ENOTCONN";
    case TcpFsmError::IS_CONN:
        return "EISCONN";
    case TcpFsmError::ALREADY:
        return "EALREADY";
    case TcpFsmError::IN_PROGRESS:
        return "EINPROGRESS";
    case TcpFsmError::MSG_SIZE:
        return "EMSGSIZE";
    case TcpFsmError::PIPE:
        return "EPIPE";
    case TcpFsmError::CONN_REFUSED:
        return "ECONNREFUSED";
    case TcpFsmError::CONN_RESET:
        return "ECONNRESET";
    case TcpFsmError::CONN_ABORTED:
        return "ECONNABORTED";
    case TcpFsmError::TIMED_OUT:
        return "ETIMEDOUT";
    }
    return "";
}

Socket::SocketErrno
ToSocketErrno(TcpFsmError error)
{
    switch (error)
    {
    case TcpFsmError::NO_ERROR:
        return Socket::ERROR_NOTERROR;
    case TcpFsmError::AGAIN:
    case TcpFsmError::ALREADY:
    case TcpFsmError::IN_PROGRESS:
        return Socket::ERROR_AGAIN;
    case TcpFsmError::INVAL:
        return Socket::ERROR_INVAL;
    case TcpFsmError::ADDR_IN_USE:
        return Socket::ERROR_ADDRINUSE;
    case TcpFsmError::ADDR_NOT_AVAIL:
        return Socket::ERROR_ADDRNOTAVAIL;
    case TcpFsmError::AF_NO_SUPPORT:
        return Socket::ERROR_AFNOSUPPORT;
    case TcpFsmError::NET_UNREACH:
    case TcpFsmError::NO_ROUTE:
        return Socket::ERROR_NOROUTETOHOST;
    case TcpFsmError::IS_CONN:
        return Socket::ERROR_ISCONN;
    case TcpFsmError::MSG_SIZE:
        return Socket::ERROR_MSGSIZE;
    case TcpFsmError::PIPE:
        return Socket::ERROR_SHUTDOWN;
    case TcpFsmError::NOT_CONN:
    case TcpFsmError::CONN_REFUSED:
    case TcpFsmError::CONN_RESET:
    case TcpFsmError::CONN_ABORTED:
    case TcpFsmError::TIMED_OUT:
        return Socket::ERROR_NOTCONN;
    }
    return Socket::ERROR_NOTERROR;
}

namespace tcpfsm
{

TcpFsmError
ToError(Refusal refusal, Event event)
{
    switch (refusal)
    {
    case Refusal::NONE:
        return TcpFsmError::NO_ERROR;
    case Refusal::NO_CONNECTION:
    case Refusal::NOT_CONNECTED:
        return TcpFsmError::NOT_CONN;
    case Refusal::EXISTS:
        return event == Event::PASSIVE_OPEN ? TcpFsmError::INVAL : TcpFsmError::IS_CONN;
    case Refusal::IN_PROGRESS:
        return TcpFsmError::ALREADY;
    case Refusal::CLOSING:
        return event == Event::SEND ? TcpFsmError::PIPE : TcpFsmError::ALREADY;
    }
    return TcpFsmError::NO_ERROR;
}

TcpFsmError
ToError(Signal signal)
{
    switch (signal)
    {
    case Signal::NONE:
    case Signal::CONNECTED:
    case Signal::ENDED:
        return TcpFsmError::NO_ERROR;
    case Signal::REFUSED:
        return TcpFsmError::CONN_REFUSED;
    case Signal::RESET:
        return TcpFsmError::CONN_RESET;
    case Signal::ABORTED:
        return TcpFsmError::CONN_ABORTED;
    case Signal::TIMED_OUT:
        return TcpFsmError::TIMED_OUT;
    }
    return TcpFsmError::NO_ERROR;
}

} // namespace tcpfsm
} // namespace ns3
