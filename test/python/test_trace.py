# SPDX-License-Identifier: GPL-2.0-only
"""Traces as data frames."""

import csv

import numpy
import pandas
import pytest
import tcpfsm
from tcpfsm import trace

KINDS = ("transitions", "reactions", "connections")


def texts(frame):
    """The cells as a .csv file has them."""
    ours = frame[[name for name in frame.columns if not name.endswith("seconds")]]
    return [["" if pandas.isna(cell) else str(cell) for cell in row] for row in ours.to_numpy()]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("suffix", [".csv", ".npy"])
def test_frames_have_what_the_file_has(hello, kind, suffix):
    with (hello.folder / f"{kind}.csv").open(encoding="utf-8") as file:
        names, *rows = csv.reader(file)
    frame = tcpfsm.read(hello.folder / f"{kind}{suffix}")
    assert [name for name in frame.columns if not name.endswith("seconds")] == names
    ours = [[{"True": "1", "False": "0"}.get(c, c) for c in row] for row in texts(frame)]
    assert ours == rows
    assert len(rows) >= 3


def test_types(hello):
    frame = hello.transitions
    assert frame["time_ns"].dtype == numpy.int64
    assert frame["seconds"].tolist() == (frame["time_ns"] / 1e9).tolist()
    for name in ("from", "to"):
        assert list(frame[name].cat.categories) == list(trace.STATES)
    for name in ("event", "flags", "reply", "rule", "clause", "local_address", "seq_class"):
        assert isinstance(frame[name].dtype, pandas.CategoricalDtype)
    assert (frame["from"] != frame["to"]).all()
    assert {"SYN", "SYN-ACK", "FIN-ACK", ""} <= set(frame["flags"])


def test_simulation_has_what_the_files_have(hello):
    for kind in KINDS[:2]:
        frame = getattr(hello, kind)
        assert frame.equals(trace.read_npy(hello.folder / f"{kind}.npy"))
    assert len(hello.reactions) > len(hello.transitions)


def test_connections_tell_what_is_unknown(hello):
    frame = trace.read_npy(hello.folder / "connections.npy").set_index("remote_port")
    assert frame.loc[80, "irs"] > 0
    assert frame.loc[81, "irs"] is pandas.NA
    # The SYN is answered a round trip later.
    assert frame.loc[81, "end_seconds"] == pytest.approx(1.21, abs=0.001)


def test_frames_while_the_simulation_goes_on():
    lengths = []
    with tcpfsm.Simulation() as sim:
        assert len(sim.transitions) == 0
        assert "rule" in sim.transitions.columns
        net = sim.pair()
        net[1].listen(80)
        net[0].connect(net[1], 80, at=1)
        sim.at(0.5, lambda: lengths.append(len(sim.transitions)))
        sim.at(1.5, lambda: lengths.append(len(sim.transitions)))
        sim.run()
    # The listener; then both ends of the handshake, two changes each.
    assert lengths == [1, 5]


def test_reactions_can_be_left_out():
    with tcpfsm.Simulation(reactions=False) as sim:
        sim.pair()
        with pytest.raises(RuntimeError, match="not recorded"):
            _ = sim.reactions


@pytest.fixture(scope="module", params=["records", "nothing"])
def folder(request, tmp_path_factory):
    """The files of a simulation that ends while connections are open, and of one without any."""
    folder = tmp_path_factory.mktemp(request.param)
    with tcpfsm.Simulation(seed=5) as sim:
        net = sim.pair()
        for kind in KINDS:
            for suffix in (".csv", ".npy"):
                sim.trace(folder / f"{kind}{suffix}", kind)
        if request.param == "records":
            net[1].listen(80, on_end=lambda s: s.close())
            net[0].connect(net[1], 80, at=1)
            net[0].connect(net[1], 80, at=1).close(at=2)
            net[0].connect(net[1], 81, at=1)
        sim.run(until=5)
    return folder


@pytest.mark.parametrize("kind", KINDS)
def test_formats_give_the_same_frame(folder, tmp_path, kind):
    frame = tcpfsm.read(folder / f"{kind}.npy")
    pandas.testing.assert_frame_equal(tcpfsm.read(folder / f"{kind}.csv"), frame)
    for name in ("trace.csv", "trace.parquet"):
        tcpfsm.write(frame, tmp_path / name)
        pandas.testing.assert_frame_equal(tcpfsm.read(tmp_path / name), frame)
    assert (tmp_path / "trace.csv").read_bytes() == (folder / f"{kind}.csv").read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["trace.csv", "trace.parquet"]


