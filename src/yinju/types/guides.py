"""What a document's guide holds: what to know before reading it, each line with the place that it comes from."""

from dataclasses import dataclass

from yinju.types.answers import Citation


@dataclass(frozen=True, slots=True)
class GuideHeading:
    """A heading of an outline."""

    text: str
    level: int
    """How many headings stand above it."""
    start: int
    end: int
    """The range of the document's text that stands below it."""


@dataclass(frozen=True, slots=True)
class KeyPoint:
    """One of the few things that tell best what a document is about."""

    heading: str
    """Below which it stands; empty where it stands below none."""
    text: str
    """The document's own sentence in one line, or what a table of it tells of what."""
    citation: Citation


@dataclass(frozen=True, slots=True)
class Guide:
    """A document at a glance."""

    document: str
    title: str
    points: tuple[KeyPoint, ...]
    """In reading order; none where a document says nothing in sentences or tables."""
    outline: tuple[GuideHeading, ...]
    """In reading order; none where a document has no headings."""
