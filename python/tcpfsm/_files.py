# SPDX-License-Identifier: GPL-2.0-only
"""Files that are written whole or not at all."""

from __future__ import annotations

import os
from contextlib import contextmanager
from pathlib import Path
from typing import Iterator


@contextmanager
def replacing(path: str | Path) -> Iterator[Path]:
    """Give a file beside `path` to write to, which then takes its place.

    Where writing fails it is removed, and `path` stays as it was. Raises FileNotFoundError if there
    is no folder for it, IsADirectoryError if `path` is one.
    """
    path = Path(path)
    if not path.parent.is_dir():
        raise FileNotFoundError(f"{path}: there is no folder {path.parent}")
    if path.is_dir():
        raise IsADirectoryError(f"{path} is a folder: give the name of a file")
    if path.exists() and not path.is_file():  # a device, such as /dev/stdout
        yield path
        return
    target = path.resolve()
    new = target.with_name(f".{os.getpid()}-{target.name}")
    try:
        yield new
        new.replace(target)
    except BaseException:
        if new.exists():
            new.unlink()
        raise
