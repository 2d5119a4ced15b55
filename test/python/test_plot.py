# SPDX-License-Identifier: GPL-2.0-only
"""Plots: what is drawn, in which formats, and what is refused."""

import csv

import numpy
import pandas
import pytest
import tcpfsm
from conftest import TOP
from matplotlib.figure import Figure
from tcpfsm import plot
from tcpfsm.plot.diagram import ARROWS

OF_TRANSITIONS = [plot.timeline, plot.occupancy, plot.durations, plot.diagram]


def texts(ax):
    """All that is written in a figure."""
    ax.figure.canvas.draw()
    return [each.get_text() for each in ax.figure.findobj(match=lambda a: hasattr(a, "get_text"))]


def bands(ax):
    """Number of bands of a timeline."""
    return sum(len(each.get_paths()) for each in ax.collections)


def marks(ax):
    """What the legend lists."""
    return [text.get_text() for text in ax.get_legend().get_texts()]


def overlaps(ax):
    """Pairs of texts of the axes that lie upon each other, and texts that are cut."""
    ax.figure.canvas.draw()
    shown = [each for each in ax.texts if each.get_text().strip()]
    # The title, which some have at the left, and the legend.
    shown += [each for each in (ax._left_title,) if each.get_text()]
    boxes = [each.get_window_extent() for each in shown]
    if ax.get_legend():
        boxes.append(ax.get_legend().get_window_extent())
        shown.append(ax.get_legend().get_texts()[0])
    whole = ax.figure.bbox
    found = [
        each.get_text()
        for each, box in zip(shown, boxes)
        if box.x0 < 0 or box.y0 < 0 or box.x1 > whole.x1 or box.y1 > whole.y1
    ]
    for i, one in enumerate(boxes):
        for j in range(i):
            if one.overlaps(boxes[j]):
                found.append((shown[j].get_text(), shown[i].get_text()))
    return found


