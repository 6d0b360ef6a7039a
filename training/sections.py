"""Open text (JSONL) → tokenized sections, the raw material of the encoder and of the background frequencies."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from multiprocessing import Pool
from pathlib import Path

from tqdm import tqdm

from yinju.splitting import split_sentences
from yinju.text import tokens, words


@dataclass(frozen=True, slots=True)
class TokenizedText:
    """A piece of text as words in order, and the bigrams that are not already words of it."""

    words: list[str]
    bigrams: list[str]

    @property
    def tokens(self) -> list[str]:
        """Both, as `yinju.text.tokens` gives them."""
        return self.words + self.bigrams


@dataclass(frozen=True, slots=True)
class TokenizedSection:
    """One section: its title, its heading and each of its sentences."""

    title: TokenizedText
    heading: TokenizedText
    sentences: list[TokenizedText]

    @property
    def texts(self) -> Iterator[TokenizedText]:
        """Title, heading and sentences."""
        return chain((self.title, self.heading), self.sentences)


def read_sections(path: Path, tiers: str) -> list[tuple[str, str, str]]:
    """The (title, heading, text) of every section of the tiers wanted, each text once."""
    found: dict[str, tuple[str, str, str]] = {}
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            if record["tier"] in tiers and len(record["text"]) >= 20:
                found.setdefault(record["text"], (record["title"], record["heading"], record["text"]))
    return list(found.values())


def tokenize(text: str) -> TokenizedText:
    """The words and bigrams of a text."""
    found = words(text)
    return TokenizedText(found, tokens(text)[len(found) :])


def _tokenize(section: tuple[str, str, str]) -> TokenizedSection:
    title, heading, text = section
    sentences = [found for start, end in split_sentences(text) if (found := tokenize(text[start:end])).words]
    return TokenizedSection(tokenize(title), tokenize(heading), sentences)


def tokenize_sections(sections: list[tuple[str, str, str]], processes: int) -> Iterator[TokenizedSection]:
    """The sections' tokens in the same order, made by several processes with a progress bar."""
    with Pool(processes) as pool:
        tokenized = pool.imap(_tokenize, sections, chunksize=500)
        yield from tqdm(tokenized, total=len(sections), desc="segment", unit="section")
