// SPDX-License-Identifier: GPL-2.0-only

#include "packetdrill-support.h"

#include "packetdrill-code.h"
#include "packetdrill-settings.h"
#include "packetdrill-shell.h"
#include "packetdrill-symbols.h"

#include <algorithm>

namespace ns3
{
namespace tcpfsm
{
namespace packetdrill
{

namespace
{

/// @return whether a symbol stands somewhere in values
bool
Mentions(const std::vector<Expression>& values, const std::string& name)
{
    return std::any_of(values.begin(), values.end(), [&name](const Expression& expression) {
        const auto* symbol = std::get_if<SymbolValue>(&expression.value);
        const auto* alternatives = std::get_if<UnionValue>(&expression.value);
        return (symbol && symbol->name == name) ||
               (alternatives && Mentions(alternatives->parts, name));
    });
}

/// Goes through a script and notes what is not of the core.
class Search
{
  public:
    std::vector<Unsupported> Run(const Script& script)
    {
        for (const auto& option : script.options)
        {
            if (LevelOfOption(option.name) == OptionLevel::EXTENDED)
            {
                Note(option.place, "option --" + option.name);
            }
        }
        if (script.init)
        {
            Look(*script.init);
        }
        for (const auto& event : script.events)
        {
            std::visit([this](const auto& action) { Look(action); }, event.action);
        }
        if (script.cleanup)
        {
            Look(*script.cleanup);
        }
        return std::move(m_found);
    }

  private:
    void Note(const Place& place, const std::string& construct)
    {
        m_found.push_back({place, construct});
    }

    void Look(const PacketLine& packet);
    void Look(const TcpSegment& segment);
    void Look(const IcmpMessage& message);
    void Look(const UdpDatagram& datagram);
    void Look(const SystemCall& call);
    void Look(const Expression& expression);
    void LookAtStruct(const Expression& expression, const StructValue& value);
    void Look(const Command& command);
    void Look(const Code& code);
    void Look(const CodeExpression& expression, const Place& place);

    std::vector<Unsupported> m_found; //!< what was noted
};

void
Search::Look(const PacketLine& packet)
{
    for (const auto& header : packet.encapsulations)
    {
        Note(header.place, "header " + header.name);
    }
    if (packet.ipInfo && packet.ipInfo->flowLabel)
    {
        Note(packet.ipInfo->place, "flowlabel");
    }
    if (packet.ipInfo && packet.ipInfo->dscp)
    {
        Note(packet.ipInfo->place, "dscp");
    }
    if (packet.ports)
    {
        Note(packet.ports->place, "ports of a packet");
    }
    std::visit([this](const auto& payload) { Look(payload); }, packet.payload);
    if (packet.direction == Direction::OUTBOUND &&
        std::holds_alternative<IcmpMessage>(packet.payload))
    {
        Note(packet.place, "outbound ICMP");
    }
}

void
Search::Look(const TcpSegment& segment)
{
    if (segment.ace)
    {
        Note(segment.place, "ACE counter");
    }
    const auto* list = segment.options ? std::get_if<OptionList>(&segment.options->value) : nullptr;
    for (const auto& option : list ? *list : OptionList{})
    {
        if (const auto* other = std::get_if<OptionOther>(&option.value))
        {
            Note(option.place, "TCP option " + other->name);
        }
    }
    if (segment.udp)
    {
        Note(segment.udp->place, "UDP encapsulation");
    }
}

void
Search::Look(const IcmpMessage& message)
{
    if (!message.echoed)
    {
        return;
    }
    if (const auto* datagram = std::get_if<UdpDatagram>(&message.echoed->content))
    {
        Look(*datagram);
    }
    if (message.echoed->udp)
    {
        Note(message.echoed->udp->place, "UDP encapsulation");
    }
}

void
Search::Look(const UdpDatagram& datagram)
{
    Note(datagram.place, "UDP");
}

void
Search::Look(const SystemCall& call)
{
    if (!IsCoreCall(call.name))
    {
        Note(call.namePlace, "system call " + call.name);
        return;
    }
    constexpr std::size_t OPTION = 2; // its index among the arguments
    const bool hasOption = call.name == "setsockopt" || call.name == "getsockopt";
    for (std::size_t i = 0; i < call.arguments.size(); ++i)
    {
        const auto& argument = call.arguments[i];
        if (!hasOption || i != OPTION)
        {
            Look(argument);
            continue;
        }
        const auto* symbol = std::get_if<SymbolValue>(&argument.value);
        if (!symbol || !IsCoreSocketOption(symbol->name))
        {
            Note(argument.place, "socket option " + (symbol ? symbol->name : "by its number"));
        }
    }
    if (call.name.starts_with("recv") && Mentions(call.arguments, "MSG_OOB"))
    {
        Note(call.place, call.name + " with MSG_OOB");
    }
    Look(call.result);
    if (!call.error.empty() && !IsCoreSymbol(call.error))
    {
        Note(call.place, "symbol " + call.error);
    }
}

void
Search::Look(const Expression& expression)
{
    if (const auto* symbol = std::get_if<SymbolValue>(&expression.value))
    {
        if (!IsCoreSymbol(symbol->name))
        {
            Note(expression.place, "symbol " + symbol->name);
        }
    }
    else if (std::holds_alternative<StringValue>(expression.value))
    {
        Note(expression.place, "string");
    }
    else if (const auto* call = std::get_if<CallValue>(&expression.value))
    {
        Note(expression.place, "function " + call->name);
    }
    else if (const auto* alternatives = std::get_if<UnionValue>(&expression.value))
    {
        for (const auto& part : alternatives->parts)
        {
            Look(part);
        }
    }
    else if (const auto* list = std::get_if<ListValue>(&expression.value))
    {
        for (const auto& item : list->items)
        {
            Look(item);
        }
    }
    else if (const auto* value = std::get_if<StructValue>(&expression.value))
    {
        LookAtStruct(expression, *value);
    }
}

void
Search::LookAtStruct(const Expression& expression, const StructValue& value)
{
    if (KindOf(value) == StructKind::OTHER)
    {
        const auto& name = value.fields[0].name;
        Note(expression.place, "struct" + (name.empty() ? "" : " with " + name));
        return;
    }
    for (const auto& field : value.fields)
    {
        Look(field.value);
    }
}

void
Search::Look(const Command& command)
{
    const auto construct = FindUnsupported(ParseShell(command.text));
    if (!construct.empty())
    {
        Note(command.place, construct);
    }
}

void
Search::Look(const Code& code)
{
    try
    {
        for (const auto& statement : ParseCode(code.text))
        {
            for (const auto& expression : statement.expressions)
            {
                Look(expression, code.place);
            }
        }
    }
    catch (const UnsupportedCode& error)
    {
        Note(code.place, error.what());
    }
}

void
Search::Look(const CodeExpression& expression, const Place& place)
{
    if (expression.op == CodeOperator::NAME && expression.text.starts_with("tcpi_") &&
        !IsTcpInfoField(expression.text))
    {
        Note(place, "TCP_INFO field " + expression.text);
    }
    for (const auto& operand : expression.operands)
    {
        Look(operand, place);
    }
}

} // namespace

std::vector<Unsupported>
FindUnsupported(const Script& script)
{
    return Search().Run(script);
}

} // namespace packetdrill
} // namespace tcpfsm
} // namespace ns3
