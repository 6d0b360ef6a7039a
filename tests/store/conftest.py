"""A file of Milvus Lite, which all tests of the stores share: each store has a collection of its own."""

from collections.abc import Iterator

import pytest


@pytest.fixture(scope="session")
def milvus_lite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The path of the file; what serves it ends with the tests."""
    path = str(tmp_path_factory.mktemp("milvus") / "shared.db")
    yield path
    from milvus_lite.server_manager import server_manager_instance

    server_manager_instance.release_server(path)
