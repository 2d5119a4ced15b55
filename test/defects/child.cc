// SPDX-License-Identifier: GPL-2.0-only

#include "child.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <exception>
#include <iostream>
#include <stdexcept>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace ns3
{
namespace test
{

namespace
{

constexpr unsigned LIMIT_SECONDS = 60;
constexpr int RESULT = 3; //!< exit status of a child that has written its result

/// A temporary file that two processes share.
class SharedFile
{
  public:
    SharedFile()
        : m_file(std::tmpfile())
    {
        if (!m_file)
        {
            throw std::runtime_error(std::string("no temporary file: ") + std::strerror(errno));
        }
    }

    ~SharedFile()
    {
        std::fclose(m_file);
    }

    SharedFile(const SharedFile&) = delete;
    SharedFile& operator=(const SharedFile&) = delete;

    int Descriptor() const
    {
        return fileno(m_file);
    }

    void Write(const std::string& text) const
    {
        std::fwrite(text.data(), 1, text.size(), m_file);
        std::fflush(m_file);
    }

    std::string Read() const
    {
        std::rewind(m_file);
        std::string text;
        std::array<char, 4096> part{};
        for (size_t got = 0; (got = std::fread(part.data(), 1, part.size(), m_file)) > 0;)
        {
            text.append(part.data(), got);
        }
        return text;
    }

  private:
    std::FILE* m_file;
};

/// @return the text from the failed assertion on, in one line
std::string
FindReason(std::string text)
{
    const size_t assertion = text.find("NS_ASSERT failed");
    text.erase(0, assertion == std::string::npos ? 0 : assertion);
    std::replace(text.begin(), text.end(), '\n', ' ');
    return text.substr(0, 300);
}

[[noreturn]] void
BeChild(const std::function<std::string()>& run, const SharedFile& result, const SharedFile& errors)
{
    const rlimit none{0, 0};
    setrlimit(RLIMIT_CORE, &none);
    dup2(errors.Descriptor(), STDERR_FILENO);
    alarm(LIMIT_SECONDS);
    try
    {
        result.Write(run());
    }
    catch (const std::exception& e)
    {
        result.Write(std::string("exception: ") + e.what());
    }
    // No destructors: the other process has the same objects.
    _exit(RESULT);
}

} // namespace

std::string
RunInChild(const std::function<std::string()>& run)
{
    const SharedFile result;
    const SharedFile errors;
    std::cout.flush();
    std::fflush(nullptr);
    const pid_t child = fork();
    if (child < 0)
    {
        throw std::runtime_error(std::string("no process: ") + std::strerror(errno));
    }
    if (child == 0)
    {
        BeChild(run, result, errors);
    }
    int status = 0;
    while (waitpid(child, &status, 0) < 0)
    {
        if (errno != EINTR)
        {
            throw std::runtime_error(std::string("no child: ") + std::strerror(errno));
        }
    }
    if (WIFEXITED(status) && WEXITSTATUS(status) == RESULT)
    {
        return result.Read();
    }
    const std::string how = WIFSIGNALED(status)
                                ? strsignal(WTERMSIG(status))
                                : "exit status " + std::to_string(WEXITSTATUS(status));
    return "crash: " + how + ": " + FindReason(errors.Read());
}

} // namespace test
} // namespace ns3
