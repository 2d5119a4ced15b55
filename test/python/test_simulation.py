# SPDX-License-Identifier: GPL-2.0-only
"""Simulations: events, errors, interruption, repetition."""

import gc
import signal
import tempfile

import numpy
import pytest
import tcpfsm
from tcpfsm import _quantity


def test_events_come_in_their_order():
    seen = []
    with tcpfsm.Simulation() as sim:
        sim.at(2, lambda: seen.append(sim.now))
        sim.at(1, lambda: sim.at(1.5, lambda: seen.append(sim.now)))
        cancelled = sim.at(1.2, lambda: seen.append("cancelled"))
        cancelled.cancel()
        sim.run()
    assert seen == [1.5, 2.0]


def test_run_goes_on_where_it_stopped():
    seen = []
    with tcpfsm.Simulation() as sim:
        for time in (1, 2, 3):
            sim.at(time, lambda time=time: seen.append(time))
        sim.run(until=1.5)
        assert (seen, sim.now) == ([1], 1.5)
        sim.at(2.5, sim.stop)
        sim.run()
        assert (seen, sim.now) == ([1, 2], 2.5)
        sim.run(until=10)
        assert (seen, sim.now) == ([1, 2, 3], 10)


def test_exceptions_come_out_of_run_with_their_traceback():
    def fails():
        raise KeyError("of the callback")

    with tcpfsm.Simulation() as sim:
        sim.at(1, fails)
        sim.at(2, pytest.fail)
        with pytest.raises(KeyError, match="of the callback") as caught:
            sim.run()
        assert caught.traceback[-1].name == "fails"
        assert sim.now == 1


def test_exceptions_of_a_sockets_callback_come_out_of_run():
    def on_data(_socket, data):
        raise ValueError(data.decode())

    with tcpfsm.Simulation() as sim:
        net = sim.pair()
        net[1].listen(80, on_data=on_data)
        net[0].connect(net[1], 80).send(b"unwanted", at=1)
        with pytest.raises(ValueError, match="unwanted") as caught:
            sim.run(until=5)
        assert caught.traceback[-1].name == "on_data"
        assert 1 < sim.now < 1.1
        # TCP goes on as if nothing had happened.
        sim.run(until=5)
        assert net[0].connections()[0].state == "ESTABLISHED"


def test_news_of_the_event_that_failed_are_told_when_the_run_goes_on():
    told = []

    def fails_once(_socket, data):
        told.append(data)
        if len(told) == 1:
            raise KeyError("of the callback")

    def answer(socket):
        socket.send(b"bye")
        socket.close()

    with tcpfsm.Simulation() as sim:
        net = sim.pair()
        net[1].listen(80, on_accept=answer)
        # The end of what is sent comes in the segment of the octets, and thus in one event.
        net[0].connect(net[1], 80, on_data=fails_once, on_end=lambda s: told.append("end"))
        with pytest.raises(KeyError):
            sim.run(until=5)
        assert told == [b"bye"]
        sim.run(until=5)
        assert told == [b"bye", "end"]


def test_interrupt_stops_the_run(python):
    path = python.folder / "script.py"
    path.write_text(
        """
import signal
import tcpfsm
signal.signal(signal.SIGINT, signal.default_int_handler)  # it may have been started without
with tcpfsm.Simulation() as sim:
    net = sim.pair(rate="1Gbps")
    net[1].sink(80)
    net[0].bulk_send(net[1], 80)  # events of ns-3 alone, without end
    sim.at(0.1, lambda: print("runs", flush=True))
    try:
        sim.run()
    except KeyboardInterrupt:
        print("stopped", sim.now >= 0.1, len(sim.transitions) > 0)
    sim.run(until=sim.now + 0.1)
    print("goes on")
"""
    )
    process = python.start(str(path))
    assert process.stdout.readline() == "runs\n"
    process.send_signal(signal.SIGINT)
    output, errors = process.communicate(timeout=60)
    assert (process.returncode, output) == (0, "stopped True True\ngoes on\n"), errors


def simulate(seed, run=1):
    with tcpfsm.Simulation(seed=seed, run=run) as sim:
        net = sim.pair(loss=0.2)
        net.drop("data", probability=0.2)
        net[1].listen(80, on_end=lambda s: s.close())
        client = net[0].connect(net[1], 80)
        client.send(20000, at=1)
        client.close(at=2)
        sim.run(until=500)
    return sim.reactions


