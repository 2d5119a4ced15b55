# SPDX-License-Identifier: GPL-2.0-only
"""Captures with comments, as tshark shows them."""

import subprocess

import pytest
import tcpfsm


def tshark(path, *arguments):
    command = ["tshark", "-r", str(path), *arguments]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def fields(path, *names):
    arguments = [word for name in names for word in ("-e", name)]
    lines = tshark(path, "-o", "tcp.relative_sequence_numbers:true", "-T", "fields", *arguments)
    return [line.split("\t") for line in lines]


def test_segments_carry_what_they_caused(hello, tmp_path):
    output = tmp_path / "hello.pcapng"
    pcap = hello.folder / "hello-0-1.pcap"
    count = tcpfsm.to_pcapng(pcap, hello.reactions, output)
    # The packets are the same.
    names = ("frame.time_relative", "ip.src", "tcp.seq", "tcp.ack", "tcp.flags", "tcp.len")
    assert fields(output, *names) == fields(pcap, *names)
    rows = fields(output, "ip.dst", "tcp.flags.str", "frame.comment")
    comments = [row[2] for row in rows if row[2:] and row[2]]
    # All that node 0 has received, and nothing that it has sent.
    assert count == len(comments) == sum(row[0] == "10.0.0.1" for row in rows)
    assert any("SYN-SENT → ESTABLISHED: SYN-SENT-SYN-ACK (RFC 9293" in each for each in comments)
    assert any(
        "FIN-WAIT-2 → TIME-WAIT: FIN-LAST (RFC 9293 3.10.7.4 eighth" in each and "sends ACK" in each
        for each in comments
    )
    assert any("SYN-SENT → CLOSED: SYN-SENT-REFUSED" in each for each in comments)


def test_ipv6(tmp_path):
    with tcpfsm.Simulation() as sim:
        net = sim.pair()
        sim.pcap(tmp_path / "six")
        net[1].listen(80, ipv6=True)
        net[0].connect(net[1], 80, ipv6=True, at=1)
        sim.run(until=2)
    output = tmp_path / "six.pcapng"
    assert tcpfsm.to_pcapng(tmp_path / "six-1-1.pcap", sim.reactions, output) == 2
    comments = [row for row in fields(output, "ipv6.src", "frame.comment") if len(row) == 2]
    assert [comment.split(" (")[0] for _, comment in comments if comment] == [
        "LISTEN → SYN-RCVD: LISTEN-SYN",
        "SYN-RCVD → ESTABLISHED: ACK-SYN-RCVD-PASSIVE",
    ]


def test_what_is_no_capture(hello, tmp_path):
    (tmp_path / "text.pcap").write_text("no capture at all, only a text")
    with pytest.raises(ValueError, match=r"text.pcap is no \.pcap file"):
        tcpfsm.to_pcapng(tmp_path / "text.pcap", hello.reactions, tmp_path / "out")
    assert not (tmp_path / "out").exists()
    for frame in (tcpfsm.read(hello.folder / "connections.npy"), hello, None):
        with pytest.raises(ValueError, match="holds no reactions"):
            tcpfsm.to_pcapng(hello.folder / "hello-0-1.pcap", frame, tmp_path / "out")


def test_packets_cut_short_carry_nothing(hello, tmp_path):
    pcap = (hello.folder / "hello-0-1.pcap").read_bytes()
    # A packet of 6 octets: PPP, and the first 4 of IPv4.
    short = pcap[:24] + bytes(8) + (6).to_bytes(4, "little") * 2 + b"\x00\x21\x45\x00\x00\x28"
    (tmp_path / "short.pcap").write_bytes(short)
    assert tcpfsm.to_pcapng(tmp_path / "short.pcap", hello.reactions, tmp_path / "out.pcapng") == 0
    assert fields(tmp_path / "out.pcapng", "frame.len") == [["6"]]


def test_what_fails_leaves_nothing(hello, tmp_path, monkeypatch):
    def fail(*_):
        raise ValueError("on purpose")

    monkeypatch.setattr("tcpfsm.capture.parse_tcp", fail)
    (tmp_path / "out").write_text("before")
    with pytest.raises(ValueError, match="on purpose"):
        tcpfsm.to_pcapng(hello.folder / "hello-0-1.pcap", hello.reactions, tmp_path / "out")
    assert [each.name for each in tmp_path.iterdir()] == ["out"]
    assert (tmp_path / "out").read_text() == "before"
