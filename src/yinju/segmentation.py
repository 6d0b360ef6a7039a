"""Folded text → its words, by jieba's dictionary, the regional table and the user's own dictionary.

rjieba is jieba's algorithm over jieba's dictionary in Rust, ten times as fast; jieba itself cuts where a user
dictionary is set. tests/test_segmentation.py shows that both find the same words.
"""

import hashlib
import logging
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from threading import Lock

from yinju.errors import SettingsError
from yinju.folding import HAN, Script, fold
from yinju.reasons import cause_of

Cut = Callable[[str], list[str]]
AddWord = Callable[[str, int | None, str], object]

_KNOWN_TO_JIEBA = re.compile("[\u4e00-\u9fd5]+")
"""What jieba takes for a run of Han characters; a word of others is looked for by us."""
_LETTER = rf"[^\W_{HAN}]"
_LETTERS = re.compile(f"({_LETTER}+)")
_PAIRS, _SPREAD, _LETTERS_END = 1 << 22, 31_337, 0x2E80
"""Places of pairs, what the first character's number is multiplied by, and below which numbers none is Han."""
_MAKING = Lock()
"""Words are added to a dictionary that all threads share, and not while another one reads it."""


@dataclass(frozen=True, slots=True)
class UserWord:
    """A line of the user dictionary, folded."""

    word: str
    frequency: int | None
    tag: str


class Neighbours:
    """Which two Han characters may stand side by side in a word: of those that a scrap parts, three in ten."""

    def __init__(self, added: Iterable[str]) -> None:
        """Know jieba's dictionary and the words added to it, read at first use."""
        self._added = "\n".join(added)

    @cached_property
    def _table(self) -> bytes:
        """For the hash of each pair whether a word holds it, or one with the same hash."""
        import numpy as np

        dictionary = Path(find_spec("jieba").origin).with_name("dict.txt")  # type: ignore[union-attr, arg-type]
        text = f"{dictionary.read_text('utf-8')}\n{self._added}"
        codes = np.frombuffer(text.encode("utf-32-le"), np.uint32)
        both = np.flatnonzero((codes[:-1] > _LETTERS_END) & (codes[1:] > _LETTERS_END))
        table = np.zeros(_PAIRS, bool)
        table[(codes[both] * _SPREAD + codes[both + 1]) % _PAIRS] = True
        return table.tobytes()

    def may_be(self, before: str, after: str) -> bool:
        """Whether a word may hold the two; surely none does where this is False."""
        return self._table[(ord(before) * _SPREAD + ord(after)) % _PAIRS] == 1


@dataclass(frozen=True, slots=True)
class Segmenter:
    """How text is cut into words, all of it in folded characters."""

    cut_run: Cut
    """Runs of Han characters, joined by spaces → their words and the spaces."""
    apart: re.Pattern[str]
    """One of the words that jieba would not see whole, whatever stands around it."""
    other_word: re.Pattern[str]
    """One of those words by itself, or a word of letters and digits, as the one group."""
    canonical: Mapping[str, str]
    """A region's or the user's word → the word it is searched as, where it is another."""
    neighbours: Neighbours
    regional: str
    """Fingerprint of the regional table."""
    dictionary: str
    """Fingerprint of the user dictionary; empty for none."""


def split(folded: str) -> list[str]:
    """What holds runs of Han characters and one other word in turn: 用 U盘 3 年 → 用, u盘, "", 3, 年."""
    now = segmenter()
    return (now.other_word if now.apart.search(folded) else _LETTERS).split(folded)


def cut(runs: Sequence[str]) -> list[str]:
    """The words of folded runs of Han characters, in order."""
    return [word for word in segmenter().cut_run(" ".join(runs)) if word != " "]


def cut_each(runs: Sequence[str]) -> list[list[str]]:
    """The words of each of some folded runs of Han characters; cut together, that is several times as fast."""
    found = "\0".join(segmenter().cut_run(" ".join(runs)))
    return [own.split("\0") for own in found.split("\0 \0")] if runs else []


@cache
def segmenter() -> Segmenter:
    """The one in force, made ready at first use.

    Raises:
        SettingsError: the user dictionary is missing or holds what is none.
    """
    with _MAKING:
        return _make()


def _make() -> Segmenter:
    from yinju.settings import load_settings  # only where words are cut: pydantic takes a tenth of a second

    chosen = load_settings().dictionary
    table = regional_table()
    own = read_dictionary(Path(chosen)) if chosen else []
    cut_run, add_word = _jieba() if own else _rjieba()
    canonical, added = dict(table), [*table]
    for word in table:
        _make_whole(word, cut_run, add_word)
    for line in own:
        searched = _canonical(line.word, cut_run, table)
        for word in dict.fromkeys([line.word, searched]):
            if _KNOWN_TO_JIEBA.fullmatch(word):
                add_word(word, line.frequency, line.tag)
                added.append(word)
        if searched != line.word:
            canonical[line.word] = searched
    apart = {word for word in [*table, *(line.word for line in own)] if not _KNOWN_TO_JIEBA.fullmatch(word)}
    longest_first = sorted(apart, key=lambda word: (-len(word), word))
    return Segmenter(
        cut_run, re.compile("|".join(map(re.escape, longest_first))), _other_word(longest_first), canonical,
        Neighbours(added), _fingerprint(table.items()), _fingerprint(own),
    )  # fmt: skip


