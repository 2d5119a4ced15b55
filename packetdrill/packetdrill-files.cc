// SPDX-License-Identifier: GPL-2.0-only

#include "packetdrill-files.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace ns3
{
namespace tcpfsm
{
namespace packetdrill
{

namespace
{

std::vector<std::string>
SearchFolder(const std::string& path)
{
    std::vector<std::string> found;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(path))
    {
        if (entry.path().extension() == ".pkt" && entry.is_regular_file())
        {
            found.push_back(entry.path().string());
        }
    }
    std::sort(found.begin(), found.end());
    return found;
}

} // namespace

std::vector<std::string>
FindScripts(const std::vector<std::string>& paths)
{
    std::vector<std::string> found;
    for (const auto& path : paths)
    {
        std::error_code error;
        if (!std::filesystem::is_directory(path, error))
        {
            if (!std::filesystem::exists(path, error))
            {
                throw std::runtime_error(path + ": there is no such script or folder");
            }
            found.push_back(path);
            continue;
        }
        try
        {
            const auto scripts = SearchFolder(path);
            found.insert(found.end(), scripts.begin(), scripts.end());
        }
        catch (const std::filesystem::filesystem_error& trouble)
        {
            throw std::runtime_error(path + ": cannot search it: " + trouble.code().message());
        }
    }
    return found;
}

std::string
ReadFile(const std::string& path)
{
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    if (file && file.peek() != std::ifstream::traits_type::eof())
    {
        text << file.rdbuf();
    }
    if (!file.is_open() || file.bad())
    {
        throw std::runtime_error(path + ": cannot read it");
    }
    return text.str();
}

} // namespace packetdrill
} // namespace tcpfsm
} // namespace ns3
