# SPDX-License-Identifier: GPL-2.0-only
"""Trace files as pandas data frames.

A frame of transitions or reactions has a row for each record and the columns of the file (see
doc/tcp-fsm.rst): `time_ns` is simulated time in nanoseconds, an integer, beside which there is
`seconds`; texts such as states, events and rules are categories, all states and else those that
occur; `seq` and `ack` are relative to the initial sequence numbers. Write frame["flags"], as
frame.flags is something of pandas' own. A frame of connections has
`start_ns`, `established_ns` and `end_ns`, with seconds beside them; numbers that are unknown are
pandas.NA. All formats give the same frame.
"""

from __future__ import annotations

import ipaddress
import re
from pathlib import Path
from typing import TYPE_CHECKING, Collection

import numpy
import pandas

from ._files import replacing
from .packets import FLAGS

if TYPE_CHECKING:
    import pyarrow

STATES = (
    "CLOSED",
    "LISTEN",
    "SYN-SENT",
    "SYN-RCVD",
    "ESTABLISHED",
    "FIN-WAIT-1",
    "FIN-WAIT-2",
    "CLOSE-WAIT",
    "CLOSING",
    "LAST-ACK",
    "TIME-WAIT",
)
"""The states of RFC 9293."""

SUFFIXES = (".csv", ".npy", ".parquet")
"""The formats that can be read, by the suffix of a file."""

# The columns of a kind of file, with their types: "text" is one of a list, "maybe" a number or
# unknown.
_CHANGES = {
    "time_ns": "int64",
    "node": "uint32",
    "connection": "uint64",
    "segment": "uint64",
    "family": "uint8",
    "local_address": "text",
    "local_port": "uint16",
    "remote_address": "text",
    "remote_port": "uint16",
    "from": "text",
    "event": "text",
    "flags": "text",
    "seq": "uint32",
    "ack": "uint32",
    "length": "uint32",
    "window": "uint16",
    "seq_class": "text",
    "ack_class": "text",
    "reply": "text",
    "to": "text",
    "rule": "text",
    "clause": "text",
}
_CONNECTIONS = {
    "node": "uint32",
    "connection": "uint64",
    "family": "uint8",
    "local_address": "text",
    "local_port": "uint16",
    "remote_address": "text",
    "remote_port": "uint16",
    "began": "text",
    "iss": "maybe",
    "irs": "maybe",
    "local_mss": "maybe",
    "remote_mss": "maybe",
    "local_window_scale": "maybe",
    "remote_window_scale": "maybe",
    "sack": "bool",
    "timestamps": "bool",
    "start_ns": "int64",
    "established_ns": "maybe",
    "end_ns": "maybe",
    "octets_sent": "maybe",
    "octets_received": "maybe",
    "last_state": "text",
    "rule": "text",
    "clause": "text",
    "error": "text",
}
_TYPES = {**_CHANGES, **_CONNECTIONS}
_STATE_COLUMNS = ("from", "to", "last_state")
# pyarrow tells a place in a file by the column's number.
_PLACE = re.compile(r"CSV column #(\d+): ")
_NPY = b"\x93NUMPY"  # how such files begin


class TraceError(ValueError):
    """A file that is no trace, or is damaged."""


def read(path: str | Path) -> pandas.DataFrame:
    """Read a file of transitions, reactions or connections: .csv, .npy or .parquet.

    Raises TraceError for a file that is none, OSError for one that cannot be read.
    """
    path = Path(path)
    if not path.exists():
        raise FileNotFoundError(f"no such file: {path}")
    if path.suffix not in SUFFIXES:
        raise TraceError(f"{path}: a trace ends with one of {', '.join(SUFFIXES)}")
    return {".csv": read_csv, ".npy": read_npy, ".parquet": read_parquet}[path.suffix](path)


def write(frame: pandas.DataFrame, path: str | Path) -> None:
    """Write a frame to a file: .parquet, which keeps all types, or .csv, as a trace file has it.

    Raises ValueError for another suffix.
    """
    path = Path(path)
    if path.suffix not in (".parquet", ".csv"):
        raise ValueError(f"{path}: give a name that ends with .parquet or .csv")
    with replacing(path) as file:
        if path.suffix == ".parquet":
            frame.to_parquet(file, engine="pyarrow", index=False)
        else:
            ours = frame[[name for name in frame.columns if not name.endswith("seconds")]]
            flags = ours.select_dtypes(bool).columns
            ours.astype(dict.fromkeys(flags, int)).to_csv(file, index=False)


def changes(frame: pandas.DataFrame) -> pandas.DataFrame:
    """Return the records of a frame that change the state."""
    return frame[frame["from"].astype(object) != frame["to"].astype(object)]


def read_npy(path: str | Path) -> pandas.DataFrame:
    """Read a .npy file of TcpFsmTraceHelper; see `read`."""
    try:
        array = numpy.load(path, mmap_mode="r", allow_pickle=False)
    except (ValueError, EOFError, SyntaxError) as error:
        with Path(path).open("rb") as file:
            begins_well = file.read(len(_NPY)) == _NPY
        what = "damaged" if begins_well else "no trace"
        raise TraceError(f"{path} is {what}: {error}") from error
    _check(path, array.dtype.names or ())
    # One pass through the file: its records are read, not its columns one after the other.
    array = numpy.asarray(array)
    return _frame(path, {name: _column(array, name) for name in array.dtype.names})


