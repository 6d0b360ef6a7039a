"""The command yinju: index | ask | search | chat | documents | evaluate | verify. Results go to stdout only."""

import argparse
import json
import sys
import tempfile
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from yinju.errors import SettingsError, YinjuError
from yinju.progress import ProgressBar
from yinju.settings import load_settings
from yinju.text import has_content
from yinju.types import Answer, Citation, Document, FileOutcome, FileState, Hit, IngestReport

Command = Callable[[argparse.Namespace], None]


def _print_json(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False).encode("utf-8", "backslashreplace").decode())  # \ud800 is JSON too


def _say(message: str) -> None:
    print(message, file=sys.stderr)


_SHOWN_STATE = dict(zip(FileState, ("已入庫", "已入庫（有提醒）", "略過", "失敗"), strict=True))


def _one_line(text: str) -> str:
    """A text as a terminal can show it: what would break the line or turn its direction is a �."""
    return "".join("�" if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp") else c for c in text)


def outcome_line(outcome: FileOutcome) -> str:
    """How one file ended, in one line whatever its name holds."""
    unchanged = "，未變動" if outcome.reused else ""
    counts = f"{outcome.passages} 段{unchanged}" if outcome.passages else outcome.code
    return f"{_SHOWN_STATE[outcome.state]}  {_one_line(outcome.name)}  {counts}" + (
        f"  {outcome.message}" if outcome.message else ""
    )


def report_lines(report: IngestReport) -> Iterable[str]:
    """The end state of every file, then the sums."""
    yield from (outcome_line(outcome) for outcome in report.outcomes)
    yield from (f"已移除  {name}" for name in report.removed)
    sums = "，".join(f"{shown} {report.count(state)}" for state, shown in _SHOWN_STATE.items())
    passages = sum(outcome.passages for outcome in report.outcomes)
    yield f"共 {len(report.outcomes)} 個檔案：{sums}；{passages} 段，第 {report.generation} 代，{report.seconds:.1f} 秒"


def _index(arguments: argparse.Namespace) -> None:
    from yinju.library import build_index

    with ProgressBar() as bar:
        report = build_index(arguments.corpus, arguments.index, rebuild=arguments.rebuild, progress=bar)
    if arguments.json:
        _print_json(asdict(report))
    else:
        print("\n".join(report_lines(report)))


def answer_json(answer: Answer) -> dict[str, Any]:
    """An answer with the keys that scripts rely on."""
    return {
        "question": answer.question,
        "answer": answer.text,
        "refused": answer.refused,
        "confidence": round(answer.confidence, 4),
        "mode": answer.mode,
        "citations": [asdict(citation) for citation in answer.citations],
        "seconds": round(answer.seconds, 4),
    }


def hit_json(rank: int, hit: Hit) -> dict[str, Any]:
    """A search result with the keys that scripts rely on."""
    p = hit.passage
    return {"rank": rank, "score": round(hit.score, 4), "document": p.document, "heading": p.heading, "page": p.page,
            "start": p.start, "end": p.end, "text": p.text}  # fmt: skip


def place_of(citation: Citation) -> str:
    """Where a citation stands, for people."""
    page = f"第 {citation.page} 頁" if citation.page else ""
    return "　".join(_one_line(part) for part in (citation.document, citation.heading, page) if part)


def answer_text(answer: Answer) -> str:
    """An answer with its sources, for people."""
    lines = ["文件裡沒有找到答案。最接近的是："] if answer.refused else [answer.text, ""]
    if answer.understood_as:
        lines.insert(0, f"理解為：{answer.understood_as}")
    for citation in answer.citations:
        quote = " ".join(citation.quote.split())
        lines.append(f"[{citation.marker}] {place_of(citation)}\n    {quote[:120]}{'…' if len(quote) > 120 else ''}")
    return "\n".join(lines)


def _ask(arguments: argparse.Namespace) -> None:
    from yinju.library import open_library

    if (arguments.question is None) == (arguments.questions is None):
        raise SettingsError('Give one question, or a file of them: yinju ask "微商是什麼？", or --questions FILE.jsonl')
    asked = [{"question": arguments.question}] if arguments.question is not None else _lines(arguments.questions)
    with open_library(arguments.index) as library:
        for record in asked:
            history = [(q, a) for q, a in record.get("history") or []]
            answer = library.ask(record["question"], history=history)
            if arguments.json:
                _print_json(answer_json(answer))
            else:
                print(answer_text(answer))


def _lines(path: Path) -> list[dict[str, Any]]:
    try:
        lines = path.read_text("utf-8-sig").split("\n")
    except (OSError, ValueError) as error:
        raise SettingsError(f'{path} cannot be read ({error}); expected lines of {{"question": …}}') from None
    records = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            records.append(record := json.loads(line))
        except (ValueError, RecursionError):
            raise SettingsError(f'{path} line {number} is no JSON; expected {{"question": …}}') from None
        question = record.get("question") if isinstance(record, dict) else None
        if not isinstance(question, str) or not has_content(question):
            raise SettingsError(f'{path} line {number} has no question; expected {{"question": …}}')
        if not _is_history(record.get("history") or []):
            raise SettingsError(f'{path} line {number} has another history than [["question", "answer"], …]')
    return records


def _is_history(value: object) -> bool:
    turns = value if isinstance(value, list) else [None]
    return all(isinstance(turn, list) and [type(part) for part in turn] == [str, str] for turn in turns)


def _search(arguments: argparse.Namespace) -> None:
    from yinju.library import open_library

    with open_library(arguments.index) as library:
        for rank, hit in enumerate(library.search(arguments.question, arguments.top_k), start=1):
            found = hit_json(rank, hit)
            if arguments.json:
                _print_json(found)
            else:
                print(f"{rank}. {hit.score:.2f}  {found['document']}  {found['heading']}\n{hit.passage.text}\n")


def _document_json(document: Document) -> dict[str, Any]:
    return {"name": document.name, "title": document.title, "state": document.state, "format": document.format,
            "encoding": document.encoding, "pages": document.pages, "characters": len(document.text),
            "sha256": document.sha256, "message": document.message}  # fmt: skip


def _documents(arguments: argparse.Namespace) -> None:
    from yinju.library import open_library

    with open_library(arguments.index) as library:
        for document in library.documents():
            if arguments.json:
                _print_json(_document_json(document))
            else:
                pages = f"，{document.pages} 頁" if document.pages else ""
                size = f"{document.format}，{len(document.text)} 字{pages}"
                print(_one_line(document.name), _one_line(document.title), size, sep="  ")


def _verify(arguments: argparse.Namespace) -> None:
    from yinju.library import open_library

    with open_library(arguments.index) as library:
        found = {"generation": library.generation, "documents": len(library.documents()),
                 "passages": library.passage_count, "encoder": library.encoder_name,
                 "reranker": library.reranker_name, "device": library.device}  # fmt: skip
        found = {key: value for key, value in found.items() if value is not None}
    if arguments.json:
        _print_json(found)
    else:
        print("索引完好：" + "，".join(f"{key} {value}" for key, value in found.items()))


def _chat(arguments: argparse.Namespace) -> None:
    from yinju.library import open_library
    from yinju.web import serve

    settings = replace(load_settings(), port=arguments.port)
    serve(open_library(arguments.index, settings=settings), settings)


def _evaluate(arguments: argparse.Namespace) -> None:
    from yinju import evaluation
    from yinju.embedding import load_encoder
    from yinju.library import open_library

    settings = load_settings()
    labelled = evaluation.load_questions(arguments.questions)
    extra = evaluation.load_questions(arguments.unanswerable).questions if arguments.unanswerable else ()
    known = [asked for asked in labelled.questions if asked.answerable]
    unknown = [*(asked for asked in labelled.questions if not asked.answerable), *extra]
    if not known:
        raise SettingsError(f"{arguments.questions} holds no answerable question; expected at least one")
    if arguments.other_script:
        known = [evaluation.in_other_script(asked) for asked in known]
    with tempfile.TemporaryDirectory(prefix="yinju-evaluate-") as folder, ProgressBar() as bar:
        if labelled.paragraphs:
            distractors = evaluation.load_distractors(arguments.passages, settings) if arguments.passages else []
            documents = [*labelled.paragraphs, *distractors]
            encoder = load_encoder(settings.encoder)
            library = evaluation.open_temporary(documents, Path(folder), encoder, settings, bar)
        elif arguments.passages:
            raise SettingsError("--passages adds to the paragraphs of a SQuAD-format file; index the folder instead")
        else:
            library = open_library(arguments.index, settings=settings)
        with library:
            measures = evaluation.evaluate(library, known, unknown, bool(labelled.paragraphs), bar)
    rounded = {name: value if isinstance(value, int) else round(value, 4) for name, value in measures.items()}
    if arguments.json:
        _print_json(rounded)
    else:
        print("\n".join(f"{name:18} {value}" for name, value in rounded.items()))


def _parser() -> argparse.ArgumentParser:
    settings = load_settings()
    parser = argparse.ArgumentParser(prog="yinju", description="Answers in Chinese from your own documents.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def add(name: str, command: Command, about: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=about, description=about)
        added.set_defaults(command=command)
        added.add_argument("--index", type=Path, default=Path(settings.index), help="folder of the index")
        if name != "chat":
            added.add_argument("--json", action="store_true", help="print JSON")
        return added

    index = add("index", _index, "Bring the index in line with a folder of documents.")
    index.add_argument("corpus", type=Path, nargs="?", default=Path(settings.corpus), help="folder of documents")
    index.add_argument("--rebuild", action="store_true", help="start from nothing, whatever is there")
    ask = add("ask", _ask, "Answer a question with sources, or refuse.")
    ask.add_argument("question", nargs="?")
    ask.add_argument("--questions", type=Path, help='JSONL of {"question": …, "history": [[question, answer], …]}')
    search = add("search", _search, "Find the passages that best answer a question.")
    search.add_argument("question")
    search.add_argument("--top-k", type=_positive, default=settings.top_k, help="how many passages")
    chat = add("chat", _chat, "Serve the chat page over the index.")
    chat.add_argument("--port", type=int, default=settings.port)
    add("documents", _documents, "List the documents in the index.")
    add("verify", _verify, "Check every file of the index against its manifest.")
    evaluate = add("evaluate", _evaluate, "Measure search and answers on labelled questions.")
    evaluate.add_argument("questions", type=Path, help="SQuAD-format JSON, or JSONL about the live index")
    evaluate.add_argument("--unanswerable", type=Path, help="questions that should be refused, in either format")
    evaluate.add_argument("--passages", type=Path, help="folder, JSONL or SQuAD file of passages to add as distractors")
    evaluate.add_argument("--other-script", action="store_true", help="ask every question in the other script")
    return parser


def _positive(text: str) -> int:
    if not (text.isascii() and text.isdigit()) or not 1 <= int(text) <= 1_000:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 1 to 1000")
    return int(text)


def main() -> None:
    """Run one command; on an error print one line and exit with status 1."""
    try:
        arguments = _parser().parse_args()
        arguments.command(arguments)
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()
    except (YinjuError, OSError) as error:
        _say(f"yinju: {error}")
        sys.exit(1)


if __name__ == "__main__":
    main()
