// SPDX-License-Identifier: GPL-2.0-only

#ifndef PACKETDRILL_SYSTEM_H
#define PACKETDRILL_SYSTEM_H

#include "packetdrill-live-socket.h"
#include "packetdrill-profile.h"
#include "packetdrill-records.h"
#include "packetdrill-script.h"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

namespace ns3
{
namespace tcpfsm
{
namespace packetdrill
{

/// What a system call returned.
struct Outcome
{
    int64_t value{0};    //!< its result
    std::string error{}; //!< the errno, a name; empty: none
    std::string
        difference{}; //!< where what it stored is not what the script expects; empty: nowhere
};

/**
 * @brief A system call under way: the first call of this begins it, each one tries to end it.
 *
 * It returns nothing while the system call would sleep.
 */
using Attempt = std::function<std::optional<Outcome>()>;

/// An open socket of the application.
struct Descriptor
{
    std::unique_ptr<LiveSocket> socket;     //!< the socket
    bool nonblocking{false};                //!< O_NONBLOCK
    uint32_t lowWater{1};                   //!< SO_RCVLOWAT, octets
    bool sendingEnded{false};               //!< shutdown() for sending was called
    bool receivingEnded{false};             //!< shutdown() for receiving was called
    std::map<std::string, int64_t> options; //!< socket options set that only getsockopt() tells
};

/**
 * @brief The system calls that scripts make, on the sockets of one application.
 *
 * It keeps what a kernel's socket layer keeps: which number means which socket, who sleeps, which
 * error is told to whom. All else is left to the TCP under test.
 */
class System
{
  public:
    /**
     * @param host the host
     * @param profile what its calls are like
     * @param records what is told of sockets made, opened and closed
     * @param strict whether sizes of buffers are compared
     */
    System(Host& host, const Profile& profile, Records& records, bool strict);

    /**
     * @brief Look at a system call's arguments.
     * @param call the call of the script
     * @return what makes it
     * @throw ScriptError for arguments that no program could pass
     */
    Attempt Begin(const SystemCall& call);

    /// @return an open socket, nullptr if there is none. @param number the script's number
    Descriptor* Find(int64_t number);

  private:
    Attempt Open(const SystemCall& call);
    Attempt Bind(const SystemCall& call);
    Attempt Listen(const SystemCall& call);
    Attempt Accept(const SystemCall& call);
    Attempt Connect(const SystemCall& call);
    Attempt Close(const SystemCall& call);
    Attempt Shutdown(const SystemCall& call);
    Attempt Fcntl(const SystemCall& call);
    // Data (packetdrill-system-data.cc)
    Attempt Read(const SystemCall& call);
    Attempt Write(const SystemCall& call);
    Attempt SendMessage(const SystemCall& call);
    Attempt Ioctl(const SystemCall& call);
    Attempt Transmit(int64_t number, int64_t size, int64_t flags);
    std::optional<Outcome> TryRead(Descriptor& descriptor,
                                   int64_t& got,
                                   int64_t size,
                                   int64_t flags);
    // Polling (packetdrill-system-poll.cc)
    Attempt Poll(const SystemCall& call);
    int64_t Events(const Descriptor& descriptor, int64_t wanted) const;
    // Options (packetdrill-system-options.cc)
    Attempt SetOption(const SystemCall& call);
    Attempt GetOption(const SystemCall& call);
    bool SetOption(Descriptor& descriptor, const std::string& name, int64_t value);
    int64_t GetOption(Descriptor& descriptor, const std::string& name) const;

    /// @return the value of an argument. @param call the call @param index its place, from 0
    int64_t Value(const SystemCall& call, std::size_t index) const;
    /// @return whether a call is given no buffer. @param call the call
    static bool HasNull(const SystemCall& call);
    /// @return whether the peer will send no more. @param descriptor a socket
    static bool HasEnded(const Descriptor& descriptor);

    Host& m_host;                                //!< the host
    const Profile& m_profile;                    //!< what calls are like
    Records& m_records;                          //!< what packets are about
    bool m_strict;                               //!< sizes of buffers are compared
    std::map<int64_t, Descriptor> m_descriptors; //!< by the script's number
};

/// @return a failed call. @param error the errno
Outcome Failure(const std::string& error);

} // namespace packetdrill
} // namespace tcpfsm
} // namespace ns3

#endif // PACKETDRILL_SYSTEM_H
