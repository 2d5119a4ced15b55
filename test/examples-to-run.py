#! /usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Examples that ns-3's test.py runs: (command, whether to run, whether to run under valgrind)."""

cpp_examples = [
    ("tcp-fsm-hello", "True", "True"),
]

python_examples = []
