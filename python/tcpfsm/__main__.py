# SPDX-License-Identifier: GPL-2.0-only
"""The command `tcpfsm`, as `python -m tcpfsm`."""

from .cli import main

if __name__ == "__main__":
    main()
