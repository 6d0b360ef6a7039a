"""A question at the page → its chat as the answer grows in it: first the place in line, then what is found.

Only waiting happens in the event loop; what takes time is done in threads.
"""

import asyncio
import time
from collections.abc import AsyncGenerator, Callable, Iterator
from contextlib import aclosing
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any

from yinju.answering import Stop
from yinju.messages import Language, say
from yinju.users.failures import place_of
from yinju.web.conversation import Conversation
from yinju.web.growing import Readers, paced
from yinju.web.line import BusyError, Line, Place, Ticket
from yinju.web.metrics import Metrics
from yinju.web.visitor import visitor_of

LAST_SECONDS = 2.0
"""How long an answer that is stopped may take to be kept and shown as such."""

Grown = AsyncGenerator[Conversation, None]


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks."""

    id: str
    """The visitor's, or the address of a program that keeps no cookies."""
    address: str
    """Of another machine, of IPv6 its network; empty for this one: a proxy here brings everybody's questions."""
    ticket: Ticket | None = None
    """Where the question was let in already."""


def asker_of(request: Any) -> Asker:  # noqa: ANN401 - Starlette's request or Gradio's wrapper around one
    """Who sent a request that has passed the guard."""
    visitor, ticket = visitor_of(request), getattr(request.state, "ticket", None)
    address = "" if _is_loopback(visitor.address) else place_of(visitor.address)
    return Asker(visitor.id or visitor.address, address, ticket)


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return True


class Questions:
    """Takes questions and sees that each has its turn."""

    def __init__(self, line: Line, metrics: Metrics) -> None:
        """Let them wait in a line, and count what becomes of them."""
        self.line, self.readers, self._metrics = line, Readers(), metrics

    async def answer(
        self, asker: Asker, first: Conversation, states: Iterator[Conversation], stop: Stop, language: Language
    ) -> Grown:
        """Each state of the chat, the first being given; the last has a notice where the question was not taken up."""
        try:
            with self.line.place(asker.id, asker.address, asker.ticket) as place:
                came = time.monotonic()
                async with aclosing(self._waiting(place, first, stop)) as waiting:
                    async for state in waiting:
                        yield state
                if stop.stopped:
                    yield first.last(notice=say("line.left", language), failed=True)
                    return
                self._metrics.begun(time.monotonic() - came)
                async with aclosing(self._growing(place, states, stop)) as growing:
                    async for state in growing:
                        yield state
        except BusyError as busy:
            self._metrics.refused(busy.code)
            yield first.last(notice=say(f"line.{busy.code}", language, seconds=busy.seconds), failed=True)

    async def end(self, seconds: float, hurried: Callable[[], bool]) -> None:
        """Take no more questions, and wait for the answers that grow; after so many seconds they are stopped."""
        self.line.close()
        for limit in (seconds, LAST_SECONDS):
            due = time.monotonic() + limit
            while self.line.growing and time.monotonic() < due and not hurried():
                await asyncio.sleep(0.05)
            self.readers.stop_all()

    async def _waiting(self, place: Place, first: Conversation, stop: Stop) -> Grown:
        """The question, with its place as long as others are before it."""
        told = False
        async with aclosing(self.line.turn(place)) as turn:
            async for ahead in turn:
                if stop.stopped:
                    return
                told = True
                yield first.last(ahead=ahead)
        if not told:
            yield first

    async def _growing(self, place: Place, states: Iterator[Conversation], stop: Stop) -> Grown:
        """What is found, and what is said of it."""
        begun, state = time.monotonic(), None
        async with aclosing(paced(states, stop)) as made:
            async for state in made:
                if state.turns[-1].answer or not state.growing:
                    self.line.found(place)
                yield state
        if state is not None and not state.growing:
            self._metrics.answered(state.turns[-1].answer, time.monotonic() - begun)
