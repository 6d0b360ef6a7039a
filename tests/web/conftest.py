"""What several tests of the page stand on."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from yinju import open_library
from yinju.library import Library
from yinju.protocols import Encoder
from yinju.settings import Settings


@pytest.fixture
def library(toy_index: Path, encoder: Encoder) -> Iterator[Library]:
    with open_library(toy_index, encoder=encoder, settings=Settings()) as opened:
        yield opened
