// SPDX-License-Identifier: GPL-2.0-only

#include "tcp-fsm-process-pool.h"

#include "ns3/rng-stream.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <exception>
#include <map>
#include <poll.h>
#include <string>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <system_error>
#include <thread>
#include <unistd.h>
#include <utility>

namespace ns3
{

namespace
{

using Clock = std::chrono::steady_clock;

/// Sets the result apart from what else comes through a child's pipe: MARK result MARK
constexpr char MARK = '\x1e';

/// A process at work.
struct Child
{
    std::size_t index{0};       //!< its place among the processes
    pid_t pid{0};               //!< its process
    Clock::time_point deadline; //!< when it is killed
    std::string output{};       //!< what came through the pipe so far
    bool isLate{false};         //!< whether it was killed for taking too long
};

[[noreturn]] void
ThrowErrno(const char* what)
{
    throw std::system_error(errno, std::generic_category(), what);
}

void
WriteAll(int descriptor, const std::string& text)
{
    std::size_t written = 0;
    while (written < text.size())
    {
        const auto n = write(descriptor, text.data() + written, text.size() - written);
        if (n < 0 && errno != EINTR)
        {
            return;
        }
        written += n > 0 ? static_cast<std::size_t>(n) : 0;
    }
}

[[noreturn]] void
WorkAsChild(const TcpFsmProcess& process, int output)
{
    // No process may outlive the program, no crash may leave a core file.
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    const rlimit none{0, 0};
    setrlimit(RLIMIT_CORE, &none);
    dup2(output, STDERR_FILENO);
    int status = 0;
    try
    {
        process([output](const std::string& result) { WriteAll(output, MARK + result + MARK); });
    }
    catch (const std::exception& error)
    {
        WriteAll(output, std::string(error.what()) + "\n");
        status = 1;
    }
    _exit(status); // not exit(): buffers and destructors belong to the parent
}

/// Start a process; returns the reading end of its pipe.
int
Start(const TcpFsmProcess& process, Child& child)
{
    std::array<int, 2> ends{};
    if (pipe(ends.data()) != 0)
    {
        ThrowErrno("cannot make a pipe");
    }
    child.pid = fork();
    if (child.pid < 0)
    {
        const int reason = errno;
        close(ends[0]);
        close(ends[1]);
        errno = reason;
        ThrowErrno("cannot start a process");
    }
    if (child.pid == 0)
    {
        close(ends[0]);
        WorkAsChild(process, ends[1]);
    }
    close(ends[1]);
    return ends[0];
}

/// The last line that is not empty.
std::string
LastLine(const std::string& text)
{
    const auto end = text.find_last_not_of(" \n");
    if (end == std::string::npos)
    {
        return "";
    }
    const auto newline = text.find_last_of('\n', end);
    const auto begin = newline == std::string::npos ? 0 : newline + 1;
    return text.substr(begin, end + 1 - begin);
}

TcpFsmProcessEnd
Conclude(const Child& child, int status)
{
    TcpFsmProcessEnd end;
    std::string rest = child.output;
    const auto begin = rest.find(MARK);
    const auto close = begin == std::string::npos ? begin : rest.find(MARK, begin + 1);
    if (close != std::string::npos)
    {
        end.result = rest.substr(begin + 1, close - begin - 1);
        rest.erase(begin, close + 1 - begin);
    }
    end.isLate = child.isLate;
    end.isGood = end.result && WIFEXITED(status) && WEXITSTATUS(status) == 0;
    if (end.isGood)
    {
        return end;
    }
    end.reason = child.isLate          ? "killed"
                 : WIFSIGNALED(status) ? strsignal(WTERMSIG(status))
                                       : "exit status " + std::to_string(WEXITSTATUS(status));
    const std::string lastWords = LastLine(rest);
    end.reason += child.isLate || lastWords.empty() ? "" : ", " + lastWords;
    return end;
}

/// Runs processes, as many at a time as wished.
class Pool
{
  public:
    Pool(std::vector<TcpFsmProcess> processes, TcpFsmProcessOptions options)
        : m_processes(std::move(processes)),
          m_options(std::move(options)),
          m_jobs(m_options.jobs != 0 ? m_options.jobs
                                     : std::max(1U, std::thread::hardware_concurrency())),
          m_ends(m_processes.size())
    {
    }

    ~Pool()
    {
        for (const auto& [descriptor, child] : m_children)
        {
            kill(child.pid, SIGKILL);
            waitpid(child.pid, nullptr, 0);
            close(descriptor);
        }
    }

    Pool(const Pool&) = delete;
    Pool& operator=(const Pool&) = delete;

    std::vector<TcpFsmProcessEnd> Run()
    {
        while (m_next < m_processes.size() || !m_children.empty())
        {
            while (m_next < m_processes.size() && m_children.size() < m_jobs)
            {
                Child child{.index = m_next, .deadline = Clock::now() + m_options.timeLimit};
                const int descriptor = Start(m_processes[m_next++], child);
                m_children.emplace(descriptor, child);
            }
            Wait();
        }
        return m_ends;
    }

  private:
    /// Wait until a process writes, ends, or takes too long.
    void Wait()
    {
        std::vector<pollfd> ready;
        for (auto& [descriptor, child] : m_children)
        {
            if (Clock::now() >= child.deadline && !child.isLate)
            {
                child.isLate = true;
                kill(child.pid, SIGKILL);
            }
            ready.push_back({descriptor, POLLIN, 0});
        }
        const int tick = 200; // milliseconds; how late a process may be killed
        if (poll(ready.data(), ready.size(), tick) < 0 && errno != EINTR)
        {
            ThrowErrno("cannot wait for processes");
        }
        for (const auto& entry : ready)
        {
            if (entry.revents != 0)
            {
                Read(entry.fd);
            }
        }
    }

    /// Take what a process wrote; at the end of its pipe, how it ended.
    void Read(int descriptor)
    {
        std::array<char, 4096> buffer{};
        const auto n = read(descriptor, buffer.data(), buffer.size());
        if (n < 0 && errno == EINTR)
        {
            return;
        }
        Child& child = m_children.at(descriptor);
        if (n > 0)
        {
            child.output.append(buffer.data(), static_cast<std::size_t>(n));
            return;
        }
        int status = 0;
        waitpid(child.pid, &status, 0);
        m_ends[child.index] = Conclude(child, status);
        m_children.erase(descriptor);
        close(descriptor);
        ++m_done;
        if (m_options.progress)
        {
            m_options.progress(m_done, m_processes.size());
        }
    }

    std::vector<TcpFsmProcess> m_processes; //!< what to run
    TcpFsmProcessOptions m_options;         //!< how to run it
    std::size_t m_jobs;                     //!< processes at a time
    std::vector<TcpFsmProcessEnd> m_ends;   //!< by process
    std::map<int, Child> m_children;        //!< by the reading end of its pipe
    std::size_t m_next{0};                  //!< the next process to start
    std::size_t m_done{0};                  //!< how many have ended
};

} // namespace

std::vector<TcpFsmProcessEnd>
TcpFsmRunProcesses(const std::vector<TcpFsmProcess>& processes, const TcpFsmProcessOptions& options)
{
    // The first random stream computes a table, which takes longer than most simulations here;
    // processes inherit it.
    const RngStream first(1, 1, 1); // those of 0 need no table
    return Pool(processes, options).Run();
}

} // namespace ns3
