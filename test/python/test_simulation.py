# SPDX-License-Identifier: GPL-2.0-only
"""Simulations: events, errors, interruption, repetition."""

import signal

import pytest
import tcpfsm


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
    (lambda sim: sim.pair(speed=1), TypeError, "speed"),
    (lambda sim: sim.pair(stock=5), ValueError, "stock is 5: give 0 to 1"),
    (lambda sim: sim.chain(1), ValueError, "hosts is 1: give 2 to 65"),
    (lambda sim: sim.set(Msl="soon"), ValueError, "Msl is 'soon'"),
    (lambda sim: sim.set(SynRetries=-1), ValueError, "SynRetries is -1"),
    (lambda sim: sim.set(SocketType="ns3::TcpX"), ValueError, "SocketType is 'ns3::TcpX'"),
    (lambda sim: sim.set(Mls="1s"), ValueError, "Mls: TCP has no such attribute"),
    (lambda sim: sim.trace("trace.txt"), ValueError, "give one of .csv, .npy"),
    (lambda sim: sim.trace("/none/trace.csv"), FileNotFoundError, "no folder /none"),
]


@pytest.mark.parametrize(("call", "error", "message"), BAD)
def test_bad_arguments(call, error, message):
    with tcpfsm.Simulation() as sim, pytest.raises(error, match=message):
        call(sim)
