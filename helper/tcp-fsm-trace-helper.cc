// SPDX-License-Identifier: GPL-2.0-only

#include "tcp-fsm-trace-helper.h"

#include "tcp-fsm-trace-writer.h"

#include "ns3/csma-helper.h"
#include "ns3/csma-net-device.h"
#include "ns3/fatal-error.h"
#include "ns3/node.h"
#include "ns3/point-to-point-helper.h"
#include "ns3/point-to-point-net-device.h"
#include "ns3/simulator.h"
#include "ns3/tcp-fsm-l4-protocol.h"

#include <map>
#include <set>

namespace ns3
{

namespace
{

/// The files being written, by name: several calls may share one.
class OpenFiles
{
  public:
    /// A file and what goes into it.
    struct File
    {
        Ptr<TcpFsmTraceWriter> writer; //!< writes it
        std::string source;            //!< the trace source
        std::set<uint32_t> nodes;      //!< nodes whose records it has
    };

    ~OpenFiles()
    {
        CloseAll();
    }

    /// @return the file of that name, opened if it is not yet
    File& Get(const std::string& name, const std::string& source)
    {
        const auto found = m_files.find(name);
        if (found == m_files.end())
        {
            if (m_files.empty())
            {
                Simulator::ScheduleDestroy(&OpenFiles::CloseAll, this);
            }
            return m_files.emplace(name, File{TcpFsmTraceWriter::Open(name), source, {}})
                .first->second;
        }
        if (found->second.source != source)
        {
            NS_FATAL_ERROR("TcpFsmTraceHelper: \"" << name << "\" holds the records of "
                                                   << found->second.source << "; give those of "
                                                   << source << " a file of their own");
        }
        return found->second;
    }

  private:
    void CloseAll()
    {
        for (const auto& [name, file] : m_files)
        {
            file.writer->Close();
        }
        m_files.clear();
    }

    std::map<std::string, File> m_files; //!< by name
};

/// @return the name of this process's part of a file
std::string
NameOfRank(const std::string& fileName)
{
    const uint32_t rank = Simulator::GetSystemId();
    if (rank == 0)
    {
        return fileName;
    }
    const auto slash = fileName.rfind('/');
    const auto dot = fileName.rfind('.');
    const bool hasSuffix = dot != std::string::npos && (slash == std::string::npos || dot > slash);
    const auto end = hasSuffix ? dot : fileName.size();
    return fileName.substr(0, end) + "-" + std::to_string(rank) + fileName.substr(end);
}

Ptr<TcpFsmL4Protocol>
TcpOf(const Ptr<Node>& node)
{
    return DynamicCast<TcpFsmL4Protocol>(node->GetObject<TcpL4Protocol>());
}

/// @return all nodes that have our TCP
NodeContainer
AllNodes()
{
    const NodeContainer all = NodeContainer::GetGlobal();
    NodeContainer ours;
    for (auto node = all.Begin(); node != all.End(); ++node)
    {
        if (TcpOf(*node))
        {
            ours.Add(*node);
        }
    }
    if (ours.GetN() == 0)
    {
        NS_FATAL_ERROR("TcpFsmTraceHelper: no node has TcpFsmL4Protocol; call "
                       "TcpFsmHelper::Install() before enabling traces");
    }
    return ours;
}

void
Record(Ptr<TcpFsmTraceWriter> writer, const TcpFsmTransition& record)
{
    writer->Write(record);
}

/// Connects a trace source of nodes' TCP to a file.
void
Enable(const std::string& source, const std::string& fileName, const NodeContainer& nodes)
{
    for (auto node = nodes.Begin(); node != nodes.End(); ++node)
    {
        if (!TcpOf(*node))
        {
            NS_FATAL_ERROR("TcpFsmTraceHelper: node "
                           << (*node)->GetId() << " has no TcpFsmL4Protocol; call "
                           << "TcpFsmHelper::Install() on it before enabling traces");
        }
    }
    static OpenFiles openFiles;
    OpenFiles::File& file = openFiles.Get(NameOfRank(fileName), source);
    for (auto node = nodes.Begin(); node != nodes.End(); ++node)
    {
        if (file.nodes.insert((*node)->GetId()).second)
        {
            TcpOf(*node)->TraceConnectWithoutContext(source,
                                                     MakeBoundCallback(&Record, file.writer));
        }
    }
}

} // namespace

void
TcpFsmTraceHelper::EnableTransitions(const std::string& fileName, const NodeContainer& nodes) const
{
    Enable("Transition", fileName, nodes);
}

void
TcpFsmTraceHelper::EnableTransitions(const std::string& fileName) const
{
    EnableTransitions(fileName, AllNodes());
}

void
TcpFsmTraceHelper::EnableReactions(const std::string& fileName, const NodeContainer& nodes) const
{
    Enable("Reaction", fileName, nodes);
}

void
TcpFsmTraceHelper::EnableReactions(const std::string& fileName) const
{
    EnableReactions(fileName, AllNodes());
}

void
TcpFsmTraceHelper::EnablePcap(const std::string& prefix, const NodeContainer& nodes) const
{
    bool hasDevice = false;
    for (auto node = nodes.Begin(); node != nodes.End(); ++node)
    {
        for (uint32_t i = 0; i < (*node)->GetNDevices(); ++i)
        {
            Ptr<NetDevice> device = (*node)->GetDevice(i);
            if (DynamicCast<PointToPointNetDevice>(device))
            {
                PointToPointHelper().EnablePcap(prefix, device);
                hasDevice = true;
            }
            else if (DynamicCast<CsmaNetDevice>(device))
            {
                CsmaHelper().EnablePcap(prefix, device);
                hasDevice = true;
            }
        }
    }
    if (!hasDevice)
    {
        NS_FATAL_ERROR("TcpFsmTraceHelper: no capture \""
                       << prefix << "\": the nodes have neither a PointToPointNetDevice nor a "
                       << "CsmaNetDevice; capture with the helper of the devices that they have");
    }
}

void
TcpFsmTraceHelper::EnablePcap(const std::string& prefix) const
{
    EnablePcap(prefix, NodeContainer::GetGlobal());
}

} // namespace ns3
