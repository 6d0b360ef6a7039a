"""Citations that do not hold among the answers of a hostile language model: goal 0.

python benchmarks/hostile.py [--answers N] [--seed N] → a Markdown table; exits 1 if one does not hold. The model is
scripted: each answer is a random mixture of true and false sentences, of every form of marker, whole and halved, and
of what else could pass for a citation. It is read in random pieces, over random passages of the shipped corpus.
"""

import argparse
import random
import re
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from yinju.answering.claims import check_claim
from yinju.answering.generated.evidence import Piece
from yinju.answering.generated.generate import Check, Generated, generate
from yinju.chunking import chunk_document
from yinju.reading import read_document
from yinju.text import script_of
from yinju.types import Document, Passage

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
GIVEN = 6
"""How many passages a model is given, as many as the settings give it."""

NO_CITATION = "marker without a citation"
OTHER_QUOTE = "quote that is not the document's text"
OTHER_TURN = "citation of a passage that was not given"
LEFTOVER = "number in brackets left in the text"
FAULTS = (NO_CITATION, OTHER_QUOTE, OTHER_TURN, LEFTOVER)

MARKERS = (
    "[{n}]", "[{n}][{m}]", "[{n},{m}]", "[{n}、{m}]", "[{n}-{m}]", "［{n}］", "【{n}】", "〔{n}〕", "[^{n}]",
    "[ID:{n}]",
    "[source {n}]", "[来源{n}]", "[資料 {n}]", "[{n}](http://canary/?q={m})", " [ {n} ] ", "[**{n}**]", "[`{n}`]",
    "[\u200b{n}]", "\\[{n}\\]", "[[{n}]]", "[{n}[{m}]]", "[{n}]{m}]", "[{n}", "{n}]", "[", "]", "[[", "]]", "【{n}",
    "［", "[-{n}]", "[0]", "[99]", "[1-50]", "［９９］", "【99】", "[1,99]", "[^9]", "【{n}†source】",
    "[citation:{n}]", "¹",
    "²³", "[①]", "[{n}\n]", "[{n}\u202e]", "**[{n}]**", "`[{n}]`", "[{n};{m}]", "[第{n}段]", "[{n}, p. {m}]",
    "[文件{n}、文件{m}]", "[來源：{n}]", "[\U0001d7cf]", "[{n}\u0301]", "[＃{n}]", "[#{n}]", "[ref {n}, ref {m}]",
    "[{n}~{m}]",
    "<sup>[{n}]</sup>", "![{n}](http://canary/)",
)  # fmt: skip
TRICKS = (
    "\n\n參考資料：\n[1] 官方手册.pdf\n[2] 內部文件.docx\n", "\nReferences\n[^1]: http://canary/x\n- [2] b.pdf\n",
    "来源：官方手册.pdf\n",
    "<script>alert(1)</script>", "<img src=http://canary/?q=1>", "![x](http://canary/?q=1)", "![x][ref]",
    "[ref]: //canary/x\n", "[x](javascript:alert(1))", "[好](//canary/a)", "</context>", "<|im_start|>system\n",
    "[INST] 無視 [/INST]", "\x00\x1b[31m", "\u2028", "\u202e]1[\u202c", "文件裡沒有答案。", "\ud800", "&#91;1&#93;",
    "```\n[1]\n```", "| [1] | [2] |\n|---|---|\n", "[2024年]", "〔2024〕1號", "[視頻]", "(1)",
    "[" * 300 + "1" + "]" * 300, "[" + "1" * 400 + "]", "[" + " " * 250 + "1]", "【" * 30, "[1" * 40,
    "1]" * 40, "[" + "甲" * 250 + "]", "…" * 30, "。" * 30, "甲" * 1200, "[1]" * 300,
)  # fmt: skip
JOINTS = ("", "", "", " ", "\n", "。", "，", "\n- ", "\n1. ", "\n> ", "\n# ", "**")

_LEFT = re.compile(
    r"[\[【〔〖﹝⟦〚][ \\^#:第*]*(?:(?:source|ref|citation|id|来源|來源|資料|资料|文件)[ :]*)?-?\d{1,3}"
    r"(?:[ ,、;~-]+(?:ref|文件)? ?-?\d{1,4})*[ 段\\*]*[\]】〕〗﹞⟧〛]", re.IGNORECASE,
)  # fmt: skip
_SHOWN = re.compile(r"\[(\d+)\]")


@dataclass(frozen=True, slots=True)
class Scene:
    """What one answer is about: the passages given for it, and those of earlier turns."""

    given: Sequence[Passage]
    earlier: Sequence[Passage]
    question: str


def load_corpus(folder: Path = CORPUS) -> tuple[dict[str, Document], list[Passage]]:
    """The documents of a folder by their names, and their passages."""
    files = sorted(file for file in folder.iterdir() if file.is_file())
    documents = [read_document(file.read_bytes(), file.name) for file in files]
    passages = [passage for document in documents for passage in chunk_document(document)]
    numbered = [replace(passage, id=number) for number, passage in enumerate(passages)]
    return {document.name: document for document in documents}, numbered


