"""States made in a thread reach the page at a pace; a reader's answer is stopped by that reader alone."""

import asyncio
import time
from collections.abc import Iterator
from contextlib import aclosing
from threading import Event, Thread

import pytest

from yinju.answering import Stop
from yinju.web.growing import Readers, paced


def test_the_first_state_is_not_waited_with_and_the_last_always_comes() -> None:
    seen, got = Event(), []

    def made() -> Iterator[int]:
        yield 0
        assert seen.wait(10)  # nothing more is made before the first was shown
        yield from range(1, 1_000)

    async def look() -> None:
        async for state in paced(made(), Stop(), pace=0.05):
            got.append(state)
            seen.set()

    asyncio.run(look())
    assert (got[0], got[-1]) == (0, 999)
    assert got == sorted(got)
    assert len(got) < 500


def test_only_the_newest_state_is_shown() -> None:
    waiting = Event()

    def made() -> Iterator[int]:
        yield from range(10)
        waiting.set()

    async def look() -> list[int]:
        states = paced(made(), Stop(), pace=0)
        assert waiting.wait(0) is False  # nothing is made before somebody looks
        first = await anext(states)
        assert await asyncio.to_thread(waiting.wait, 10)
        return [first, *[state async for state in states]]

    assert asyncio.run(look())[-1] == 9


def test_the_end_is_not_waited_with() -> None:
    async def look() -> list[int]:
        return [state async for state in paced(iter(range(2)), Stop(), pace=60)]

    begun = time.monotonic()
    assert asyncio.run(look())[-1] == 1
    assert time.monotonic() - begun < 10


def test_what_goes_wrong_is_raised_after_the_last_state() -> None:
    def failing() -> Iterator[int]:
        yield 1
        raise KeyError("x")

    async def look() -> None:
        states = paced(failing(), Stop(), pace=0)
        assert await anext(states) == 1
        with pytest.raises(KeyError):
            await anext(states)

    asyncio.run(look())


def test_leaving_stops_the_making_which_still_goes_to_its_end() -> None:
    stop, ended = Stop(), Event()

    def until_stopped() -> Iterator[int]:
        while not stop.stopped:
            yield 1
            time.sleep(0.001)
        ended.set()

    async def look() -> None:
        async with aclosing(paced(until_stopped(), stop)) as states:
            await anext(states)

    asyncio.run(look())
    assert ended.wait(2), "though its loop has ended as well"


def test_an_answer_that_was_left_is_seen_no_more() -> None:
    readers = Readers()
    with readers.begin("a") as left:
        assert left is not None
        assert readers.sees("a", left)
        readers.leave("a")
        assert left.stopped
        with readers.begin("a") as mine:
            assert mine is not None
            assert (readers.sees("a", left), readers.sees("a", mine)) == (False, True)
    assert len(readers) == 0


def test_a_reader_has_one_answer_and_stops_no_other() -> None:
    readers = Readers()
    with readers.begin("a") as mine, readers.begin("b") as other, readers.begin("a") as second:
        assert mine is not None and other is not None
        assert second is None
        readers.stop("b")
        readers.stop("nobody")
        assert (mine.stopped, other.stopped) == (False, True)
        stopping = Thread(target=readers.stop, args=("a",))
        stopping.start()
        stopping.join()
        assert mine.stopped
    assert len(readers) == 0
    with readers.begin("a") as again:
        assert again is not None and not again.stopped
