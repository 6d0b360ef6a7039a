"""What documents, edits and questions cost as a library grows: a Markdown table, and a drawing where one is asked for.

python benchmarks/scale.py [TEXT.jsonl] [--passages 100000] [--scopes 100] [--figures FILE.jsonl --plot FILE.png] makes
files of a hundred passages of 250 characters each: sentences as they follow one another in the texts of lines
{"text": …}, from a place of chance on, or, without any, those of corpus/ in an order of chance. Every step is a process
of its own, so that its memory is its own; times are set beside those of the bare calls (segmentation, embedding, FAISS,
tantivy) of the same run.
"""

import argparse
import json
import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np

from yinju.embedding import load_encoder
from yinju.ingest.build import BATCH, open_store
from yinju.ingest.records import embedded_text
from yinju.ingest.upkeep import compact
from yinju.library import Library, build_index, open_library
from yinju.plotting import figure_type
from yinju.reading import read_file
from yinju.settings import Settings
from yinju.splitting import split_sentences
from yinju.types import Scope

CHARACTERS, PER_FILE, QUESTIONS, ROUNDS = 250, 100, 200, 5
"""Of a passage; passages of a file; how many questions are asked; how often each edit is made."""
MADE_UP = 200_000
"""Sentences in an order of chance."""
ROOT = Path(__file__).parents[1]


def sentences_of(source: Path | None) -> list[str]:
    """What files are made of: sentences of 8 to 120 characters, as they stand in texts; in an order of chance else."""
    if source:
        texts = [json.loads(line)["text"] for line in source.open(encoding="utf-8")]
    else:
        texts = [read_file(path, path.name).text for path in sorted((ROOT / "corpus").iterdir())]
    found = [text[start:end].strip() for text in texts for start, end in split_sentences(text)]
    found = [" ".join(one.split()) for one in found if 8 <= len(one) <= 120]
    return found if source else random.Random(16).choices(found, k=MADE_UP)


def paragraphs(sentences: Sequence[str], seed: int) -> Iterator[str]:
    """Paragraphs of about 250 characters, without end, each with a number of its own."""
    chance = random.Random(seed)
    for number in range(10**9):
        text, place = f"第{seed}-{number}則。", chance.randrange(len(sentences))
        while len(text) < CHARACTERS - 30:
            text += sentences[place % len(sentences)]
            place += 1
        yield text[: CHARACTERS + 60]


