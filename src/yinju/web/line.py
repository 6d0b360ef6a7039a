"""Questions → their turns: so many are looked for at once, the others wait in line and know their place in it.

A visitor's second question comes after everybody's first, so that many of one keep no other waiting. Who has found what
an answer is made of makes room for the next, however slowly a language model then speaks. All of it belongs to one
event loop.
"""

import asyncio
import time
from bisect import insort
from collections import Counter
from collections.abc import AsyncGenerator, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from math import ceil
from typing import Literal
from weakref import WeakSet

from yinju.retrieval import CROWD
from yinju.settings import Settings

OF_ONE, WAITING_OF_ONE = 8, 24
"""Of one visitor, how many answers grow at once and how many questions may wait beside: many tabs, not all places."""
OF_ADDRESS = 10
"""How many visitors' questions a minute may come from one address, which a whole office may share."""
LOOKS, OFTEN = 10.0, 2.0
"""How many of those who wait are told their place anew in a second, all together; and after how many each at least."""
SHORTEST, LONGEST = 1, 120
"""After how many seconds one may be told to come back."""
REMEMBERED = 10_000
"""Of how many visitors it is known how often they asked."""
WEIGHT = 0.1
"""What the last question weighs in the time that one is said to take."""


class BusyError(Exception):
    """A question that is not taken up now; `code` names the sentence that says why."""

    def __init__(self, code: Literal["full", "yours", "often", "ending"], seconds: float) -> None:
        """Keep why, and after how many seconds it may be asked again."""
        super().__init__(code)
        self.code, self.seconds = code, min(LONGEST, max(SHORTEST, ceil(seconds)))


@dataclass(eq=False, frozen=True)
class Ticket:
    """A question that was let in and is about to take its place; whoever lets go of it has given that up."""

    who: str


@dataclass(eq=False)
class Place:
    """One question in the line."""

    who: str
    round: int
    """How many of its visitor's questions came before it, counted as `Line` does; the lowest is next."""
    changed: asyncio.Event = field(default_factory=asyncio.Event)
    begun: float = 0.0
    """When its turn came, by the monotonic clock; 0 as long as it waits."""
    searching: bool = False


