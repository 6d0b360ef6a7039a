"""An Office file, which is an archive of parts → its parts, and what each of them refers to.

Not the libraries' own packages: these read every part, pictures and themes too, and wrap every element in an object.
"""

import io
import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any
from urllib.parse import unquote

from yinju.reading.unpacking import DAMAGE, as_transitional, check_unpacked_size, parse_xml, read_member


@dataclass(frozen=True, slots=True)
class Relation:
    """What a part refers to: another part by its name, as a `kind` such as styles or worksheet."""

    id: str
    kind: str
    target: str


class Package:
    """The parts of one file by their names; unpacked when they are asked for."""

    def __init__(self, data: bytes) -> None:
        """Open the file.

        Raises:
            zipfile.BadZipFile: when its directory is damaged.
            ReadingError: `too_large` when it says that it unpacks to too much.
        """
        self._archive = zipfile.ZipFile(io.BytesIO(data))
        check_unpacked_size(self._archive)
        self.names = frozenset(self._archive.namelist())
        self._relations: dict[str, list[Relation]] = {}

    def part(self, name: str) -> bytes:
        """The bytes of a part.

        Raises:
            KeyError: when there is none of the name.
            zipfile.BadZipFile: or others of `unpacking.DAMAGE`, when it is damaged.
        """
        return read_member(self._archive, self._archive.getinfo(name))

    def opened(self, name: str) -> IO[bytes]:
        """A part to be read piece by piece.

        Raises:
            KeyError: and others, as `part`.
        """
        return self._archive.open(name)

    def root(self, name: str) -> Any:  # noqa: ANN401 - lxml has no types
        """The root element of a part, in the usual namespaces.

        Raises:
            KeyError: and others, as `part`.
            lxml.etree.XMLSyntaxError: when it is damaged.
        """
        return parse_xml(as_transitional(self.part(name)))

    def relations(self, part: str = "") -> list[Relation]:
        """What a part refers to within the package, in the order stated; without a part, the package itself."""
        if part not in self._relations:
            self._relations[part] = [*self._read_relations(part)]
        return self._relations[part]

    def _read_relations(self, part: str) -> Iterator[Relation]:
        folder, name = posixpath.split(part)
        stated = posixpath.join(folder, "_rels", f"{name}.rels")
        if stated not in self.names:
            return
        for relation in self.root(stated).iterchildren("{*}Relationship"):
            if relation.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, unquote(relation.get("Target", ""))))
                kind = relation.get("Type", "").rpartition("/")[2]
                yield Relation(relation.get("Id", ""), kind, target.removeprefix("/"))

    def related(self, kind: str, part: str = "") -> str | None:
        """The name of the first part of a kind that a part refers to, or the package itself; None without any."""
        return next((relation.target for relation in self.relations(part) if relation.kind == kind), None)

    def title(self) -> str:
        """The title in the file's properties; empty where there is none or they are damaged."""
        try:
            name = self.related("core-properties")
            found = self.root(name).find("{http://purl.org/dc/elements/1.1/}title") if name else None
        except DAMAGE:
            return ""
        return ((found.text if found is not None else "") or "").strip()
