// SPDX-License-Identifier: GPL-2.0-only

#ifndef PACKETDRILL_PLAY_H
#define PACKETDRILL_PLAY_H

#include "packetdrill-capture.h"
#include "packetdrill-code.h"
#include "packetdrill-compare.h"
#include "packetdrill-journal.h"
#include "packetdrill-runner.h"
#include "packetdrill-system.h"

#include <chrono>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace ns3
{
namespace tcpfsm
{
namespace packetdrill
{

/// What a wait without a time of its own ends at.
inline const Time LONGEST_WAIT = Seconds(600);

/// @return simulated time in seconds, as scripts write it. @param time the time
std::string Show(Time time);

/**
 * @brief Acts the events of a script out on a host, one after the other.
 */
class Play
{
  public:
    /**
     * @param script the script, which outlives this
     * @param settings what its options mean
     * @param options how it is run
     * @param host a fresh host
     * @param journal is told which line acts
     */
    Play(const Script& script,
         const Settings& settings,
         const RunOptions& options,
         Host& host,
         Journal& journal);

    /**
     * @brief Act all of it out.
     * @throw ScriptFailure where something is not as the script says
     */
    void Run();

    /// @return mismatches that were not fatal, `line: message`
    const std::vector<std::string>& GetWarnings() const;
    /// @return what the script prints, and what of it has no effect, `line: text`
    const std::vector<std::string>& GetNotes() const;

  private:
    /// When an event is due.
    struct Schedule
    {
        Time begin;      //!< the time, or the earliest one
        Time end;        //!< the same, or the latest one
        Time tolerance;  //!< before and after
        bool any{false}; //!< at any time
    };

    /// A system call that sleeps.
    struct Pending
    {
        const Event* event{nullptr}; //!< the call
        Attempt attempt;             //!< ends it
        Schedule due;                //!< when it must return
    };

    Schedule ScheduleOf(const When& when) const;
    Time ToleranceOf(Time distance) const;
    void WaitFor(const Event& event, const Schedule& due, Time delay);
    bool PassUntil(const std::function<bool()>& condition, Time deadline);
    void RunCommandOf(const Command& command);
    // Code (packetdrill-play-code.cc)
    void Check(const Code& code);
    void Check(const Code& code, const CodeStatement& statement);
    // Inbound packets (packetdrill-play-inject.cc)
    void Inject(const PacketLine& packet);
    void Inject(const IcmpMessage& message);
    void CheckTime(const Place& place,
                   const Schedule& due,
                   Time actual,
                   const std::string& what,
                   bool isFatal);
    void CheckLeft(std::size_t index);
    bool IsLeft();
    // Outbound packets (packetdrill-play-expect.cc)
    void Expect(const Event& event, const PacketLine& packet, const Schedule& due);
    bool AwaitPacket(const Schedule& due);
    bool Merge(Captured& captured, const TcpSegment& wanted, const Schedule& due);
    std::vector<std::string> Describe(const Event& event, const Captured* captured);
    // System calls (packetdrill-play-call.cc)
    void Call(const Event& event, const SystemCall& call, const Schedule& due);
    void Poke();
    void FinishPending();
    void CheckOutcome(const SystemCall& call, const Outcome& outcome);
    void Note(const Place& place, const std::string& text);
    void Complain(const Place& place,
                  bool isFatal,
                  const std::string& message,
                  const std::vector<std::string>& details = {});

    const Script& m_script;           //!< the script
    const Settings& m_settings;       //!< what its options mean
    const RunOptions& m_options;      //!< how it is run
    Host& m_host;                     //!< the host
    Journal& m_journal;               //!< is told which line acts
    Dialect m_dialect;                //!< whose rules hold
    Records m_records;                //!< what packets are about
    System m_system;                  //!< system calls
    Capture m_capture;                //!< packets of the host
    Time m_base;                      //!< when the previous event completed
    Time m_previous;                  //!< when it was due
    std::optional<Pending> m_pending; //!< a call that sleeps
    std::size_t m_lastExpected{0};    //!< one more than the index of the last outbound packet
    std::size_t m_closing{0};         //!< index of the first close() at the end of the script
    std::map<std::string, int64_t> m_variables; //!< of code blocks
    std::vector<std::string> m_warnings;        //!< mismatches that were not fatal
    std::vector<std::string> m_notes;           //!< what is told if asked for
};

} // namespace packetdrill
} // namespace tcpfsm
} // namespace ns3

#endif // PACKETDRILL_PLAY_H
