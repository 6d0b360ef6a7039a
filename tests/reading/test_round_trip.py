"""Text put into every format comes back whole, in order, its headings and columns attached; damaged files end well."""

from itertools import islice
from pathlib import Path

import pytest

from made_blocks import FORMATS, make_blocks
from made_files import WRITERS, make_content
from mutated_files import SECONDS, make, read_all
from round_trip import LEAST, round_trip
from round_trip_blocks import round_trip as round_trip_of_blocks
from yinju.reading import read_document

FEW = 140
"""Ten damaged files of each format; benchmarks/mutated_files.py reads ten thousand."""


@pytest.mark.parametrize("kind", WRITERS)
def test_what_is_put_into_a_format_comes_back(kind: str) -> None:
    back = round_trip(kind, make_content(0))
    assert back.characters >= LEAST
    assert back.headings == 1
    assert back.cells == 1


KINDS = ("heading", "typed", "nested", "bullets", "drawn", "drawn nested", "drawn bullets", "row", "record", "article",
         "question")  # fmt: skip


@pytest.mark.parametrize("kind", FORMATS)
def test_blocks_come_back_as_what_they_were(kind: str) -> None:
    back = round_trip_of_blocks(kind, make_blocks(0))
    assert {block: all(back[block]) for block in KINDS} == dict.fromkeys(KINDS, True)


@pytest.mark.parametrize("kind", WRITERS)
def test_the_format_is_told_by_content_not_by_name(kind: str) -> None:
    data = WRITERS[kind](make_content(1))
    by_name = {"txt", "md", "csv"}  # nothing but the name tells these apart
    told = read_document(data, f"甲.{kind}").format
    assert kind in by_name or read_document(data, "甲.dat").format == told


def test_damaged_files_end_in_a_stated_way_and_in_time(tmp_path: Path) -> None:
    ends = list(islice(read_all(make(FEW, seed=7), tmp_path), FEW))
    assert len(ends) == FEW
    assert max(end.seconds for end in ends) < SECONDS
    assert {end.kind for end in ends} == set(WRITERS)