def test_same_seed_same_records():
    first = simulate(1)
    assert len(first) > 20
    assert first.equals(simulate(1))
    assert not first.equals(simulate(2))
    assert not first.equals(simulate(1, run=2))


def test_after_the_block_calls_raise_and_what_is_known_stays():
    with tcpfsm.Simulation() as sim:
        net = sim.pair()
        dropped = net.drop(first="SYN")
        net.drop(first="FIN")
        client = net[0].connect(net[1], 80)
        application = net[0].bulk_send(net[1], 80, octets=1)
        sim.run(until=5)
    assert (sim.now, net.filtered(dropped), net.unused_rules()) == (5, 1, ["drop 1st FIN"])
    for call in (
        sim.pair,
        sim.run,
        sim.stop,
        net[1].connections,
        client.close,
        client.follow,
        application.follow,
        lambda: sim.at(6, print),
        lambda: net.drop(first="SYN"),
        lambda: net[0].listen(80),
        lambda: net[0].connect(net[1], 80),
        lambda: net[0].connect("10.0.0.2", 80),
        lambda: net[1].sink(80),
        lambda: net[0].bulk_send("10.0.0.2", 80),
        lambda: net[0].node,
        lambda: net.topology,
    ):
        with pytest.raises(RuntimeError, match="simulation is not under way: call this inside"):
            call()


def test_a_simulation_that_cannot_begin_is_in_nobodys_way(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "none"))
    with pytest.raises(FileNotFoundError), tcpfsm.Simulation():
        pass
    monkeypatch.undo()
    with tcpfsm.Simulation() as sim:
        assert sim.now == 0


def test_records_are_there_as_long_as_the_simulation(tmp_path, monkeypatch, recwarn):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with tcpfsm.Simulation() as sim:
        sim.pair()[1].listen(80)
        sim.run(until=1)
    frame = sim.transitions
    frame["mine"] = 1
    assert len(list(tmp_path.iterdir())) == 1
    assert (len(sim.transitions), "mine" in sim.transitions) == (1, False)
    del sim, frame
    gc.collect()
    assert not list(tmp_path.iterdir())
    assert not recwarn.list


def test_defaults_come_back_after_an_exception():
    with pytest.raises(KeyError), tcpfsm.Simulation() as sim:
        sim.set(Msl="5s")
        raise KeyError
    with tcpfsm.Simulation() as sim:
        client = sim.pair()[0].connect("10.0.0.2", 80)
        time = tcpfsm.ns.TimeValue()
        client.native.GetAttribute("Msl", time)
        assert time.Get().GetSeconds() == 120


def test_one_simulation_at_a_time():
    with tcpfsm.Simulation() as sim:
        with pytest.raises(RuntimeError, match="another simulation"), tcpfsm.Simulation():
            pass
        sim.pair()
    with pytest.raises(RuntimeError, match="not under way"):
        sim.pair()
    with pytest.raises(RuntimeError, match="twice"), sim:
        pass


def test_profile_and_attributes_count_and_end_with_the_simulation():
    def time_wait(**attributes):
        with tcpfsm.Simulation() as sim:
            sim.set(**attributes)
            net = sim.pair()
            net[1].listen(80, on_end=lambda s: s.close())
            net[0].connect(net[1], 80).close(at=1)
            sim.run()
            changes = sim.transitions[sim.transitions["node"] == 0]
        return changes["seconds"].iloc[-1] - changes["seconds"].iloc[-2]

    assert time_wait(Msl="5s") == pytest.approx(10)
    assert time_wait() == pytest.approx(240)
    for profile in ("rfc793", "freebsd", "linux"):
        with tcpfsm.Simulation(profile=profile) as sim:
            protocol = sim.pair()[0].node.GetObject[tcpfsm.ns.TcpFsmL4Protocol]()
            assert protocol.GetProfile() == profile


def traced(sim, *calls):
    """Calls of a simulation with hosts."""
    sim.pair()
    for name, *arguments in calls:
        getattr(sim, name)(*arguments)


def sinks(sim, *calls, **options):
    """Two calls at the same port of a host."""
    host = sim.pair(**options)[1]
    for name in calls:
        getattr(host, name)(80)
    sim.run(until=1)


