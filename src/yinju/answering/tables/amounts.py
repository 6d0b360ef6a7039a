"""A question → the numbers, days and times that it names, and whether a cell is one of them, over search forms."""

import re
from dataclasses import dataclass
from math import inf

from yinju.answering.tables.quantities import (
    KNOWN_UNITS,
    UNIT_PATTERN,
    Measure,
    Quantity,
    clocks_in,
    days_in,
    in_smallest_unit,
    same_unit,
)
from yinju.numerals import NUMBER, range_of, value_of
from yinju.types import Span

_BEFORE = re.compile(
    "(?P<least>大于等于|不少于|不低于|不小于|至少|起码|满|达到|超过|大于|高于|多于|早于|晚于|贵过|多过)?"
    "(?P<most>小于等于|不超过|不多于|不高于|不大于|至多|不到|少于|低于|小于|不满|未满|没超过|便宜过)?$"
)
_AFTER = re.compile(
    r"\s?(?:(?P<least>以上|及以上|或以上|以外|起跳|[多余]?(?:元|块)以上)|(?P<most>以下|及以下|或以下|以内|之内|内(?=[的有])))"
)
_DAY_AFTER = re.compile("(?P<least>之后|以后|以来|起|后)|(?P<most>之前|以前|前(?!三|两|二|四|五|十|[0-9]|几))")
_ASKED = re.compile(
    rf"(?<![a-z0-9.第\-])(?P<a>{NUMBER}|半)(?P<ua>{UNIT_PATTERN})??(?:\s?(?:-|–|~|至|到)\s?(?P<b>{NUMBER}|半))?"
    r"(?![\d-]*[a-z])"
)
_COMPARED_UNIT = re.compile(r"([一-鿿]{1,2}?)(?=以上|以下|以内|之内)")
_UNIT_AFTER = re.compile(rf"\s?({UNIT_PATTERN})")


@dataclass(frozen=True, slots=True)
class Bound:
    """A quantity that a question names, and where it stands."""

    span: Span
    quantity: Quantity
    compared: bool = False
    """Whether more or less than it is asked for: 一千以上."""
    after: str = ""
    """The character behind it, which may say what it counts: 22 座."""


def asked_quantities(form: str) -> list[Bound]:
    """The quantities that a question names, in order, with whether more or less than they is asked for."""
    found = [_day_bound(form, day, span) for day, span in days_in(form)]
    found += [_bound(form, span, Quantity(Measure.CLOCK, m, m)) for m, span in clocks_in(form) if _is_free(span, found)]
    for match in _ASKED.finditer(form):
        a, b = range_of(match["a"], match["b"]) if match["b"] else (value_of(match["a"]),) * 2
        if a is None or b is None or not _is_free(match.span(), found):
            continue
        after = _UNIT_AFTER.match(form, match.end())
        unit = match["ua"] or _known(after[1] if after else "")
        compared = None if unit else _COMPARED_UNIT.match(form, match.end())
        unit = compared[1] if compared else unit
        low, high = a, max(a, b)
        span = (match.start(), match.end() + (len(unit) if not match["ua"] else 0))
        found.append(_bound(form, span, Quantity(Measure.NUMBER, low, high, unit)))
    return sorted(found, key=lambda one: one.span)


def _known(after: str) -> str:
    """The unit that a text begins with."""
    return next((after[:length] for length in (3, 2, 1) if after[:length] in KNOWN_UNITS), "")


def _is_free(span: Span, found: list[Bound]) -> bool:
    return all(span[1] <= one.span[0] or one.span[1] <= span[0] for one in found)


def _bound(form: str, span: Span, quantity: Quantity) -> Bound:
    before = _BEFORE.search(form[: span[0]].rstrip(" 了"))
    after = _AFTER.match(form, span[1])
    if quantity.measure is Measure.CLOCK and not after:
        after = _DAY_AFTER.match(form, span[1])
    return _compared(form, span, quantity, before, after)


def _day_bound(form: str, day: int, span: Span) -> Bound:
    quantity = Quantity(Measure.DAY, day, day)
    return _compared(form, span, quantity, None, _DAY_AFTER.match(form, span[1]))


def _compared(
    form: str, span: Span, quantity: Quantity, before: re.Match[str] | None, after: re.Match[str] | None
) -> Bound:
    """The bound with the words around it that ask for more or less."""
    start, end, low, high = *span, quantity.low, quantity.high
    strict = 0.0
    if before and before.group():
        start = before.start()
        strict = 1e-9 if before.group() in _STRICT else 0.0
    if after:
        end = after.end()
    if (before and before["least"]) or (after and after["least"]):
        low, high = low + strict, inf
    elif (before and before["most"]) or (after and after["most"]):
        low, high = -inf, high - strict
    else:
        return Bound(span, quantity, after=form[span[1] : span[1] + 1].strip())
    quantity = Quantity(quantity.measure, low, high, quantity.unit)
    return Bound((start, end), quantity, compared=True, after=form[span[1] : span[1] + 1].strip())


_STRICT = frozenset("超过 大于 高于 多于 早于 晚于 贵过 多过 不到 少于 低于 小于 不满 未满 便宜过".split())


def meets(cell: Quantity, asked: Bound) -> bool:
    """Whether a cell is what a question names: the same, a range that holds it, or within what is compared."""
    wanted = asked.quantity
    if cell.measure is not wanted.measure or not same_unit(cell.unit, wanted.unit):
        return False
    if cell.unit and wanted.unit:
        cell, wanted = in_smallest_unit(cell), in_smallest_unit(wanted)
    if cell.measure is Measure.DAY:
        return _day_meets(cell, asked)
    if asked.compared:
        inside = cell.low if cell.low != -inf else cell.high
        return wanted.low <= inside <= wanted.high
    if cell.measure is Measure.CLOCK:
        return cell.low <= wanted.low < cell.high or cell.low == wanted.low
    return cell.low <= wanted.low and wanted.high <= cell.high


def _day_meets(cell: Quantity, asked: Bound) -> bool:
    wanted = asked.quantity
    if not asked.compared:
        if not cell.is_single and cell.low < cell.high:
            return _parts_alike(int(cell.low), int(wanted.low)) or (
                wanted.low % 100 > 0
                and _seen(cell.low, wanted.low) <= _seen(wanted.low, cell.low) <= _seen(cell.high, wanted.low)
            )
        return _parts_alike(int(cell.low), int(wanted.low))
    limit = wanted.low if wanted.low != -inf else wanted.high
    own = _seen(cell.low, limit)
    limit = _seen(limit, cell.low)
    return own >= limit if wanted.high == inf else own < limit


def _seen(day: float, other: float) -> float:
    """A day without its year where another does not say one."""
    return day if other >= 10_000 and day >= 10_000 else day % 10_000


def _parts_alike(day: int, wanted: int) -> bool:
    """Whether a day has every part that is asked for; what it does not say itself may be any."""
    parts = ((day // 10_000, wanted // 10_000), (day // 100 % 100, wanted // 100 % 100), (day % 100, wanted % 100))
    told = any(asked and asked == own for own, asked in parts)
    return told and all(not asked or asked == own or (not own and n == 0) for n, (own, asked) in enumerate(parts))
