"""Who asks waits in line, knows the place in it, and is not kept waiting by another's many questions."""

import asyncio
from collections.abc import Iterator
from contextlib import AbstractContextManager
from types import SimpleNamespace

import pytest

from yinju.retrieval import CROWD
from yinju.settings import Settings
from yinju.web import line as lines
from yinju.web.asking import asker_of
from yinju.web.line import OF_ADDRESS, OF_ONE, WAITING_OF_ONE, BusyError, Line, Place
from yinju.web.visitor import Visitor


class Visitors:
    """Take places, and give them up again."""

    def __init__(self) -> None:
        """Stand at a line at which one question is looked for at once."""
        self.line = Line(Settings(questions_at_once=1, questions_waiting=100, questions_per_minute=200))
        self._held: dict[Place, AbstractContextManager[Place]] = {}

    def comes(self, who: str, address: str = "") -> Place:
        """A visitor with a question."""
        held = self.line.place(who, address)
        place = held.__enter__()
        self._held[place] = held
        return place

    def goes(self, place: Place) -> None:
        """Its answer is whole, or it waits no longer."""
        self._held.pop(place).__exit__(None, None, None)

    def all_go(self) -> None:
        """Nobody is left."""
        for place in [*self._held]:
            self.goes(place)

    def why_not(self, who: str, address: str = "") -> str:
        """Why a visitor may not ask; empty where it may."""
        try:
            self.line.check(who, address)
        except BusyError as busy:
            assert 1 <= busy.seconds <= 120
            return busy.code
        return ""


@pytest.fixture
def visitors() -> Iterator[Visitors]:
    visitors = Visitors()
    yield visitors
    visitors.all_go()
    assert (visitors.line.waiting, visitors.line.growing) == (0, 0)


def begun(*places: Place) -> list[bool]:
    return [place.begun > 0 for place in places]


def test_a_place_is_told_and_counts_down(visitors: Visitors, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "LOOKS", 1_000.0)
    monkeypatch.setattr(lines, "OFTEN", 0.02)

    async def wait() -> list[int]:
        first, second, third = (visitors.comes(who) for who in "abc")
        assert [ahead async for ahead in visitors.line.turn(first)] == []
        seen = list[int]()
        async for ahead in visitors.line.turn(third):
            seen.append(ahead)
            visitors.goes(first if ahead else second)
        return seen

    assert asyncio.run(wait()) == [1, 0]


def test_who_has_found_makes_room_though_the_answer_grows_on(visitors: Visitors) -> None:
    first, second = visitors.comes("a"), visitors.comes("b")
    assert begun(first, second) == [True, False]
    visitors.line.found(first)
    assert begun(first, second) == [True, True]
    assert visitors.line.growing == 2


def test_one_visitors_many_come_after_everybodys_first(visitors: Visitors) -> None:
    mine = [visitors.comes("many") for _ in range(10)]
    other, another = visitors.comes("one"), visitors.comes("another")
    visitors.line.found(mine[0])
    visitors.line.found(mine[1])
    assert begun(other, another) == [True, False]
    visitors.goes(other)
    assert begun(another, mine[2]) == [True, False]


def test_one_visitor_has_not_all_answers_that_grow(visitors: Visitors) -> None:
    mine = [visitors.comes("many") for _ in range(OF_ONE + 1)]
    for place in mine[:OF_ONE]:
        visitors.line.found(place)
    other = visitors.comes("one")
    assert begun(mine[OF_ONE - 1], mine[OF_ONE], other) == [True, False, True]
    visitors.goes(mine[0])
    visitors.line.found(other)
    assert begun(mine[OF_ONE]) == [True]


def test_nobody_fills_the_line_alone_and_a_full_one_says_so(visitors: Visitors) -> None:
    for _ in range(1 + WAITING_OF_ONE):
        assert visitors.why_not("many") == ""
        visitors.comes("many")
    assert (visitors.why_not("many"), visitors.why_not("one")) == ("yours", "")
    for number in range(100 - WAITING_OF_ONE):
        visitors.comes(str(number))
    assert visitors.why_not("one") == "full"
    with pytest.raises(BusyError):
        visitors.comes("one")


def test_the_longer_the_line_and_the_answers_the_later_one_is_told_to_come(visitors: Visitors) -> None:
    told = list[int]()
    for seconds in (0.1, 1.0):
        visitors.line._search_seconds = seconds
        while visitors.line.waiting < 100:
            visitors.comes(str(visitors.line.waiting))
        with pytest.raises(BusyError) as busy:
            visitors.line.check("one")
        told.append(busy.value.seconds)
    assert told == [10, 100]


def test_who_asks_too_often_is_told_when_to_come_back(visitors: Visitors, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [1_000.0]
    monkeypatch.setattr("yinju.web.line.time.monotonic", lambda: now[0])
    for _ in range(200):
        visitors.goes(visitors.comes("often", "192.0.2.7"))
    assert (visitors.why_not("often"), visitors.why_not("other", "192.0.2.7")) == ("often", "")
    now[0] += 0.31
    assert visitors.why_not("often") == ""
    for _ in range(200 * OF_ADDRESS):
        visitors.line._addresses.count("192.0.2.7")
    assert [visitors.why_not("other", address) for address in ("192.0.2.7", "192.0.2.8", "")] == ["often", "", ""]


@pytest.mark.parametrize(
    ("address", "counted"),
    [("127.0.0.1", ""), ("192.0.2.7",) * 2, ("2001:db8::1", "2001:db8::/64"), ("2001:db8::9:1", "2001:db8::/64")],
)
def test_the_many_addresses_of_one_network_count_as_one(address: str, counted: str) -> None:
    request = SimpleNamespace(state=SimpleNamespace(visitor=Visitor("v" * 22, "en", address=address)))
    assert asker_of(request).address == counted


def test_when_it_ends_those_who_wait_are_told(visitors: Visitors) -> None:
    async def wait() -> None:
        visitors.comes("a")
        second = visitors.comes("b")
        turn = visitors.line.turn(second)
        assert await anext(turn) == 0
        visitors.line.close()
        with pytest.raises(BusyError) as busy:
            await anext(turn)
        assert busy.value.code == "ending"

    asyncio.run(wait())
    assert visitors.why_not("c") == "ending"
    visitors.all_go()
    assert visitors.line.growing == 0


def test_those_who_wait_count_where_passages_are_read_for_each(visitors: Visitors) -> None:
    with CROWD.one_more() as alone:
        pass
    for who in "abcd":
        visitors.comes(who)
    with CROWD.one_more() as crowded:
        assert crowded - alone == 3
    visitors.all_go()
    with CROWD.one_more() as again:
        assert again == alone


def test_who_was_let_in_has_room_kept_and_gives_it_up_by_letting_go(visitors: Visitors) -> None:
    held = [visitors.line.expect(str(number)) for number in range(100 + 1)]
    assert visitors.why_not("one") == "full"
    held.pop()
    assert visitors.why_not("one") == ""
    with visitors.line.place("0", ticket=held[0]):
        assert (visitors.line.growing, visitors.why_not("one")) == (1, "")
        mine = visitors.line.expect("one")
        assert visitors.why_not("two") == "full"
        with visitors.line.place("one", ticket=mine):
            assert visitors.line.waiting == 1


def test_without_a_line_who_finds_the_desk_free_is_served() -> None:
    line = Line(Settings(questions_at_once=1, questions_waiting=0))
    with line.place("a") as place:
        with pytest.raises(BusyError):
            line.check("b")
        line.found(place)
        line.check("b")
