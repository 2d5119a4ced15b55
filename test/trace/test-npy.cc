// SPDX-License-Identifier: GPL-2.0-only

// Files in the format .npy: what numpy reads is what the .csv of the same run says.

#include "files.h"
#include "shell.h"
#include "tcp-fsm-npy.h"
#include "tcp-fsm-trace-helper.h"
#include "tcp-fsm-trace-writer.h"
#include "world.h"

#include "ns3/ipv6-address.h"
#include "ns3/packet.h"
#include "ns3/simulator.h"

#include <cstdlib>
#include <gtest/gtest.h>
#include <memory>

namespace ns3
{
namespace tcpfsm
{
namespace test
{
namespace
{

/// @return what numpy says to a pair of files, "N records\n" if they agree
std::string
Compare(const std::string& npy, const std::string& csv)
{
    return Shell(SourceName(".venv/bin/python") + " " + SourceName("test/trace/compare-npy.py") +
                 " " + npy + " " + csv)
        .output;
}

/// @return what Compare() says if the .csv file has so many lines
std::string
Agreement(const std::string& csv)
{
    return std::to_string(ReadCsv(csv).size() - 1) + " records\n";
}

/// Number of octets of the header, magic included.
std::size_t
HeaderSize(const std::string& bytes)
{
    EXPECT_EQ(bytes.substr(0, 8), std::string("\x93NUMPY\x01\x00", 8));
    return 10 + static_cast<uint8_t>(bytes.at(8)) + 256 * static_cast<uint8_t>(bytes.at(9));
}

/// Runs a transfer from node 0, traced into files of both formats.
void
Trace(const std::string& name)
{
    const World world;
    const TcpFsmTraceHelper trace;
    for (const char* suffix : {".csv", ".npy"})
    {
        trace.EnableReactions(Temporary(name + "-reactions") + suffix);
        trace.EnableTransitions(Temporary(name + "-transitions") + suffix);
        trace.EnableConnections(Temporary(name + "-connections") + suffix);
    }
    world.ServeFor(MilliSeconds(100));
    const auto caller = world.CallFor(MilliSeconds(50));
    world.At(0, MilliSeconds(10), [&] { caller->Send(Create<Packet>(50000), 0); });
    world.Run(Seconds(1)); // in TIME-WAIT
}

TEST(Npy, HoldsWhatTheCsvFileOfTheRunHolds)
{
    Trace("agree");
    for (const char* kind : {"reactions", "transitions", "connections"})
    {
        const auto name = Temporary(std::string("agree-") + kind);
        EXPECT_GE(ReadCsv(name + ".csv").size(), 3U) << kind;
        EXPECT_EQ(Compare(name + ".npy", name + ".csv"), Agreement(name + ".csv")) << kind;
    }
}

TEST(Npy, SameSeedSameBytes)
{
    Trace("first");
    Trace("second");
    for (const char* kind : {"-reactions.npy", "-transitions.npy", "-connections.npy"})
    {
        EXPECT_TRUE(ReadFile(Temporary(std::string("first") + kind)) ==
                    ReadFile(Temporary(std::string("second") + kind)))
            << kind;
    }
}

TEST(Npy, HeaderIsShortEnoughForNumpyAndAligned)
{
    Trace("header");
    for (const char* kind : {"-reactions.npy", "-transitions.npy", "-connections.npy"})
    {
        const auto size = HeaderSize(ReadFile(Temporary(std::string("header") + kind)));
        EXPECT_EQ(size % 64, 0U) << kind;
        EXPECT_LE(size, 10000U) << kind; // numpy's limit for headers of unknown origin
    }
}

TEST(Npy, ExtremeValues)
{
    const auto npy = Temporary("extreme.npy");
    const auto csv = Temporary("extreme.csv");
    for (const auto& name : {npy, csv})
    {
        const auto file = TcpFsmTraceWriter::Open(name);
        TcpFsmTransition record{};
        record.family = 6;
        record.localAddress = IpAddress(Ipv6Address("2001:db8:ffff:ffff:ffff:ffff:ffff:ffff"));
        record.remoteAddress = IpAddress(Ipv6Address("::"));
        file->Write(record);
        record.time = Time::Max();
        record.node = UINT32_MAX;
        record.connection = UINT64_MAX;
        record.segment = UINT64_MAX;
        record.localPort = record.remotePort = record.window = UINT16_MAX;
        record.seq = record.ack = record.length = UINT32_MAX;
        for (const Row& row : Table())
        {
            record.row = &row;
            if (!row.action.quiet)
            {
                file->Write(record);
            }
        }
        for (uint32_t flags = 0; flags < 256; ++flags)
        {
            record.flags = static_cast<uint8_t>(flags);
            file->Write(record);
        }
        file->Close();
        file->Write(record); // too late
    }
    EXPECT_EQ(Compare(npy, csv), Agreement(csv));
}

TEST(Npy, WithoutRecordsIsAnEmptyArray)
{
    const auto npy = Temporary("empty.npy");
    const auto csv = Temporary("empty.csv");
    {
        World world;
        TcpFsmTraceHelper().EnableTransitions(npy);
        TcpFsmTraceHelper().EnableTransitions(csv);
    }
    EXPECT_EQ(Compare(npy, csv), "0 records\n");
}

TEST(Npy, IsCompleteWhenTheProgramExits)
{
    const auto npy = Temporary("exit.npy");
    const auto csv = Temporary("exit.csv");
    const auto connections = Temporary("exit-connections");
    EXPECT_EXIT(
        {
            auto world = std::make_unique<World>();
            TcpFsmTraceHelper().EnableTransitions(npy);
            TcpFsmTraceHelper().EnableTransitions(csv);
            TcpFsmTraceHelper().EnableConnections(connections + ".npy");
            TcpFsmTraceHelper().EnableConnections(connections + ".csv");
            world->ServeFor(Hours(1));
            world->CallFor(Hours(1));
            world->Run(MilliSeconds(50));
            world.release(); // NOLINT: its destructor would destroy the simulation
            std::exit(0);
        },
        testing::ExitedWithCode(0),
        "");
    EXPECT_EQ(Compare(npy, csv), "5 records\n");
    EXPECT_EQ(Compare(connections + ".npy", connections + ".csv"), "2 records\n");
}

TEST(Npy, HoldsWholeRecordsWhenTheProgramIsKilled)
{
    const auto npy = Temporary("killed.npy");
    constexpr int RECORDS = 10000;
    EXPECT_EXIT(
        {
            const auto file = TcpFsmTraceWriter::Open(npy);
            TcpFsmTransition record{};
            record.localAddress = record.remoteAddress = IpAddress(Ipv4Address("10.0.0.1"));
            for (int i = 0; i < RECORDS; ++i)
            {
                record.seq = i;
                file->Write(record);
            }
            std::_Exit(1);
        },
        testing::ExitedWithCode(1),
        "");
    const auto counted =
        Shell(SourceName(".venv/bin/python") + " -c 'import numpy; a = numpy.load(\"" + npy +
              "\", mmap_mode=\"r\"); n = len(a); "
              "print(n > 5000, (a[\"seq\"] == numpy.arange(n)).all())'");
    EXPECT_EQ(counted.output, "True True\n");
}

} // namespace
} // namespace test
} // namespace tcpfsm
} // namespace ns3
