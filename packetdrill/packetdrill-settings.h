// SPDX-License-Identifier: GPL-2.0-only

#ifndef PACKETDRILL_SETTINGS_H
#define PACKETDRILL_SETTINGS_H

#include "packetdrill-script.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace ns3
{
namespace tcpfsm
{
namespace packetdrill
{

/// Which family the sockets and the packets are of.
enum class IpVersion : uint8_t
{
    IPV4,
    IPV6,
    IPV4_MAPPED_IPV6, //!< sockets of IPv6, packets of IPv4
};

/// What the options of a script mean.
struct Settings
{
    IpVersion ipVersion{IpVersion::IPV4};      //!< `--ip_version`
    std::chrono::microseconds tolerance{4000}; //!< `--tolerance_usecs`
    std::optional<double> tolerancePercent{};  //!< `--tolerance_percent`; none: the dialect's
    uint32_t mtu{1500};                        //!< `--mtu`, octets
    bool packetsNonFatal{false};               //!< `--non_fatal=packet`
    bool callsNonFatal{false};                 //!< `--non_fatal=syscall`
    std::chrono::microseconds timestampTick{}; //!< `--tcp_ts_tick_usecs`; 0: TS val is not checked

    /**
     * @brief Take an option.
     *
     * Options that have no effect here are right with any value.
     *
     * @param name without the hyphens
     * @param value what stands after the equals sign, nothing if there is none
     * @throw std::invalid_argument for a value that cannot be; what() is a clause about it
     */
    void Set(const std::string& name, const std::optional<std::string>& value);

    /// @return whether packets are of IPv6
    bool HasIpv6Packets() const
    {
        return ipVersion == IpVersion::IPV6;
    }

    /// @return the greatest payload of a segment without options, in octets
    uint32_t Mss() const
    {
        return mtu - (HasIpv6Packets() ? 60 : 40);
    }
};

/// How well an option is known.
enum class OptionLevel : uint8_t
{
    KNOWN,      //!< Settings::Set() takes it
    IGNORED,    //!< it has no effect by design
    DEFINITION, //!< it defines a name
    EXTENDED,   //!< all others
};

/// @return how well an option is known. @param name without the hyphens
OptionLevel LevelOfOption(const std::string& name);

/**
 * @brief Find out what the options of a script mean.
 * @param script the script
 * @param overrides names and values of options that count more than those of the script
 * @return the meaning
 * @throw ScriptError for an option of the script with a wrong value
 * @throw std::invalid_argument for an override with a wrong value
 */
Settings ReadSettings(const Script& script,
                      const std::vector<std::pair<std::string, std::string>>& overrides = {});

} // namespace packetdrill
} // namespace tcpfsm
} // namespace ns3

#endif // PACKETDRILL_SETTINGS_H
