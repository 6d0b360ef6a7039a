"""Which files are listed → the folders and tags by which fewer or more of them are, each with its address."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePosixPath
from typing import NamedTuple

from yinju.types import FileOutcome
from yinju.web.documents.table import Listing, Tags


class Shelf(NamedTuple):
    """A folder or a tag."""

    name: str
    href: str
    size: int = 0
    """How many files are in it, of those that are listed."""
    chosen: bool = False


def crumbs(listing: Listing) -> list[Shelf]:
    """The folders around the one that is listed and itself, outermost first, below the whole, which has no name."""
    parts = PurePosixPath(listing.folder).parts
    paths = ["", *("/".join(parts[: depth + 1]) for depth in range(len(parts)))]
    return [Shelf(PurePosixPath(path).name, replace(listing, folder=path, page=1).href) for path in paths]


def folders_below(listing: Listing, outcomes: Sequence[FileOutcome]) -> list[Shelf]:
    """The folders right in the one that is listed."""
    below = f"{listing.folder}/" if listing.folder else ""
    rest = (o.name[len(below) :] for o in outcomes if o.name.startswith(below))
    counted = Counter(name.partition("/")[0] for name in rest if "/" in name)
    return [
        Shelf(name, replace(listing, folder=below + name, page=1).href, count)
        for name, count in sorted(counted.items())
    ]


def tags_among(listing: Listing, outcomes: Sequence[FileOutcome], tags: Tags) -> list[Shelf]:
    """The tags of the files that are listed; the chosen one leads back."""
    here = replace(listing, tag="").of(outcomes, tags)
    counted = Counter(tag for outcome in here for tag in tags.get(outcome.name, ()))
    if listing.tag:
        counted.setdefault(listing.tag, 0)
    return [
        Shelf(tag, replace(listing, tag="" if tag == listing.tag else tag, page=1).href, count, tag == listing.tag)
        for tag, count in sorted(counted.items())
    ]
