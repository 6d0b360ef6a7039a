"""What is asked of Milvus, and how its failures are told: one collection of entities a library, one entity a passage.

pymilvus is imported when a store is first used: a default installation need not have it.
"""

import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache, cached_property
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from yinju.errors import IndexMissingError, IndexWriteError, SettingsError, YinjuError
from yinju.store.milvus.weights import Sparse
from yinju.store.protocol import Hits
from yinju.types import Vectors

DENSE, SPARSE = "dense", "sparse"

MOST_HITS = 16_384
"""More are never given at once."""

_BATCH = 500
"""Entities sent or fetched at once: some 4 MB."""

_READ_SECONDS, _WRITE_SECONDS = 30.0, 120.0

Query = Vectors | Sparse


class Milvus:
    """A server or cluster by its address, or a file of Milvus Lite; connected to when it is first used."""

    def __init__(self, address: str, token: str = "") -> None:
        """Nothing is connected yet; the `token` is told to nobody else.

        Raises:
            SettingsError: the address is neither that of a server nor a file that Milvus Lite would open.
        """
        self._address, self._token = address, token
        self.is_file = "://" not in address
        if self.is_file and not address.endswith(".db"):
            raise SettingsError("milvus.address", address=address)

    @property
    def shown(self) -> str:
        """Where it is, without name and password."""
        parts = urlsplit(self._address)
        return self._address if self.is_file else f"{parts.scheme}://{parts.hostname}:{parts.port or 19530}"

    @cached_property
    def _client(self) -> Any:  # noqa: ANN401 - pymilvus says nothing of its types
        if self.is_file:
            Path(self._address).mkdir(mode=0o700, parents=True, exist_ok=True)  # a folder, whatever its name
        quiet = {"grpc.keepalive_time_ms": 600_000} if self.is_file else {}  # its server takes pings for an attack
        return _pymilvus()[0].MilvusClient(
            self._address, token=self._token, timeout=_READ_SECONDS, grpc_options=quiet
        )  # fmt: skip

    @cached_property
    def _is_lite(self) -> bool:
        return self.is_file or "lite" in str(self._client.get_server_version())

    @contextmanager
    def _telling(self, error: type[YinjuError]) -> Iterator[Any]:
        """The client; what fails is told in one line, with what to do about it."""
        failures = _pymilvus()[1]
        try:
            yield self._client
        except failures as failure:
            name = "milvus.file" if self.is_file else "milvus.server"
            raise error(name, place=self.shown, why=_reason(failure)) from failure

    def make(self, collection: str, dimension: int) -> None:
        """See that there is a collection, for vectors of a dimension.

        Raises:
            IndexWriteError: it cannot be made.
        """
        with self._telling(IndexWriteError) as client:
            if client.has_collection(collection):
                return
            types = _pymilvus()[0].DataType
            schema = client.create_schema(auto_id=False, enable_dynamic_field=False)
            schema.add_field("place", types.INT64, is_primary=True)
            schema.add_field("segment", types.INT64)
            schema.add_field("owner", types.INT64)
            schema.add_field(DENSE, types.FLOAT_VECTOR, dim=dimension)
            schema.add_field(SPARSE, types.SPARSE_FLOAT_VECTOR)
            indexes = client.prepare_index_params()
            indexes.add_index(DENSE, index_type="FLAT" if self.is_file else "AUTOINDEX", metric_type="IP")
            indexes.add_index(SPARSE, index_type="SPARSE_INVERTED_INDEX", metric_type="IP")
            client.create_collection(collection, schema=schema, consistency_level="Strong", timeout=_WRITE_SECONDS)
            client.create_index(collection, indexes, sync=False)  # nothing is there that could be waited for
            client.load_collection(collection, timeout=_WRITE_SECONDS)

    def put(self, collection: str, entities: Sequence[Mapping[str, Any]]) -> None:
        """Keep entities; one that is there already is written again.

        Raises:
            IndexWriteError: it cannot be done.
        """
        with self._telling(IndexWriteError) as client:
            for start in range(0, len(entities), _BATCH):
                client.upsert(collection, [*entities[start : start + _BATCH]], timeout=_WRITE_SECONDS)
            if self._is_lite:  # which searches slowly what it has not flushed; a server has its own time for that
                client.flush(collection, timeout=_WRITE_SECONDS)

    def forget(self, collection: str, segment: int) -> None:
        """Delete the entities of a segment, and a collection that is then empty.

        Raises:
            IndexWriteError: it cannot be done.
        """
        with self._telling(IndexWriteError) as client:
            if _count(client, collection):
                client.delete(collection, filter=f"segment == {segment}", timeout=_WRITE_SECONDS)
            if _count(client, collection) == 0:
                client.drop_collection(collection, timeout=_WRITE_SECONDS)

    def count(self, collection: str, where: str = "") -> int | None:
        """How many entities there are, of some or of all; None where there is no such collection.

        Raises:
            IndexMissingError: Milvus cannot be asked.
        """
        with self._telling(IndexMissingError) as client:
            return _count(client, collection, where)

    def search(self, collection: str, queries: Sequence[Query], count: int, where: str) -> list[Hits]:
        """For each query of a kind the entities of the highest inner product, as (place, product), best first.

        Raises:
            IndexMissingError: Milvus cannot be asked.
        """
        field = SPARSE if isinstance(queries[0], dict) else DENSE
        asked = [query if isinstance(query, dict) else [*map(float, query)] for query in queries]
        with self._telling(IndexMissingError) as client:
            found = client.search(
                collection, data=asked, anns_field=field, limit=min(count, MOST_HITS), filter=where,
                output_fields=["place"], timeout=_READ_SECONDS,
            )  # fmt: skip
        return [[(int(hit["place"]), float(hit["distance"])) for hit in hits] for hits in found]

    def fetch(self, collection: str, places: Sequence[int], fields: Sequence[str]) -> dict[int, Mapping[str, Any]]:
        """Place → what an entity holds in some fields; nothing for one that is not there.

        Raises:
            IndexMissingError: Milvus cannot be asked.
        """
        found: dict[int, Mapping[str, Any]] = {}
        with self._telling(IndexMissingError) as client:
            for start in range(0, len(places), _BATCH):
                chosen = [*places[start : start + _BATCH]]
                rows = client.query(
                    collection, filter=f"place in {chosen}", output_fields=["place", *fields], timeout=_READ_SECONDS
                )
                found |= {int(row["place"]): row for row in rows}
        return found


def _count(client: Any, collection: str, where: str = "") -> int | None:  # noqa: ANN401 - as `_client`
    if not client.has_collection(collection):
        return None
    client.load_collection(collection)  # a file that is opened anew, or a server that was started anew
    (row,) = client.query(collection, filter=where, output_fields=["count(*)"], timeout=_READ_SECONDS)
    return int(row["count(*)"])


@cache
def _pymilvus() -> tuple[Any, tuple[type[Exception], ...]]:
    """The library, which then says no more than an error of ours does, and how it fails.

    Raises:
        SettingsError: it is not installed.
    """
    try:
        import grpc
        import pymilvus
    except ImportError:
        raise SettingsError("milvus.needed") from None
    for name in ("pymilvus", "pymilvus.milvus_client", "milvus_lite"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    return pymilvus, (pymilvus.MilvusException, grpc.RpcError, OSError, ValueError)


def _reason(failure: Exception) -> str:
    """What went wrong, in one line."""
    details = getattr(failure, "details", None)  # of gRPC
    said = str(getattr(failure, "message", "") or (details() if details else failure)).split("\n")[0]
    return said if len(said) <= 200 else f"{said[:200]}…"
