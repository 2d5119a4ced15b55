# SPDX-License-Identifier: GPL-2.0-only
"""Starts waf, which its wheel brings as a library without a command."""

import os
from pathlib import Path

import waflib
from waflib import Context, Scripting

if __name__ == "__main__":
    Scripting.waf_entry_point(
        os.getcwd(), Context.WAFVERSION, str(Path(waflib.__file__).parent.parent)
    )
