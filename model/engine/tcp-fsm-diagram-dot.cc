// SPDX-License-Identifier: GPL-2.0-only

// The diagram in Graphviz's language. Graphviz cannot be brought to lay it out as the figure of
// RFC 9293 does, so every position is given; the rows of the table decide what is drawn.

#include "tcp-fsm-diagram.h"

#include <algorithm>
#include <cmath>
#include <iomanip>
#include <sstream>

namespace ns3
{
namespace tcpfsm
{

namespace
{

/// A position in points of 1/72 inch; y grows upwards.
struct Position
{
    double x; //!< from the left
    double y; //!< from the bottom
};

/// The box of a state.
struct Box
{
    Position centre;   //!< where it is
    double width{130}; //!< in points
    double height{36}; //!< in points
};

/// The way of a transition: straight lines from point to point.
struct Way
{
    State from;                 //!< where it starts
    State to;                   //!< where it ends
    bool arrow;                 //!< it is an arrow of the diagram
    Position label;             //!< centre of its text
    std::vector<Position> line; //!< from box to box
};

/// Size of the drawing.
constexpr Position PAGE{1200, 890};

/// @return the box of a state: the figure's places, but CLOSED once, as wide as the page
Box
BoxOf(State state)
{
    switch (state)
    {
    case State::CLOSED:
        return {{600, 860}, 1190, 36};
    case State::LISTEN:
        return {{480, 740}, 160, 36};
    case State::SYN_RCVD:
        return {{230, 600}};
    case State::SYN_SENT:
        return {{760, 600}};
    case State::ESTABLISHED:
        return {{480, 460}};
    case State::FIN_WAIT_1:
        return {{230, 320}};
    case State::CLOSE_WAIT:
        return {{760, 320}};
    case State::FIN_WAIT_2:
        return {{230, 160}};
    case State::CLOSING:
        return {{480, 160}};
    case State::LAST_ACK:
        return {{760, 160}};
    case State::TIME_WAIT:
        return {{480, 20}};
    }
    return {};
}

/// @return the ways that were laid out by hand
const std::vector<Way>&
Ways()
{
    using enum State;
    // What ends a connection rises to CLOSED on the left at x = 60, on the right at x = 925.
    static const std::vector<Way> WAYS = {
        {CLOSED, LISTEN, true, {376, 800}, {{425, 842}, {425, 758}}},
        {LISTEN, CLOSED, true, {508, 800}, {{470, 758}, {470, 842}}},
        {LISTEN, CLOSED, false, {574, 800}, {{552, 758}, {552, 842}}},
        {CLOSED, SYN_SENT, true, {836, 740}, {{790, 842}, {790, 618}}},
        {SYN_SENT, CLOSED, true, {692, 800}, {{730, 618}, {730, 842}}},
        {SYN_SENT, CLOSED, false, {873, 626}, {{825, 600}, {925, 600}, {925, 842}}},
        {LISTEN, SYN_RCVD, true, {300, 675}, {{425, 722}, {265, 618}}},
        {SYN_RCVD, LISTEN, true, {300, 717}, {{210, 618}, {210, 734}, {400, 734}}},
        {SYN_RCVD, LISTEN, false, {290, 772}, {{185, 618}, {185, 750}, {400, 750}}},
        {LISTEN, SYN_SENT, true, {645, 692}, {{530, 722}, {705, 618}}},
        {LISTEN, SYN_SENT, false, {636, 753}, {{560, 740}, {712, 740}, {712, 618}}},
        {SYN_SENT, SYN_RCVD, true, {480, 629}, {{695, 606}, {295, 606}}},
        {SYN_RCVD, ESTABLISHED, true, {408, 545}, {{260, 582}, {440, 478}}},
        {SYN_SENT, ESTABLISHED, true, {675, 520}, {{710, 582}, {520, 478}}},
        {SYN_RCVD, CLOSED, false, {112, 637}, {{165, 606}, {60, 606}, {60, 842}}},
        {SYN_RCVD, TIME_WAIT, false, {250, 37}, {{165, 594}, {30, 594}, {30, 26}, {415, 26}}},
        {TIME_WAIT, SYN_RCVD, false, {250, 4}, {{415, 14}, {10, 14}, {10, 586}, {165, 586}}},
        {SYN_RCVD, FIN_WAIT_1, true, {246, 460}, {{210, 582}, {210, 338}}},
        {ESTABLISHED, FIN_WAIT_1, true, {412, 385}, {{440, 442}, {290, 338}}},
        {ESTABLISHED, CLOSE_WAIT, true, {658, 400}, {{520, 442}, {700, 338}}},
        {ESTABLISHED, CLOSED, false, {820, 476}, {{545, 460}, {925, 460}, {925, 842}}},
        {FIN_WAIT_1, FIN_WAIT_2, true, {156, 240}, {{210, 302}, {210, 178}}},
        {FIN_WAIT_1, CLOSING, true, {405, 250}, {{270, 302}, {445, 178}}},
        {FIN_WAIT_1, TIME_WAIT, true, {428, 105}, {{245, 302}, {350, 130}, {440, 38}}},
        {FIN_WAIT_1, CLOSED, false, {112, 357}, {{165, 328}, {60, 328}, {60, 842}}},
        {CLOSE_WAIT, LAST_ACK, true, {796, 240}, {{760, 302}, {760, 178}}},
        {CLOSE_WAIT, CLOSED, false, {873, 349}, {{825, 320}, {925, 320}, {925, 842}}},
        {FIN_WAIT_2, TIME_WAIT, true, {262, 75}, {{230, 142}, {420, 38}}},
        {FIN_WAIT_2, CLOSED, false, {112, 190}, {{165, 160}, {60, 160}, {60, 842}}},
        {CLOSING, TIME_WAIT, true, {535, 80}, {{480, 142}, {480, 38}}},
        {CLOSING,
         CLOSED,
         false,
         {740, 103},
         {{545, 160}, {610, 160}, {610, 92}, {925, 92}, {925, 842}}},
        {LAST_ACK, CLOSED, true, {1037, 460}, {{825, 152}, {985, 152}, {985, 842}}},
        {LAST_ACK, CLOSED, false, {873, 195}, {{825, 168}, {925, 168}, {925, 842}}},
        {TIME_WAIT, CLOSED, true, {1148, 460}, {{545, 14}, {1095, 14}, {1095, 842}}},
        {TIME_WAIT, CLOSED, false, {740, 37}, {{545, 26}, {925, 26}, {925, 842}}},
    };
    return WAYS;
}

/// @return the point where the line from a box's centre to a target leaves the box
Position
BorderOf(const Box& box, Position target)
{
    const double dx = target.x - box.centre.x;
    const double dy = target.y - box.centre.y;
    const double scale = std::min(dx == 0 ? 1e9 : box.width / 2 / std::abs(dx),
                                  dy == 0 ? 1e9 : box.height / 2 / std::abs(dy));
    return {box.centre.x + dx * scale, box.centre.y + dy * scale};
}

/// @return the way of a transition: laid out by hand, else straight
Way
WayOf(const Transition& t)
{
    for (const Way& way : Ways())
    {
        if (way.from == t.from && way.to == t.to && way.arrow == (t.arrow > 0))
        {
            return way;
        }
    }
    const Position a = BorderOf(BoxOf(t.from), BoxOf(t.to).centre);
    const Position b = BorderOf(BoxOf(t.to), BoxOf(t.from).centre);
    return {t.from, t.to, t.arrow > 0, {(a.x + b.x) / 2, (a.y + b.y) / 2}, {a, b}};
}

/// Writes a position as Graphviz does.
std::ostream&
operator<<(std::ostream& os, Position p)
{
    return os << p.x << "," << p.y;
}

/// Writes a line as the splines of Graphviz, the tip of the arrow first.
void
WriteLine(std::ostream& os, std::vector<Position> line)
{
    constexpr double HEAD = 9;
    const Position tip = line.back();
    const Position before = line[line.size() - 2];
    const double length = std::hypot(tip.x - before.x, tip.y - before.y);
    line.back() = {tip.x - (tip.x - before.x) * HEAD / length,
                   tip.y - (tip.y - before.y) * HEAD / length};
    os << "e," << tip << " " << line[0];
    for (std::size_t i = 1; i < line.size(); ++i)
    {
        const Position a = line[i - 1];
        const Position b = line[i];
        os << " " << Position{(2 * a.x + b.x) / 3, (2 * a.y + b.y) / 3} << " "
           << Position{(a.x + 2 * b.x) / 3, (a.y + 2 * b.y) / 3} << " " << b;
    }
}

/// @return a list broken into lines of about the given length
std::string
Broken(const std::string& list, std::size_t width)
{
    std::string text;
    std::size_t start = 0;
    for (std::size_t i = 0; i < list.size(); ++i)
    {
        const std::size_t end = std::min(list.find(", ", i + 1), list.size());
        if (list[i] == ' ' && i > 0 && list[i - 1] == ',' && end - start > width)
        {
            text.append("\\n");
            start = i + 1;
        }
        else
        {
            text.push_back(list[i]);
        }
    }
    return text;
}

/// @return the text at a transition
std::string
LabelOf(const Transition& t, const DiagramOptions& options)
{
    // Beside a vertical line there is little room, along a horizontal one there is much.
    const bool wide = t.arrow == 0 && (t.from == State::TIME_WAIT || t.to == State::TIME_WAIT ||
                                       t.from == State::CLOSING || t.from == State::ESTABLISHED);
    std::string label;
    if (t.arrow > 0)
    {
        const std::string_view action = ArrowAction(t.arrow);
        label = std::to_string(t.arrow) + ": " + CausesOf(t);
        label.append(action.empty() ? "" : "\\n").append(action);
    }
    else
    {
        label = wide ? CausesOf(t) : Broken(CausesOf(t), 20);
    }
    if (options.counts)
    {
        label.append(wide ? " " : "\\n").append("\u00d7 ");
        label.append(std::to_string(options.counts->Get(t)));
    }
    return label;
}

/// @return the colours of a transition
std::string_view
StyleOf(const Transition& t, bool grey)
{
    if (t.arrow == 0)
    {
        return grey ? "style=dashed, color=\"#d8d8d8\", fontcolor=\"#b0b0b0\", fontsize=8"
                    : "style=dashed, color=\"#8fa8c8\", fontcolor=\"#4f6888\", fontsize=8";
    }
    return grey ? "color=\"#c0c0c0\", fontcolor=\"#a0a0a0\"" : "penwidth=1.3";
}

} // namespace

std::string
ToDot(const DiagramOptions& options)
{
    std::ostringstream os;
    os << std::fixed << std::setprecision(1);
    os << "digraph tcp {\n"
       << "  graph [layout=nop2, bb=\"0,0," << PAGE << "\"];\n"
       << "  node [shape=box, style=\"rounded,filled\", fillcolor=\"#eef3fa\", fixedsize=true,"
       << " fontname=\"Helvetica\"];\n"
       << "  edge [fontname=\"Helvetica\", fontsize=10, arrowsize=0.9];\n";
    for (std::size_t i = 0; i < SIZE<State>; ++i)
    {
        const State state = static_cast<State>(i);
        const Box box = BoxOf(state);
        constexpr double POINTS_PER_INCH = 72;
        os << "  \"" << ToString(state) << "\" [pos=\"" << box.centre
           << "\", width=" << std::setprecision(3) << box.width / POINTS_PER_INCH
           << ", height=" << box.height / POINTS_PER_INCH << std::setprecision(1) << "];\n";
    }
    for (const Transition& t : Transitions())
    {
        if (t.arrow == 0 && !options.others)
        {
            continue;
        }
        const bool grey = options.counts && options.counts->Get(t) == 0;
        const Way way = WayOf(t);
        os << "  \"" << ToString(t.from) << "\" -> \"" << ToString(t.to) << "\" [label=\""
           << LabelOf(t, options) << "\", lp=\"" << way.label << "\", pos=\"";
        WriteLine(os, way.line);
        os << "\", " << StyleOf(t, grey) << "];\n";
    }
    os << "}\n";
    return os.str();
}

} // namespace tcpfsm
} // namespace ns3
