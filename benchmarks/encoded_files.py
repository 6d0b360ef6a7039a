"""How often a text file is decoded exactly: 600 files of Chinese, in eight encodings and of 4 to 10,000 characters.

python benchmarks/encoded_files.py [--seed N] [--data FILE.json …] → a Markdown table of the shares read exactly by
encoding and length and of mean milliseconds, then what failed. The text is that of the sample corpus; with --data, that
of files in SQuAD format. Lengths count Chinese characters. What an encoding lacks is left out of what is written in it.
"""

import argparse
import random
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import fmean
from typing import NamedTuple

from yinju.errors import ReadingError
from yinju.evaluation import load_questions
from yinju.reading.encoding import Decoded, decode_text

REPOSITORY = Path(__file__).resolve().parent.parent
SOURCES = ("corpus/*.md", "corpus/*.txt", "benchmarks/corpus/*.md")
ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "utf-16", "gbk", "gb18030", "big5", "big5hkscs")
"""UTF-8 and, but for `utf-16`, UTF-16 without a byte order mark; one UTF-8 file in three has one."""
BANDS = ((4, 9), (10, 29), (30, 99), (100, 999), (1_000, 10_000))
FILES_OF_EACH = 15
SEED = 7
RARE = {"gb18030": "𠮷㐂䶮𪚥𰻞", "big5hkscs": "㗎嘅𨋢𠹌咗"}
"""Put into every other file of ten characters or more: what GBK and Big5 lack."""


class Sample(NamedTuple):
    """A generated file and the text it must be read as; `length` is its number of Chinese characters."""

    encoding: str
    length: int
    text: str
    data: bytes


class Outcome(NamedTuple):
    """What became of one file; `decoded` is None where it was refused."""

    sample: Sample
    decoded: Decoded | None
    seconds: float

    @property
    def exact(self) -> bool:
        """Whether the text is the one that was written."""
        return self.decoded is not None and self.decoded.text == self.sample.text


def corpus_texts() -> list[str]:
    """The sample corpus's texts, those in legacy encodings by their sources in UTF-8."""
    texts = []
    for path in sorted(path for pattern in SOURCES for path in REPOSITORY.glob(pattern)):
        try:
            texts.append(path.read_text("utf-8"))
        except UnicodeDecodeError:
            continue
    return texts


def generate_files(texts: Sequence[str], seed: int = SEED) -> Iterator[Sample]:
    """Fifteen files for each encoding and band, the same for a seed; both scripts where an encoding has both."""
    chance = random.Random(seed)
    scripts = _by_script(texts)
    for encoding in ENCODINGS:
        usable = scripts[1:] if encoding.startswith("big5") else scripts
        pools = ["".join(c for c in text if _encodes(c, encoding)) for text in usable]
        for shortest, longest in BANDS:
            for number in range(FILES_OF_EACH):
                drawn = round(shortest * (longest / shortest) ** chance.random())
                length = (shortest, longest, drawn)[min(number, 2)]
                text = _stretch(pools[number % len(pools)], length, chance)
                if encoding in RARE and length >= 10 and number % 2:
                    place = len(text) // 2
                    text = text[:place] + chance.choice(RARE[encoding]) + text[place + 1 :]
                yield Sample(encoding, length, text, _written(text, encoding, number))


def decode_files(samples: Sequence[Sample]) -> Iterator[Outcome]:
    """What becomes of each file, read without any declaration."""
    for sample in samples:
        started = time.perf_counter()
        decoded: Decoded | None = None
        try:
            decoded = decode_text(sample.data)
        except ReadingError as error:
            print(f"{sample.encoding} of {sample.length} is refused: {error}", file=sys.stderr)
        yield Outcome(sample, decoded, time.perf_counter() - started)


def is_han(character: str) -> bool:
    """Whether a character is one of the unified ideographs, of the first plane or beyond."""
    return "㐀" <= character <= "鿿" or character >= "\U00020000"


def _by_script(texts: Sequence[str]) -> tuple[str, str]:
    """The Simplified texts and the Traditional ones, each run together: what GB 2312 lacks more of is Traditional."""
    joined = ["", ""]
    for text in texts:
        simplified, traditional = (len(text.encode(name, "ignore")) for name in ("gb2312", "big5"))
        joined[traditional > simplified] += text + "\n"
    return joined[0], joined[1]


def _encodes(character: str, encoding: str) -> bool:
    return bool(character.encode(encoding, "ignore"))


def _stretch(pool: str, length: int, chance: random.Random) -> str:
    """A stretch from anywhere that holds so many Chinese characters and begins with one; it goes on at the start."""
    place = chance.randrange(len(pool))
    while not is_han(pool[place % len(pool)]):
        place += 1
    characters: list[str] = []
    while length:
        characters.append(pool[place % len(pool)])
        length -= is_han(characters[-1])
        place += 1
    return "".join(characters)


def _written(text: str, encoding: str, number: int) -> bytes:
    """The bytes of a file; `utf-16` is written in both byte orders by turns, each with its mark."""
    if encoding == "utf-16":
        return ("\ufeff" + text).encode(("utf-16-le", "utf-16-be")[number % 2])
    return text.encode("utf-8-sig" if encoding == "utf-8" and number % 3 == 0 else encoding)


def print_table(outcomes: Sequence[Outcome]) -> None:
    """Print the shares of each encoding in each band, and the same for all encodings together."""
    print("| exact | " + " | ".join(f"{low:,}–{high:,}" for low, high in BANDS) + " | ms |")
    print("|---|" + "---|" * (len(BANDS) + 1))
    for encoding in (*ENCODINGS, "all"):
        rows = [outcome for outcome in outcomes if encoding in ("all", outcome.sample.encoding)]
        shares = [
            f"{fmean(outcome.exact for outcome in rows if low <= outcome.sample.length <= high):.1%}"
            for low, high in BANDS
        ]
        print("|", " | ".join([encoding, *shares, f"{1_000 * fmean(o.seconds for o in rows):.1f}"]), "|")


def print_failures(outcomes: Sequence[Outcome]) -> None:
    """Print every file that was not read exactly, and every one that was flagged."""
    for outcome in outcomes:
        sample, decoded = outcome.sample, outcome.decoded
        doubtful = decoded is not None and decoded.doubtful
        if not outcome.exact or doubtful:
            how = ("exact" if outcome.exact else "WRONG") + (", doubtful" if doubtful else "")
            read = f"{decoded.encoding} {decoded.text[:30]!r}" if decoded else "refused"
            print(f"- {how}: {sample.encoding} of {sample.length}, {sample.text[:30]!r}, read as {read}")


def main() -> None:
    """Generate, decode and print."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--seed", type=int, default=SEED)
    arguments.add_argument("--data", type=Path, nargs="+", default=[], help="text in SQuAD format to draw from instead")
    chosen = arguments.parse_args()
    texts = [document.text for file in chosen.data for document in load_questions(file).paragraphs] or corpus_texts()
    outcomes = list(decode_files(list(generate_files(texts, chosen.seed))))
    print_table(outcomes)
    print_failures(outcomes)


if __name__ == "__main__":
    main()
