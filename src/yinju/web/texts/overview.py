"""The overview: its words in three languages."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OverviewTexts:
    """The overview; names in braces are filled in by `str.format`."""

    label: str


HANT = OverviewTexts(
    label="總覽",
)


HANS = OverviewTexts(
    label="总览",
)


ENGLISH = OverviewTexts(
    label="Overview",
)