def stock_nodes(sim):
    nodes = tcpfsm.ns.NodeContainer()
    nodes.Add(sim.pair(stock=0)[0].node)
    return nodes


BAD = [
    (lambda _sim: tcpfsm.Simulation(seed=0), ValueError, "seed is 0: give 1 to"),
    (lambda _sim: tcpfsm.Simulation(profile="bsd"), ValueError, "give one of rfc9293, rfc793"),
    (lambda sim: sim.at(-1, print), ValueError, "at is -1"),
    (lambda sim: sim.at(float("nan"), print), ValueError, "at is nan"),
    (lambda sim: sim.at(1, "text"), TypeError, "give a function"),
    (lambda sim: sim.run(until="1s"), TypeError, "until is '1s': give a number"),
    (lambda sim: sim.pair(rate="fast"), ValueError, "rate is 'fast'.*'10Mbps'"),
    (lambda sim: sim.pair(rate="0Mbps"), ValueError, "rate is '0Mbps'"),
    (lambda sim: sim.pair(delay="-5ms"), ValueError, "delay is '-5ms'"),
    (lambda sim: sim.pair(queue="0p"), ValueError, "queue is '0p'"),
    (lambda sim: sim.pair(loss=1.5), ValueError, "loss is 1.5: give 0 to 1"),
    (lambda sim: sim.pair(mtu=100), ValueError, "mtu is 100: give 1280"),
    (lambda sim: sim.pair(dely=1), TypeError, "no option dely: give some of rate, delay.*profile"),
    (lambda sim: sim.dumbbell(bottleneck=5), TypeError, "bottleneck is 5: give a dict"),
    (
        lambda sim: sim.dumbbell(bottleneck={"speed": 1}),
        TypeError,
        "no option speed: give some of rate, delay, queue, loss, mtu",
    ),
    (lambda sim: sim.pair(stock=5), ValueError, "stock is 5: give 0 to 1"),
    (lambda sim: sim.chain(1), ValueError, "hosts is 1: give 2 to 65"),
    (lambda sim: sim.set(Msl="soon"), ValueError, "Msl is 'soon'"),
    (lambda sim: sim.set(SynRetries=-1), ValueError, "SynRetries is -1"),
    (lambda sim: sim.set(SocketType="ns3::TcpX"), ValueError, "SocketType is 'ns3::TcpX'"),
    (lambda sim: sim.set(Mls="1s"), ValueError, "Mls: TCP has no such attribute"),
    (lambda sim: traced(sim, ("trace", "trace.txt")), ValueError, "give one of .csv, .npy"),
    (lambda sim: sim.trace("a.csv"), RuntimeError, "make the networks first"),
    (lambda sim: sim.pcap("a"), RuntimeError, "make the networks first"),
    (lambda sim: (sim.pair(), sim.set(RstCheck="Rfc793")), RuntimeError, "before the network"),
]


@pytest.mark.parametrize(("call", "error", "message"), BAD)
def test_bad_arguments(call, error, message):
    with tcpfsm.Simulation() as sim, pytest.raises(error, match=message):
        call(sim)