@pytest.fixture(scope="module")
def cells():
    """A status table: what is expected, for both; of the other one, all in LISTEN is wrong."""
    with (TOP / "test" / "conformance" / "expected.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    frame = pandas.DataFrame(rows).assign(family="ipv4", stack="fsm", verdict="right")
    other = frame.assign(stack="stock")
    wrong = other["state"] == "LISTEN"
    other.loc[wrong, "verdict"] = "wrong"
    other.loc[wrong, "next"] = "crash"
    return pandas.concat([frame, other], ignore_index=True)


def window(until=2.0):
    """A frame of variables from 1 s on."""
    times = [1.0, until]
    values = {"variable": "CongestionWindow", "value": [5.0, 7.0], "unit": "octets"}
    return pandas.DataFrame({"seconds": times, **values})


def opened():
    """A connection that goes on."""
    return lives((0.5, 0, 1, "CLOSED", "SYN-SENT"), (1.5, 0, 1, "SYN-SENT", "ESTABLISHED"))


def attacked():
    """Reactions to a reset that is near the right number (RFC 5961 3.2)."""
    with tcpfsm.Simulation() as sim:
        net = sim.star(3)
        net[1].listen(80)
        client = net[0].connect(net[1], 80, source_port=5000)
        claimed = {"source": net[0].ipv4, "source_port": 5000, "destination": net[1].ipv4}

        def reset():
            net[2].forge("RST", **claimed, port=80, seq=client.status()["snd_nxt"] + 100)

        sim.at(1, reset)
        sim.run(until=2)
    return sim.reactions


def drawings(hello, cells):
    yield from (draw(hello.transitions) for draw in OF_TRANSITIONS)
    yield plot.timeline(hello.transitions, title="A title as long as the bands below it are wide")
    yield from (
        draw(hello.transitions, title="A title") for draw in (plot.occupancy, plot.durations)
    )
    yield plot.variables(window(), transitions=opened(), title="A title")
    yield plot.ladder(hello.reactions)
    yield plot.ladder(hello.reactions, since=1.5)
    yield plot.ladder(attacked())
    yield from (plot.status_table(cells, show=show) for show in ("fsm", "stock", "differences"))


def test_texts_are_neither_cut_nor_upon_each_other(hello, cells):
    for ax in drawings(hello, cells):
        assert overlaps(ax) == []


def test_given_axes_are_drawn_on(hello):
    for draw in (*OF_TRANSITIONS, plot.ladder):
        ax = Figure().subplots()
        frame = hello.reactions if draw is plot.ladder else hello.transitions
        assert draw(frame, ax) is ax
        assert ax.has_data() or ax.texts or ax.patches


@pytest.mark.parametrize(
    ("suffix", "magic"),
    [
        (".svg", b"<?xml"),
        (".pdf", b"%PDF"),
        (".png", b"\x89PNG"),
    ],
)
def test_formats_and_same_bytes(hello, tmp_path, suffix, magic):
    contents = set()
    for number in range(2):
        path = tmp_path / f"{number}{suffix}"
        plot.save(plot.timeline(hello.transitions), path)
        contents.add(path.read_bytes())
    assert len(contents) == 1
    assert contents.pop().startswith(magic)


def test_timeline_has_a_band_for_each_connection(hello):
    ax = plot.timeline(hello.transitions)
    labels = [label.get_text() for label in ax.get_yticklabels()]
    # The listener, its connection, the one that calls it, and the one that is refused.
    assert len(labels) == 4
    assert "node 1: 80, listener" in labels
    linear = plot.timeline(hello.transitions, scale="linear", until=3)
    assert linear.get_xlim() == (0, 3)
    # Reactions have more records, but no more bands: those that change no state are not drawn.
    assert bands(plot.timeline(hello.reactions)) == bands(ax)


def lives(*changes):
    """A frame of transitions."""
    return pandas.DataFrame(changes, columns=["seconds", "node", "connection", "from", "to"])


def test_timeline_of_many_is_a_page(tmp_path):
    states = ("CLOSED", "SYN-SENT", "ESTABLISHED", "CLOSED")
    changes = lives(
        *((i + j, 0, i, *states[j : j + 2]) for i in range(2000) for j in range(len(states) - 1))
    )
    ax = plot.timeline(changes)
    assert bands(ax) == 4000
    # One drawing for each state rather than for each band.
    assert len(ax.collections) <= 4
    assert ax.figure.get_size_inches().max() <= 10
    assert len(ax.get_yticks()) == 0
    assert ax.get_ylabel() == "2000 connections"
    plot.save(ax, tmp_path / "many.png")


def test_states_without_width_are_not_listed():
    changes = lives(
        (0.0, 0, 1, "CLOSED", "SYN-SENT"),
        (1.0, 0, 1, "SYN-SENT", "ESTABLISHED"),
        (2.0, 0, 1, "ESTABLISHED", "CLOSE-WAIT"),
        (2.0, 0, 1, "CLOSE-WAIT", "LAST-ACK"),
        (3.0, 0, 1, "LAST-ACK", "CLOSED"),
    )
    for draw in (plot.timeline, plot.occupancy):
        assert marks(draw(changes)) == ["SYN-SENT", "ESTABLISHED", "LAST-ACK"]


def test_narrow_bands_show_their_colour():
    changes = lives(
        (0.0, 0, 1, "CLOSED", "SYN-SENT"),
        (0.001, 0, 1, "SYN-SENT", "ESTABLISHED"),
        (10.0, 0, 1, "ESTABLISHED", "CLOSED"),
    )
    narrow, wide = plot.timeline(changes, scale="linear").collections
    assert (narrow.get_edgecolor() == narrow.get_facecolor()).all()
    assert not (wide.get_edgecolor() == wide.get_facecolor()).all()


def test_time_in_steps():
    changes = lives(
        (0.0, 0, 1, "CLOSED", "SYN-SENT"),
        (0.001, 0, 1, "SYN-SENT", "TIME-WAIT"),
        (240.0, 0, 1, "TIME-WAIT", "CLOSED"),
    )
    for draw in (plot.timeline, plot.occupancy):
        ax = draw(changes, scale="steps")
        assert ax.get_xlim() == (0, 2)
        assert [text.get_text() for text in ax.get_xticklabels()] == ["0", "0.001", "240"]
        assert draw(changes, scale="linear").get_xlim() == (0, 240)


def test_figures_of_some_rows(hello, tmp_path):
    first, second = plot.figure(2, 6, 5, sharex=True)
    plot.timeline(hello.transitions, first, scale="linear", until=3)
    plot.occupancy(hello.transitions, second, scale="linear", until=2)
    assert first.get_xlim() == second.get_xlim()
    # Neither cuts what the other shows, and the lowest names the axis for both.
    assert first.get_xlim() == (0, 3)
    assert (first.get_xlabel(), second.get_xlabel()) == ("", "simulated time, s")
    assert tuple(first.figure.get_size_inches()) == (6, 5)
    plot.save(second, tmp_path / "both.png")


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_shared_axes_show_all(order):
    axes = plot.figure(3, sharex=True)
    draw = [
        lambda ax: plot.variables(window(), ax, transitions=opened()),
        lambda ax: plot.variables(window(until=7.0), ax, transitions=opened()),
        lambda ax: plot.timeline(opened(), ax, until=3, scale="linear"),
    ]
    for place in order:
        draw[place](axes[place])
    assert [ax.get_xlim() for ax in axes] == [(0.5, 7)] * 3
    assert [ax.get_xlabel() for ax in axes] == ["", "", "simulated time, s"]


def test_what_is_too_large_leaves_nothing(hello, tmp_path):
    (ax,) = plot.figure(1, 6, 1000)
    plot.timeline(hello.transitions, ax)
    with pytest.raises(ValueError, match=r"large\.png: .* draw less of it"):
        plot.save(ax, tmp_path / "large.png")
    assert not list(tmp_path.iterdir())


def test_occupancy_counts(hello):
    ax = plot.occupancy(hello.transitions, until=1.5)
    top = max(path.vertices[:, 1].max() for area in ax.collections for path in area.get_paths())
    # Both ends of the connection, and for a moment the one that is refused.
    assert top == 3


def test_durations_are_those_between_changes():
    changes = pandas.DataFrame(
        [
            (0.0, 0, 1, "CLOSED", "SYN-SENT"),
            (2.0, 0, 1, "SYN-SENT", "ESTABLISHED"),
            (2.0, 0, 2, "CLOSED", "SYN-SENT"),
            (7.0, 0, 1, "ESTABLISHED", "CLOSED"),
        ],
        columns=["seconds", "node", "connection", "from", "to"],
    )
    lives = tcpfsm.periods(changes)
    assert lives.drop(columns=["node"]).to_numpy().tolist() == [
        [1, "SYN-SENT", 0.0, 2.0, False],
        [1, "ESTABLISHED", 2.0, 7.0, False],
        [2, "SYN-SENT", 2.0, 7.0, True],
    ]
    assert "SYN-SENT (1)" in texts(plot.durations(changes))
    # In the order of a connection's life.
    means = lives.groupby("state", observed=True)["end"].count()
    assert means.to_dict() == {"SYN-SENT": 2, "ESTABLISHED": 1}
    assert list(means.index) == ["SYN-SENT", "ESTABLISHED"]
    assert tcpfsm.periods(changes, until=1)["end"].tolist() == [1.0]
    assert tcpfsm.periods(changes.head(0)).empty
    with pytest.raises(ValueError, match="the frame lacks seconds, node"):
        tcpfsm.periods(pandas.DataFrame())
    with pytest.raises(TypeError, match="NoneType is no data frame: give sim"):
        tcpfsm.periods(None)


def test_durations_within_a_decade_are_written_alike():
    changes = lives(
        (0.0, 0, 1, "CLOSED", "SYN-SENT"),
        (0.006, 0, 1, "SYN-SENT", "ESTABLISHED"),
        (0.015, 0, 1, "ESTABLISHED", "CLOSED"),
    )
    ax = plot.durations(changes)
    ax.figure.canvas.draw()
    labels = {text.get_text() for text in ax.get_xticklabels(which="both")} - {""}
    assert {"6 ms", "10 ms"} <= labels
    assert all(label.endswith(("µs", "ms", "s")) for label in labels)


def test_diagram_counts_its_arrows(hello):
    assert len({(arrow.start, arrow.end) for arrow in ARROWS}) == 21
    ax = plot.diagram(hello.transitions)
    numbers = [text for text in texts(ax) if text.isdigit()]
    changes = hello.transitions
    known = {(arrow.start, arrow.end.strip()) for arrow in ARROWS}
    assert sum(map(int, numbers)) == sum(
        pair in known for pair in zip(changes["from"], changes["to"])
    )
    reset = changes.assign(to="CLOSED")[changes["from"] == "ESTABLISHED"]
    assert any("ESTABLISHED → CLOSED: 2" in text for text in texts(plot.diagram(reset)))


def test_ladder_has_segments_and_states_of_both_ends(hello):
    written = texts(plot.ladder(hello.reactions))
    for text in ("SYN  seq 0", "SYN-ACK  seq 0  ack 1", "active OPEN", "TIME-WAIT", "LAST-ACK"):
        assert text in written
    assert written.count("ESTABLISHED") == 2
    refused = hello.reactions[hello.reactions["remote_port"] == 81].iloc[0]
    chosen = plot.ladder(hello.reactions, node=0, connection=refused["connection"])
    assert any("RST-ACK" in text for text in texts(chosen))


def test_ladder_of_a_closed_port_has_relative_numbers(hello):
    refused = hello.reactions[hello.reactions["remote_port"] == 81].iloc[0]
    written = texts(plot.ladder(hello.reactions, node=0, connection=refused["connection"]))
    assert "SYN  seq 0" in written


def test_ladder_of_ipv6():
    with tcpfsm.Simulation() as sim:
        net = sim.pair()
        net[1].listen(80, ipv6=True)
        net[0].connect(net[1], 80, ipv6=True)
        sim.run(until=1)
        assert f"[{net[1].ipv6}]:80 " in str(net[0].connections())
    assert f"node 1\n[{net[1].ipv6}]:80" in texts(plot.ladder(sim.reactions))


def test_ladder_of_a_part():
    with tcpfsm.Simulation() as sim:
        net = sim.pair()
        net[1].listen(80)
        net[0].connect(net[1], 80).send(500_000, at=1)
        sim.run(until=10)
    with pytest.raises(ValueError, match=r"rows are too many to read: .* by since and until"):
        plot.ladder(sim.reactions)
    written = texts(plot.ladder(sim.reactions, until=0.9))
    assert written.count("ESTABLISHED") == 2
    # The states that both were in until then.
    part = plot.ladder(sim.reactions, since=0.9, until=1.05)
    assert texts(part).count("ESTABLISHED") == 2
    assert overlaps(part) == []


def test_ladder_tells_challenges():
    written = texts(plot.ladder(attacked()))
    assert written.count("answers: challenge ACK") == 1
    assert "RST  seq 101" in written


def test_status_table_counts(cells):
    ours = texts(plot.status_table(cells))
    assert not any(text.startswith("0 of") for text in ours)
    theirs = texts(plot.status_table(cells, show="stock"))
    assert sum(text.startswith("0 of") and "→ crash" in text for text in theirs) == 8
    differences = texts(plot.status_table(cells, show="differences"))
    assert differences.count("=") == 80


def test_variables_and_states():
    with tcpfsm.Simulation() as sim:
        net = sim.pair()
        net[1].listen(80, on_end=lambda s: s.close())
        client = net[0].connect(net[1], 80)
        series = client.follow("CongestionWindow", "RTT", "LastRTT")
        client.send(100000, at=1)
        client.close(at=1)
        with pytest.raises(ValueError, match="no variable Speed"):
            client.follow("Speed")
        sim.run(until=10)
        frame = series.frame()
    window = frame[frame["variable"] == "CongestionWindow"]["value"]
    assert window.is_monotonic_increasing
    assert len(window) > 10
    # Twice the delay of the link, and at most what a queue adds.
    assert frame[frame["variable"] == "RTT"]["value"].between(0.010, 0.1).all()
    # The window's line begins where it was followed, though it changes later.
    assert frame.iloc[0][["seconds", "variable"]].tolist() == [0, "CongestionWindow"]
    assert set(zip(frame["variable"], frame["unit"])) == {
        ("CongestionWindow", "octets"),
        ("RTT", "s"),
        ("LastRTT", "s"),
    }
    with pytest.raises(ValueError, match="choose one connection by node and connection: there are"):
        plot.variables(frame, transitions=sim.transitions)
    with pytest.raises(ValueError, match="there are none"):
        plot.variables(frame, transitions=sim.transitions, node=7)
    changes = sim.transitions[sim.transitions["node"] == 0]
    early = frame[frame["seconds"] < 1]
    written = texts(plot.variables(early, transitions=changes, node=0))
    assert not {"TIME-WAIT", "FIN-WAIT-1"} & set(written)
    written = texts(plot.variables(frame, transitions=sim.transitions, node=0, connection=1))
    assert {"CongestionWindow, octets", "RTT, ms", "LastRTT, ms", "ESTABLISHED"} <= set(written)


def test_variables_until_the_end():
    ax = plot.variables(window(), transitions=opened())
    # The state that the connection is still in, as far as the values go.
    assert marks(ax) == ["CongestionWindow, octets", "SYN-SENT", "ESTABLISHED"]
    assert [(band.get_x(), band.get_width()) for band in ax.patches] == [(1, 0.5), (1.5, 0.5)]
    later = plot.variables(window(), transitions=opened(), until=4)
    assert later.get_xlim() == (1, 4)
    assert later.patches[-1].get_width() == 2.5
    assert later.get_lines()[0].get_xdata()[-1] == 4
    assert marks(plot.variables(window(), transitions=opened(), until=1.2))[1:] == ["SYN-SENT"]
    with pytest.raises(ValueError, match="from 1 s on: give a later until"):
        plot.variables(window(), until=0.5)


def test_infinite_values_are_gaps():
    frame = pandas.DataFrame(
        {
            "seconds": [0.0, 1.0, 2.0],
            "variable": "SlowStartThreshold",
            "value": [5.0, float((1 << 32) - 1), 7.0],
            "unit": "octets",
        }
    )
    (line,) = plot.variables(frame).get_lines()
    assert numpy.isnan(line.get_ydata()).tolist() == [False, True, False, False]


NO_FRAMES = [
    (None, "NoneType is no data frame"),
    ({"node": [1]}, "dict is no data frame: give sim.transitions"),
    (tcpfsm.Simulation(), "Simulation is no data frame: give sim.transitions"),
]


@pytest.mark.parametrize(("frame", "message"), NO_FRAMES)
def test_what_is_no_frame(frame, message):
    for draw in (*OF_TRANSITIONS, plot.ladder):
        with pytest.raises(TypeError, match=message):
            draw(frame)
    with pytest.raises(TypeError, match=r"is no data frame: give what Socket\.follow"):
        plot.variables(frame)
    with pytest.raises(TypeError, match=r"is no data frame: give tcpfsm\.table"):
        plot.status_table(frame)


def test_only_axes_can_be_saved(tmp_path):
    for what in (1, plot.figure(2)):
        with pytest.raises(TypeError, match="is no Axes: give what a plot has returned"):
            plot.save(what, tmp_path / "a.png")
    assert not list(tmp_path.iterdir())


BAD = [
    (lambda hello, _cells: plot.timeline(hello.transitions, until=-1), "give a later until"),
    (lambda hello, _cells: plot.occupancy(hello.transitions, until=0.5), "nothing to count"),
    (lambda hello, _cells: plot.timeline(hello.transitions.head(1)), "are at 0 s: give until"),
    (lambda hello, _cells: plot.ladder(hello.reactions, connection=9), "no connection 9 in the"),
    (lambda hello, _cells: plot.ladder(hello.reactions, until=0.5), "give another since or until"),
    (lambda hello, _cells: plot.timeline(hello.transitions, scale="log"), "scale is 'log'"),
    (lambda hello, _cells: plot.timeline(hello.transitions.head(0)), "has no rows"),
    (lambda hello, _cells: plot.timeline(hello.transitions[["node"]]), "the frame lacks seconds"),
    (lambda hello, _cells: plot.ladder(hello.reactions, node=7), "no connection of node 7"),
    (lambda hello, _cells: plot.ladder(hello.transitions), "changes of state alone.* give sim.rea"),
    (lambda hello, _cells: plot.variables(hello.transitions), "holds no variables"),
    (lambda hello, _cells: plot.status_table(hello.transitions), "no status table"),
    (lambda _hello, cells: plot.status_table(cells, show="all"), "give one of fsm, stock"),
    (
        lambda _hello, cells: plot.status_table(cells[cells["stack"] == "fsm"], show="stock"),
        "the table lacks stock: fill it for stack='both'",
    ),
    (
        lambda hello, _cells: tcpfsm.table.read(hello.folder / "reactions.npy"),
        "reactions.npy is no status table",
    ),
    (lambda hello, _cells: plot.save(plot.diagram(hello.transitions), "a.gif"), "ends with one of"),
]


@pytest.mark.parametrize(("call", "message"), BAD)
def test_what_cannot_be_drawn(hello, cells, call, message):
    with pytest.raises(ValueError, match=message):
        call(hello, cells)
