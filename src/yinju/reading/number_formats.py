"""A number and the way a program counts → how it is written before a point or a heading: 3 as 三, ③, 參, iii or c.

The ways have the names of Office Open XML (ECMA-376, part 1, 17.18.59); those of other formats are told in them.
"""

from collections.abc import Callable, Mapping

BULLET, UNNUMBERED = "bullet", "none"
MOST = 99_999
"""A higher number, as a damaged file may state it, is written in digits."""

_DIGITS = "〇一二三四五六七八九"
_TRADITIONAL = "零壹貳參肆伍陸柒捌玖"
_SIMPLIFIED = "零壹贰叁肆伍陆柒捌玖"
_JAPANESE = "〇壱弐参四伍六七八九"
_UNITS, _FORMAL_UNITS = ("", "十", "百", "千", "萬"), ("", "拾", "佰", "仟", "萬")
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
    (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_LETTERS = 26
_CIRCLED = ((1, 20, "①"), (21, 35, "㉑"), (36, 50, "㊱"))
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


def shown_in(number: int, way: str) -> str:
    """The number as it is written in a way of counting; in digits where the way has no sign for it, or is unknown."""
    write = _WAYS.get(way)
    return (write(number) if write and 0 < number <= MOST else "") or ("" if way == UNNUMBERED else str(number))


def _placed(number: int, digits: str = _DIGITS) -> str:
    """Digits by their place: 105 is 一〇五."""
    return "".join(digits[int(digit)] for digit in str(number))


def _counted(number: int, digits: str = _DIGITS, units: tuple[str, ...] = _UNITS, nought: str = "零") -> str:
    """A number spoken: 105 is 一百零五, 15 is 十五 unless the digits are formal ones."""
    figures = str(number)
    spoken, skipped = "", False
    for place, figure in zip(reversed(range(len(figures))), figures, strict=True):
        if figure == "0":
            skipped = True
            continue
        spoken += (nought if skipped and spoken else "") + digits[int(figure)] + units[place]
        skipped = False
    return spoken[1:] if units is _UNITS and 10 <= number < 20 else spoken


def _below_hundred(number: int) -> str:
    """Spoken up to 99, then digits by their place: 100 is 一〇〇."""
    return _counted(number) if number < 100 else _placed(number)


def _japanese(number: int) -> str:
    """Spoken without 一 before a unit below ten thousand and without 零: 105 is 百五."""
    spoken = _counted(number, nought="")
    for unit in _UNITS[1:4]:
        spoken = spoken.replace(f"一{unit}", unit)
    return spoken.replace("萬", "万")


def _letters(number: int) -> str:
    """The letters a to z, then the letter as often as the alphabet has been gone through: 28 is bb."""
    rounds, place = divmod(number - 1, _LETTERS)
    return chr(ord("a") + place) * (rounds + 1) if rounds < 10 else ""


def _roman(number: int) -> str:
    if number >= 4_000:
        return ""
    written = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        written += letters * count
    return written


def _circled(number: int) -> str:
    return next((chr(ord(sign) + number - first) for first, last, sign in _CIRCLED if first <= number <= last), "")


def _from(sign: str, most: int) -> Callable[[int], str]:
    """Signs that follow each other in Unicode, beginning with that of 1."""
    return lambda number: chr(ord(sign) + number - 1) if number <= most else ""


def _cycle(number: int) -> str:
    """甲子 to 癸亥, the sixty names of years."""
    return _STEMS[(number - 1) % 10] + _BRANCHES[(number - 1) % 12] if number <= 60 else ""


_WAYS: Mapping[str, Callable[[int], str]] = {
    **dict.fromkeys(("chineseCounting", "taiwaneseCounting", "koreanCounting"), _below_hundred),
    **dict.fromkeys(("chineseCountingThousand", "taiwaneseCountingThousand"), _counted),
    **dict.fromkeys(("ideographDigital", "taiwaneseDigital", "japaneseDigitalTenThousand", "koreanDigital2"), _placed),
    "japaneseCounting": _japanese,
    "japaneseLegal": lambda number: _counted(number, _JAPANESE, ("", "拾", "百", "阡", "萬"), ""),
    "ideographLegalTraditional": lambda number: _counted(number, _TRADITIONAL, _FORMAL_UNITS),
    "chineseLegalSimplified": lambda number: _counted(number, _SIMPLIFIED, (*_FORMAL_UNITS[:4], "万")),
    "ideographTraditional": lambda number: _STEMS[number - 1] if number <= len(_STEMS) else "",
    "ideographZodiac": lambda number: _BRANCHES[number - 1] if number <= len(_BRANCHES) else "",
    "ideographZodiacTraditional": _cycle,
    "ideographEnclosedCircle": _from("㊀", 10),
    "decimalFullWidth": lambda number: str(number).translate(_FULL_WIDTH),
    "decimalFullWidth2": lambda number: str(number).translate(_FULL_WIDTH),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedFullstop": _from("⒈", 20),
    "decimalEnclosedParen": _from("⑴", 20),
    "decimalZero": lambda number: f"{number:02}",
    "numberInDash": lambda number: f"- {number} -",
    "lowerLetter": _letters,
    "upperLetter": lambda number: _letters(number).upper(),
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
    "ordinal": lambda number: f"{number}{_ordinal_ending(number)}",
    UNNUMBERED: lambda _: "",
    BULLET: lambda _: "•",
}


def _ordinal_ending(number: int) -> str:
    return "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
