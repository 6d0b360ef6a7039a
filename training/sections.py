"""Open text (JSONL) → tokenized sections, the raw material of the encoder and of the background frequencies."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing import Pool
from pathlib import Path

from tqdm import tqdm

from yinju.text import tokens

SENTENCE_END = re.compile(r"(?<=[。！？；!?\n])")


@dataclass(frozen=True, slots=True)
class TokenizedSection:
    """One section: the tokens of its title and heading, and of each of its sentences."""

    title: list[str]
    heading: list[str]
    sentences: list[list[str]]


def read_sections(path: Path, tiers: str) -> list[tuple[str, str, str]]:
    """The (title, heading, text) of every section of the tiers wanted, each text once."""
    found: dict[str, tuple[str, str, str]] = {}
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            if record["tier"] in tiers and len(record["text"]) >= 20:
                found.setdefault(record["text"], (record["title"], record["heading"], record["text"]))
    return list(found.values())


def _tokenize(section: tuple[str, str, str]) -> TokenizedSection:
    title, heading, text = section
    sentences = [found for part in SENTENCE_END.split(text) if (found := tokens(part))]
    return TokenizedSection(tokens(title), tokens(heading), sentences)


def tokenize_sections(sections: list[tuple[str, str, str]], processes: int) -> Iterator[TokenizedSection]:
    """The sections' tokens in the same order, made by several processes with a progress bar."""
    with Pool(processes) as pool:
        tokenized = pool.imap(_tokenize, sections, chunksize=500)
        yield from tqdm(tokenized, total=len(sections), desc="segment", unit="section")
