"""States made in a thread reach the page at a pace; a reader's answer is stopped by that reader alone."""

import time
from collections.abc import Iterator
from threading import Event, Thread

import pytest

from yinju.answering import Stop
from yinju.web.growing import Readers, paced


def test_the_first_state_comes_at_once_and_the_last_always() -> None:
    started, seen = time.monotonic(), []
    for state in paced(range(1_000), Stop(), pace=0.05):
        seen.append(state)
        assert len(seen) > 1 or time.monotonic() - started < 0.05
    assert seen[-1] == 999
    assert len(seen) <= 3


def test_a_state_is_late_by_one_pace_at_most() -> None:
    made: list[float] = []

    def slow() -> Iterator[int]:
        for number in range(30):
            made.append(time.monotonic())
            yield number
            time.sleep(0.01)

    last = -1
    updates = []
    for state in paced(slow(), Stop(), pace=0.06):
        updates.append(time.monotonic())
        assert updates[-1] - made[last + 1] < 0.06 + 0.05  # the clock of a busy machine
        last = state
    assert last == 29
    assert len(updates) <= 2 + (updates[-1] - updates[0]) / 0.06


def test_what_goes_wrong_is_raised_after_the_last_state() -> None:
    def failing() -> Iterator[int]:
        yield 1
        raise KeyError("x")

    states = paced(failing(), Stop(), pace=0)
    assert next(states) == 1
    with pytest.raises(KeyError):
        next(states)


def test_leaving_stops_the_making_which_still_goes_to_its_end() -> None:
    stop, ended = Stop(), Event()

    def until_stopped() -> Iterator[int]:
        while not stop.stopped:
            yield 1
            time.sleep(0.001)
        ended.set()

    states = paced(until_stopped(), stop)
    next(states)
    states.close()  # type: ignore[attr-defined]
    assert ended.wait(2)


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
