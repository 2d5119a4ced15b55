# SPDX-License-Identifier: GPL-2.0-only
"""Compares a trace in the format .npy with the same one in .csv, column by column.

usage: compare-npy.py FILE.npy FILE.csv
"""

import csv
import ipaddress
import sys

import numpy

FLAGS = {"SYN": 2, "FIN": 1, "RST": 4, "PSH": 8, "ACK": 16, "URG": 32, "ECE": 64, "CWR": 128}


def as_text(array, column):
    """Returns the values of a column as the .csv has them."""
    values = array[column].tolist()
    dtype, _, *title = array.dtype.fields[column]
    if title:
        own_name, *names = title[0].split("|")
        assert own_name == column, title[0]
        return [names[code] for code in values]
    if column == "flags":
        joined = ["-".join(name for name in FLAGS if bits & FLAGS[name]) for bits in values]
        segments = array["segment"].tolist()
        return [text or "none" if number else "" for text, number in zip(joined, segments)]
    if dtype.kind == "V":
        addresses = [ipaddress.IPv6Address(octets) for octets in values]
        return [str(address.ipv4_mapped or address) for address in addresses]
    if dtype.kind == "b":
        return [str(int(value)) for value in values]
    return ["" if value == -1 else str(value) for value in values]


def main(npy_name, csv_name):
    array = numpy.load(npy_name, mmap_mode="r")
    assert isinstance(array, numpy.memmap), type(array)
    assert numpy.array_equal(array, numpy.load(npy_name)), "read whole, it is another"
    with open(csv_name, newline="", encoding="ascii") as file:
        names, *lines = csv.reader(file)
    assert list(array.dtype.names) == names, array.dtype.names
    assert array.shape == (len(lines),), (array.shape, len(lines))
    for index, column in enumerate(names):
        assert as_text(array, column) == [line[index] for line in lines], column
    print(len(lines), "records")


if __name__ == "__main__":
    main(*sys.argv[1:])
