#! /usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Writes packetdrill scripts that are wrong: copies of right ones with one thing changed.

usage: mutate.py FOLDER KIND EVERY <SCRIPTS

SCRIPTS has the paths of the scripts, a line each.
KIND is one of the kinds of changes below. Of all the changes of that kind that the scripts offer,
taken in order, every EVERYth is made, each in a copy of its own, FOLDER/KIND-NUMBER.pkt, whose
first line names kind, script and line. The copies' names are printed, each with script and line.

What cannot be wrong is left alone: the number of the first SYN after a socket(), which is whatever
the script says it is; packets for which no time is given, where one more or less may be another of
a series; and a packet caused by a close() at the end of a script, which runners let pass.
"""

import re
import sys
from pathlib import Path

TIME = r"\s*(?:\*|\+?[\d.]+(?:\s*~\s*\+?[\d.]+)?)\s+"
PACKET = re.compile(
    rf"^(?P<time>{TIME})(?P<sign>>)(?P<info>\s*[\[(][^\])]*[\])])?\s*(?P<flags>[SFRPEWAU.]+)\s+"
    r"(?P<begin>\d+):(?P<end>\d+)\((?P<length>\d+)\)(?:\s+ack\s+(?P<ack>\d+))?(?P<rest>.*)$"
)
CALL = re.compile(
    r"^(?P<before>\s*[+\d.*~]+\s+(?P<name>\w+)\(.*\)\s*=\s*)(?P<result>-?\w+)(?P<rest>.*)$"
)
ERRNO = re.compile(r"^(?P<before>.*=\s*-1\s+)(?P<errno>E[A-Z]+)(?P<after>.*)$")
PENDING = re.compile(r"^(?P<before>.*SO_ERROR,\s*\[)(?P<errno>E[A-Z]+|0)(?P<after>\].*)$")
ASSERTED = re.compile(r"^(?P<before>.*tcpi_state\s*==\s*)(?P<state>TCPI?_[A-Z0-9_]+)(?P<after>.*)$")
COUNTED = re.compile(
    r"^(?P<before>.*sockstat.*grep\s+-c\s+\w+\s*\|\s*grep\s+)(?P<count>\d+)(?P<after>.*)$"
)
WINDOW = re.compile(r"^(?P<before>[^<]*>.*\bwin\s+)(?P<window>\d+)(?P<after>.*)$")
CLOSE = re.compile(r"\bclose\(")

MODULUS = 2**32


def number(text, change):
    return str((int(text) + change) % MODULUS)


def packet(match, **changes):
    """Writes a packet again, with parts replaced."""
    part = {**match.groupdict(), **changes}
    ack = f" ack {part['ack']}" if part["ack"] else ""
    info = part["info"] or ""
    numbers = f"{part['begin']}:{part['end']}({part['length']})"
    return f"{part['time']}>{info} {part['flags']} {numbers}{ack}{part['rest']}"


def change_flags(line):
    match = PACKET.match(line)
    if not match:
        return None
    flags = match["flags"]
    other = {"S": "SE", "S.": "S", "R": "R.", "R.": "R", ".": "F.", "F.": ".", "P.": "."}
    return packet(match, flags=other.get(flags, "P" + flags if "P" not in flags else flags[1:]))


def change_seq(line):
    match = PACKET.match(line)
    if not match:
        return None
    return packet(match, begin=number(match["begin"], 1), end=number(match["end"], 1))


def change_ack(line):
    match = PACKET.match(line)
    return packet(match, ack=number(match["ack"], 1)) if match and match["ack"] else None


def change_length(line):
    match = PACKET.match(line)
    if not match:
        return None
    return packet(match, end=number(match["end"], 1), length=str(int(match["length"]) + 1))


def change_time(line):
    match = PACKET.match(line)
    if not match or "*" in match["time"] or "~" in match["time"]:
        return None
    sign, seconds = re.match(r"\s*(\+?)([\d.]+)", match["time"]).groups()
    # Later events may have absolute times too: beyond the tolerance, but not beyond those.
    later = 0.5 if sign else 0.09
    return packet(match, time=f"{sign}{float(seconds) + later:g} ")


def change_window(line):
    match = WINDOW.match(line)
    return match and f"{match['before']}{(int(match['window']) + 1) % 65536}{match['after']}"


def change_state(line):
    match = ASSERTED.match(line)
    if match:
        prefix = "TCPI_" if match["state"].startswith("TCPI_") else "TCP_"
        listen, closing = prefix + "LISTEN", prefix + "CLOSING"
        other = listen if match["state"] != listen else closing
        return match["before"] + other + match["after"]
    match = COUNTED.match(line)
    return match and f"{match['before']}{int(match['count']) + 3}{match['after']}"


def change_errno(line):
    match = ERRNO.match(line) or PENDING.match(line)
    if not match:
        return None
    other = "EPROTO" if match["errno"] != "EPROTO" else "EIO"
    return match["before"] + other + match["after"]


def change_result(line):
    match = CALL.match(line)
    if not match or not re.fullmatch(r"-?\d+", match["result"]):
        return None
    value = int(match["result"])
    if match["name"] in ("socket", "accept"):
        return match["before"] + ("-1" if value >= 0 else "7")
    rest = "" if value < 0 else match["rest"]
    return f"{match['before']}{value + 1}{rest}"


def add_packet(line):
    match = PACKET.match(line)
    if not match or "*" in match["time"]:
        return None
    again = packet(match, time="+0.00 ")
    return f"{line}\n{again}"


def drop_packet(line):
    """Takes a packet away, but not the time until it comes."""
    match = PACKET.match(line)
    if not match or "*" in match["time"]:
        return None
    # A little later, since a retransmission may be due some nanoseconds after its time.
    sign, seconds = re.match(r"(\+?)([\d.]+)", match["time"].split("~")[-1].strip()).groups()
    return f"{sign}{float(seconds) + 0.001:g} `true`"


KINDS = {
    "flags": change_flags,
    "seq": change_seq,
    "ack": change_ack,
    "length": change_length,
    "time": change_time,
    "window": change_window,
    "state": change_state,
    "errno": change_errno,
    "result": change_result,
    "extra": add_packet,
    "missing": drop_packet,
}


def mutants(text, kind):
    """Yields line number and new text of a script for each change of a kind that it offers."""
    lines = text.split("\n")
    syn_seen = False
    for index, line in enumerate(lines):
        code, comment = re.match(r"(.*?)(\s*//.*)?$", line).groups()
        changed = KINDS[kind](code)
        match = PACKET.match(code)
        is_first_syn = bool(match) and "S" in match["flags"] and not syn_seen
        # Another socket brings another connection.
        syn_seen = (syn_seen or is_first_syn) and not re.search(r"\bsocket\(", code)
        if changed is None or (kind == "seq" and is_first_syn):
            continue
        if kind == "missing" and is_after_close(lines[:index]) and is_tail(lines[index + 1 :]):
            continue
        yield index + 1, "\n".join([*lines[:index], changed + (comment or ""), *lines[index + 1 :]])


def is_after_close(lines):
    """Tells whether the last call or packet of some lines is a close()."""
    acting = [line for line in lines if not is_tail([line]) or CLOSE.search(line)]
    return bool(acting) and bool(CLOSE.search(acting[-1]))


def is_tail(lines):
    """Tells whether some lines have no packet and no call but close()."""
    return all(CLOSE.search(line) or re.search(r"^\s*(//.*)?$|`|%\{", line) for line in lines)


def main(folder, kind, every, scripts):
    offered = 0
    for script in scripts:
        text = Path(script).read_text(encoding="utf-8")
        for line, mutant in mutants(text, kind):
            offered += 1
            if offered % every:
                continue
            copy = Path(folder, f"{kind}-{offered:05}.pkt")
            # On the first line with what stands there, so that lines keep their numbers.
            copy.write_text(f"/* {kind}: {script}:{line} */ {mutant}", encoding="utf-8")
            print(f"{copy} {script}:{line}")


if __name__ == "__main__":
    PROGRAM_AND_ARGUMENTS = 4
    if len(sys.argv) != PROGRAM_AND_ARGUMENTS or sys.argv[2] not in KINDS:
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.stdin.read().split("\n")[:-1])
