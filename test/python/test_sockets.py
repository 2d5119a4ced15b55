# SPDX-License-Identifier: GPL-2.0-only
"""Hosts, sockets and filters."""

import errno
import gc
import tracemalloc
import weakref

import numpy
import pytest
import tcpfsm


def test_octets_of_any_value_arrive():
    octets = bytes(range(256)) * 1000  # more than a send buffer takes
    received = []
    with tcpfsm.Simulation() as sim:
        net = sim.pair()
        net[1].listen(80, on_data=lambda _socket, data: received.append(data))
        client = net[0].connect(net[1], 80, at=1)
        client.send(octets, at=2)
        client.send(1000, at=2)
        client.close(at=2)  # the FIN waits until all has found room
        sim.run(until=20)
        assert b"".join(received) == octets + bytes(1000)
        assert client.sent == len(octets) + 1000
        assert [c.state for c in net[1].connections()] == ["LISTEN", "CLOSE-WAIT"]
        assert [c.state for c in net[0].connections()] == ["FIN-WAIT-2"]


def test_any_integer_is_a_count():
    class Count:
        def __index__(self):
            return 7

    with tcpfsm.Simulation() as sim:
        net = sim.pair()
        net[1].listen(80)
        client = net[0].connect(net[1], 80)
        for count in (numpy.int64(1000), numpy.uint8(200), Count()):
            client.send(count, at=1)
        sim.run(until=2)
        assert client.sent == 1207
        with pytest.raises(TypeError, match="data is True: give an integer"):
            client.send(True)


def test_sending_takes_no_copies_of_what_is_left():
    octets = bytes(4 << 20)
    with tcpfsm.Simulation(reactions=False) as sim:
        sim.set(SndBufSize=20000)
        net = sim.pair(rate="1Gbps", delay="1ms")
        net[1].listen(80)
        client = net[0].connect(net[1], 80)
        client.send(octets, at=1)
        sim.run(until=1)
        tracemalloc.start()
        sim.run(until=1.02)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert 100000 < client.sent < len(octets)
    assert peak < len(octets) / 4


def test_callbacks_of_a_connection():
    told = []

    def tell(name):
        return lambda _socket, *rest: told.append((name, *rest))

    names = ("on_connect", "on_data", "on_end", "on_error")
    with tcpfsm.Simulation() as sim:
        net = sim.pair()
        listener = net[1].listen(80, on_accept=lambda s: (told.append("accepted"), s.send(b"hi")))
        client = net[0].connect(net[1], 80, **{name: tell(name) for name in names})
        sim.run(until=1)
        assert client.state == "ESTABLISHED"
        assert told == [("on_connect",), "accepted", ("on_data", b"hi")]
        assert listener.state == "LISTEN"
        assert client.status()["remote_port"] == 80
        client.abort()
        sim.run(until=2)
        assert client.state == "CLOSED"


@pytest.mark.parametrize("stock", [(), (0, 1)])
@pytest.mark.parametrize("handlers", [{}, {"on_error": lambda _socket, _name: None}])
def test_after_close_only_an_error_is_told(stock, handlers):
    told = []
    with tcpfsm.Simulation() as sim:
        net = sim.pair(stock=stock)
        net[1].listen(80, on_accept=lambda s: s.send(5000, at=2))
        handlers = dict(handlers, on_data=lambda _s, data: told.append(len(data)))
        client = net[0].connect(net[1], 80, on_end=lambda _s: told.append("end"), **handlers)
        client.send(b"question", at=1)
        client.close(at=1.5)
        sim.run(until=20)
    assert (told, client.received) == ([], 0)


