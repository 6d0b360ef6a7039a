"""Questions about one record, row or definition: python benchmarks/records.py → how many get that one and no other.

Tables of everyday things whose rows resemble each other are written as files of many formats, all in one library, and
150 questions are asked as people type them: by name, by code or by the value of another field, in either script.
"""

import argparse
import csv
import io
import json
import random
import re
import tempfile
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

import docx
import openpyxl

import yinju
from record_domains import KEPT_ASIDE, WORKED_ON, Domain, make_rows
from yinju.conversion import convert
from yinju.library import Library
from yinju.text import search_form

ROWS = 14
QUESTIONS = 150
SEED, OTHER_SEED = 1, 2
"""The code was tuned on the first alone."""

Rows = Sequence[dict[str, str]]


def as_records(domain: Domain, rows: Rows) -> bytes:
    """Plain text: a line for each field, a blank one between records."""
    return "\n\n".join([domain.title, *("\n".join(f"{k}：{v}" for k, v in row.items()) for row in rows)]).encode()


def as_tabbed(domain: Domain, rows: Rows) -> bytes:
    """Plain text: cells parted by tabs."""
    return "\n".join([domain.title, "", *("\t".join(line) for line in _lines(rows))]).encode("utf-16")


def as_definitions(domain: Domain, rows: Rows) -> bytes:
    """Plain text: a line for each, its name before a colon."""
    lines = (f"{next(iter(row.values()))}：{'；'.join(_told(row))}。" for row in rows)
    return "\n".join([domain.title, "", *lines]).encode()


def _told(row: dict[str, str]) -> list[str]:
    rest = [*row.items()][1:]
    return [value for _, value in rest] if len(rest) == 1 else [f"{key}{value}" for key, value in rest]


def as_headings(domain: Domain, rows: Rows) -> bytes:
    """Markdown: a heading for each, its fields as bullets with bold keys, or its definition alone."""
    parts = [f"# {domain.title}"]
    for row in rows:
        name = row[domain.name.head]
        rest = [(key, value) for key, value in row.items() if key != domain.name.head]
        fields = [f"- **{key}**：{value}" for key, value in rest]
        parts += [f"## {name}", "\n".join(fields) if len(rest) > 1 else f"{rest[0][1]}。"]
    return "\n\n".join(parts).encode()


def as_pipes(domain: Domain, rows: Rows) -> bytes:
    """Markdown: a table."""
    head, *body = (f"| {' | '.join(line)} |" for line in _lines(rows))
    return "\n".join([f"# {domain.title}", "", head, "|---" * len(rows[0]) + "|", *body]).encode()


def as_csv(domain: Domain, rows: Rows) -> bytes:
    """Comma-separated values."""
    out = io.StringIO()
    csv.writer(out).writerows(_lines(rows))
    return out.getvalue().encode("utf-8-sig")


def as_json(domain: Domain, rows: Rows) -> bytes:
    """A list of objects."""
    return json.dumps([*rows], ensure_ascii=False).encode()


def as_sheet(domain: Domain, rows: Rows) -> bytes:
    """A workbook of one sheet."""
    book = openpyxl.Workbook()
    book.active.title = domain.title
    for line in _lines(rows):
        book.active.append(line)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_word(domain: Domain, rows: Rows) -> bytes:
    """A Word document with a table."""
    document = docx.Document()
    document.add_heading(domain.title, 0)
    table = document.add_table(0, len(rows[0]))
    for line in _lines(rows):
        for cell, text in zip(table.add_row().cells, line, strict=True):
            cell.text = text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def as_table(domain: Domain, rows: Rows) -> bytes:
    """A web page with a table."""
    cells = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in line)}</tr>" for line in _lines(rows))
    heads, _, body = cells.partition("</tr>")
    return _page(domain, f"<table>{heads.replace('td>', 'th>')}</tr>{body}</table>")


def as_description_list(domain: Domain, rows: Rows) -> bytes:
    """A web page: a list of descriptions for each, or one of all definitions."""
    if len(rows[0]) == 2:
        inner = "".join("<dt>{}</dt><dd>{}</dd>".format(*map(escape, row.values())) for row in rows)
        return _page(domain, f"<dl>{inner}</dl>")
    lists = ("".join(f"<dt>{escape(k)}</dt><dd>{escape(v)}</dd>" for k, v in row.items()) for row in rows)
    return _page(domain, "".join(f"<dl>{inner}</dl>" for inner in lists))


def _page(domain: Domain, body: str) -> bytes:
    return f"<html><head><title>{domain.title}</title></head><body><h1>{domain.title}</h1>{body}</body></html>".encode()


def _lines(rows: Rows) -> list[list[str]]:
    return [[*rows[0]], *([*row.values()] for row in rows)]


Writer = Callable[[Domain, Rows], bytes]
WRITERS: dict[str, tuple[str, Writer]] = {
    "txt records": ("txt", as_records), "md table": ("md", as_pipes), "csv": ("csv", as_csv),
    "xlsx": ("xlsx", as_sheet), "html dl": ("html", as_description_list), "docx table": ("docx", as_word),
    "json": ("json", as_json),
    "txt definitions": ("txt", as_definitions), "html table": ("html", as_table), "txt tabs": ("txt", as_tabbed),
    "md headings": ("md", as_headings),
}  # fmt: skip
"""How a table is written → the ending of its file, and what makes its bytes."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question about a row, and what is right."""

    domain: str
    form: str
    question: str
    wanted: str
    """What the answer must hold."""
    row: dict[str, str]
    others: tuple[str, ...]
    """What it must not hold: values of other rows that this one lacks."""


