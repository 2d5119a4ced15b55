// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_EXPLANATION_H
#define TCP_FSM_EXPLANATION_H

#include <string>
#include <vector>

namespace ns3
{

/// A rule of the table in words.
struct TcpFsmRuleText
{
    std::string id;        //!< identifier, as in traces
    std::string event;     //!< what happens
    std::string states;    //!< where it can match, such as "all but CLOSED"
    std::string condition; //!< what must hold besides; "" for nothing
    std::string reply;     //!< what it sends, or "none"
    std::string effects;   //!< what else it does; "" for nothing
    std::string next;      //!< the state entered; "": it stays
    std::string signal;    //!< what the application is told, or "none"
    std::string refusal;   //!< why a call is refused, or "none"
    std::string clause;    //!< where it comes from
    std::string summary;   //!< in a few words
    int arrow{0};          //!< arrow of the diagram, 1 to 21; 0: none
    bool quiet{false};     //!< nothing happens: not recorded
};

/// A question: what does TCP do in this state with this segment?
struct TcpFsmQuestion
{
    std::string profile{"rfc9293"}; //!< one of TcpFsmExplanation::Profiles()
    /// One of TcpFsmExplanation::States(): three have two forms, "SYN-RCVD/simultaneous" (opened by
    /// both) and, after a CLOSE in place of a half-close, "FIN-WAIT-1/closed", "FIN-WAIT-2/closed".
    std::string state{"ESTABLISHED"};
    std::string segment{"ACK"};   //!< one of TcpFsmExplanation::Segments()
    std::string variant{"exact"}; //!< its numbers, one of TcpFsmExplanation::Variants()
};

/// The rules in words, and which of them a segment fires; asks the engine, simulates nothing.
class TcpFsmExplanation
{
  public:
    /// @return all rules in the order of the table
    static std::vector<TcpFsmRuleText> Rules();

    /// @return the names of the profiles
    static std::vector<std::string> Profiles();
    /// @return the states that can be asked for
    static std::vector<std::string> States();
    /// @return the segments that can be asked for
    static std::vector<std::string> Segments();
    /// @return the numbers that a segment can carry, as in the status table (tcp-fsm-table)
    static std::vector<std::string> Variants();

    /**
     * Explains a reaction.
     * @param question in the words above; any other word is a fatal error
     * @return the rules that fire, in their order, those that are quiet left out
     */
    static std::vector<TcpFsmRuleText> Explain(const TcpFsmQuestion& question);
};

} // namespace ns3

#endif // TCP_FSM_EXPLANATION_H