@pytest.mark.parametrize("stock", [(), (0, 1)])
@pytest.mark.parametrize("how", ["close", "shutdown"])
def test_a_socket_that_ended_is_kept_no_longer(stock, how):
    handlers = {"on_error": lambda _socket, _name: None}
    with tcpfsm.Simulation() as sim:
        net = sim.pair(stock=stock)
        net[1].listen(80, on_end=lambda s: s.close(), **handlers)
        sockets = [net[0].connect(net[1], port, **handlers) for port in (80, 80, 81)]
        for socket in sockets[:2]:
            getattr(socket, how)(at=1)
        known = [weakref.ref(socket) for socket in sockets]
        del socket, sockets
        sim.run(until=1000)
        gc.collect()
        assert [each() for each in known] == [None] * 3


def test_half_close_goes_on_reading():
    with tcpfsm.Simulation() as sim:
        net = sim.pair()
        net[1].listen(80, on_end=lambda s: (s.send(5000), s.close()))
        client = net[0].connect(net[1], 80)
        client.shutdown(at=1)
        sim.run(until=2)
        assert (client.received, client.state) == (5000, "TIME-WAIT")


def test_errors_have_posix_names():
    told = []
    with tcpfsm.Simulation() as sim:
        net = sim.pair()
        net[0].connect(net[1], 81, on_error=lambda s, name: told.append(name))
        net[1].listen(80, on_accept=lambda s: s.abort(at=1))
        net[0].connect(net[1], 80, on_error=lambda s, name: told.append(name))
        sim.run(until=5)
    assert told == ["ECONNREFUSED", "ECONNRESET"]


def test_refused_calls_raise():
    with tcpfsm.Simulation() as sim:
        net = sim.pair()
        net[1].listen(80)
        with pytest.raises(tcpfsm.SocketError, match="EADDRINUSE"):
            net[1].listen(80)
        client = net[0].connect(net[1], 80)
        client.close(at=1)
        client.send(b"late", at=2)
        with pytest.raises(tcpfsm.SocketError, match=r"send\(\) after close\(\).*EPIPE"):
            sim.run(until=3)


def test_refused_calls_tell_host_ports_time():
    with tcpfsm.Simulation() as sim:
        net = sim.pair()
        client = net[0].connect(net[1], 80, source_port=5000, at=0.5)
        client.send(b"early", at=0.1)
        client.send(b"refused", at=1)
        with pytest.raises(tcpfsm.SocketError) as caught:
            sim.run(until=2)
        assert caught.value.errno == errno.ENOTCONN
        assert str(caught.value).startswith(f"host 0, to {net[1].ipv4}:80, at 0.1 s: send(): ")
        with pytest.raises(tcpfsm.SocketError, match=r"to 10\.0\.0\.2:80, at 1 s: send\(\)"):
            sim.run(until=2)
        net[1].listen(80, ipv6=True)
        with pytest.raises(tcpfsm.SocketError, match=r"host 1, at 1 s: listen\(\) at port 80"):
            net[1].listen(80, ipv6=True)
        late = net[0].connect(net[1], 80, source_port=5000, ipv6=True, at=3)
        late.close(at=4)
        late.close(at=4)
        where = rf"host 0, port 5000 to \[{net[1].ipv6}\]:80, at 4 s: close\(\).*EALREADY"
        with pytest.raises(tcpfsm.SocketError, match=where):
            sim.run(until=5)


def test_only_functions_of_known_names_are_handlers():
    with tcpfsm.Simulation() as sim:
        client = sim.pair()[0].connect("10.0.0.2", 80)
        with pytest.raises(TypeError, match="there is no on_dta: give on_connect, on_data"):
            client.on_dta = print
        with pytest.raises(TypeError, match="on_data is 'x': give a function"):
            client.on_data = "x"
        client.on_data = print
        client.on_data = None
        client.note = "anything else may be kept"


def test_simultaneous_open():
    with tcpfsm.Simulation() as sim:
        net = sim.pair()
        net[0].connect(net[1], 5001, source_port=5000, at=1)
        net[1].connect(net[0], 5000, source_port=5001, at=1)
        sim.run(until=2)
        path = sim.transitions[sim.transitions["node"] == 0]["to"].tolist()
    assert path == ["SYN-SENT", "SYN-RCVD", "ESTABLISHED"]