@dataclass(slots=True)
class Score:
    """How many questions were asked, and how many were right."""

    asked: int = 0
    found: int = 0
    answered: int = 0

    def add(self, found: bool, answered: bool) -> None:
        """Count a question."""
        self.asked, self.found, self.answered = self.asked + 1, self.found + found, self.answered + answered

    def shown(self) -> str:
        """The counts as cells of a table."""
        return f"{self.asked} | {self.found / self.asked:.3f} | {self.answered / self.asked:.3f}"


def ask_about(domain: Domain, form: str, rows: Rows, chance: random.Random) -> Asked:
    """A question about a row drawn by chance."""
    row = chance.choice(rows)
    ways = [(field, template, False) for field in domain.columns for template in field.asked]
    ways += [(field, template, True) for field in domain.columns for template in field.backwards]
    column = chance.choice(domain.columns)
    asked, template, backwards = chance.choice([way for way in ways if way[0] is column] or ways)
    code = row[domain.code.head] if domain.code else ""
    question = template.format(name=row[domain.name.head], code=code, value=row[asked.head])
    question = convert(question, chance.choice(("hans", "hant"))) + chance.choice(("", "？", "?"))
    wanted = row[domain.name.head if backwards else asked.head]
    own = _squeezed("".join(row.values()))
    others = {value for other in rows if other is not row for value in other.values()}
    return Asked(domain.title, form, question, wanted, row, tuple(v for v in others if _squeezed(v) not in own))


def _squeezed(text: str) -> str:
    return re.sub(r"[\s《》]", "", search_form(text))


def _says(text: str, value: str) -> bool:
    """Whether a squeezed text holds a value, a number only as a whole."""
    pattern = re.escape(_squeezed(value))
    pattern = rf"(?<![0-9.]){pattern}" if pattern[:1].isdigit() else pattern
    return re.search(rf"{pattern}(?![0-9])" if pattern[-1:].isdigit() else pattern, text) is not None


@dataclass(slots=True)
class Outcome:
    """The scores of all questions, by domain and by form."""

    all: Score = field(default_factory=Score)
    by_domain: dict[str, Score] = field(default_factory=lambda: defaultdict(Score))
    by_form: dict[str, Score] = field(default_factory=lambda: defaultdict(Score))


def judge(library: Library, asked: Asked) -> tuple[bool, bool, str]:
    """Whether the first hit holds the row, whether the answer is right, and what it says."""
    hits = library.search(asked.question, 1)
    text = _squeezed(hits[0].passage.heading + hits[0].passage.text) if hits else ""
    found = all(_squeezed(value) in text for value in asked.row.values())
    answer = library.ask(asked.question)
    said = "" if answer.refused else _squeezed(answer.text)
    right = _says(said, asked.wanted) and not any(_says(said, value) for value in asked.others)
    return found, right, f"{answer.confidence:.2f} {'REFUSED ' if answer.refused else ''}{answer.text}"


def measure(domains: Sequence[Domain], seed: int, questions: int, tell: bool) -> Outcome:
    """Write the files, index and ask; each domain in three forms, a third of the questions over each."""
    outcome, forms = Outcome(), [*WRITERS]
    for turn in range(3):
        chance = random.Random(1000 * seed + turn)
        with tempfile.TemporaryDirectory() as folder:
            tables = []
            for place, domain in enumerate(domains):
                form = forms[(place + 4 * turn + seed) % len(forms)]
                ending, write = WRITERS[form]
                rows = make_rows(domain, ROWS, chance)
                path = Path(folder, "files", f"{domain.title}.{ending}")
                path.parent.mkdir(exist_ok=True)
                path.write_bytes(write(domain, rows))
                tables.append((domain, form, rows))
            yinju.build_index(Path(folder, "files"), Path(folder, "index"))
            library = yinju.open_library(Path(folder, "index"))
            for number in range(turn, questions, 3):
                asked = ask_about(*tables[number // 3 % len(tables)], chance)
                found, right, said = judge(library, asked)
                for score in (outcome.all, outcome.by_domain[asked.domain], outcome.by_form[asked.form]):
                    score.add(found, right)
                if tell and not (found and right):
                    print(f"{found:d}{right:d} [{asked.form}] {asked.question} → {asked.wanted} ← {said[:160]!r}")
            library.close()
    return outcome


def main() -> None:
    """Print a line of the README's table for each set, then how each domain and form did."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--questions", type=int, default=QUESTIONS)
    parser.add_argument("--only", choices=("tuned", "seed", "aside"), help="one of the three sets")
    parser.add_argument("--failures", action="store_true", help="print what was not answered rightly")
    options = parser.parse_args()
    sets = {"tuned": (WORKED_ON, SEED), "seed": (WORKED_ON, OTHER_SEED), "aside": (KEPT_ASIDE, OTHER_SEED)}
    for name, (domains, seed) in sets.items():
        if options.only not in (None, name):
            continue
        outcome = measure(domains, seed, options.questions, options.failures)
        print(f"\n| set {name}, seed {seed} | questions | first hit | answer |\n|---|---|---|---|")
        print(f"| all | {outcome.all.shown()} |")
        for told in (outcome.by_domain, outcome.by_form):
            for key, score in sorted(told.items()):
                print(f"| {key} | {score.shown()} |")


if __name__ == "__main__":
    main()
