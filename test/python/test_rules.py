# SPDX-License-Identifier: GPL-2.0-only
"""Rules in words, and which of them fire."""

import csv

import pytest
from conftest import TOP
from tcpfsm import rules

EXPECTED = TOP / "test" / "conformance" / "expected.csv"


def expected():
    with EXPECTED.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_explanations_end_where_the_rfcs_say():
    wrong = []
    cases = expected()
    for case in cases:
        fired = rules.explain(case["state"], case["segment"], variant=case["variant"])
        entered = [rule.next for rule in fired if rule.next]
        end = entered[-1] if entered else case["state"].split("/")[0]
        replies = [rule.reply for rule in fired if rule.reply != "none"]
        # Data is acknowledged by the data path, not by the rule that takes it.
        sends = bool(replies) or any("text taken" in rule.effects for rule in fired)
        if end != case["next"] or sends != (case["reply"] != "none"):
            wrong.append((case["state"], case["segment"], case["variant"], end, replies))
    assert wrong == []
    assert len(cases) > 700


def test_profiles_differ():
    def ids(profile):
        return [
            rule.id
            for rule in rules.explain("ESTABLISHED", "RST", variant="in-window", profile=profile)
        ]

    assert rules.profiles() == ["rfc9293", "rfc793", "freebsd", "linux"]
    # RFC 5961 3.2: a challenge ACK; RFC 793: the connection ends.
    assert [rule.reply for rule in rules.explain("ESTABLISHED", "RST", variant="in-window")] == [
        "challenge ACK"
    ]
    assert ids("rfc793") != ids("rfc9293") == ids("freebsd") == ids("linux")


def test_table_is_that_of_the_reference():
    text = (TOP / "doc" / "rules.md").read_text(encoding="utf-8")
    table = rules.table()
    assert len({rule.id for rule in table}) == len(table) > 100
    for rule in table:
        row = next(
            line
            for line in text.splitlines()
            if line.startswith((f"| `{rule.id}`", f"| *`{rule.id}`"))
        )
        assert f"| {rule.clause} | {rule.summary} |" in row
    assert {rule.arrow for rule in table} == set(range(22))


def test_rule_in_words():
    text = rules.find("FIN-LAST").text()
    assert "enters TIME-WAIT" in text
    assert "Clause: RFC 9293 3.10.7.4 eighth" in text
    with pytest.raises(ValueError, match="there is no rule 'NONE'"):
        rules.find("NONE")


@pytest.mark.parametrize("wrong", ["state", "segment", "variant", "profile"])
def test_unknown_words(wrong):
    words = {"state": "CLOSED", "segment": "SYN", "variant": "exact", "profile": "rfc793"}
    words[wrong] = "X"
    with pytest.raises(ValueError, match=f"{wrong} is 'X': give one of"):
        rules.explain(**words)