def make_files(corpus: Path, sentences: Sequence[str], passages: int) -> dict[str, float]:
    """Write the files; how many bytes they have."""
    for number in range(passages // PER_FILE):
        own = paragraphs(sentences, number)
        path = corpus / f"{number // 100:03d}" / f"{number:05d}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        parts = (f"## 第{part}節\n\n{next(own)}\n" for part in range(PER_FILE))
        path.write_text(f"# 文件{number}\n\n" + "\n".join(parts), "utf-8")
    return {"bytes": sum(path.stat().st_size for path in corpus.rglob("*.md"))}


def peak() -> float:
    """The most memory that this process and each of its children have had, in MB: the larger of both."""
    return max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1024


def now_held() -> float:
    """The memory that this process has now, in MB."""
    return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * resource.getpagesize() / 1e6


def index_all(folder: Path) -> dict[str, float]:
    """Index every file."""
    started = time.monotonic()
    report = build_index(folder / "corpus", folder / "index")
    seconds = time.monotonic() - started
    passages = sum(outcome.passages for outcome in report.outcomes)
    size = sum(path.stat().st_size for path in (folder / "index").rglob("*") if path.is_file())
    return {"seconds": seconds, "passages": passages, "peak": peak(), "bytes": size}


def bare(folder: Path) -> dict[str, float]:
    """What segmentation, embedding, FAISS and tantivy take for the same passages, one after the other."""
    import faiss
    import rjieba
    import tantivy

    snapshot = open_store(folder / "index").open()
    ids = [number for number, _ in snapshot.documents.places()]
    encoder, spent = load_encoder(""), dict.fromkeys(("rjieba", "encode", "faiss", "tantivy"), 0.0)
    vectors = faiss.IndexScalarQuantizer(encoder.dimension, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT)
    builder = tantivy.SchemaBuilder()
    for field in ("words", "bigrams", "characters"):
        builder.add_text_field(field, stored=False, tokenizer_name="whitespace", index_option="freq")
    writer = tantivy.Index(builder.build()).writer(64_000_000, 1)

    started = time.perf_counter()

    def lap(name: str) -> None:
        nonlocal started
        now = time.perf_counter()
        spent[name] += now - started
        started = now

    for start in range(0, len(ids), BATCH):
        texts = [embedded_text(passage) for passage in snapshot.documents.passages(ids[start : start + BATCH])]
        started = time.perf_counter()
        cut = [rjieba.cut(text, hmm=True) for text in texts]
        lap("rjieba")
        found = encoder.encode_documents(texts)
        lap("encode")
        vectors.add(found)
        lap("faiss")
        fields = [
            {"words": " ".join(words), "bigrams": " ".join(map("".join, pairwise(text))), "characters": " ".join(text)}
            for words, text in zip(cut, texts, strict=True)
        ]
        started = time.perf_counter()
        for one in fields:
            writer.add_document(tantivy.Document(**one))
        lap("tantivy")
    writer.commit()
    writer.wait_merging_threads()
    lap("tantivy")
    return {**spent, "all": sum(spent.values())}


def questions_for(library: Library, count: int = QUESTIONS) -> list[str]:
    """Sentences of passages here and there, with a word of asking."""
    places = open_store(library.index).open().documents.places()
    chance = random.Random(7)
    chosen = [number for number, _ in chance.sample(places, min(count, len(places)))]
    passages = open_store(library.index).open().documents.passages(chosen)
    return [f"{passage.sentence(len(passage.sentences) // 2)[:40]}是什麼？" for passage in passages]


def search_all(folder: Path) -> dict[str, float]:
    """Search for every question; how long it takes, and what the bare calls do."""
    with open_library(folder / "index", settings=Settings(reread=False)) as library:
        questions, encoder = questions_for(library), load_encoder("")
        snapshot = library.answering().retriever.generation
        for question in questions[:20]:
            library.search(question)
        whole, calls = [], []
        for question in questions:
            started = time.perf_counter()
            library.search(question)
            whole.append(time.perf_counter() - started)
            vector, words = encoder.encode_queries([question]), list(dict.fromkeys(question))
            started = time.perf_counter()
            snapshot.vectors.search(vector, 20)
            snapshot.keywords.search("characters", words, 20)
            calls.append(time.perf_counter() - started)
        return {**spread(whole), "bare": statistics.median(calls) * 1_000, "serving": now_held(), "peak": peak()}


def spread(seconds: Sequence[float]) -> dict[str, float]:
    """Median and 95th percentile, in milliseconds."""
    return {"p50": statistics.median(seconds) * 1_000, "p95": float(np.quantile(seconds, 0.95)) * 1_000}


def edit_all(folder: Path) -> dict[str, float]:
    """Add and delete a document of ten pages until questions are answered accordingly, several times."""
    taken: dict[str, list[float]] = {"add": [], "delete": []}
    with open_library(folder / "index", settings=Settings(reread=False)) as library:
        library.search("第一則")
        idle, own = now_held(), paragraphs(["這是新的一頁，寫著別處沒有的話。"], 99_999)

        def changed(what: str, text: str | None, sign: str) -> None:
            started = time.monotonic()
            change = library.add("新/加入.md", [text.encode()]) if text else library.remove("新/加入.md")
            library.editor().wait(change, 120)
            hits = library.search(f"{sign}是什麼？", 5)
            assert any(sign in hit.passage.text for hit in hits) == (text is not None), (what, sign)
            taken[what].append(time.monotonic() - started)

        def written(sign: str) -> str:
            return f"# 加入\n\n{sign}的意思就是{sign}。\n\n" + "\n\n".join(next(own) for _ in range(20))

        for turn in range(ROUNDS):
            changed("add", written(f"烏梅鐵觀音{turn}號"), f"烏梅鐵觀音{turn}號")
            changed("delete", None, f"烏梅鐵觀音{turn}號")
        medians = {name: statistics.median(times) for name, times in taken.items()}
        return {**medians, "slowest": max(max(times) for times in taken.values()), "above_idle": peak() - idle}


def open_cold(folder: Path) -> dict[str, float]:
    """Open the library, checked, and answer once."""
    started = time.monotonic()
    with open_library(folder / "index") as library:
        opened = time.monotonic() - started
        library.ask("第一則是什麼？")
        return {"open": opened, "answered": time.monotonic() - started, "peak": peak()}


def scoped(folder: Path, count: int) -> dict[str, float]:
    """Ask in some documents alone: hits elsewhere, and how many of the first five a store of these alone has too."""
    chance, outside, shared, wanted = random.Random(3), 0, 0, 0
    with open_library(folder / "index", settings=Settings(reread=False)) as library:
        names, corpus = [document.name for document in library.documents()], folder / "corpus"
        for question in questions_for(library, count):
            chosen = chance.sample(names, chance.choice((1, 3, 10)))
            hits = [hit.passage for hit in library.search(question, 5, Scope(frozenset(chosen)))]
            outside += sum(passage.document not in chosen for passage in hits)
            with tempfile.TemporaryDirectory() as alone:
                for name in chosen:
                    (Path(alone) / "corpus" / name).parent.mkdir(parents=True, exist_ok=True)
                    shutil.copy(corpus / name, Path(alone) / "corpus" / name)
                build_index(Path(alone) / "corpus", Path(alone) / "index")
                with open_library(Path(alone) / "index", settings=Settings(reread=False)) as other:
                    expected = {hit.passage.id for hit in other.search(question, 5)}
            wanted += len(expected)
            shared += len(expected & {passage.id for passage in hits})
    return {"outside": outside, "as_alone": shared / max(wanted, 1)}


def compacted(folder: Path) -> dict[str, float]:
    """Put everything together."""
    started = time.monotonic()
    compact(folder / "index", whole=True)
    return {"seconds": time.monotonic() - started, "peak": peak()}


STEPS: dict[str, Callable[[argparse.Namespace], dict[str, float]]] = {
    "make": lambda given: make_files(given.folder / "corpus", sentences_of(given.text), given.passages),
    "index": lambda given: index_all(given.folder),
    "bare": lambda given: bare(given.folder),
    "open": lambda given: open_cold(given.folder),
    "search": lambda given: search_all(given.folder),
    "edit": lambda given: edit_all(given.folder),
    "scoped": lambda given: scoped(given.folder, given.scopes),
    "compact": lambda given: compacted(given.folder),
}


def measure(given: argparse.Namespace) -> dict[str, float]:
    """Every step in a process of its own, a row each as it is known; what is drawn of it."""

    def run(step: str) -> dict[str, float]:
        command = [sys.executable, *sys.argv, "--folder", str(given.folder), "--step", step]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
        return dict(json.loads(done.stdout.splitlines()[-1]))

    def tell(what: str, measured: str) -> None:
        print(f"| {what} | {measured} |", flush=True)

    size = run("make")["bytes"]
    print(f"| {given.passages:,} passages, {size / 1e6:.0f} MB of text | measured |\n|---|---|", flush=True)
    made, calls = run("index"), run("bare")
    tell("index", f"{made['seconds']:.1f} s, {made['passages']:.0f} passages, peak {made['peak']:.0f} MB")
    parts = ", ".join(f"{name} {seconds:.1f}" for name, seconds in calls.items() if name != "all")
    tell("… over the bare calls", f"{made['seconds'] / calls['all']:.2f} × {calls['all']:.1f} s ({parts})")
    tell("… a passage", f"{made['seconds'] / made['passages'] * 1_000:.3f} ms")
    tell("disk over raw text", f"{made['bytes'] / size:.2f} ×")
    first = run("open")
    tell("open / first answer", f"{first['open']:.2f} / {first['answered']:.2f} s, peak {first['peak']:.0f} MB")
    found = run("search")
    tell("search p50 / p95", f"{found['p50']:.1f} / {found['p95']:.1f} ms; bare calls {found['bare']:.1f} ms")
    tell("memory serving", f"{found['serving']:.0f} MB")
    edits = run("edit")
    tell("add / delete, median of 5", f"{edits['add']:.2f} / {edits['delete']:.2f} s, slowest {edits['slowest']:.2f} s")
    tell("… memory above idle", f"{edits['above_idle']:.0f} MB")
    if given.scopes:
        within = run("scoped")
        tell("hits outside a scope / top 5 as alone", f"{within['outside']:.0f} / {within['as_alone']:.3f}")
    together = run("compact")
    tell("put together", f"{together['seconds']:.1f} s, peak {together['peak']:.0f} MB")
    return {
        "passages": made["passages"], "index, ms a passage": made["seconds"] / made["passages"] * 1_000,
        "search p50, ms": found["p50"], "search p95, ms": found["p95"], "add, s": edits["add"],
        "first answer, s": first["answered"], "serving, MB": found["serving"], "disk over text": made["bytes"] / size,
    }  # fmt: skip


def draw(figures: Path, picture: Path) -> None:
    """A panel for each figure over the number of passages, of all runs that were noted."""
    runs = sorted(map(json.loads, figures.read_text("utf-8").splitlines()), key=lambda run: run["passages"])
    names = [name for name in runs[0] if name != "passages"]
    figure = figure_type()(figsize=(11, 5.5), layout="constrained")
    for name, panel in zip(names, figure.subplots(2, -(-len(names) // 2)).flat, strict=False):
        values = [run[name] for run in runs]
        panel.semilogx([run["passages"] for run in runs], values, "o-", color="#a63a2f")
        panel.set(title=name, ylim=(0, 1.1 * max(values)))
    for panel in figure.axes[len(names) :]:
        panel.remove()
    figure.savefig(picture, dpi=110)


def main() -> None:
    """Print the table as it is made."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("text", type=Path, nargs="?", help="JSONL of texts to make files of")
    parser.add_argument("--passages", type=int, default=100_000)
    parser.add_argument("--scopes", type=int, default=100, help="how many scopes are asked in; 0 for none")
    parser.add_argument("--folder", type=Path, help="where all is made and stays; else it is thrown away")
    parser.add_argument(
        "--figures", type=Path, metavar="FILE.jsonl", help="note the figures behind those of other runs"
    )
    parser.add_argument("--plot", type=Path, metavar="FILE.png", help="with --figures: draw all that is noted there")
    parser.add_argument("--step", choices=STEPS, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.step:
        print(json.dumps(STEPS[given.step](given)))
        return
    with tempfile.TemporaryDirectory(prefix="yinju-scale-") as made:
        given.folder = given.folder or Path(made)
        measured = measure(given)
    if given.figures:
        with given.figures.open("a", encoding="utf-8") as noted:
            noted.write(json.dumps(measured, ensure_ascii=False) + "\n")
        if given.plot:
            draw(given.figures, given.plot)


if __name__ == "__main__":
    main()
