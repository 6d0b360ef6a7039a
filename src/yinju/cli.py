"""The command yinju: index | ask | search | chat | documents | blocks | evaluate | verify. Results go to stdout."""

import argparse
import json
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from yinju.errors import SettingsError, YinjuError
from yinju.messages import LANGUAGES, Language, say
from yinju.printing import (
    answer_json,
    answer_text,
    blocks_json,
    blocks_lines,
    document_json,
    hit_json,
    measure_lines,
    one_line,
    report_json,
    report_lines,
)
from yinju.progress import ProgressBar

Command = Callable[[argparse.Namespace], None]


def _print_json(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False).encode("utf-8", "backslashreplace").decode())  # \ud800 is JSON too


def _say(message: str) -> None:
    print(message, file=sys.stderr)


def _language(arguments: argparse.Namespace) -> Language:
    language: Language = arguments.settings.language or LANGUAGES[0]
    return language


def _index(arguments: argparse.Namespace) -> None:
    from yinju.ingest.watching import changes_of

    _build(arguments, arguments.rebuild)
    if arguments.watch:
        for _ in changes_of(arguments.corpus, arguments.index):
            _build(arguments)


def _build(arguments: argparse.Namespace, rebuild: bool = False) -> None:
    from yinju.library import build_index

    with ProgressBar() as bar:
        report = build_index(arguments.corpus, arguments.index, rebuild=rebuild, progress=bar)
    if arguments.report:
        text = json.dumps(report_json(report), ensure_ascii=False, indent=1)
        arguments.report.write_bytes(text.encode("utf-8", "backslashreplace"))
    if arguments.json:
        _print_json(report_json(report))
    else:
        print("\n".join(report_lines(report, _language(arguments))), flush=True)


def _ask(arguments: argparse.Namespace) -> None:
    from yinju.asked import read_asked
    from yinju.library import open_library

    if (arguments.question is None) == (arguments.questions is None):
        raise SettingsError('Give one question, or a file of them: yinju ask "微商是什麼？", or --questions FILE.jsonl')
    language = _language(arguments)
    asked = [(arguments.question, [])] if arguments.question is not None else read_asked(arguments.questions)
    with open_library(arguments.index) as library:
        for question, history in asked:
            answer = library.ask(question, history=history)
            if arguments.json:
                _print_json(answer_json(answer))
            else:
                print(answer_text(answer, language))


def _search(arguments: argparse.Namespace) -> None:
    from yinju.library import open_library

    with open_library(arguments.index) as library:
        for rank, hit in enumerate(library.search(arguments.question, arguments.top_k), start=1):
            found = hit_json(rank, hit)
            if arguments.json:
                _print_json(found)
            else:
                print(f"{rank}. {hit.score:.2f}  {found['document']}  {found['heading']}\n{hit.passage.text}\n")


def _documents(arguments: argparse.Namespace) -> None:
    from yinju.library import open_library

    language = _language(arguments)
    with open_library(arguments.index) as library:
        for document in library.documents():
            if arguments.json:
                _print_json(document_json(document))
            else:
                size = say("document.size", language, format=document.format, characters=len(document.text))
                pages = say("document.pages", language, pages=document.pages) if document.pages else ""
                print(one_line(document.name), one_line(document.title), size + pages, sep="  ")


def _blocks(arguments: argparse.Namespace) -> None:
    from yinju.reading import read_file

    document = read_file(arguments.file, arguments.file.name)
    if arguments.json:
        _print_json(blocks_json(document))
    else:
        print("\n".join(blocks_lines(document)))


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
        told = say("report.comma", _language(arguments)).join(f"{key} {value}" for key, value in found.items())
        print(say("verified", _language(arguments), found=told))


def _chat(arguments: argparse.Namespace) -> None:
    from yinju.library import open_library
    from yinju.web import serve

    settings = arguments.settings.model_copy(update={"port": arguments.port})
    serve(open_library(arguments.index, settings=settings), settings)


def _evaluate(arguments: argparse.Namespace) -> None:
    from yinju import evaluation

    free = [path for path in arguments.questions if evaluation.are_free(path)]
    if free and len(free) < len(arguments.questions):
        raise SettingsError(f"{free[0]} holds free questions and others do not; evaluate them apart")
    measures = _evaluate_free(arguments) if free else _evaluate_labelled(arguments)
    rounded = {name: round(value, 4) if isinstance(value, float) else value for name, value in measures.items()}
    if arguments.json:
        _print_json(rounded)
    else:
        print("\n".join(measure_lines(rounded)))


