"""The commands over documents and questions: index, tag, ask, search, documents, blocks, verify, chat."""

import argparse
import json
from contextlib import closing
from dataclasses import asdict
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

from yinju.cli.output import print_json, tell
from yinju.errors import CorpusError, ReadingError, SettingsError
from yinju.messages import say
from yinju.printing import (
    answer_json,
    answer_text,
    blocks_json,
    blocks_lines,
    document_json,
    hit_json,
    one_line,
    report_json,
    report_lines,
)
from yinju.progress import ProgressBar
from yinju.types import Scope

if TYPE_CHECKING:
    from yinju.asked import ScopeWords
    from yinju.library import Library


def index(arguments: argparse.Namespace) -> None:
    """Bring the index in line with a folder of documents, go back, or put it together."""
    from yinju.ingest.upkeep import compact, rollback
    from yinju.ingest.watching import changes_of

    if arguments.tune:
        return _tune(arguments)
    if arguments.rollback or arguments.compact:
        number = rollback(arguments.index) if arguments.rollback else compact(arguments.index, whole=True)
        return _tell_publication("rolled_back" if arguments.rollback else "compacted", number, arguments)
    _build(arguments, rebuild=arguments.rebuild, check=arguments.check)
    if arguments.watch:
        for _ in changes_of(arguments.corpus, arguments.index):
            _build(arguments)


def _tell_publication(what: str, number: int | None, arguments: argparse.Namespace) -> None:
    """Say which publication answers now; None where nothing was to do."""
    if arguments.json:
        print_json({"generation": number})
    else:
        print(say(f"index.{what if number is not None else 'as_it_was'}", arguments.language, number=number or 0))


def _tune(arguments: argparse.Namespace) -> None:
    """Print what each effort of a search by vectors finds and takes, and the one that was chosen.

    Raises:
        SettingsError: another store finds passages.
    """
    from yinju.ingest.build import open_store
    from yinju.ingest.upkeep import tune
    from yinju.plotting import plot_trade

    language, settings = arguments.language, arguments.settings
    if settings.store != "local":
        raise SettingsError("call.tune_local")
    trades = tune(arguments.index, settings=settings, recall=arguments.recall, again=True)
    with closing(open_store(arguments.index, settings).open()) as snapshot:
        tuned, passages = snapshot.tuned, len(snapshot)
    if arguments.json:
        print_json({"trade": [asdict(one) for one in trades], "tuned": asdict(tuned) if tuned else None})
    elif tuned is None:
        print(say("index.exact", language, passages=passages, exact=settings.exact_passages))
    else:
        print(say("trade", language), "|---|---|---|", sep="\n")
        for one in trades:
            print(f"| {one.effort or passages:,} | {one.recall:.3f} | {one.milliseconds:.1f} |")
        print("", say("index.tuned", language, **asdict(tuned) | {"effort": tuned.effort or passages}), sep="\n")
    if arguments.plot and tuned:
        plot_trade(trades, tuned, arguments.plot)


def _build(arguments: argparse.Namespace, *, rebuild: bool = False, check: bool = False) -> None:
    from yinju.ingest.build import open_store
    from yinju.ingest.meaning import READ_UNASKED, fill
    from yinju.ingest.upkeep import compact
    from yinju.library import build_index

    with ProgressBar(arguments.language) as bar:
        how: dict[str, Any] = {"rebuild": rebuild, "check": check, "progress": bar, "settings": arguments.settings}
        report = build_index(arguments.corpus, arguments.index, **how)
        compact(arguments.index)
    if arguments.report:
        text = json.dumps(report_json(report, arguments.language), ensure_ascii=False, indent=1)
        arguments.report.write_bytes(text.encode("utf-8", "backslashreplace"))
    if arguments.json:
        print_json(report_json(report, arguments.language))
    else:
        print("\n".join(report_lines(report, arguments.language)), flush=True)
    with (
        ProgressBar(arguments.language) as bar,
        closing(open_store(arguments.index, arguments.settings).open()) as snapshot,
    ):
        left = fill(arguments.index, snapshot, arguments.settings, bar)  # questions can be asked meanwhile
    if left and not arguments.json:
        print(say("index.unread", arguments.language, left=left, most=READ_UNASKED), flush=True)


def ask(arguments: argparse.Namespace) -> None:
    """Answer a question, or each of a file."""
    _read_behind(arguments)
    from yinju.asked import Asked, read_asked
    from yinju.library import open_library

    if (arguments.question is None) == (arguments.questions is None):
        raise SettingsError("call.one_question")
    given = scope_words(arguments)
    asked = (
        read_asked(arguments.questions) if arguments.questions else [Asked.model_construct(question=arguments.question)]
    )
    with open_library(arguments.index, settings=arguments.settings) as library:
        scopes = [scope_of(one.scope or given, library) for one in asked]
        for one, scope in zip(asked, scopes, strict=True):
            answer = library.ask(one.question, history=one.history, scope=scope)
            if arguments.json:
                print_json(answer_json(answer))
            else:
                print(answer_text(answer))


