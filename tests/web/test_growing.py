"""States made in a thread reach the page at a pace; a reader's answer is stopped by that reader alone."""

import time
from collections.abc import Iterator
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

    for state in paced(made(), Stop(), pace=0.05):
        got.append(state)
        seen.set()
    assert (got[0], got[-1]) == (0, 999)
    assert got == sorted(got)
    assert len(got) < 500


def test_only_the_newest_state_is_shown() -> None:
    waiting = Event()

    def made() -> Iterator[int]:
        yield from range(10)
        waiting.set()

    states = paced(made(), Stop(), pace=0)
    assert waiting.wait(0) is False  # nothing is made before somebody looks
    first = next(states)
    assert waiting.wait(10)
    assert [first, *states][-1] == 9


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


def test_nothing_more_is_seen_of_an_answer_that_was_left() -> None:
    readers = Readers()
    with readers.begin("a") as left:
        assert left is not None
        states = readers.seen("a", left, iter(range(9)))
        assert [next(states), next(states)] == [0, 1]
        readers.leave("a")
        assert left.stopped
        with readers.begin("a") as mine:
            assert mine is not None
            assert list(states) == [None]
            assert list(readers.seen("a", mine, [1, 2])) == [1, 2]
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