def test_octets_of_open_connections_are_unknown(folder):
    frame = tcpfsm.read(folder / "connections.csv")
    assert frame["octets_sent"].dtype == "Int64"
    still = frame[frame["last_state"] == "ESTABLISHED"]
    assert still["octets_sent"].isna().all()
    assert len(still) == (2 if len(frame) else 0)


def test_what_cannot_be_written_leaves_nothing(hello, tmp_path):
    path = tmp_path / "trace.parquet"
    path.write_text("before")
    odd = hello.transitions.head(2).assign(odd=[1, "two"])
    with pytest.raises(Exception, match="odd"):
        tcpfsm.write(odd, path)
    assert [each.name for each in tmp_path.iterdir()] == ["trace.parquet"]
    assert path.read_text() == "before"
    with pytest.raises(FileNotFoundError, match="there is no folder"):
        tcpfsm.write(hello.transitions, tmp_path / "none" / "trace.csv")


def test_ipv6_addresses():
    with tcpfsm.Simulation() as sim:
        net = sim.pair()
        net[1].listen(80, ipv6=True)
        net[0].connect(net[1], 80, ipv6=True)
        sim.run(until=1)
        ours = sim.transitions[sim.transitions["node"] == 0]
        assert set(ours["local_address"]) == {net[0].ipv6}
        assert set(ours["family"]) == {6}


def damaged(content, name="trace.npy"):
    def make(folder):
        (folder / name).write_bytes(content)
        return folder / name

    return make


def other_array(folder):
    numpy.save(folder / "trace.npy", numpy.zeros(3))
    return folder / "trace.npy"


BAD = [
    (damaged(b""), trace.TraceError, "is no trace"),
    (damaged(b"no array"), trace.TraceError, "is no trace"),
    (damaged(b"a,b\n1,2\n", "trace.csv"), trace.TraceError, "it lacks column time_ns, node"),
    (damaged(b"a,b\n1\n", "trace.csv"), trace.TraceError, "is no trace"),
    (damaged(b"PAR1", "trace.parquet"), trace.TraceError, "is no trace"),
    (damaged(b"\x93NUMPY\x01\x00v"), trace.TraceError, "is damaged"),
    (damaged(b"", "trace.txt"), trace.TraceError, "ends with one of .csv, .npy, .parquet"),
    (other_array, trace.TraceError, "it lacks column time_ns, node"),
    *(
        (lambda folder, name=name: folder / name, FileNotFoundError, rf"^no such file: .*{name}$")
        for name in ("none.npy", "none.csv", "none.parquet")
    ),
]


@pytest.mark.parametrize(("make", "error", "message"), BAD)
def test_what_is_no_trace(tmp_path, make, error, message):
    with pytest.raises(error, match=message):
        tcpfsm.read(make(tmp_path))


DAMAGES = [
    (("time_ns,node", "time,node"), "no trace: it lacks column time_ns"),
    (("\n0,1,", "\nsoon,1,"), "damaged, column time_ns: .*'soon'"),
    (("\n0,1,", "\n,1,"), "damaged, column time_ns: record 1 has no value"),
    ((",LISTEN,", ",OPEN,"), "damaged, column to: 'OPEN' is no state"),
    ((",80,", ",80000,"), "damaged, column local_port: .*'80000'"),
]


@pytest.mark.parametrize(("change", "message"), DAMAGES)
def test_damaged_text_is_named(hello, tmp_path, change, message):
    text = (hello.folder / "transitions.csv").read_text(encoding="utf-8")
    path = tmp_path / "trace.csv"
    path.write_text(text.replace(*change, 1), encoding="utf-8")
    with pytest.raises(trace.TraceError, match=f"trace.csv is {message}"):
        tcpfsm.read(path)


@pytest.mark.parametrize("suffix", [".csv", ".npy"])
def test_cut_files_are_damaged(hello, tmp_path, suffix):
    octets = (hello.folder / f"reactions{suffix}").read_bytes()
    path = tmp_path / f"cut{suffix}"
    path.write_bytes(octets[: len(octets) * 2 // 3])
    with pytest.raises(trace.TraceError, match=rf"cut\{suffix} is damaged"):
        tcpfsm.read(path)


def test_unknown_suffix_to_write(hello):
    with pytest.raises(ValueError, match=r"\.parquet or \.csv"):
        tcpfsm.write(hello.transitions, "trace.npy")