ENDED_THE_PROGRAM = [
    *(
        (lambda sim, rate=rate: sim.pair(rate=rate), ValueError, "rate is .*: give a number")
        for rate in ("1e6bps", "10Mibps", "10ibps", "99999999999999999999Gbps", "0.1bps", 1e30)
    ),
    *(
        (lambda sim, rate=rate: sim.pair(rate=rate), ValueError, "rate is .*: give a number")
        for rate in (float("inf"), float("nan"), 0, "10kib/s", "ibps")
    ),
    (
        lambda sim: (net := sim.pair())[0].on_off(net[1], 80, rate="1e6bps"),
        ValueError,
        "rate is '1e6bps'",
    ),
    (lambda sim: sim.pair(delay="1e30s"), ValueError, "delay is '1e30s'.*at most 9e.09 s"),
    (lambda sim: sim.pair(delay="300y"), ValueError, "delay is '300y'"),
    (lambda sim: sim.pair(queue="1GiB"), ValueError, "queue is '1GiB'.*'64kB'"),
    (lambda sim: sim.pair(queue="1iB"), ValueError, "queue is '1iB'"),
    (lambda sim: sim.pair(queue="5000MB"), ValueError, "queue is '5000MB'.*4294967295"),
    (lambda sim: sim.pair().filter("delay first SYN by 1e400s"), ValueError, "by is '1e400s'"),
    (lambda sim: sim.set(SndBufSize="128kB"), ValueError, "SndBufSize is '128kB': give an integer"),
    (lambda sim: sim.set(SndBufSize=1.5), ValueError, "SndBufSize is 1.5: give an integer"),
    (lambda sim: sim.set(SndBufSize=1 << 32), ValueError, "give 0 to 4294967295"),
    (lambda sim: sim.set(SegmentSize=0), ValueError, "SegmentSize is 0: give 1 to 4294967295"),
    (lambda sim: sim.set(InitialCwnd="many"), ValueError, "InitialCwnd is 'many'"),
    (lambda sim: sim.set(WindowScale=15), ValueError, "WindowScale is 15: give -1 to 14"),
    (lambda sim: sim.set(MaxSegLifetime="long"), ValueError, "MaxSegLifetime is 'long'"),
    (lambda sim: sim.set(HardIcmp="maybe"), ValueError, "give one of Profile, None, Rfc1122"),
    (lambda sim: sim.set(Profile="bsd"), ValueError, "Profile is 'bsd': give one of rfc9293"),
    (lambda sim: sim.set(SocketType="ns3::Node"), ValueError, "name a type of ns3::TcpCongestionO"),
    (lambda sim: sim.set(SocketList="x"), ValueError, "SocketList cannot be set"),
    (lambda sim: traced(sim, ("trace", "/none/a.csv")), FileNotFoundError, "no folder /none"),
    (lambda sim: traced(sim, ("trace", "/proc/a.csv")), OSError, "/proc/a.csv"),
    (lambda sim: traced(sim, ("pcap", "/proc/a")), OSError, "may be written to.*/proc/a-0-"),
    (
        lambda sim: traced(sim, ("trace", "a.npy"), ("trace", "./a.npy", "reactions")),
        ValueError,
        "file is ./a.npy: it has transitions",
    ),
    (lambda sim: sim.record([1]), TypeError, "nodes is .1.: give a tcpfsm.ns.NodeContainer"),
    (lambda sim: sim.record(stock_nodes(sim)), ValueError, "node 0 has no TCP to record"),
    (lambda sim: sim.pair().filtered(3), ValueError, "there is no rule 3"),
    *(
        (
            lambda sim, calls=calls, options=options: sinks(sim, *calls, **options),
            tcpfsm.SocketError,
            r"host 1, at 0 s: sink\(\) at port 80.*EADDRINUSE",
        )
        for calls in (("sink", "sink"), ("listen", "sink"))
        for options in ({}, {"stock": 1})
    ),
]


@pytest.mark.parametrize(("call", "error", "message"), ENDED_THE_PROGRAM)
def test_what_ns3_would_end_the_program_at(tmp_path, monkeypatch, call, error, message):
    monkeypatch.chdir(tmp_path)
    with tcpfsm.Simulation() as sim, pytest.raises(error, match=message):
        call(sim)
    assert not [file for file in tmp_path.iterdir() if file.name != "a.npy"]


def test_whole_numbers_of_any_kind_are_attributes():
    for value in (1e6, numpy.int64(1000000), "1000000", 1000000):
        with tcpfsm.Simulation() as sim:
            sim.set(SndBufSize=value)
            client = sim.pair()[0].connect("10.0.0.2", 80)
            assert client.native.GetTxAvailable() == 1000000


def test_quantities_mean_what_ns3_reads():
    with tcpfsm.Simulation() as sim:
        data_rate, size = tcpfsm.ns.DataRate, tcpfsm.ns.QueueSize
        for text in ("10Mbps", "1.5Mb/s", "8KiB/s", "3kBps", "2Gib/s", "100b/s"):
            assert data_rate(_quantity.rate(text)).GetBitRate() == data_rate(text).GetBitRate()
        for text in ("100p", "64kB", "64KB", "2KiB", "1MB", "1MiB", "77B"):
            assert size(_quantity.queue(text)) == size(text)
        for text in ("5ms", "1min", "2h", "1d", "1y", "10us", "3ns", "1e3ms", "1.25s"):
            assert tcpfsm.ns.Time(_quantity.duration(text)) == tcpfsm.ns.Time(text)
        assert sim.now == 0