def _evaluate_free(arguments: argparse.Namespace) -> dict[str, Any]:
    """The measures of questions as people type them, asked of the index or of a folder of documents."""
    from yinju import evaluation
    from yinju.library import build_index, open_library

    for_labelled = ("unanswerable", "passages", "plot", "other_script")
    if wrong := [name for name in for_labelled if getattr(arguments, name)]:
        raise SettingsError(f"--{wrong[0].replace('_', '-')} is for questions with a gold phrase, not for free ones")
    questions = evaluation.load_free_questions(arguments.questions)
    with tempfile.TemporaryDirectory(prefix="yinju-evaluate-") as folder, ProgressBar() as bar:
        if arguments.documents:
            build_index(arguments.documents.resolve(), folder, progress=bar)
        with open_library(folder if arguments.documents else arguments.index) as library:
            graded = evaluation.grade_all(library, questions, bar)
    if arguments.out:
        evaluation.write_graded(graded, arguments.out)
    return evaluation.free_measures(graded)


def _evaluate_labelled(arguments: argparse.Namespace) -> dict[str, Any]:
    """The measures of questions with a gold phrase, asked of the index or of the paragraphs of their file."""
    from yinju import evaluation, plotting
    from yinju.embedding import load_encoder
    from yinju.library import open_library

    if len(arguments.questions) > 1 or arguments.documents or arguments.out:
        raise SettingsError("several files, --documents and --out are for free questions; see the README")
    if arguments.plot:
        plotting.figure_type()  # told before minutes are spent on the questions
    settings, (file,) = arguments.settings, arguments.questions
    labelled = evaluation.load_questions(file)
    extra = evaluation.load_questions(arguments.unanswerable).questions if arguments.unanswerable else ()
    known = [asked for asked in labelled.questions if asked.answerable]
    unknown = [*(asked for asked in labelled.questions if not asked.answerable), *extra]
    if not known:
        raise SettingsError(f"{file} holds no answerable question; expected at least one")
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
            found = evaluation.evaluate(library, known, unknown, bool(labelled.paragraphs), bar)
    if arguments.plot:
        plotting.plot_refusal(found.answerable, found.unanswerable, settings.refuse_below, arguments.plot)
    return found.measures


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="yinju", description="Answers in Chinese from your own documents.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def add(name: str, command: Command, about: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=about, description=about)
        added.set_defaults(command=command)
        added.add_argument("--index", type=Path, help="folder of the index")
        if name != "chat":
            added.add_argument("--json", action="store_true", help="print JSON")
        return added

    index = add("index", _index, "Bring the index in line with a folder of documents.")
    index.add_argument("corpus", type=Path, nargs="?", help="folder of documents")
    index.add_argument("--rebuild", action="store_true", help="start from nothing, whatever is there")
    index.add_argument("--watch", action="store_true", help="go on, and follow every change of the folder")
    index.add_argument("--report", type=Path, metavar="FILE.json", help="write how every file ended")
    ask = add("ask", _ask, "Answer a question with sources, or refuse.")
    ask.add_argument("question", nargs="?")
    ask.add_argument("--questions", type=Path, help='JSONL of {"question": …, "history": [[question, answer], …]}')
    search = add("search", _search, "Find the passages that best answer a question.")
    search.add_argument("question")
    search.add_argument("--top-k", type=_positive, help="how many passages")
    chat = add("chat", _chat, "Serve the chat page over the index.")
    chat.add_argument("--port", type=int)
    add("documents", _documents, "List the documents in the index.")
    blocks = add("blocks", _blocks, "Print what a file is read as: headings, lists, tables, records, articles.")
    blocks.add_argument("file", type=Path)
    add("verify", _verify, "Check every file of the index against its manifest.")
    evaluate = add("evaluate", _evaluate, "Measure search and answers on labelled questions.")
    evaluate.add_argument("questions", type=Path, nargs="+", help="SQuAD-format JSON, or JSONL, free questions too")
    evaluate.add_argument("--documents", type=Path, metavar="FOLDER", help="ask free questions of these, not the index")
    evaluate.add_argument("--out", type=Path, metavar="FILE.jsonl", help="write every graded answer to a free question")
    evaluate.add_argument("--unanswerable", type=Path, help="questions that should be refused, in either format")
    evaluate.add_argument("--passages", type=Path, help="folder, JSONL or SQuAD file of passages to add as distractors")
    evaluate.add_argument("--plot", type=Path, metavar="FILE.png", help="draw coverage against false answers")
    evaluate.add_argument("--other-script", action="store_true", help="ask every question in the other script")
    return parser


def _positive(text: str) -> int:
    if not (text.isascii() and text.isdigit()) or not 1 <= int(text) <= 1_000:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 1 to 1000")
    return int(text)


def _fill_in(arguments: argparse.Namespace) -> None:
    """What the command line leaves open is as it is set; the settings are not read for --help."""
    from yinju.settings import load_settings

    arguments.settings = settings = load_settings()
    usual = {"index": Path(settings.index), "corpus": Path(settings.corpus), "top_k": settings.top_k,
             "port": settings.port}  # fmt: skip
    for name, value in usual.items():
        if getattr(arguments, name, value) is None:
            setattr(arguments, name, value)


def main() -> None:
    """Run one command; on an error print one line and exit with status 1."""
    try:
        arguments = _parser().parse_args()
        _fill_in(arguments)
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