def test_ipv6_and_addresses_as_text():
    with tcpfsm.Simulation() as sim:
        net = sim.pair()
        net[1].listen(80, ipv6=True)
        net[0].connect(net[1], 80, ipv6=True)
        net[0].connect(net[1].ipv6, 80)
        net[0].connect(net[1].ipv4, 80)
        sim.run(until=1)
        peers = [c.remote_address for c in net[0].connections() if c.state == "ESTABLISHED"]
        assert peers == [net[1].ipv6, net[1].ipv6, net[1].ipv4]


def test_topologies():
    with tcpfsm.Simulation() as sim:
        nets = [sim.chain(4), sim.star(3), sim.dumbbell(2, 3, bottleneck={"rate": "1Mbps"})]
        assert [len(net) for net in nets] == [4, 3, 5]
        for net in nets:
            net[len(net) - 1].listen(80)
            net[0].connect(net[len(net) - 1], 80)
        sim.run(until=1)
        assert [net[0].connections()[0].state for net in nets] == ["ESTABLISHED"] * 3


def test_applications_of_ns3():
    with tcpfsm.Simulation() as sim:
        net = sim.pair()
        sink = net[1].sink(80, until=9)
        net[0].bulk_send(net[1], 80, octets=100000, at=1)
        net[0].on_off(net[1], 80, rate="80kbps", octets=2048, at=1)
        sim.run(until=8)
        assert sink.GetTotalRx() == 102048


@pytest.mark.parametrize("stock", [(), (0,)])
def test_applications_sockets_can_be_followed(stock):
    with tcpfsm.Simulation() as sim:
        net = sim.pair(rate="1Mbps", stock=stock)
        sink = net[1].sink(80, until=9)
        bulk = net[0].bulk_send(net[1], 80, octets=100000, at=1)
        constant = net[0].on_off(net[1], 80, octets=20480)
        with pytest.raises(ValueError, match=r"there is no socket.* bulk_send\(\) or on_off\(\)"):
            tcpfsm.Socket(net[0], bulk.GetSocket())
        with pytest.raises(ValueError, match="there is no socket: an application of ns-3 makes"):
            tcpfsm.series.Series(bulk.GetSocket(), ("RTT",))
        followed = [bulk.follow("CongestionWindow", "RTT"), constant.follow()]
        assert followed[0].frame().empty
        sim.run(until=1.5)
        late = bulk.follow("CongestionWindow")
        sim.run(until=8)
        # All that they have to send has arrived: their own callbacks are as they were.
        assert sink.GetTotalRx() == 120480
        first, second = (series.frame() for series in followed)
        # All but the RTO of 1 s, which may not change.
        assert set(second["variable"]) | {"RTO"} == set(tcpfsm.series.VARIABLES)
        assert late.frame()["seconds"].min() >= 1.5
        # ns-3's functions take it as what it is.
        held = tcpfsm.ns.ApplicationContainer()
        held.Add(bulk)
        assert held.Get(0) == bulk.native
        assert repr(bulk) == "<ns3::BulkSendApplication of host 0>"
        with pytest.raises(ValueError, match="sockets have no variable Speed; try Congestion"):
            constant.follow("Speed")
        net[0].bulk_send(net[1], 80, at=9).follow("Speed")
        with pytest.raises(ValueError, match="no variable Speed"):
            sim.run(until=10)
    window = first[first["variable"] == "CongestionWindow"]
    assert window["seconds"].iloc[0] == 1
    assert window["value"].max() > 10 * 1400
    assert first[first["variable"] == "RTT"]["value"].min() >= 0.010


