"""Small numbers as they are written before a point of a list: 3, 三, 十二."""

_DIGITS = {c: n for n, c in enumerate("〇一二三四五六七八九十")} | {"两": 2, "兩": 2}


def number_of(written: str) -> int | None:
    """The number that Chinese or other digits write, up to 99; None for what is none."""
    if written.isdecimal():
        return int(written)
    tens, ten, ones = written.rpartition("十")
    if not written or any(c not in _DIGITS for c in tens + ones) or len(tens) > 1 or len(ones) > 1:
        return None
    return (_DIGITS.get(tens, 1) * 10 if ten else 0) + _DIGITS.get(ones, 0)
