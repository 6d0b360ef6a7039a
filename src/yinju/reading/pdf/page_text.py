"""The characters of a page that go the way most do → where each stands, and runs of them, for what tables are drawn.

A table that was found takes its characters, so that no other holds them too.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from yinju.reading.pdf.lines import CELL_GAP, Characters, Direction, Line, Stretch, TableRow, framed, measure
from yinju.types import Box

Placed = tuple[int, str, Box]
"""A character by its number, and its box in the frame of its line."""


@dataclass(frozen=True, slots=True)
class FoundTable:
    """The rows of a table and where it stands."""

    rows: tuple[TableRow, ...]
    held: frozenset[int]
    """The numbers of all characters in it; of a table without rulings, of those with which its pieces begin."""
    box: Box


class PageText:
    """The characters of a page that go the way most do, where each stands, and which are in no table yet."""

    def __init__(self, characters: Characters, page: int, stretches: Iterable[Stretch], direction: Direction) -> None:
        """Keep where each character that can be seen stands."""
        self.characters = characters
        self.page = page
        self.direction = direction
        self.placed: list[Placed] = [
            (first + place, character, framed(characters.box(first + place), direction))
            for first, words in stretches for place, character in enumerate(words) if not character.isspace()
        ]  # fmt: skip

    def inside(self, box: Box) -> list[Placed]:
        """The characters whose middle is in a box."""
        left, bottom, right, top = box
        return [
            one for one in self.placed
            if left < (one[2][0] + one[2][2]) / 2 < right and bottom < (one[2][1] + one[2][3]) / 2 < top
        ]  # fmt: skip

    def take(self, held: frozenset[int]) -> None:
        """Leave out the characters of a table from here on."""
        self.placed = [one for one in self.placed if one[0] not in held]

    def pieces(self, placed: Sequence[Placed], keys: Sequence[object] | None = None) -> Iterator[tuple[object, Line]]:
        """The characters in runs without a gap, each run of one line and one key."""
        begin = 0
        for number in range(1, len(placed) + 1):
            goes_on = number < len(placed) and _follows(placed[number - 1], placed[number])
            if goes_on and (keys is None or keys[number] == keys[number - 1]):
                continue
            run = placed[begin:number]
            words = "".join(character for _, character, _ in run)
            yield keys[begin] if keys else None, measure(self.characters, self.page, (run[0][0], words), self.direction)
            begin = number


def _follows(one: Placed, other: Placed) -> bool:
    """Whether a character stands right behind another, in the page's count and to the eye."""
    (number, _, box), (next_number, _, next_box) = one, other
    height = max(box[3] - box[1], 1.0)
    gap, sunk = next_box[0] - box[2], abs((box[1] + box[3]) - (next_box[1] + next_box[3])) / 2
    return next_number == number + 1 and -height < gap < CELL_GAP * height and sunk < 0.4 * height
