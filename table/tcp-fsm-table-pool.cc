// SPDX-License-Identifier: GPL-2.0-only

#include "tcp-fsm-table-pool.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <exception>
#include <map>
#include <poll.h>
#include <set>
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

/// Sets the answer apart from what else comes through a child's pipe: MARK reply MARK next MARK …
constexpr char MARK = '\x1e';

constexpr const char* CRASH = "crash";
constexpr const char* TIMEOUT = "timeout";

/// A process at work on a task.
struct Child
{
    std::size_t task{0};        //!< index of its task
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
WorkAsChild(const TcpFsmTableTask& task, int output)
{
    // No process may outlive the program, no crash may leave a core file.
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    const rlimit none{0, 0};
    setrlimit(RLIMIT_CORE, &none);
    dup2(output, STDERR_FILENO);
    int status = 0;
    try
    {
        TcpFsmTableRun(task, [output](const TcpFsmTableAnswer& answer) {
            WriteAll(output, MARK + answer.reply + MARK + answer.next + MARK + answer.note + MARK);
        });
    }
    catch (const std::exception& error)
    {
        WriteAll(output, std::string(error.what()) + "\n");
        status = 1;
    }
    _exit(status); // not exit(): buffers and destructors belong to the parent
}

/// Start a process on a task; returns the reading end of its pipe.
int
Start(const TcpFsmTableTask& task, Child& child)
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
        WorkAsChild(task, ends[1]);
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

/// Split what came through the pipe into the answer, if there is one, and the rest.
bool
FindAnswer(const std::string& output, TcpFsmTableAnswer& answer, std::string& rest)
{
    std::array<std::size_t, 4> marks{};
    std::size_t from = 0;
    for (auto& mark : marks)
    {
        mark = output.find(MARK, from);
        if (mark == std::string::npos)
        {
            rest = output;
            return false;
        }
        from = mark + 1;
    }
    const auto field = [&](std::size_t i) {
        return output.substr(marks[i] + 1, marks[i + 1] - marks[i] - 1);
    };
    answer = {field(0), field(1), field(2)};
    rest = output.substr(0, marks[0]) + output.substr(marks[3] + 1);
    return true;
}

TcpFsmTableAnswer
Conclude(const Child& child, int status)
{
    TcpFsmTableAnswer answer;
    std::string rest;
    const bool answered = FindAnswer(child.output, answer, rest);
    if (answered && WIFEXITED(status) && WEXITSTATUS(status) == 0)
    {
        return answer;
    }
    std::string note = answered ? "after " + answer.reply + " > " + answer.next + ": " : "";
    if (child.isLate)
    {
        return {TIMEOUT, TIMEOUT, note + "killed"};
    }
    note += WIFSIGNALED(status) ? strsignal(WTERMSIG(status))
                                : "exit status " + std::to_string(WEXITSTATUS(status));
    const std::string lastWords = LastLine(rest);
    return {CRASH, CRASH, note + (lastWords.empty() ? "" : ", " + lastWords)};
}

/// Runs processes, as many at a time as wished.
class Pool
{
  public:
    Pool(std::vector<TcpFsmTableTask> tasks, TcpFsmTablePoolOptions options)
        : m_tasks(std::move(tasks)),
          m_options(std::move(options)),
          m_jobs(m_options.jobs != 0 ? m_options.jobs
                                     : std::max(1U, std::thread::hardware_concurrency())),
          m_answers(m_tasks.size())
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

    std::vector<TcpFsmTableAnswer> Run()
    {
        while (m_next < m_tasks.size() || !m_children.empty())
        {
            while (m_next < m_tasks.size() && m_children.size() < m_jobs)
            {
                Child child{.task = m_next, .deadline = Clock::now() + m_options.timeLimit};
                const int descriptor = Start(m_tasks[m_next++], child);
                m_children.emplace(descriptor, child);
            }
            Wait();
        }
        return m_answers;
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

    /// Take what a process wrote; at the end of its pipe, its answer.
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
        m_answers[child.task] = Conclude(child, status);
        m_children.erase(descriptor);
        close(descriptor);
        ++m_done;
        if (m_options.progress)
        {
            m_options.progress(m_done, m_tasks.size());
        }
    }

    std::vector<TcpFsmTableTask> m_tasks;     //!< what to run
    TcpFsmTablePoolOptions m_options;         //!< how to run it
    std::size_t m_jobs;                       //!< processes at a time
    std::vector<TcpFsmTableAnswer> m_answers; //!< by task
    std::map<int, Child> m_children;          //!< by the reading end of its pipe
    std::size_t m_next{0};                    //!< the next task to start
    std::size_t m_done{0};                    //!< how many have ended
};

/**
 * Run a case of each stack and family in this process, so that what ns-3 does but once (96 % of the
 * time of a first case) is inherited by the processes to come. What does not survive it in a
 * process of its own is not run here.
 */
void
WarmUp(const std::vector<TcpFsmTableTask>& tasks)
{
    std::set<std::pair<TcpFsmStack, bool>> seen;
    for (const auto& task : tasks)
    {
        if (!seen.emplace(task.stack, task.ipv6).second)
        {
            continue;
        }
        const TcpFsmTableTask trial{task.stack, task.ipv6, {"ESTABLISHED", "ACK", "exact"}};
        const auto answer = Pool({trial}, {}).Run().front();
        if (answer.reply != CRASH && answer.reply != TIMEOUT)
        {
            TcpFsmTableRun(trial);
        }
    }
}

} // namespace

std::vector<TcpFsmTableAnswer>
TcpFsmTableRunAll(const std::vector<TcpFsmTableTask>& tasks, const TcpFsmTablePoolOptions& options)
{
    if (tasks.size() > 1)
    {
        WarmUp(tasks);
    }
    return Pool(tasks, options).Run();
}

} // namespace ns3
