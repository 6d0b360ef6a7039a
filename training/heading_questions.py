"""Open text (JSONL) → labelled questions in SQuAD format: headings that ask something, and the sections that answer.

An article's sections lose their headings, so that what the section itself says must be found. Beside the articles that
ask there are others that do not. python training/heading_questions.py TEXT.jsonl QUESTIONS.json
"""

import argparse
import json
import random
import re
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

ASKS = re.compile("[?？]|如何|怎么|怎麼|怎样|怎樣|为什么|為什麼|什么|什麼|是否|多少|哪些")
SECTIONS = range(3, 41)
"""How many sections an article has that is long enough to mislead and short enough not to weigh too much."""
QUESTION_CHARACTERS = range(4, 61)
FEWEST_CHARACTERS = 40
PER_SOURCE, OTHER_ARTICLES = 220, 600
"""The most questions of one source, and how many articles are added that ask nothing."""
NOT_USED = {"AgentWorkers/skills"}
"""Machine translated: its headings ask in no one's words."""

Record = dict[str, str]
Articles = dict[tuple[str, str], list[Record]]


def read_articles(path: Path) -> Articles:
    """(source, title) → the sections of each article of a fitting length, in order."""
    articles: Articles = defaultdict(list)
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            if record["source"] not in NOT_USED:
                articles[record["source"], record["title"]].append(record)
    return {name: sections for name, sections in articles.items() if len(sections) in SECTIONS}


def question_of(section: Record) -> str | None:
    """The section's innermost heading, if it asks something that the section is long enough to answer."""
    heading = section["heading"].split(" > ")[-1].strip()
    asks = ASKS.search(heading) and len(heading) in QUESTION_CHARACTERS
    return heading if asks and len(section["text"]) >= FEWEST_CHARACTERS else None


def choose_articles(articles: Articles, chance: random.Random) -> dict[tuple[str, str], set[int]]:
    """Which articles are taken, and which of their sections ask."""
    asking: dict[str, list[tuple[tuple[str, str], int]]] = defaultdict(list)
    for name, sections in articles.items():
        asking[name[0]] += [(name, place) for place, section in enumerate(sections) if question_of(section)]
    chosen: dict[tuple[str, str], set[int]] = defaultdict(set)
    for places in asking.values():
        for name, place in chance.sample(places, min(len(places), PER_SOURCE)):
            chosen[name].add(place)
    others = sorted(articles.keys() - chosen.keys())
    return chosen | {name: set() for name in chance.sample(others, min(len(others), OTHER_ARTICLES))}


def squad(articles: Articles, chosen: Mapping[tuple[str, str], set[int]]) -> dict[str, Any]:
    """The questions with their paragraphs in SQuAD format; a section's opening stands for its answer."""
    data = []
    for name in sorted(chosen):
        paragraphs = []
        for place, section in enumerate(articles[name]):
            answers = [{"text": section["text"][:FEWEST_CHARACTERS], "answer_start": 0}]
            asked = [{"question": question_of(section), "answers": answers}] if place in chosen[name] else []
            paragraphs.append({"context": section["text"], "qas": asked})
        data.append({"title": name[1], "paragraphs": paragraphs})
    return {"version": "1.1", "data": data}


def main() -> None:
    """Choose and write."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("text", type=Path, help="JSONL with source, title, heading, text")
    arguments.add_argument("questions", type=Path, help="the file to write")
    given = arguments.parse_args()
    articles = read_articles(given.text)
    found = squad(articles, choose_articles(articles, random.Random(5)))
    given.questions.write_text(json.dumps(found, ensure_ascii=False), "utf-8")
    asked = sum(len(paragraph["qas"]) for article in found["data"] for paragraph in article["paragraphs"])
    print(f"{asked} questions about {len(found['data'])} articles → {given.questions}")


if __name__ == "__main__":
    main()