def test_applications_call_addresses_and_start_at_absolute_times():
    with tcpfsm.Simulation() as sim:
        net = sim.pair()
        sink = net[1].sink(80, until=50)
        net[1].listen(81, ipv6=True)
        net[0].bulk_send(net[1].ipv4, 80, octets=100)
        sim.run(until=2)
        assert sink.GetTotalRx() == 100
        net[0].bulk_send("10.0.0.2", 80, octets=1000, at=3)
        net[0].on_off(net[1].ipv6, 81, octets=100, at=3)
        net[0].bulk_send(net[1], 81, octets=100, at=3, ipv6=True)
        with pytest.raises(ValueError, match=r"at is 1: it is 2\.0 s already"):
            net[0].bulk_send(net[1], 80, at=1)
        with pytest.raises(ValueError, match=r"until is 1: it is 2\.0 s already"):
            net[1].sink(82, until=1)
        sim.run(until=4)
        assert sink.GetTotalRx() == 1100
        peers = [each.remote_address for each in net[1].connections() if each.local_port == 81]
        assert peers == ["::", net[0].ipv6, net[0].ipv6]
        sinks = sim.transitions[(sim.transitions["node"] == 0) & (sim.transitions["seconds"] > 2)]
        assert 3 <= sinks["seconds"].min() < 3.1


def test_stock_host():
    with tcpfsm.Simulation() as sim:
        net = sim.pair(stock=1)
        net[1].listen(80, on_data=lambda s, data: s.send(data), on_end=lambda s: s.close())
        client = net[0].connect(net[1], 80, at=1)
        client.send(b"hello", at=2)
        client.close(at=3)
        sim.run(until=4)
        assert client.received == 5
        assert set(sim.transitions["node"]) == {0}
        with pytest.raises(TypeError, match="ns-3's own TCP"):
            net[1].connections()


RULES = [
    ({"first": "FIN"}, "drop 1st FIN"),
    ({"first": 3, "segments": "data"}, "drop first 3 data"),
    ({"nth": 2, "segments": "SYN"}, "drop 2nd SYN"),
    ({"nth": 11, "segments": "SYN"}, "drop 11th SYN"),
    ({"every": "SYN-ACK"}, "drop every 1st SYN-ACK"),
    ({"every": 3, "segments": "ACK"}, "drop every 3rd ACK"),
    ({"probability": 0.05, "segments": "any"}, "drop 5% of any"),
    ({"first": "FIN", "node": 1}, "drop 1st FIN from node 1"),
]


@pytest.mark.parametrize(("words", "rule"), RULES)
def test_filters_in_keywords(words, rule):
    with tcpfsm.Simulation() as sim:
        net = sim.pair()
        net.drop(**words)
        assert net.unused_rules() == [rule]


def windows(everywhere="TcpCubic", **attributes):
    """The congestion windows of two hosts, the first of which has the attributes."""
    with tcpfsm.Simulation() as sim:
        sim.set(SocketType=everywhere)
        series = []
        # Not in each other's way.
        for net in (sim.pair(rate="5Mbps", delay="20ms"), sim.pair(rate="5Mbps", delay="20ms")):
            if not series:
                net[0].set(**attributes)
            net.drop(nth=100, segments="data")
            net[1].listen(80)
            client = net[0].connect(net[1], 80)
            series.append(client.follow("CongestionWindow"))
            client.send(500_000)
        sim.run(until=3)
        return [each.frame()["value"].tolist() for each in series]


def test_hosts_choose_their_congestion_control():
    reno, cubic = windows(SocketType="TcpNewReno")
    assert (reno, cubic) == (windows("ns3::TcpNewReno")[0], windows()[1])
    assert reno != cubic
    classic = windows(RecoveryType="TcpClassicRecovery")
    assert classic[0] != classic[1]


def test_hosts_choose_their_policies():
    with tcpfsm.Simulation() as sim:
        net = sim.pair()
        net[0].set(Profile="linux", ChallengeAckLimit=7)
        tcp = [host.node.GetObject[tcpfsm.ns.TcpFsmL4Protocol]() for host in net]
        assert [str(each.GetProfile()) for each in tcp] == ["linux", "rfc9293"]