class Line:
    """The questions that are being answered, and those that wait."""

    def __init__(self, settings: Settings) -> None:
        """Nobody asks yet."""
        self._searches, self._answers = settings.questions_at_once, settings.answers_at_once
        self._room, often = settings.questions_waiting, settings.questions_per_minute
        self._visitors, self._addresses = Frequency(often), Frequency(often * OF_ADDRESS)
        self._waiting, self._growing = list[Place](), set[Place]()
        self._expected = WeakSet[Ticket]()
        self._rounds: Counter[str] = Counter()
        self._round = 0
        self._search_seconds, self._answer_seconds = 0.1, 0.1
        self.ending = False
        """Whether nobody may begin any more."""

    @property
    def waiting(self) -> int:
        """How many questions wait."""
        return len(self._waiting)

    @property
    def growing(self) -> int:
        """How many are being answered."""
        return len(self._growing)

    def check(self, who: str, address: str = "") -> None:
        """See that a visitor may ask now, the address being that of a machine that is not this one.

        Raises:
            BusyError: it may not.
        """
        if self.ending:
            raise BusyError("ending", LONGEST)
        if self.waiting + len(self._expected) >= self._room + self._free():
            raise BusyError("full", self._until_free())
        mine = [one.who for one in self._waiting] + [one.who for one in self._expected]
        if mine.count(who) >= WAITING_OF_ONE:
            raise BusyError("yours", self._until_free())
        if wait := max(self._visitors.wait(who), self._addresses.wait(address) if address else 0.0):
            raise BusyError("often", wait)

    def expect(self, who: str, address: str = "") -> Ticket:
        """Keep room for a visitor's question until it takes its place.

        Raises:
            BusyError: there is none.
        """
        self.check(who, address)
        ticket = Ticket(who)
        self._expected.add(ticket)
        return ticket

    def _free(self) -> int:
        """For how many questions nobody has to wait."""
        searching = sum(place.searching for place in self._growing)
        return max(0, min(self._searches - searching, self._answers - self.growing))

    def _until_free(self) -> float:
        """In how many seconds all who wait will have had their turn, as far as can be said."""
        return (self.waiting + len(self._expected)) * max(
            self._search_seconds / self._searches, self._answer_seconds / self._answers
        )

    @contextmanager
    def place(self, who: str, address: str = "", ticket: Ticket | None = None) -> Iterator[Place]:
        """A place in the line, or at the desk where that is free, as long as it lasts; it was kept for a ticket.

        Raises:
            BusyError: there is none.
        """
        if ticket and not self.ending:
            self._expected.discard(ticket)
        else:
            self.check(who, address)
        self._visitors.count(who)
        if address:
            self._addresses.count(address)
        self._rounds[who] = max(self._rounds[who] + 1, self._round)
        place = Place(who, self._rounds[who])
        insort(self._waiting, place, key=lambda one: one.round)
        CROWD.wait(1)
        self._advance()
        try:
            yield place
        finally:
            self._leave(place)

    async def turn(self, place: Place) -> AsyncGenerator[int, None]:
        """How many are before a place, each time that this is to be told; it ends when their turn has come."""
        told = -1
        while not place.begun:
            if self.ending:
                raise BusyError("ending", LONGEST)
            if (ahead := self._waiting.index(place)) != told:
                told = ahead
                yield ahead
            with suppress(TimeoutError):
                async with asyncio.timeout(max(OFTEN, self.waiting / LOOKS)):
                    await place.changed.wait()

    def found(self, place: Place) -> None:
        """Let the next one look: who has this place has found what there is."""
        if place.searching:
            place.searching = False
            self._search_seconds += WEIGHT * (time.monotonic() - place.begun - self._search_seconds)
            self._advance()

    def close(self) -> None:
        """Let nobody begin any more; those who wait are told so."""
        self.ending = True
        for place in self._waiting:
            place.changed.set()

    def _leave(self, place: Place) -> None:
        self.found(place)
        if place.begun:
            self._growing.discard(place)
            self._answer_seconds += WEIGHT * (time.monotonic() - place.begun - self._answer_seconds)
        else:
            self._unwait(place)
        if not any(one.who == place.who for one in (*self._waiting, *self._growing)):
            del self._rounds[place.who]
        self._advance()

    def _advance(self) -> None:
        """Begin as many as there is room for."""
        taken = Counter(place.who for place in self._growing)
        searching = sum(place.searching for place in self._growing)
        for place in [*self._waiting] if not self.ending else []:
            if searching >= self._searches or self.growing >= self._answers:
                return
            if taken[place.who] < OF_ONE:
                self._unwait(place)
                self._growing.add(place)
                self._round = max(self._round, place.round)
                place.begun, place.searching = time.monotonic(), True
                taken[place.who] += 1
                searching += 1
                place.changed.set()

    def _unwait(self, place: Place) -> None:
        self._waiting.remove(place)
        CROWD.wait(-1)


class Frequency:
    """How often each asks, as a bucket that fills again."""

    def __init__(self, per_minute: int) -> None:
        """Allow so many a minute, at once or one after another."""
        self._per_minute = per_minute
        self._used: dict[str, tuple[float, float]] = {}
        """Who → how much of the bucket was used, and when; who asked last stands last."""

    def _used_by(self, who: str) -> float:
        used, when = self._used.get(who, (0.0, 0.0))
        return max(0.0, used - (time.monotonic() - when) * self._per_minute / 60)

    def wait(self, who: str) -> float:
        """In how many seconds one may ask again; 0 for at once."""
        return max(0.0, (self._used_by(who) + 1 - self._per_minute) * 60 / self._per_minute)

    def count(self, who: str) -> None:
        """Take one more question into account."""
        used = self._used_by(who) + 1
        self._used.pop(who, None)
        self._used[who] = used, time.monotonic()
        if len(self._used) > REMEMBERED:
            del self._used[next(iter(self._used))]
