// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_ERROR_H
#define TCP_FSM_ERROR_H

#include "ns3/socket.h"
#include "ns3/tcp-fsm-row.h"

#include <string_view>

namespace ns3
{

/// Errors of the socket API with their POSIX names and meanings; ns-3's SocketErrno lacks several.
enum class TcpFsmError : uint8_t
{
    NO_ERROR,       //!< no error
    AGAIN,          //!< EAGAIN: try again later
    INVAL,          //!< EINVAL: invalid argument or order of calls
    ADDR_IN_USE,    //!< EADDRINUSE
    ADDR_NOT_AVAIL, //!< EADDRNOTAVAIL: the connection exists, or no port is free
    AF_NO_SUPPORT,  //!< EAFNOSUPPORT: not an address of this family
    NET_UNREACH,    //!< ENETUNREACH
    NO_ROUTE,       //!< EHOSTUNREACH: no route to the peer
    NOT_CONN,       //!< ENOTCONN
    IS_CONN,        //!< EISCONN
    ALREADY,        //!< EALREADY: an attempt, or the closing, is under way
    IN_PROGRESS,    //!< EINPROGRESS
    MSG_SIZE,       //!< EMSGSIZE: does not fit the send buffer
    PIPE,           //!< EPIPE: the sending side is closed
    CONN_REFUSED,   //!< ECONNREFUSED
    CONN_RESET,     //!< ECONNRESET
    CONN_ABORTED,   //!< ECONNABORTED: ended here, data may be lost
    TIMED_OUT       //!< ETIMEDOUT
};

/**
 * @param error an error
 * @return its POSIX name, e.g. "ECONNRESET"; "" for no error
 */
std::string_view ToString(TcpFsmError error);

/**
 * @param error an error
 * @return the nearest of ns-3's errors
 */
Socket::SocketErrno ToSocketErrno(TcpFsmError error);

namespace tcpfsm
{

/**
 * @param refusal why a row refuses a call
 * @param event the call
 * @return the error that the caller sees
 */
TcpFsmError ToError(Refusal refusal, Event event);

/**
 * @param signal what a row tells the application
 * @return the error it leaves behind
 */
TcpFsmError ToError(Signal signal);

} // namespace tcpfsm
} // namespace ns3

#endif // TCP_FSM_ERROR_H
