"""Numbers and codes that name one thing, 第三十九條, 3.2.1, XK-210B, V2.0 → one spelling each, however written.

article:39 is 第39条 and 第三十九條; code:xk210b is XK-210B, xk 210b and XK210B; version:2 is V2.0 and 2.0 版.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from yinju.folding import fold
from yinju.numerals import NUMERALS, number_of
from yinju.types import Block, BlockKind, Passage

_ZEROS = re.compile(r"(?:\.0+)+$")
_N = rf"(?:[{NUMERALS}]{{1,7}}|\d{{1,4}})"
_PARTS = {"条": "article", "章": "chapter", "节": "section", "编": "part", "篇": "part", "讲": "lesson", "课": "lesson"}
_PART = re.compile(
    rf"第\s?(?P<number>{_N})(?:-(?P<dashed>\d{{1,2}}))?\s?(?P<kind>[{''.join(_PARTS)}])(?:之(?P<sub>{_N}))?"
)
_DOTTED = r"\d{1,3}(?:\.\d{1,3})+"
_LEADING_NUMBER = re.compile(rf"\W*(?P<number>{_DOTTED}|\d{{1,3}}(?=[.、\s]))")
_ASKED_NUMBER = re.compile(
    rf"(?<![\d.a-z])(?P<deep>\d{{1,3}}(?:\.\d{{1,3}}){{2,}})(?![\d.])"
    rf"|(?:第\s?)?(?<![\d.a-z])(?P<number>{_DOTTED})\s?(?:节|章|条|款|小节|部分)"
)
_CODE = re.compile(r"(?<![a-z0-9])[a-z]{1,8}[-_–]?\d[a-z0-9]*(?:[-_–/.][a-z0-9]+)*(?![a-z0-9])")
_SPACED_CODE = re.compile(r"(?<![a-z0-9])([a-z]{1,4}) (\d{2,}[a-z]{0,3})(?![a-z0-9])")
_SHORT_CODE = re.compile(r"(?<![a-z0-9.-])[a-z]{1,2}\d(?![a-z0-9.-])")
"""E7, which counts only where something is called so."""
_DATED_VERSION = re.compile(r"\W*(?P<version>\d{1,3}\.\d{1,3}(?:\.\d{1,3})?)\s*[(（:：]")
_HYPHENS = re.compile(r"[-_–\s]")
_NO_CODE = re.compile(r"[qh]\d|v\d+(?:\.\d+)*|(?:19|20)\d\d")
"""Quarters, halves of a year, versions."""
_NUMBERED_THING = re.compile(
    r"(?:代码|代号|编号|型号|序号|工号|单号|料号|案号|文号|号码|code|no\.?)\s*(?:是|为|[:：])?\s*(?P<code>[a-z0-9][a-z0-9-]{1,20})"
)
_BARE = re.compile(
    r"(?<![\d.a-z第-])\d{3,8}(?![\d.,:%a-z]|\s?[年月日号时分秒元块万亿个件人天次倍度米条款章节页张间台套公千字米])"
)
_SHORT_ARTICLE = re.compile(
    r"(?<![\d.第])(?P<counted>\d{1,4})\s?条(?!件)|(?<=[法例定则程])\s?(?P<bare>\d{1,4})(?![\d.年月日号])"
)
"""39条, and 劳动合同法 39."""
_WRITTEN_AS_CODE = re.compile(r"(?=[^\d]*\d)[a-z0-9]+(?:[-_–/. ][a-z0-9]+){0,4}")
_LETTERED = re.compile(r"[A-Za-zＡ-Ｚａ-ｚ].*\d|^\d{3,}$")
_VERSION = re.compile(
    r"(?:(?<![a-z])v(?:er(?:sion)?)?\.?\s*|版本号?\s*[:为]?\s*v?|版次\s*[:为]?\s*v?|修订版\s*)"
    r"(?P<after>\d+(?:\.\d+)*|[a-z]\d*(?![a-z]))"
    rf"|(?<!\d)(?<!\d\.)(?P<before>\d+(?:\.\d+)+)\s*版|第\s*(?P<edition>{_N})\s*版|(?P<year>\d{{2,4}})\s*年(?:度)?(?:修订)?版"
    r"|(?<!\d)(?P<yeared>(?:19|20)\d\d)版"
)


@dataclass(frozen=True, slots=True)
class Designator:
    """Something that a question names by its number."""

    term: str
    """article:39"""
    start: int
    end: int
    """Where it stands in the folded question."""
    strict: bool = True
    """Whether nothing but what has this number can answer; else it counts only where something has it."""


def versions_in(folded: str) -> Iterator[str]:
    """The versions that a folded text names, without their sign: 2.0 for V2.0, 115年 for 115年版."""
    return (version for version, _ in _versions(folded))


def _versions(folded: str) -> Iterator[tuple[str, re.Match[str]]]:
    for match in _VERSION.finditer(folded):
        if match["year"]:
            yield f"{match['year']}年", match
        elif match["edition"]:
            yield str(number_of(match["edition"])), match
        else:
            yield match["after"] or match["before"] or match["yeared"], match


def version_term(version: str) -> str:
    """A version without the zeros at its end, so that 2, 2.0 and 2.0.0 are one."""
    return "version:" + _ZEROS.sub("", fold(version))


def asked_designators(question: str) -> list[Designator]:
    """What a question names by its number, in the order of `Designator.start`; nothing twice."""
    folded = fold(question)
    found = [Designator(term, *match.span()) for term, match in _parts(folded)]
    found += (Designator(version_term(version), *match.span()) for version, match in _versions(folded))
    found += (
        Designator(f"number:{match['deep'] or match['number']}", *match.span(), strict=match["deep"] is not None)
        for match in _ASKED_NUMBER.finditer(folded)
    )
    found += (Designator(_code(m["code"]), *m.span()) for m in _NUMBERED_THING.finditer(folded))
    found += (Designator(term, *match.span()) for term, match in _codes(folded))
    found += (Designator(f"code:{m.group()}", *m.span(), strict=False) for m in _BARE.finditer(folded))
    found += (Designator(f"code:{m.group()}", *m.span(), strict=False) for m in _SHORT_CODE.finditer(folded))
    found += (
        Designator(f"article:{int(m['counted'] or m['bare'])}", *m.span(), strict=False)
        for m in _SHORT_ARTICLE.finditer(folded)
    )
    kept: list[Designator] = []
    for one in found:
        if all(one.end <= other.start or other.end <= one.start for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda one: one.start)


def mentioned_terms(text: str) -> set[str]:
    """The articles and codes that a text speaks of."""
    folded = fold(text)
    return {term for term, _ in _parts(folded) if term.startswith("article:")} | {term for term, _ in _codes(folded)}


def own_terms(passage: Passage, version: str) -> set[str]:
    """What a passage is by number: its article, the headings above it, what its records and rows are called by."""
    terms = {version_term(version)} if version else set()
    for line in (passage.title, *passage.headings):
        terms.update(leading_terms(line))
    for block in passage.blocks:
        if block.kind is BlockKind.ARTICLE:
            terms.update(leading_terms(block.marker))
        names = [block.record, *_row_names(passage, block.start, block.cells), *_coded(passage, block)]
        terms.update(_code(name) for name in map(fold, names) if _WRITTEN_AS_CODE.fullmatch(name))
        terms.update(noted_terms(passage.text, block) if block.kind is BlockKind.ITEM else ())
        if block.cells:
            terms.update(f"{_part_term(part)}" for part in map(_PART.fullmatch, map(fold, names)) if part)
    return terms


def noted_terms(text: str, item: Block) -> set[str]:
    """The version that a point of a list begins with, as notes of versions do: 1.3.1（2026-01-10）：."""
    noted = _DATED_VERSION.match(text, max(item.start, 0))
    return {version_term(noted["version"]), f"number:{noted['version']}"} if noted else set()


def _row_names(passage: Passage, start: int, cells: tuple[int, ...]) -> list[str]:
    """The first two cells of a row, by which it is called as a rule."""
    return [passage.text[start + first : start + last] for first, last in zip(cells[:4:2], cells[1:4:2], strict=True)]


def _coded(passage: Passage, block: Block) -> list[str]:
    """What a field or a point has after its key, and the other cells of a row, that are codes of letters and digits."""
    words = passage.text[block.start : block.end]
    cells = [words[first:last] for first, last in block.cell_spans()][2:]
    if block.name and block.kind in (BlockKind.FIELD, BlockKind.ITEM):
        cells.append(words.partition(block.name.strip("*"))[2].strip(" :：*\t　"))
    return [cell for cell in cells if _LETTERED.search(cell)]


def leading_terms(line: str) -> Iterator[str]:
    """What a heading, a title or a marker says that it is."""
    folded = fold(line)
    part = _PART.match(folded.strip())
    number = _LEADING_NUMBER.match(folded)
    if part:
        yield _part_term(part)
    elif number:
        yield f"number:{number['number']}"
        if "." in number["number"]:  # notes of a program's versions are headed by them alone
            yield version_term(number["number"])
    for version in versions_in(folded):
        yield version_term(version)
        yield f"number:{version}"
    yield from (term for term, _ in _codes(folded))


def _parts(folded: str) -> Iterator[tuple[str, re.Match[str]]]:
    for match in _PART.finditer(folded):
        if number_of(match["number"]) is not None:
            yield _part_term(match), match


def _part_term(match: re.Match[str]) -> str:
    sub = number_of(match["sub"] or match["dashed"] or "")
    return f"{_PARTS[match['kind']]}:{number_of(match['number'])}" + (f"-{sub}" if sub else "")


def _codes(folded: str) -> Iterator[tuple[str, re.Match[str]]]:
    for pattern in (_CODE, _SPACED_CODE):
        for match in pattern.finditer(folded):
            written = match.group()
            digits = sum(map(str.isdigit, written))
            if not _NO_CODE.fullmatch(written) and (digits > 1 or _HYPHENS.search(written)):
                yield _code(written), match


def _code(written: str) -> str:
    return f"code:{_HYPHENS.sub('', written)}"
