// SPDX-License-Identifier: GPL-2.0-only

#include "tcp-fsm-table-output.h"

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <stdexcept>
#include <system_error>
#include <unistd.h>

namespace ns3
{

namespace
{

/// Whether a file is to be replaced in one step; a device or a pipe is written to directly.
bool
IsReplaceable(const std::filesystem::path& path)
{
    std::error_code error;
    const auto status = std::filesystem::status(path, error);
    return !std::filesystem::exists(status) || std::filesystem::is_regular_file(status);
}

} // namespace

void
TcpFsmCheckOutput(const std::string& output)
{
    if (output.empty())
    {
        return;
    }
    const std::filesystem::path path(output);
    const auto folder = path.has_parent_path() ? path.parent_path() : ".";
    const bool isWritable = IsReplaceable(path) ? access(folder.c_str(), W_OK | X_OK) == 0
                                                : access(path.c_str(), W_OK) == 0 &&
                                                      !std::filesystem::is_directory(path);
    if (!isWritable)
    {
        throw std::runtime_error("--output: cannot be written: " + output);
    }
}

void
TcpFsmWriteOutput(const std::string& text, const std::string& output)
{
    if (output.empty())
    {
        std::cout << text << std::flush;
        if (!std::cout)
        {
            throw std::runtime_error("cannot write to standard output");
        }
        return;
    }
    const bool replace = IsReplaceable(output);
    const std::string path = replace ? output + ".part" : output;
    std::ofstream file(path, std::ios::trunc);
    file << text << std::flush;
    file.close();
    if (!file)
    {
        if (replace)
        {
            std::remove(path.c_str());
        }
        throw std::runtime_error("--output: cannot be written: " + output);
    }
    if (replace)
    {
        std::filesystem::rename(path, output);
    }
}

} // namespace ns3
