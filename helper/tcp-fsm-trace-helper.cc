// SPDX-License-Identifier: GPL-2.0-only

#include "tcp-fsm-trace-helper.h"

#include "tcp-fsm-connection-file.h"
#include "tcp-fsm-trace-writer.h"

#include "ns3/csma-helper.h"
#include "ns3/csma-net-device.h"
#include "ns3/fatal-error.h"
#include "ns3/node.h"
#include "ns3/point-to-point-helper.h"
#include "ns3/point-to-point-net-device.h"
#include "ns3/simulator.h"
#include "ns3/tcp-fsm-l4-protocol.h"

#include <filesystem>
#include <map>
#include <set>
#include <string_view>
#include <system_error>

namespace ns3
{

namespace
{

/// What a file holds; records have the name of their trace source.
constexpr const char* TRANSITIONS = "Transition";
constexpr const char* REACTIONS = "Reaction";
constexpr const char* CONNECTIONS = "connections";

/// A file and what goes into it.
struct OpenFile
{
    OpenFile(const std::string& name, const char* content)
        : content(content)
    {
        if (content == std::string_view(CONNECTIONS))
        {
            connections = Create<TcpFsmConnectionFile>(name);
        }
        else
        {
            records = TcpFsmTraceWriter::Open(name);
        }
    }

    void Flush() const
    {
        if (connections)
        {
            connections->Flush();
        }
        else
        {
            records->Flush();
        }
    }

    void Close() const
    {
        if (connections)
        {
            connections->Close();
        }
        else
        {
            records->Close();
        }
    }

    std::string_view content;              //!< one of those above
    Ptr<TcpFsmTraceWriter> records;        //!< where it holds records
    Ptr<TcpFsmConnectionFile> connections; //!< where it holds connections
    std::set<uint32_t> nodes;              //!< nodes that it is about
};

/// @return one text for all names of a file
std::string
KeyOf(const std::string& name)
{
    // A relative name is made absolute first, as otherwise it depends on whether the file exists.
    std::error_code error;
    const auto key = std::filesystem::weakly_canonical(std::filesystem::absolute(name), error);
    return error ? name : key.string();
}

/// The files being written: several calls may share one.
class OpenFiles
{
  public:
    ~OpenFiles()
    {
        CloseAll();
    }

    /// @return the file of that name, opened if it is not yet
    OpenFile& Get(const std::string& name, const char* content)
    {
        const auto key = KeyOf(name);
        const auto found = m_files.find(key);
        if (found == m_files.end())
        {
            if (m_files.empty())
            {
                Simulator::ScheduleDestroy(&OpenFiles::CloseAll, this);
            }
            return m_files.emplace(key, OpenFile(name, content)).first->second;
        }
        if (found->second.content != content)
        {
            NS_FATAL_ERROR("TcpFsmTraceHelper: \"" << name << "\" holds the records of "
                                                   << found->second.content << "; give those of "
                                                   << content << " a file of their own");
        }
        return found->second;
    }

    /// Writes what has been recorded so far.
    void Flush() const
    {
        for (const auto& [name, file] : m_files)
        {
            file.Flush();
        }
    }

  private:
    void CloseAll()
    {
        for (const auto& [name, file] : m_files)
        {
            file.Close();
        }
        m_files.clear();
    }

    std::map<std::string, OpenFile> m_files; //!< by KeyOf()
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
Record(Ptr<TcpFsmTraceWriter> file, const TcpFsmTransition& record)
{
    file->Write(record);
}

void
Follow(Ptr<TcpFsmConnectionFile> file, const TcpFsmTransition& transition)
{
    file->Follow(transition);
}

void
FollowSyn(Ptr<TcpFsmConnectionFile> file, const TcpFsmSyn& syn)
{
    file->FollowSyn(syn);
}

/// Connects the trace sources of a node's TCP to a file.
void
Connect(const Ptr<TcpFsmL4Protocol>& tcp, const OpenFile& file)
{
    if (file.connections)
    {
        tcp->TraceConnectWithoutContext(TRANSITIONS, MakeBoundCallback(&Follow, file.connections));
        tcp->TraceConnectWithoutContext("Syn", MakeBoundCallback(&FollowSyn, file.connections));
    }
    else
    {
        tcp->TraceConnectWithoutContext(std::string(file.content),
                                        MakeBoundCallback(&Record, file.records));
    }
}

OpenFiles&
TheOpenFiles()
{
    static OpenFiles openFiles;
    return openFiles;
}

/// Writes something about nodes' TCP to a file.
void
Enable(const char* content, const std::string& fileName, const NodeContainer& nodes)
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
    OpenFile& file = TheOpenFiles().Get(NameOfRank(fileName), content);
    for (auto node = nodes.Begin(); node != nodes.End(); ++node)
    {
        if (file.nodes.insert((*node)->GetId()).second)
        {
            Connect(TcpOf(*node), file);
        }
    }
}

} // namespace

void
TcpFsmTraceHelper::EnableTransitions(const std::string& fileName, const NodeContainer& nodes) const
{
    Enable(TRANSITIONS, fileName, nodes);
}

void
TcpFsmTraceHelper::EnableTransitions(const std::string& fileName) const
{
    EnableTransitions(fileName, AllNodes());
}

void
TcpFsmTraceHelper::EnableReactions(const std::string& fileName, const NodeContainer& nodes) const
{
    Enable(REACTIONS, fileName, nodes);
}

void
TcpFsmTraceHelper::EnableReactions(const std::string& fileName) const
{
    EnableReactions(fileName, AllNodes());
}

void
TcpFsmTraceHelper::EnableConnections(const std::string& fileName, const NodeContainer& nodes) const
{
    Enable(CONNECTIONS, fileName, nodes);
}

void
TcpFsmTraceHelper::EnableConnections(const std::string& fileName) const
{
    EnableConnections(fileName, AllNodes());
}

void
TcpFsmTraceHelper::Flush()
{
    TheOpenFiles().Flush();
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
