# SPDX-License-Identifier: GPL-2.0-only
"""Trace files as pandas data frames.

A frame of transitions or reactions has a row for each record and the columns of the file (see
doc/tcp-fsm.rst): `time_ns` is simulated time in nanoseconds, an integer, beside which there is
`seconds`; texts such as states, events and rules are categories; `seq` and `ack` are relative to
the initial sequence numbers. A frame of connections has `start_ns`, `established_ns` and `end_ns`,
with seconds beside them; numbers that are unknown are pandas.NA.
"""

from __future__ import annotations

import ipaddress
from pathlib import Path

import numpy
import pandas

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

_STATE_COLUMNS = ("from", "to", "last_state")
# Bits of the TCP header, in the order in which a name has them.
_FLAGS = ((2, "SYN"), (1, "FIN"), (4, "RST"), (8, "PSH"), (16, "ACK"), (32, "URG"))
_FLAGS += ((64, "ECE"), (128, "CWR"))
# Of connections; -1 or nothing where the number is unknown.
_MAYBE_COLUMNS = ("iss", "irs", "local_mss", "remote_mss", "local_window_scale")
_MAYBE_COLUMNS += ("remote_window_scale", "established_ns", "end_ns")
_BOOLEAN_COLUMNS = ("sack", "timestamps")
# What stands in every record file, whatever its kind.
_IN_ALL = {"node", "connection", "family", "local_address", "rule", "clause"}


class TraceError(ValueError):
    """A file that is no trace, or is damaged."""


def read(path: str | Path) -> pandas.DataFrame:
    """Read a file of transitions, reactions or connections: .csv, .npy or .parquet.

    Raises TraceError for a file that is none, OSError for one that cannot be read.
    """
    path = Path(path)
    if path.suffix not in SUFFIXES:
        raise TraceError(f"{path}: a trace ends with one of {', '.join(SUFFIXES)}")
    return {".csv": read_csv, ".npy": read_npy, ".parquet": read_parquet}[path.suffix](path)


def write(frame: pandas.DataFrame, path: str | Path) -> None:
    """Write a frame to a file: .parquet, which keeps all types, or .csv, as a trace file has it.

    Raises ValueError for another suffix.
    """
    path = Path(path)
    if path.suffix == ".parquet":
        frame.to_parquet(path, engine="pyarrow", index=False)
    elif path.suffix == ".csv":
        ours = [name for name in frame.columns if not name.endswith("seconds")]
        frame[ours].to_csv(path, index=False)
    else:
        raise ValueError(f"{path}: give a name that ends with .parquet or .csv")


def read_npy(path: str | Path) -> pandas.DataFrame:
    """Read a .npy file of TcpFsmTraceHelper; see `read`."""
    try:
        array = numpy.load(path, mmap_mode="r", allow_pickle=False)
    except (ValueError, EOFError, SyntaxError) as error:
        raise TraceError(f"{path} is no trace: {error}") from error
    _check(path, array.dtype.names or ())
    # One pass through the file: its records are read, not its columns one after the other.
    array = numpy.asarray(array)
    return _frame({name: _column(array, name) for name in array.dtype.names})


def read_csv(path: str | Path) -> pandas.DataFrame:
    """Read a .csv file of TcpFsmTraceHelper; see `read`."""
    from pyarrow import ArrowInvalid, csv, dictionary, int32, string  # noqa: PLC0415

    texts = ("local_address", "remote_address", "from", "event", "flags", "seq_class", "ack_class")
    texts += ("reply", "to", "rule", "clause", "began", "last_state", "error")
    try:
        table = csv.read_csv(
            path,
            convert_options=csv.ConvertOptions(
                column_types=dict.fromkeys(texts, dictionary(int32(), string())),
                strings_can_be_null=False,
            ),
        )
    except ArrowInvalid as error:
        raise TraceError(f"{path} is no trace: {error}") from error
    _check(path, table.column_names)
    columns = {}
    for name in table.column_names:
        values = table.column(name)
        if name in texts:
            columns[name] = values.to_pandas().array
        elif name in _MAYBE_COLUMNS:
            columns[name] = pandas.array(values.to_pylist(), dtype="Int64")
        elif name in _BOOLEAN_COLUMNS:
            columns[name] = values.to_numpy().astype(bool)
        else:
            columns[name] = values.to_numpy()
    return _frame(columns)


def read_parquet(path: str | Path) -> pandas.DataFrame:
    """Read a .parquet file made by `write`; see `read`."""
    from pyarrow import ArrowInvalid  # noqa: PLC0415

    try:
        frame = pandas.read_parquet(path, engine="pyarrow")
    except ArrowInvalid as error:
        raise TraceError(f"{path} is no trace: {error}") from error
    _check(path, frame.columns)
    return frame


def _check(path: str | Path, names: object) -> None:
    if not _IN_ALL.issubset(names):
        raise TraceError(f"{path} is no trace: it has other columns")


def _frame(columns: dict[str, object]) -> pandas.DataFrame:
    complete = {}
    for name, values in columns.items():
        is_state = name in _STATE_COLUMNS
        complete[name] = values.set_categories(list(STATES)) if is_state else values
        if name.endswith("_ns"):
            complete[name.replace("time_ns", "seconds").replace("_ns", "_seconds")] = values / 1e9
    return pandas.DataFrame(complete, copy=False)


def _column(array: numpy.ndarray, name: str) -> object:
    dtype, _, *title = array.dtype.fields[name]
    values = numpy.ascontiguousarray(array[name])
    if title:  # of a column of codes: "rule||OPEN-PASSIVE|..."
        return pandas.Categorical.from_codes(values, title[0].split("|")[1:])
    if dtype.kind == "V":  # 16 octets
        return _addresses(values)
    if name == "flags":
        return _flags(values, array["segment"])
    if name in _MAYBE_COLUMNS:
        return pandas.arrays.IntegerArray(values, mask=values < 0)
    return values


def _flags(bits: numpy.ndarray, segments: numpy.ndarray) -> pandas.Categorical:
    names = ["-".join(name for bit, name in _FLAGS if each & bit) for each in range(256)]
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