def make_scene(passages: Sequence[Passage], chance: random.Random) -> Scene:
    """Random passages, none of them given and also of an earlier turn."""
    drawn = chance.sample(passages, GIVEN * 2)
    question = chance.choice(("微商是什麼？", "微商是什么？", "LTV?"))
    return Scene(drawn[: chance.randint(1, GIVEN)], drawn[GIVEN:], question)


def hostile_answer(scene: Scene, chance: random.Random) -> str:
    """What the model says: up to 25 parts in a row."""
    parts = (_part(scene, chance) + chance.choice(JOINTS) for _ in range(chance.randint(1, 25)))
    return "".join(parts)


def _part(scene: Scene, chance: random.Random) -> str:
    kind = chance.random()
    if kind < 0.45:
        return _marker(chance)
    if kind < 0.6:
        return chance.choice(TRICKS)
    sentence = _sentence(scene.given if kind < 0.85 else scene.earlier, chance)
    if kind < 0.7:
        return sentence
    changed = re.sub(r"\d|[一二三四五六七八九十]", lambda _: chance.choice("23456789"), sentence)
    cut = chance.randrange(len(changed))
    return changed[:cut] + _marker(chance) + changed[cut:]


def _marker(chance: random.Random) -> str:
    return chance.choice(MARKERS).format(n=chance.randint(0, 12), m=chance.randint(0, 12))


def _sentence(passages: Sequence[Passage], chance: random.Random) -> str:
    passage = chance.choice(passages)
    start, end = chance.choice(passage.sentences)
    return passage.text[start:end]


def in_pieces(text: str, chance: random.Random) -> Iterator[str]:
    """The text in pieces of random lengths, as short as one character."""
    longest = chance.choice((1, 4, 40, 4000))
    while text:
        length = chance.randint(1, longest)
        yield text[:length]
        text = text[length:]


def find_faults(state: Generated, given: Sequence[Passage], documents: Mapping[str, Document]) -> Counter[str]:
    """What does not hold in an answer, counted by kind; empty where all does."""
    found: Counter[str] = Counter()
    known = {citation.marker for citation in state.citations}
    shown = "".join(s.text + "".join(f"[{marker}]" for marker in s.markers) for s in state.statements)
    named = [marker for s in state.statements for marker in s.markers] + [int(n) for n in _SHOWN.findall(shown)]
    found[NO_CITATION] += sum(marker not in known for marker in named)
    for citation in state.citations:
        found[OTHER_QUOTE] += documents[citation.document].text[citation.start : citation.end] != citation.quote
        found[OTHER_TURN] += not any(
            passage.document == citation.document and passage.start <= citation.start < citation.end <= passage.end
            for passage in given
        )
    texts = [*(s.text for s in state.statements), state.pending, "".join(s.text for s in state.statements)]
    found[LEFTOVER] += sum(map(_leftovers, texts))
    return +found


def _leftovers(text: str) -> int:
    return len(_LEFT.findall(_as_seen(text)))


def watch(
    states: Iterator[Generated], given: Sequence[Passage], documents: Mapping[str, Document]
) -> tuple[Counter[str], Generated, float]:
    """What does not hold in any state of an answer, its last state, and the most seconds between two states."""
    found, last, slowest, started = Counter[str](), Generated(), 0.0, time.perf_counter()
    for state in states:
        slowest = max(slowest, time.perf_counter() - started)
        if (state.statements, state.citations) != (last.statements, last.citations):
            found |= find_faults(state, given, documents)
        elif _leftovers(state.pending):
            found |= Counter({LEFTOVER: 1})
        last, started = state, time.perf_counter()
    return found, last, slowest


def _as_seen(text: str) -> str:
    """A text as a reader sees it: full-width forms unified, and nothing that is invisible."""
    unified = unicodedata.normalize("NFKC", text)
    return "".join(c for c in unified if unicodedata.category(c) not in {"Cf", "Mn", "Me", "Cc"})


def main(arguments: Sequence[str] | None = None, check: Check = check_claim) -> int:
    """Print the table; 1 where anything does not hold."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--answers", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=2026)
    options = parser.parse_args(arguments)
    documents, passages = load_corpus()
    total: Counter[str] = Counter()
    counted: Counter[str] = Counter()
    slowest = 0.0
    for number in range(options.answers):
        chance = random.Random(f"{options.seed}-{number}")
        scene = make_scene(passages, chance)
        pieces = in_pieces(hostile_answer(scene, chance), chance)
        states = generate([scene.question], script_of(scene.question), [*map(Piece.of, scene.given)], pieces, check)
        found, state, seconds = watch(states, scene.given, documents)
        slowest = max(slowest, seconds)
        counted.update(statements=len(state.statements), citations=len(state.citations), faulty=bool(found))
        total += found
        if found:
            print(f"seed {options.seed}-{number}: {dict(found)}", file=sys.stderr)
    print(f"| {options.answers:,} hostile answers, seed {options.seed} | found |\n|---|---|")
    for name in FAULTS:
        print(f"| {name} | {total[name]} |")
    print(f"| answers with any of these | {counted['faulty']} |")
    print(f"| statements / citations checked | {counted['statements']:,} / {counted['citations']:,} |")
    print(f"| slowest piece | {slowest * 1000:.0f} ms |")
    return int(bool(total))


if __name__ == "__main__":
    sys.exit(main())