def test_what_is_followed_begins_with_the_call():
    with tcpfsm.Simulation() as sim:
        net = sim.pair()
        net[1].listen(80)
        client = net[0].connect(net[1], 80, at=1)
        series = client.follow("CongestionWindow", "RTO")
        every = client.follow()
        client.send(100_000, at=1.5)
        sim.run(until=2)
        frame = series.frame()
        assert set(every.frame()["variable"]) == set(tcpfsm.series.VARIABLES)
    assert frame.groupby("variable", observed=True)["seconds"].min().tolist() == [1, 1]
    assert (frame["time_ns"] / 1e9).equals(frame["seconds"])
    # The value until the handshake is over.
    assert frame["value"].iloc[0] == 0


def test_help_tells_what_objects_have():
    for kind, names in {
        tcpfsm.Host: ("index", "id", "ipv4", "ipv6", "stock"),
        tcpfsm.Network: ("hosts", "stock"),
        tcpfsm.Socket: ("host", "native", "sent", "received"),
    }.items():
        for name in names:
            assert f"`{name}`" in kind.__doc__


def test_filters_act():
    with tcpfsm.Simulation() as sim:
        net = sim.pair()
        dropped = net.drop(first="SYN", node=net[0])
        delayed = net.delay(first="SYN-ACK", by="300ms")
        net[1].listen(80)
        net[0].connect(net[1], 80)
        sim.run(until=5)
        assert (net.filtered(dropped), net.filtered(delayed)) == (1, 1)
        opened = sim.transitions[sim.transitions["to"] == "ESTABLISHED"]["seconds"].min()
    assert 1.31 < opened < 1.32  # a second until the SYN is sent again, and the delay


BAD = [
    (lambda net: net.drop(), TypeError, "one of first, nth, every, probability"),
    (lambda net: net.drop(first="SYN", nth=2), TypeError, "one of first"),
    (lambda net: net.drop(first="PSH"), ValueError, "give one of SYN, SYN-ACK"),
    (lambda net: net.drop("SYN", nth=0), ValueError, "nth is 0"),
    (lambda net: net.drop(first="SYN", node=7), ValueError, "node is 7: give 0 to 1"),
    (lambda net: net.delay(first="SYN", by="1 s"), ValueError, "by is '1 s'"),
    (lambda net: net.filter("lose first SYN"), ValueError, "say ACTION WHICH SEGMENTS"),
    (lambda net: net.filter("drop first SYN by 1s"), ValueError, "belongs to delay"),
    (lambda net: net[5], IndexError, "host 5: there are 0 to 1"),
    (lambda net: net[0].connect(net[1], 0), ValueError, "port is 0: give 1 to 65535"),
    (lambda net: net[0].connect("nowhere", 80), ValueError, "peer is 'nowhere'"),
    (lambda net: net[0].connect(1, 80), TypeError, "give a host"),
    (lambda net: net[0].listen(80, on_dta=print), TypeError, "no option on_dta: give some of on_c"),
    (lambda net: net[0].connect(net[1], 80, on_conect=print), TypeError, "no option on_conect"),
    (
        lambda net: net.drop(first="SYN", nodes=0),
        TypeError,
        "no option nodes: give some of",
    ),
    (lambda net: net[0].listen(80, on_data="x"), TypeError, "on_data is 'x': give a function"),
    (
        lambda net: net[0].connect(net[1], 80).send("text"),
        TypeError,
        r"data is 'text': give bytes, such as b'hello' or text.encode\(\)",
    ),
    (lambda net: net[0].listen(80).send_to("text", net[1], 80), TypeError, "data is 'text': give"),
    (lambda net: net[0].set(SocketType="TcpX"), ValueError, "SocketType is 'TcpX': name a type"),
    (lambda net: net[0].set(Msl="1s"), ValueError, "Msl is of sockets.* set it by Simulation.set"),
    (lambda net: net[0].set(Mls="1s"), ValueError, "Mls: TCP has no such attribute"),
    (
        lambda net: net[0].network.simulation.pair(stock=0)[0].set(RstCheck="Rfc793"),
        TypeError,
        "host 0 has no RstCheck: it has ns-3's own TCP",
    ),
]


