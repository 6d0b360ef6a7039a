"""A reason as it travels: from the parser that finds it, through the index, to whoever tells it to a person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias, Union

Fact: TypeAlias = Union[str, int, float, "Reason", Sequence[str], Sequence["Reason"]]
"""What a sentence is filled with; several are joined as the language does, and a reason is said in it."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something is not taken as it is, or a part of that."""

    name: str
    """A stable code, and after a dot which of its cases where there are several: too_large, empty.pdf."""
    facts: Mapping[str, Fact] = field(default_factory=dict)
    """Numbers and names found."""

    @property
    def code(self) -> str:
        """The code without its case."""
        return self.name.partition(".")[0]
