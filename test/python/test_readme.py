# SPDX-License-Identifier: GPL-2.0-only
"""What README.md shows, as it shows it."""

import re
import subprocess

from conftest import BUILD, TOP


def test_a_script_is_built_elsewhere(tmp_path):
    text = (TOP / "README.md").read_text(encoding="utf-8")
    command = re.search(r"(?:^    .*\n)+", text[text.index("To build elsewhere") :], re.M)[0]
    (tmp_path / "build").symlink_to(BUILD)
    for name in (".venv", "examples"):
        (tmp_path / name).symlink_to(TOP / name)
    for each in (command.replace("$ ", "").replace("    ", ""), "./hello"):
        done = subprocess.run(
            ["sh", "-ec", each], cwd=tmp_path, capture_output=True, encoding="utf-8", check=False
        )
        assert done.returncode == 0, done.stderr
    assert "TIME-WAIT" in (tmp_path / "transitions.csv").read_text(encoding="utf-8")
