// SPDX-License-Identifier: GPL-2.0-only

#ifndef PACKETDRILL_FILES_H
#define PACKETDRILL_FILES_H

#include <string>
#include <vector>

namespace ns3
{
namespace tcpfsm
{
namespace packetdrill
{

/**
 * @brief Find scripts.
 * @param paths files, which are taken as they are, and folders, which are searched for `*.pkt`
 * @return the files; those of a folder in byte order of their paths
 * @throw std::runtime_error for a path that there is not, or that cannot be searched
 */
std::vector<std::string> FindScripts(const std::vector<std::string>& paths);

/**
 * @param path name of a file
 * @return all octets of it
 * @throw std::runtime_error if it cannot be read
 */
std::string ReadFile(const std::string& path);

} // namespace packetdrill
} // namespace tcpfsm
} // namespace ns3

#endif // PACKETDRILL_FILES_H
