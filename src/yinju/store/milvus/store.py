"""The store in Milvus: documents in segments of a folder, as the local store has them; passages found by Milvus."""

from pathlib import Path

from yinju.store.local.manifest import Pointer
from yinju.store.local.store import SegmentStore
from yinju.store.milvus.connection import Milvus
from yinju.store.milvus.snapshot import MilvusSnapshot
from yinju.store.milvus.writing import MilvusWriter
from yinju.store.protocol import StoreFacts


class MilvusStore(SegmentStore[MilvusSnapshot]):
    """A library whose passages Milvus finds, in a collection of its own."""

    def __init__(self, index: Path, address: str = "", token: str = "") -> None:
        """Over a folder and a server's address, or a file of Milvus Lite; empty for one in that folder.

        Raises:
            SettingsError: the address cannot be used.
        """
        super().__init__(index)
        self._milvus = Milvus(address or str(index / "milvus.db"), token)

    def _open(self, before: MilvusSnapshot | None, publication: Pointer | None = None) -> MilvusSnapshot:
        return MilvusSnapshot(self.index, self._milvus, before, publication)

    def writer(self, facts: StoreFacts | None = None, *, anew: bool = False) -> MilvusWriter:
        """The right to change it, `anew` from nothing; see `SegmentWriter` for the errors."""
        return MilvusWriter(self.index, self._milvus, self.open, facts, anew)