@pytest.mark.parametrize(("call", "error", "message"), BAD)
def test_bad_arguments(call, error, message):
    with tcpfsm.Simulation() as sim:
        net = sim.pair()
        with pytest.raises(error, match=message):
            call(net)


def test_listener_that_sends_turns_into_a_caller():
    received = []
    with tcpfsm.Simulation() as sim:
        net = sim.pair()
        net[1].listen(80, on_data=lambda _socket, data: received.append(data))
        turncoat = net[0].listen(80)
        turncoat.send_to(b"a\0b", net[1], 80, at=1)
        sim.run(until=5)
        assert turncoat.state == "ESTABLISHED"
    # RFC 9293, Figure 5: LISTEN, SEND, SYN-SENT.
    ours = sim.transitions[sim.transitions["node"] == 0]
    assert ours["to"].tolist() == ["LISTEN", "SYN-SENT", "ESTABLISHED"]
    assert received == [b"a\0b"]


@pytest.mark.parametrize("family", ["ipv4", "ipv6"])
def test_forged_segments_have_text(family):
    # RFC 5961 5: blind data is taken where it is in the window and its ACK is not too old.
    with tcpfsm.Simulation() as sim:
        sim.set(Timestamp=False)
        net = sim.star(3)
        received = []
        net[1].listen(80, ipv6=True, on_data=lambda _socket, data: received.append(data))
        client = net[0].connect(getattr(net[1], family), 80, source_port=5000)
        addresses = {"source": getattr(net[0], family), "destination": getattr(net[1], family)}

        def inject():
            status = client.status()
            fields = {"seq": status["snd_nxt"], "ack": status["rcv_nxt"], "data": b"forged\0"}
            net[2].forge("ACK", **addresses, source_port=5000, port=80, **fields)

        sim.at(1, inject)
        sim.run(until=2)
        assert received == [b"forged\0"]
        with pytest.raises(TypeError, match=r"give bytes"):
            net[2].forge("ACK", **addresses, source_port=1, port=1, data="text")
        with pytest.raises(ValueError, match=r"different versions"):
            mixed = {"source": net[0].ipv4, "destination": net[1].ipv6}
            net[2].forge("ACK", **mixed, source_port=1, port=1)


def test_forged_segments_arrive_as_they_are():
    with tcpfsm.Simulation() as sim:
        net = sim.star(3)
        net[1].listen(80)
        client = net[0].connect(net[1], 80, source_port=5000)
        addresses = {"source": net[0].ipv4, "destination": net[1].ipv4}

        def reset():
            # Exactly at RCV.NXT: believed (RFC 5961 3.2).
            fields = {"source_port": 5000, "port": 80, "seq": client.status()["snd_nxt"]}
            net[2].forge("RST", **addresses, **fields)

        sim.at(1, reset)
        net[2].forge("FIN-FIN", **addresses, source_port=9, port=80, at=1.5)
        sim.run(until=2)
        told = sim.reactions[sim.reactions["remote_port"] == 9]
        assert told["flags"].unique().tolist() == ["FIN"]
        assert [each.state for each in net[1].connections()] == ["LISTEN"]
        assert client.state == "ESTABLISHED"
        with pytest.raises(ValueError, match="flags is 'RST-NOW'"):
            net[2].forge("RST-NOW", **addresses, source_port=1, port=1)
        with pytest.raises(ValueError, match="source is 'nobody'"):
            net[2].forge("RST", source="nobody", destination="10.0.0.1", source_port=1, port=1)
        with pytest.raises(ValueError, match=r"seq is 4294967296: give 0 to 4294967295"):
            net[2].forge("RST", **addresses, source_port=1, port=1, seq=1 << 32)