def read_csv(path: str | Path) -> pandas.DataFrame:
    """Read a .csv file of TcpFsmTraceHelper; see `read`."""
    from pyarrow import ArrowInvalid, csv, dictionary, int32, string  # noqa: PLC0415

    kinds = {"text": dictionary(int32(), string()), "maybe": "int64"}
    types = {name: kinds.get(kind, kind) for name, kind in _TYPES.items()}
    options = csv.ConvertOptions(column_types=types, null_values=[""], strings_can_be_null=False)
    with Path(path).open(encoding="utf-8", errors="replace") as file:
        names = file.readline().strip().split(",")
    _check(path, names)
    try:
        table = csv.read_csv(path, convert_options=options)
    except ArrowInvalid as error:
        where = _PLACE.search(str(error))
        column = f", column {names[int(where[1])]}" if where else ""
        raise TraceError(f"{path} is damaged{column}: {error}") from error
    return _frame(path, {name: _values(path, name, table.column(name)) for name in names})


def _values(path: str | Path, name: str, column: pyarrow.ChunkedArray) -> object:
    kind = _TYPES.get(name)
    if kind == "maybe":
        unknown = column.is_null().to_numpy()
        return pandas.arrays.IntegerArray(column.fill_null(-1).to_numpy(), mask=unknown)
    if kind and column.null_count:
        row = int(numpy.argmax(column.is_null().to_numpy())) + 1
        raise TraceError(f"{path} is damaged, column {name}: record {row} has no value")
    return column.to_pandas().array if kind == "text" else column.to_numpy()


def read_parquet(path: str | Path) -> pandas.DataFrame:
    """Read a .parquet file made by `write`; see `read`."""
    from pyarrow import ArrowInvalid  # noqa: PLC0415

    try:
        frame = pandas.read_parquet(path, engine="pyarrow")
    except ArrowInvalid as error:
        raise TraceError(f"{path} is no trace: {error}") from error
    _check(path, frame.columns)
    if frame.empty:  # then the file has no types of categories
        for name in [each for each in frame.columns if _TYPES.get(each) == "text"]:
            frame[name] = _texts(path, name, pandas.Categorical([]))
    return frame


def _check(path: str | Path, names: Collection[str]) -> None:
    wanted = _CONNECTIONS if "start_ns" in names else _CHANGES
    missing = [name for name in wanted if name not in names]
    if missing:
        raise TraceError(f"{path} is no trace: it lacks column {', '.join(missing)}")


def _frame(path: str | Path, columns: dict[str, object]) -> pandas.DataFrame:
    complete = {}
    for name, values in columns.items():
        complete[name] = _texts(path, name, values) if _TYPES.get(name) == "text" else values
        if name.endswith("_ns"):
            complete[name.replace("time_ns", "seconds").replace("_ns", "_seconds")] = values / 1e9
    return pandas.DataFrame(complete, copy=False)


def _texts(path: str | Path, name: str, values: pandas.Categorical) -> pandas.Categorical:
    """Return the values with the states as categories, or else with those that occur, sorted."""
    texts = values.categories
    used = numpy.flatnonzero(numpy.bincount(values.codes, minlength=len(texts)))
    if name in _STATE_COLUMNS:
        others = [texts[code] for code in used if texts[code] not in STATES]
        if others:
            raise TraceError(f"{path} is damaged, column {name}: {others[0]!r} is no state")
        return values.set_categories(list(STATES))
    order = sorted(used, key=lambda code: texts[code])
    places = numpy.zeros(len(texts), dtype=values.codes.dtype)
    places[order] = numpy.arange(len(order))
    known = pandas.Index([texts[code] for code in order], dtype=object)
    return pandas.Categorical.from_codes(places[values.codes], known)


def _column(array: numpy.ndarray, name: str) -> object:
    dtype, _, *title = array.dtype.fields[name]
    values = numpy.ascontiguousarray(array[name])
    if title:  # of a column of codes: "rule||OPEN-PASSIVE|..."
        return pandas.Categorical.from_codes(values, title[0].split("|")[1:])
    if dtype.kind == "V":  # 16 octets
        return _addresses(values)
    if name == "flags":
        return _flags(values, array["segment"])
    if _TYPES.get(name) == "maybe":
        return pandas.arrays.IntegerArray(values, mask=values < 0)
    return values


def _flags(bits: numpy.ndarray, segments: numpy.ndarray) -> pandas.Categorical:
    names = ["-".join(name for bit, name in FLAGS if each & bit) for each in range(256)]
    codes = bits.astype(numpy.int16)
    codes[segments == 0] = len(names)  # not a segment
    used, codes = numpy.unique(codes, return_inverse=True)
    texts = ["" if each == len(names) else names[each] or "none" for each in used]
    return pandas.Categorical.from_codes(codes, texts)


def _addresses(octets: numpy.ndarray) -> pandas.Categorical:
    halves = octets.view(numpy.uint64).reshape(-1, 2)
    high, first = pandas.factorize(halves[:, 0])
    low, second = pandas.factorize(halves[:, 1])
    codes, pairs = pandas.factorize(high * max(1, len(second)) + low)
    if not len(pairs):
        return pandas.Categorical([])
    known = numpy.stack((first[pairs // len(second)], second[pairs % len(second)]), axis=1)
    texts = [_address_text(each.tobytes()) for each in known]
    return pandas.Categorical.from_codes(codes, texts)


def _address_text(octets: bytes) -> str:
    address = ipaddress.IPv6Address(octets)
    return str(address.ipv4_mapped or address)
