"""Questions that nobody would ask: none is an error but the one that tells what a question may be; none takes long."""

import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from yinju.errors import QuestionError
from yinju.library import Library, build_index, open_library
from yinju.protocols import Encoder
from yinju.settings import Settings

MOST_SECONDS = 10
"""Of a processor, for any question: what takes as long grows with the square of its length, or faster."""
CORPUS = Path(__file__).parents[2] / "corpus"
USUAL = tuple(
    "市場區隔是什麼？ 轉化率怎麼算？ 什麼是品牌定位？ 微商是什麼？ 行銷漏斗有哪些階段？ 私域流量怎麼運營？ "
    "运营和营销有什么区别？ 會議什麼時候開？ 活動預算是多少？ 內容行事曆裡五月有什麼？ 訂價要看什麼？".split()
)
OPERATORS = tuple(
    "AND OR NOT NEAR( * ^ \" ( ) col: + - ~ : {} [] \\ / ; ' -- % _ ? = < > && || C++ 3.14 DROP TABLE".split()
)
RANGES = {
    "common": [(0x4E00, 0x9FFF)], "rare": [(0x20000, 0x323AF), (0x2F800, 0x2FA1D), (0x3400, 0x4DBF)],
    "control": [(0, 0x1F), (0x7F, 0x9F)], "surrogate": [(0xD800, 0xDFFF), (0x4E00, 0x4EFF)],
    "bidi": [(0x200B, 0x200F), (0x202A, 0x202E), (0x2066, 0x2069), (0xFE00, 0xFE0F), (0x4E00, 0x4EFF)],
    "emoji": [(0x1F300, 0x1FAFF), (0x200D, 0x200D), (0xFE0F, 0xFE0F), (0x1F1E6, 0x1F1FF)],
    "mixed": [(0x20, 0x7E), (0x370, 0x3FF), (0x600, 0x6FF), (0x900, 0x97F), (0xE00, 0xE7F), (0x3040, 0x30FF),
              (0xAC00, 0xD7A3), (0x4E00, 0x9FFF), (0xFF00, 0xFFEF)],
    "marks": [(0x2000, 0x206F), (0x3000, 0x303F), (0xFE10, 0xFE4F), (0x21, 0x2F)],
    "numbers": [(0x30, 0x39), (0x2160, 0x2188), (0x2460, 0x24FF), (0x3220, 0x3243), (0xFF10, 0xFF19), (0x2C, 0x2F)],
    "any": [(0, 0x10FFFF)],
}  # fmt: skip
"""Kind → the code points that its characters are of."""


def _characters(kind: str, chance: random.Random) -> str:
    count = chance.choice([1, 2, 5, 20, chance.randint(1, 200), chance.randint(1, 2_000)])
    return "".join(chr(chance.randint(*chance.choice(RANGES[kind]))) for _ in range(count))


def _operators(chance: random.Random) -> str:
    words = [chance.choice([*OPERATORS, *USUAL, "第三條", "1", "「", "甲乙丙"]) for _ in range(chance.randint(1, 40))]
    return chance.choice(["", " "]).join(words)[:2_000]


def _repeated(chance: random.Random) -> str:
    piece = chance.choice(
        ["(", "第", "第一", "1,", "a", "。", " ", "？", "的", "一", "1.", "「」", "和", "不是", "零", "2024年", "x="]
    )
    return (piece * chance.randint(1, 2_000))[:2_000]


def _bent(chance: random.Random) -> str:
    """A usual question with some of its characters changed, doubled, moved or put between."""
    letters = [*chance.choice(USUAL)]
    for _ in range(chance.randint(1, 6)):
        letters.insert(chance.randrange(len(letters) + 1), _characters(chance.choice([*RANGES]), chance)[:3])
        letters.pop(chance.randrange(len(letters)))
    return "".join(letters)


KINDS: dict[str, Callable[[random.Random], str]] = {
    **{kind: lambda chance, kind=kind: _characters(kind, chance) for kind in RANGES},  # type: ignore[misc]
    "operators": _operators, "repeated": _repeated, "bent": _bent,
}  # fmt: skip


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory, real_encoder: Encoder) -> Iterator[Library]:
    """The sample corpus, as far as it is plain text."""
    folder = tmp_path_factory.mktemp("questions")
    (folder / "corpus").mkdir()
    for path in CORPUS.iterdir():
        if path.suffix in (".txt", ".md"):
            (folder / "corpus" / path.name).write_bytes(path.read_bytes())
    build_index(folder / "corpus", folder / "index", encoder=real_encoder)
    with open_library(folder / "index", encoder=real_encoder, settings=Settings(reread=False)) as opened:
        yield opened


def seconds_of(library: Library, question: str) -> tuple[float, str]:
    """How long an answer took, and how it ended."""
    begun = time.process_time()
    try:
        answer = library.ask(question)
        ended = "refused" if answer.refused else "answered"
        assert all(library.document(one.document) for one in answer.citations)
    except QuestionError:
        ended = "told what a question may be"
    return time.process_time() - begun, ended


@pytest.mark.parametrize(("seed", "questions"), [(7, 52), pytest.param(70, 10_000, marks=pytest.mark.faults)])
def test_no_question_is_an_error(library: Library, seed: int, questions: int) -> None:
    """What they take is told too, in seconds of a processor, beside usual questions and beside texts as long."""
    chance, ended, slow = random.Random(seed), Counter[str](), list[tuple[float, int, str]]()
    print(f"seed {seed}")
    for number in range(questions):
        kind = [*KINDS][number % len(KINDS)]
        question = KINDS[kind](chance)
        try:
            seconds, how = seconds_of(library, question)
        except Exception as error:
            raise AssertionError(f"seed {seed}, number {number}, {kind}: {question!r}") from error
        ended[how] += 1
        slow.append((seconds, len(question), kind))
    print(dict(ended))
    for most in (200, 2_000):
        usual = [seconds_of(library, one)[0] for one in _usual(library, most)]
        odd = [seconds for seconds, length, _ in slow if length <= most]
        print(f"up to {most} characters, {len(odd)}: 99 % within {_last(odd):.3f} s; usual ones {_last(usual):.3f} s")
    print("slowest:", sorted(slow)[-5:])
    assert sorted(slow)[-1][0] < MOST_SECONDS


def _usual(library: Library, most: int) -> list[str]:
    """Questions that people ask, and texts of the library as long as a question may be."""
    texts = [one.text[at : at + most] for one in library.documents() for at in range(0, len(one.text), most)]
    return [*USUAL * 5, *(text for text in texts if len(text) > 1_000)]


def _last(seconds: list[float]) -> float:
    """Within which 99 % are."""
    return sorted(seconds)[len(seconds) * 99 // 100]