@cache
def _fast_jieba():  # type: ignore[no-untyped-def]  # noqa: ANN202 - rjieba has no types
    import rjieba

    return rjieba.Jieba()


@lru_cache(maxsize=20_000)
def tag_of(word: str) -> str:
    """The part of speech of a folded word, by jieba's dictionary; empty for what is no word of it."""
    segmenter()  # which has added what it adds
    tagged = _fast_jieba().tag(word, hmm=False)
    return str(tagged[0][1]) if len(tagged) == 1 else ""


def _rjieba() -> tuple[Cut, AddWord]:
    fast = _fast_jieba()
    return lambda text: fast.cut(text, hmm=False), fast.add_word


def _jieba() -> tuple[Cut, AddWord]:
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # jieba 0.42 has invalid escapes and asks for pkg_resources
        import jieba  # type: ignore[import-untyped]
    from yinju.settings import cache_folder

    jieba.setLogLevel(logging.WARNING)
    own = jieba.Tokenizer()
    folder = cache_folder()
    own.tmp_dir = str(folder) if folder else None  # jieba's own cache is shared by all users of /tmp
    own.initialize()
    return lambda text: own.lcut(text, HMM=False), own.add_word


def _make_whole(word: str, cut_run: Cut, add_word: AddWord) -> None:
    """See to it that a word is one, with the least frequency that does so, which both segmenters work out."""
    if _KNOWN_TO_JIEBA.fullmatch(word) and cut_run(word) != [word]:
        add_word(word, None, "n")


def _canonical(word: str, cut_run: Cut, table: Mapping[str, str]) -> str:
    """A user's word with the regional words in it as they are searched."""
    if word in table or not _KNOWN_TO_JIEBA.fullmatch(word):
        return table.get(word, word)
    return "".join(table.get(part, part) for part in cut_run(word))


def _other_word(apart: Sequence[str]) -> re.Pattern[str]:
    whole = []
    for word in apart:
        before = rf"(?<!{_LETTER})" if re.match(_LETTER, word) else ""
        after = rf"(?!{_LETTER})" if re.match(_LETTER, word[-1]) else ""
        whole.append(f"{before}{re.escape(word)}{after}")
    return re.compile(f"({'|'.join([*whole, f'{_LETTER}+'])})")


def _fingerprint(entries: Iterable[object]) -> str:
    listed = sorted(map(repr, entries))
    return hashlib.sha256(repr(listed).encode()).hexdigest()[:16] if listed else ""


@cache
def _regional_lines() -> tuple[tuple[str, ...], ...]:
    """The words for one thing a line: * where they mean nothing else, mainland China's, Taiwan's, others."""
    lines = (files("yinju") / "regional.txt").read_text("utf-8").splitlines()
    return tuple(tuple(line.split()) for line in lines if line and not line.startswith("#"))


@cache
def regional_table() -> Mapping[str, str]:
    """One region's word → the other's that it is searched as, both folded."""
    table: dict[str, str] = {}
    for line in _regional_lines():
        searched, *others = map(fold, line[line[0] == "*" :])
        table.update((other, searched) for other in others if other != searched)
    return table


@cache
def words_of_region(script: Script) -> Mapping[str, str]:
    """The other region's word, folded → the word that people who write in a script say, as they write it."""
    said = [line[1:] for line in _regional_lines() if line[0] == "*"]
    if script == "hans":
        return {fold(other): line[0] for line in said for other in line[1:]}
    return {fold(line[0]): line[1] for line in said}


def read_dictionary(path: Path) -> list[UserWord]:
    """The folded words of a jieba user dictionary: lines of `word [frequency] [tag]`.

    Raises:
        SettingsError: the file cannot be read, holds no word, or a line is none.
    """
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise SettingsError("dictionary.no_utf8", path=path, byte=error.start) from None
    except OSError as error:
        raise SettingsError("dictionary.unreadable", path=path, why=cause_of(error)) from None
    words = list(_parse(path, lines))
    if not words:
        raise SettingsError("dictionary.empty", path=path)
    return words


def _parse(path: Path, lines: Sequence[str]) -> Iterator[UserWord]:
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        found = re.fullmatch(r"\s*(\S+)(?:\s+([0-9]{1,9}))?(?:\s+([A-Za-z]+))?\s*", line)
        word = fold(found[1]) if found else ""
        if not found or not re.search(rf"{_LETTER}|[{HAN}]", word):
            shown = line if len(line) <= 40 else f"{line[:40]}…"
            raise SettingsError("dictionary.line", path=path, line=number, found=repr(shown))
        yield UserWord(word, int(found[2]) if found[2] else None, found[3] or "n")
