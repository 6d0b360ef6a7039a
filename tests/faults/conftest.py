"""The ground that kills, losses of power and full disks share."""

from collections.abc import Iterator

import pytest
from tests.faults.ground import BEFORE, Ground
from tests.faults.states import write_folder
from tests.faults.warm import Warm

from yinju.library import build_index
from yinju.protocols import Encoder


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory, real_encoder: Encoder) -> Iterator[Ground]:
    """An index of BEFORE, and a warm process."""
    folder = tmp_path_factory.mktemp("ground")
    place = folder / "place"
    write_folder(place / "corpus", BEFORE)
    build_index(place / "corpus", place / "index", encoder=real_encoder)
    place.rename(folder / "base")  # the index knows its folder as what lies at place/corpus
    with Warm(folder) as warm:
        yield Ground(folder, warm, real_encoder)
