"""What a document says of itself as a whole: its version, when it was issued and is in force, what it replaces."""

import re

from yinju.designators import versions_in
from yinju.folding import fold, likely_script
from yinju.numerals import NUMERALS, number_of
from yinju.reading.extract import Extract
from yinju.types import DocumentFacts

_OPENING = 800
_ENDING = 500
"""Characters at the beginning and the end of a document in which it speaks of itself."""
_MOSTLY_LATIN = 0.9
_REPUBLIC = 1911
"""民國 1 is 1912."""

_N = rf"(?:[{NUMERALS}]{{1,6}}|\d{{1,4}})"
_DATE = (
    rf"(?:(?P<republic>民国|中华民国)\s*)?(?P<year>{_N})(?:\s*年|(?<=\d\d\d\d)[-/.])\s*(?:(?P<month>{_N})\s*(?:月|[-/.]|(?=\D|$))\s*"
    rf"(?:(?P<day>{_N})\s*(?:日|号|(?=\D|$)))?)?"
)
_ISSUED = re.compile(
    rf"(?:发布|公布|颁布|签发|印发|发文|制定|订定|修订|修正|更新|出版|编制)(?:日期|时间|于)?\s*[:为]?\s*{_DATE}"
    rf"|{_DATE.replace('?P<', '?P<b_')}\s*(?:发布|公布|颁布|签发|制定|订定|修订|修正|通过)"
)
_EFFECTIVE = re.compile(
    rf"(?:自|从|于)\s*{_DATE}\s*(?:起)?\s*(?:正式)?(?:施行|实施|生效|执行|启用|起用|适用)"
    rf"|(?:施行|实施|生效|执行|启用|适用)(?:日期|时间|日)?\s*[:为]\s*{_DATE.replace('?P<', '?P<b_')}"
)
_SPEAKS_OF = re.compile("[发公颁签印制订修更出编通施实生执启起适取代替废作停][布行文定正新版制过效用代替换止废]|日期")
"""What all of these have: quick to find that a text has none."""
_REPLACES = re.compile(
    r"(?:取代|代替|替代|替换|废止)\s*(?P<what>[《「]?[^。；，\n]{2,60})|(?P<gone>《[^》\n]{2,60}》)[^。\n]{0,20}同时废止"
    r"|原\s*(?P<former>《?[^。；，\n]{2,40}》?)(?:同时)?(?:废止|作废|停止使用)"
)


def find_facts(found: Extract, title: str, name: str) -> DocumentFacts:
    """What the title, the file's name, and the opening and the ending of the text say of a document."""
    text = found.text[found.body_start :]
    parts = fold(text[:_OPENING]), fold(text[max(_OPENING, len(text) - _ENDING) :])
    speaking = [part for part in parts if _SPEAKS_OF.search(part)]
    named = fold(f"{title}\n{name.rpartition('/')[2].rpartition('.')[0] or name}")
    return DocumentFacts(
        version=_version(named) or _version(parts[0][:300]) or found.facts.version,
        issued=_date(_ISSUED, *speaking) or found.facts.issued,
        effective=_date(_EFFECTIVE, *speaking) or found.facts.effective,
        replaces=_replaced(*speaking) or found.facts.replaces,
        language=found.facts.language or _language(text[:_OPENING]),
    )


def _version(folded: str) -> str:
    return next((version for line in folded.split("\n") for version in versions_in(line)), "")


def _date(pattern: re.Pattern[str], *folded: str) -> str:
    """The first date that stands where a pattern says, as YYYY-MM-DD or as much of it as is given."""
    for text in folded:
        for match in pattern.finditer(text):
            parts = match.groupdict()
            prefix = "b_" if parts.get("year") is None else ""
            date = _iso(*(parts.get(f"{prefix}{part}") for part in ("republic", "year", "month", "day")))
            if date:
                return date
    return ""


def _iso(republic: str | None, year: str | None, month: str | None, day: str | None) -> str:
    numbers = [number_of(part) for part in (year, month, day) if part]
    if not numbers or numbers[0] is None:
        return ""
    first = numbers[0] + (_REPUBLIC if republic or 80 <= numbers[0] < 200 else 0)
    if not 1900 <= first < 2200:
        return ""
    rest = [number for number in numbers[1:] if number]
    if any(not 1 <= number <= most for number, most in zip(rest, (12, 31), strict=False)):
        return str(first)
    return "-".join([str(first), *(f"{number:02}" for number in rest)])


def _replaced(*folded: str) -> str:
    for text in folded:
        match = _REPLACES.search(text)
        if match:
            return (match["what"] or match["gone"] or match["former"]).strip()
    return ""


def _language(text: str) -> str:
    words = "".join(text.split())
    if words and len(words.encode("ascii", "ignore")) >= _MOSTLY_LATIN * len(words):
        return "en" if any(map(str.isalpha, words)) else ""
    return {"hant": "zh-Hant", "hans": "zh-Hans"}.get(likely_script(text) or "", "")
