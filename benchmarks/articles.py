"""Questions by article number: python benchmarks/articles.py TEXT.jsonl.xz → how many get all of it alone.

Ten laws are put together from the sections of an open text (title, heading, text) and written as files of several
formats. A hundred questions name law and article over all ten; a hundred name the article alone, each over its law;
as many ask for articles that are not there. Numerals are Chinese or Arabic, scripts Traditional or Simplified.
"""

import argparse
import json
import lzma
import random
import re
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

import yinju
from yinju.conversion import convert
from yinju.library import Library
from yinju.numerals import number_of
from yinju.text import search_form

LAWS = 10
FEWEST_ARTICLES, MOST_ARTICLES = 40, 400
QUESTIONS = 100

_ARTICLE = re.compile(
    r"^第\s*(?P<number>[\d一二三四五六七八九十百千零〇]+)(?:-(?P<sub>\d+))?\s*[條条]"
    r"(?:之(?P<after>[一二三四五六七八九十]+))?[\s　]*",
    re.M,
)
_DIGITS = "零一二三四五六七八九"
_NAMED = (
    "{law}{article}",
    "{law}{article}规定了什么？",
    "《{law}》{article}的内容是什么",
    "请问{law}{article}怎么规定",
    "{law}的{article}",
)
_ALONE = ("{article}", "{article}规定了什么？", "{article}的内容是什么", "{article}怎么说")


@dataclass(frozen=True, slots=True)
class Article:
    """An article of a law, as it is written."""

    law: str
    number: int
    sub: int
    text: str


def read_laws(path: Path, seed: int) -> dict[str, list[tuple[str, list[Article]]]]:
    """Title → the sections of some laws, each with its heading and articles, in the order of their numbers."""
    sections: dict[str, list[tuple[str, list[Article]]]] = {}
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            if "條" in record["text"][:40] or "条" in record["text"][:40]:
                articles = [*_articles(record["title"], record["text"])]
                if articles:
                    sections.setdefault(record["title"], []).append((record["heading"], articles))
    fitting = [
        title for title, parts in sections.items()
        if FEWEST_ARTICLES <= sum(len(articles) for _, articles in parts) <= MOST_ARTICLES and len(title) < 25
    ]  # fmt: skip
    chosen = random.Random(seed).sample(sorted(fitting), LAWS)
    return {title: sorted(sections[title], key=lambda part: (part[1][0].number, part[1][0].sub)) for title in chosen}


def _articles(law: str, text: str) -> Iterator[Article]:
    found = [*_ARTICLE.finditer(text)]
    for match, following in zip_longest(found, found[1:]):
        number, sub = number_of(match["number"]), number_of(match["sub"] or match["after"] or "") or 0
        body = text[match.end() : following.start() if following else len(text)].strip()
        if number is not None and body:
            yield Article(law, number, sub, body)


def write_law(folder: Path, title: str, parts: Sequence[tuple[str, list[Article]]], kind: str) -> None:
    """Write a law as a text, a Markdown or a web page."""
    name = folder / f"{title}.{kind}"
    lines: list[str] = []
    for heading, articles in parts:
        lines.append({"md": f"## {heading}", "html": f"<h2>{heading}</h2>", "txt": heading}[kind] if heading else "")
        for article in articles:
            marker = f"第{chinese(article.number)}條" + (f"之{chinese(article.sub)}" if article.sub else "")
            marker = marker if "條" in article.text or "規" in article.text else convert(marker, "hans")
            body = [f"{marker}　{article.text}"] if kind != "html" else [
                f"<p>{line}</p>" for line in f"{marker}　{article.text}".split("\n")]  # fmt: skip
            lines += [*body, ""]
    top = {"md": f"# {title}", "html": f"<html><head><title>{title}</title></head><body><h1>{title}</h1>", "txt": title}
    name.write_text("\n\n".join([top[kind], *lines]), "utf-8")


