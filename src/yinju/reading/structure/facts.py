"""What a document says of itself as a whole: its version, when it was issued and is in force, what it replaces."""

from yinju.reading.extract import Extract
from yinju.types import DocumentFacts


def find_facts(found: Extract, title: str, name: str) -> DocumentFacts:
    """What the opening, the title and the file's name say of a document."""
    return found.facts