def _read_behind(arguments: argparse.Namespace) -> None:
    """Begin to load what reads meaning, where it will be asked, while the rest is imported."""
    from yinju.deep import load_behind

    if arguments.settings.reread:
        load_behind()


def scope_words(arguments: argparse.Namespace) -> "ScopeWords":
    """Where the command line says to look."""
    from yinju.asked import ScopeWords

    return ScopeWords.model_validate(
        {name: value for name in ScopeWords.model_fields if (value := getattr(arguments, name))}
    )


def scope_of(given: "ScopeWords", library: "Library") -> Scope | None:
    """The documents that a question is asked of; None for all.

    Raises:
        SettingsError: a name, folder or pattern is no document's.
    """
    if not any(given.model_dump().values()):
        return None
    names: set[str] = set()
    every = [outcome.name for outcome in library.outcomes() if outcome.passages]
    for one in given.only:
        below = f"{one.rstrip('/')}/"
        found = {name for name in every if name == one or name.startswith(below) or fnmatchcase(name, one)}
        if not found:
            raise SettingsError("call.scope", found=one)
        names |= found
    chosen = frozenset(names) if given.only else None
    return Scope(
        chosen, tags=frozenset(given.tag), formats=frozenset(given.format), since=given.since, until=given.until
    )


def tag(arguments: argparse.Namespace) -> None:
    """Give a document tags to ask by."""
    from yinju.ingest.upkeep import tag as give_tags

    number = give_tags(arguments.index, arguments.document, arguments.tags)
    _tell_publication("tagged", number, arguments)


def search(arguments: argparse.Namespace) -> None:
    """Print the passages that best answer a question."""
    _read_behind(arguments)
    from yinju.library import open_library

    with open_library(arguments.index, settings=arguments.settings) as library:
        hits = library.search(arguments.question, arguments.top_k, scope_of(scope_words(arguments), library))
        if not hits:
            tell(say("search.none", arguments.language))
        for rank, hit in enumerate(hits, start=1):
            found = hit_json(rank, hit)
            if arguments.json:
                print_json(found)
            else:
                print(f"{rank}. {hit.score:.2f}  {found['document']}  {found['heading']}\n{hit.passage.text}\n")


def documents(arguments: argparse.Namespace) -> None:
    """List the documents."""
    from yinju.library import open_library

    language = arguments.language
    with open_library(arguments.index, settings=arguments.settings) as library:
        for document in library.documents():
            if arguments.json:
                print_json({**document_json(document, language), "tags": library.facts.tags.get(document.name, [])})
            else:
                size = say("document.size", language, format=document.format, characters=len(document.text))
                pages = say("document.pages", language, pages=document.pages) if document.pages else ""
                tags = "".join(f"  #{one}" for one in library.facts.tags.get(document.name, ()))
                print(one_line(document.name), one_line(document.title), size + pages + tags, sep="  ")


def blocks(arguments: argparse.Namespace) -> None:
    """Print what a file is read as.

    Raises:
        CorpusError: it cannot be read.
    """
    from yinju.reading import read_file

    try:
        document = read_file(arguments.file, arguments.file.name)
    except ReadingError as error:
        raise CorpusError("corpus.file", name=str(arguments.file), told=error.reason) from None
    if arguments.json:
        print_json(blocks_json(document))
    else:
        print("\n".join(blocks_lines(document)))


def verify(arguments: argparse.Namespace) -> None:
    """Check all of the index."""
    from yinju.ingest.build import open_store
    from yinju.library import open_library

    store = open_store(arguments.index)
    checked = store.verify()  # held, so that opening it reads nothing twice
    tuned = checked.tuned
    with open_library(arguments.index, settings=arguments.settings) as library:
        checked.close()
        found = {"generation": library.generation, "documents": len(library.documents()),
                 "passages": library.passage_count, "encoder": library.encoder.name,
                 **({"effort": tuned.effort, "recall": tuned.recall} if tuned else {}),
                 "reranker": library.reranker_name, "device": library.device}  # fmt: skip
    found["chats"] = _checked_chats(arguments) or None
    found = {key: value for key, value in found.items() if value is not None}
    if arguments.json:
        print_json(found)
    else:
        language = arguments.language
        told = say("report.comma", language).join(
            say(f"verified.{key}", language, value=value) for key, value in found.items()
        )
        print(say("verified", language, found=told))


def _checked_chats(arguments: argparse.Namespace) -> int:
    """How many chats are kept, all of which are read.

    Raises:
        ConversationsError: a record of them is damaged, or their file is.
    """
    from yinju.conversations import Conversations
    from yinju.libraries import Libraries

    known = Libraries(arguments.settings)
    kept = Conversations((known.named(arguments.library) if arguments.library else known.first).chats)
    kept.check()
    return kept.chat_count()


def chat(arguments: argparse.Namespace) -> None:
    """Serve the page."""
    from yinju.library import open_library
    from yinju.web import serve

    settings = arguments.settings.model_copy(update={"port": arguments.port})
    serve(open_library(arguments.index, settings=settings), settings)
