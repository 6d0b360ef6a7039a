"""The search view: its words in three languages."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SearchTexts:
    """The search view; names in braces are filled in by `str.format`."""

    label: str


HANT = SearchTexts(
    label="搜尋",
)


HANS = SearchTexts(
    label="搜索",
)


ENGLISH = SearchTexts(
    label="Search",
)
