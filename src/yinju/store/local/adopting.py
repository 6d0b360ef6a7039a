"""A publication from elsewhere, such as a backup → the live one of an index, by the same rename as any other."""

from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from yinju.errors import IndexDamagedError, IndexMissingError
from yinju.store.local.manifest import MANIFEST, Manifest, Pointer, read_manifest
from yinju.store.local.pointer import GENERATIONS, folder_of, read_pointer
from yinju.store.local.publishing import KEYWORDS, SEGMENTS, next_number, publish, sync_below


def live_pointer(index: Path) -> Pointer | None:
    """The live publication; None where nothing was published, or it cannot be told which is."""
    with suppress(IndexDamagedError, IndexMissingError):
        return read_pointer(index)
    return None


def manifest_in(source: Path) -> Manifest | None:
    """What the publication that a folder like that of an index names consists of; see `read_manifest`."""
    pointer = read_pointer(source)
    return read_manifest(folder_of(source, pointer[0]) / MANIFEST, pointer[1], source) if pointer else None


def files_of(manifest: Manifest) -> dict[str, str]:
    """Path below the folder of an index → SHA-256, of every file that a publication consists of but its manifest."""
    folder = f"{GENERATIONS}/{manifest.generation:06d}/{KEYWORDS}"
    found = {f"{folder}/{name}": str(digest["sha256"]) for name, digest in manifest.keywords.items()}
    for entry in manifest.segments:
        found |= {f"{SEGMENTS}/{entry.name}/{name}": str(one["sha256"]) for name, one in entry.digests.items()}
    return found


def adopt(index: Path, source: Path, corpus: Path) -> None:
    """Make the publication of a folder on the same disk the live one, over a folder of documents; its files are moved.

    The right to write the index is held, and what was live before can be gone back to. Segments get names that nobody
    there has: readers know them by these.
    """
    manifest = manifest_in(source)
    assert manifest is not None
    number = next_number(index)
    entries = []
    for place, entry in enumerate(manifest.segments):
        folder = source / SEGMENTS / entry.name
        sync_below(folder)
        entries.append(replace(entry, name=f"{number:06d}-{place}"))
        folder.rename(index / SEGMENTS / entries[-1].name)
    building = index / GENERATIONS / f"building-{number:06d}"
    folder_of(source, manifest.generation).rename(building)
    facts = replace(manifest.facts, corpus=str(corpus.resolve()))
    adopted = replace(manifest, generation=number, before=live_pointer(index), segments=tuple(entries), facts=facts)
    publish(index, building, adopted)
