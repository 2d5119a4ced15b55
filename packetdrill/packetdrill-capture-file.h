// SPDX-License-Identifier: GPL-2.0-only

#ifndef PACKETDRILL_CAPTURE_FILE_H
#define PACKETDRILL_CAPTURE_FILE_H

#include "packetdrill-host.h"

#include "ns3/pcap-file-wrapper.h"
#include "ns3/ptr.h"

#include <string>

namespace ns3
{
namespace tcpfsm
{
namespace packetdrill
{

/**
 * @brief Writes to a pcap file what a host sends and receives.
 *
 * The file is complete when this object is gone. ns-3's helper leaves that to the end of the
 * process, and the processes of scripts end without tidying up.
 */
class CaptureFile
{
  public:
    /**
     * @brief Create the file, begin to write.
     * @param host the host, which lives on
     * @param path the file; empty: none is written
     */
    CaptureFile(const Host& host, const std::string& path);
    ~CaptureFile();
    CaptureFile(const CaptureFile&) = delete;
    CaptureFile& operator=(const CaptureFile&) = delete;

  private:
    Ptr<PcapFileWrapper> m_file; //!< the file, null if none is written
};

} // namespace packetdrill
} // namespace tcpfsm
} // namespace ns3

#endif // PACKETDRILL_CAPTURE_FILE_H
