"""Text → the words, bigrams and characters that are searched.

People only ever see original characters; what this module makes stays inside the index.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain
from operator import add

from yinju.conversion import convert
from yinju.courtesies import question_span, without_courtesies
from yinju.folding import HAN, Script, fold, folded_pieces, script_of
from yinju.segmentation import cut, segmenter, split, words_of_region
from yinju.types import Span

__all__ = ["HAN", "Script", "bigrams", "characters", "content_tokens", "convert", "fold", "has_content", "is_empty",
           "located_form", "said_to", "script_of", "search_form", "tokens", "words"]  # fmt: skip

_HAN_RUN = re.compile(rf"[{HAN}]+")
_RUN = re.compile(rf"[{HAN}]+|[^\W_{HAN}]+")


def _cut_folded(folded: str) -> list[str]:
    """The words of a folded text in order, as they stand in it."""
    found: list[str] = []
    for place, part in enumerate(split(folded)):  # every second part is one other word
        if place % 2:
            found.append(part)
        elif runs := _HAN_RUN.findall(part):
            found += cut(runs)
    return found


def _form_of(folded: str, found: list[str]) -> str:
    """The search form of a folded text, given its words."""
    if segmenter().canonical.keys().isdisjoint(found):
        return folded
    return "".join(form for _, form in _form_pieces(folded, found))


def _form_pieces(folded: str, found: list[str]) -> Iterator[tuple[str, str]]:
    """The folded text in pieces, each with its search form: the words that are searched as another, and all between."""
    canonical, done, place = segmenter().canonical, 0, 0
    for word in found:
        start = folded.index(word, place)
        place = start + len(word)
        if word in canonical:
            yield folded[done:start], folded[done:start]
            yield word, canonical[word]
            done = place
    yield folded[done:], folded[done:]


@lru_cache(maxsize=1_024)
def _read_line(line: str) -> tuple[list[str], str]:
    """The words of a line as they are searched, and its search form.

    A form that differs is cut anew: 资讯安全 are two words, 信息安全 is one.
    """
    folded = fold(line)
    found = _cut_folded(folded)
    form = _form_of(folded, found)
    return found if form is folded else _cut_folded(form), form


def _read(text: str) -> tuple[list[str], str]:
    """The words of a text as they are searched, and its search form: those of its lines, which share nothing."""
    if "\n" not in text:
        return _read_line(text)
    lines = [_read_line(line) for line in text.split("\n")]
    return [word for words, _ in lines for word in words], "\n".join(form for _, form in lines)


def search_form(text: str) -> str:
    """A text as it is searched: folded, and each region's words as the other's."""
    return _read(text)[1]


def located_form(text: str) -> tuple[str, list[Span]]:
    """The search form of a text, and for each of its characters the range of the text that it stands for.

    A word that is searched as another region's stands for each of that one's characters.
    """
    origins: list[Span] = []
    place = 0
    for piece, folded in folded_pieces(text):
        origins += [(place, place + len(piece))] * len(folded)
        place += len(piece)
    whole, located, done = fold(text), list[Span](), 0
    for piece, form in _form_pieces(whole, _cut_folded(whole)):
        own = origins[done : done + len(piece)]
        located += own if form == piece else [(own[0][0], own[-1][1])] * len(form)
        done += len(piece)
    return search_form(text), located


def words(text: str) -> list[str]:
    """The words of a text in order, as they are searched; punctuation and white space left out."""
    return [*_read(text)[0]]


def _bigrams_of(form: str) -> Iterator[str]:
    return chain.from_iterable(map(_bigrams_of_line, form.split("\n")))


@lru_cache(maxsize=1_024)
def _bigrams_of_line(form: str) -> list[str]:
    found: list[str] = []
    for run in _RUN.findall(form):
        if len(run) == 1:
            found.append(run)
        elif _HAN_RUN.match(run):
            found += map(add, run, run[1:])
    return found


def bigrams(text: str) -> list[str]:
    """Every pair of neighbouring Han characters of the search form in order; a character alone stands for itself."""
    return [*_bigrams_of(search_form(text))]


def characters(text: str) -> list[str]:
    """The Han characters of the search form one by one and other words whole, in order."""
    found: list[str] = []
    for run in _RUN.findall(search_form(text)):
        found.extend(run if _HAN_RUN.match(run) else [run])
    return found


def tokens(text: str) -> list[str]:
    """Words, then those bigrams that are not already words of the text: what is embedded and weighed."""
    found, form = _read(text)
    seen = set(found)
    return found + [pair for pair in _bigrams_of(form) if pair not in seen]


_EMPTY = frozenset(
    """
    什么 甚么 啥 怎么 怎样 怎么样 如何 为什么 为何 为啥 干嘛 多少 几 几个 哪 哪个 哪些 哪里 哪儿
    哪位 哪种 哪一 谁 何 何时 何地 何种 多久 是否 是不是 有没有 可不可以 能不能 会不会 要不要 该不该
    吗 呢 吧 啊 呀 啦 嘛 哦 喔 欸 哈 么 咧 的 了 着 过 地 得 之 是 在 和 跟 与 及 或 把
    被 让 给 从 到 对 为 于 以 而 且 但 也 都 就 才 又 还 再 很 太 更 最 会 能 可以 可 要
    想 应该 该 这 那 这个 那个 这些 那些 这种 那种 这样 那样 我 你 他 她 它 我们 你们 他们 自己
    人家 有 没有 没 不 请 请问 问 下 一下 到底 究竟 大概 大约 左右 一般 其实 然后 如果 的话 话
    所谓 叫 叫做 算 觉得 知道 告诉 比较 些 个 一 一个 来 去 说 讲 里 里面 上 区别 差别 差异
    不同 不一样 有何 分别 意思 跟着 关于 对于 因为 所以 而且 不过 什么样 哪一个 哪一年 是什么
    """.split()
)
"""Words that make a text a question or hold it together, folded; they say nothing of what it is about."""


_ASKS = re.compile(
    "[几哪][一二两三四五六七八九十]?.{1,2}|.?(?:怎么|怎样|咋).{0,2}|.?(?:什么|多少|为何|如何).?|多[大长久高远重宽深]"
)
"""几类, 哪种, 怎么弄: words to jieba, and question words with what they count or ask of."""
_DONE = re.compile("(?<=^.)完$")
"""办完: a verb and that it is over, of which only the verb is looked for."""


def is_empty(word: str) -> bool:
    """Whether a folded word only makes a text a question or holds it together."""
    return word in _EMPTY or _ASKS.fullmatch(word) is not None


def content_tokens(question: str) -> list[str]:
    """The words and bigrams of a question that tell what it is about, each once; empty when there are none."""
    return [*_content_tokens(question)]


@lru_cache(maxsize=4_096)
def _content_tokens(question: str) -> tuple[str, ...]:
    """The same; titles of documents are asked for with each question."""
    asked = without_courtesies(fold(question))
    found: list[str] = []
    for place, part in enumerate(split(_form_of(asked, _cut_folded(asked)))):
        for piece in [[part]] if place % 2 else map(_cut_folded, _HAN_RUN.findall(part)):
            run = ""
            for word in [*piece, ""]:
                if word and not is_empty(word):
                    found.append(_DONE.sub("", word))
                    run += word
                elif run:
                    found.extend(pair for pair in _bigrams_of(run) if len(pair) == 2)
                    run = ""
    return tuple(dict.fromkeys(found))


def without_courtesy(question: str) -> str:
    """A question without what is said around it, greetings and thanks; as it is where nothing else is said."""
    question = question.strip()
    return question[slice(*question_span(folded_as_long(question)))]


def folded_as_long(text: str) -> str:
    """A text folded, so that places in both are the same; what folds to no character or several becomes a space."""
    folded = fold(text)
    if len(folded) == len(text):
        return folded
    return "".join(f if len(f := fold(character)) == 1 else " " for character in text)


def said_to(asker: str, script: Script, text: str) -> str:
    """The text as it is said to people who write in a script: its characters, and their region's words.

    A text in that script, or in characters of both, stays as it is; so does a word that the asker uses as well.
    """
    own = script_of(text)
    if own is None or own == script:
        return text
    written, folded = convert(text, script), fold(text)
    if not len(written) == len(folded) == len(text):
        return written  # the places of words are not the same
    theirs, kept, parts, done, place = words_of_region(script), fold(asker), [], 0, 0
    for word in _cut_folded(folded):
        place = folded.index(word, place)
        if word in theirs and word not in kept:
            parts += [written[done:place], theirs[word]]
            done = place + len(word)
        place += len(word)
    return "".join([*parts, written[done:]])


def has_content(text: str) -> bool:
    """Whether a text holds at least one letter, digit or Han character."""
    return _RUN.search(fold(text)) is not None


def spans_of(piece: str, text: str) -> Iterator[Span]:
    """Where a piece stands in a text, one after the other."""
    place = text.find(piece)
    while place >= 0:
        yield place, place + len(piece)
        place = text.find(piece, place + len(piece))


def longest_run(question: str, text: str) -> int:
    """The length of the longest run of characters that both hold."""
    length, starts = 0, range(len(question))
    while starts := [i for i in starts if i + length < len(question) and question[i : i + length + 1] in text]:  # type: ignore[assignment]
        length += 1
    return length