def chinese(number: int) -> str:
    """A number below ten thousand as laws write it: 39 is 三十九, 105 is 一百零五."""
    if number < 10:
        return _DIGITS[number]
    if number < 20:
        return "十" + (_DIGITS[number - 10] if number > 10 else "")
    place, unit = next((p, u) for p, u in ((1000, "千"), (100, "百"), (10, "十")) if number >= p)
    rest = number % place
    joint = "零" if rest and rest < place // 10 else ""
    tail = ("一" if place > 10 and 10 <= rest < 20 else "") + chinese(rest) if rest else ""
    return _DIGITS[number // place] + unit + joint + tail


def called(article: Article, chance: random.Random) -> str:
    """The article as somebody types it."""
    number = chance.choice((chinese(article.number), str(article.number)))
    sub = f"之{chinese(article.sub)}" if article.sub else ""
    return f"第{number}{chance.choice('條条')}{sub}"


def short_name(law: str) -> str:
    """A law's name as people say it."""
    return re.sub("^(?:中华人民共和国|中華民國)|[（(].*", "", law)


def is_right(library: Library, question: str, article: Article) -> tuple[bool, bool]:
    """Whether the first hit stands in the article, and whether the answer is all of it and nothing else."""
    wanted = _plain(article.text)
    hits = library.search(question, 1)
    found = (
        bool(hits)
        and hits[0].passage.title == article.law
        and _plain(hits[0].passage.text)[4:30]
        in _plain(f"第{article.number}條{article.text}")
        + _plain(f"第{chinese(article.number)}条{'之' + chinese(article.sub) if article.sub else ''}{article.text}")
    )
    said = _plain("".join(statement.text for statement in library.ask(question).statements))
    return found, wanted in said and len(said) <= len(wanted) + 14


def _plain(text: str) -> str:
    return re.sub(r"\W+", "", search_form(text))


def main() -> None:
    """Print a line of the README's table for each kind of question."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("text", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--failures", action="store_true", help="print what was not answered rightly")
    options = parser.parse_args()
    chance, laws = random.Random(options.seed), read_laws(options.text, options.seed)
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder)
        for place, (title, parts) in enumerate(laws.items()):
            for corpus in (base / "all", base / f"law{place}"):
                corpus.mkdir(exist_ok=True)
                write_law(corpus, title, parts, ("txt", "md", "html")[place % 3])
        libraries = {}
        for name in ("all", *(f"law{place}" for place in range(LAWS))):
            yinju.build_index(base / name, base / f"{name}.index")
            libraries[name] = yinju.open_library(base / f"{name}.index")
        measure(laws, libraries, chance, options.failures)


def measure(
    laws: dict[str, list[tuple[str, list[Article]]]], libraries: dict[str, Library], chance: random.Random, tell: bool
) -> None:
    """Ask and print."""
    titles = [*laws]
    every = {title: [article for _, articles in parts for article in articles] for title, parts in laws.items()}
    for what, templates in (("named, over ten laws", _NAMED), ("alone, over its law", _ALONE)):
        first = whole = 0
        for number in range(QUESTIONS):
            title = titles[number % LAWS]
            article = chance.choice(every[title])
            template = chance.choice(templates)
            question = template.format(law=short_name(title), article=called(article, chance))
            question = convert(question, chance.choice(("hans", "hant")))
            library = libraries["all" if templates is _NAMED else f"law{number % LAWS}"]
            right = is_right(library, question, article)
            first, whole = first + right[0], whole + right[1]
            if tell and not all(right):
                print(right, title, question, "→", library.ask(question).text[:150].replace("\n", "/"))
        figures = f"{first / QUESTIONS:.3f} / {whole / QUESTIONS:.3f}"
        print(f"| `articles.py`: {QUESTIONS} articles {what}: first / whole and alone | {figures} |")
    taken = asked = 0
    for number in range(QUESTIONS):
        title = titles[number % LAWS]
        missing = max(article.number for article in every[title]) + chance.randint(1, 60)
        named = number % 2 == 0
        question = chance.choice(_NAMED if named else _ALONE).format(
            law=short_name(title), article=called(Article(title, missing, 0, ""), chance)
        )
        answer = libraries["all" if named else f"law{number % LAWS}"].ask(question)
        asked, taken = asked + 1, taken + (not answer.refused)
        if tell and not answer.refused:
            print("taken", question, "→", answer.text[:100])
    print(f"| `articles.py`: {asked} articles that are not there: answered from elsewhere | {taken / asked:.3f} |")


if __name__ == "__main__":
    main()
