"""An outline request → the reply: headings with the sentences that tell most below each, every line with its source."""

from collections.abc import Sequence

from yinju.answering.outline.key_points import key_lines
from yinju.answering.outline.key_sentences import telling
from yinju.answering.outline.mails import latest_mail
from yinju.answering.outline.places import Place, Places, Shelf, find_places, shelf_of
from yinju.answering.outline.request import OutlineRequest
from yinju.answering.outline.sections import Line, Outlined, Section, lines_of, read_outlined
from yinju.answering.outline.writing import (
    DOCUMENT,
    FORMS,
    Writer,
    joined_names,
    labelled,
    length,
    said,
    without_number,
    write_headings,
    write_points,
    write_whole,
)
from yinju.answering.reply import Reply
from yinju.messages import Language, say
from yinju.reading.table import CELL_MARK
from yinju.retrieval import Retriever
from yinju.text import convert
from yinju.types import BlockKind, Statement, Verdict

SECTION = 350
"""Characters of a section that is given whole."""
COLLECTION, DOCUMENTS = 600, 20
"""The same of all documents, and how many of them are named."""
OPENING = 90
"""Characters of the fields that a document opens with, such as when and where, up to which they are given."""
MOST_OPTIONS = 5
"""Documents offered where it is open which is meant."""


def reply_with_outline(
    retriever: Retriever, request: OutlineRequest, question: str, language: Language
) -> Reply | None:
    """The outline that is asked for, its first statement saying that it is one; None where nothing is called so.

    Where several documents are called so, a reply that asks which of them is meant.
    """
    shelf = shelf_of(retriever.generation)
    places, writer = find_places(shelf, request), Writer(question, language)
    if len(places.found) > 1 and (request.of_all or not (request.target or request.part or request.of_document)):
        return _collection(shelf, places, writer)
    if len(places.found) != 1:
        return _which(shelf, request, places, writer)
    place = places.found[0]
    document = retriever.generation.documents.document(place.document)
    if document is None:
        return None
    storage, title = retriever.generation.documents, shelf.titles[place.document]
    outlined = read_outlined(storage, document, title, whole=bool(place.path))
    writer.weights = outlined.weights
    section = next((one for path, one in outlined.root.all_parts() if path == place.path), None)
    if section:
        _section(writer, outlined, section, " › ".join(place.path))
    elif request.wants == "latest":
        _mail(writer, outlined)
    else:
        _document(writer, outlined, alone=request.wants == "headings")
    return writer.reply(about="" if section else place.document)


def _which(shelf: Shelf, request: OutlineRequest, places: Places, writer: Writer) -> Reply | None:
    """「你是指哪一份文件？」 with the documents as what may be asked; None where none is called so."""
    several = places.found or tuple(Place(name) for name in places.similar)
    if not several:
        return None
    options = tuple(_ask(shelf, place, writer.language) for place in several[:MOST_OPTIONS])
    key = "outline.which" if places.found else "outline.which.none"
    name = convert(request.target, "hans" if writer.language == "zh-Hans" else "hant")
    asked = Statement(say(key, writer.language, name=name), ())
    return Reply(Verdict.NOTHING, (asked,), confidence=0.0, options=options)


def _ask(shelf: Shelf, place: Place, language: Language) -> str:
    """The question for the outline of a place."""
    title = shelf.titles[place.document]
    if not place.path:
        return say("outline.ask", language, title=title)
    return say("outline.ask.section", language, title=title, heading=place.path[-1])


def _collection(shelf: Shelf, places: Places, writer: Writer) -> Reply | None:
    """Each document with its headings, or with the sentence of its opening that tells most."""
    storage, shown = shelf.storage, places.found[:DOCUMENTS]
    writer.lead("outline.collection", count=len(places.found))
    for name in (place.document for place in shown):
        title = shelf.titles[name]
        room = max(24, COLLECTION // len(shown) - len(title))
        first = storage.passages_of(name)[0]
        lines = lines_of([first])
        headings = [path[0] for path in shelf.paths_of(name) if len(path) == 1]
        names = [without_number(heading) for heading in headings]
        key = next((line for _, line in telling(Section("", own=lines), {}) if len(line.text) <= 2 * room), lines[0])
        names = said(lines[0]).split(CELL_MARK) if lines[0].kind is BlockKind.HEADS else names
        about = joined_names(names, room, writer.language) if len(names) > 1 else said(key)
        writer.put(about, key, before=labelled(f"《{title}》", " ").rstrip())
    if len(places.found) > len(shown):
        writer.lead("outline.more", count=len(places.found) - len(shown))
    return writer.reply()


def _document(writer: Writer, outlined: Outlined, alone: bool) -> None:
    """A document: its headings with what they are about, or alone; without any, all of it or what tells most.

    What its guide holds to be key is said in any case, see guide.py.
    """
    root, key = outlined.root, [] if alone else key_lines(outlined)
    if root.parts:
        lead = "outline.headings" if alone else "outline.document"
        writer.lead(lead, title=outlined.title, count=len(root.parts))
        fields = [line for line in root.own if line.kind is BlockKind.FIELD]
        for number, line in enumerate([] if alone or length(fields) > OPENING else fields):
            writer.put(f"{'' if not number else '；'}{said(line)}", line, begins=not number)
        opening = {line.place for line in root.own}
        for line in key:
            if line.place in opening:
                writer.put(said(line), line)
        write_headings(writer, root.parts, 0 if alone else DOCUMENT, key)
    elif not _mail(writer, outlined):
        _text(writer, outlined, root, DOCUMENT, key=key)


def _section(writer: Writer, outlined: Outlined, section: Section, called: str) -> None:
    """A section: whole where it is short, else its headings with what they are about, or what tells most."""
    if len(section.parts) > 1 and length(_without_forms(section)) > SECTION:
        writer.lead("outline.section", title=outlined.title, heading=writer.own(called))
        write_headings(writer, section.parts, SECTION)
    else:
        _text(writer, outlined, section, SECTION, called)


def _mail(writer: Writer, outlined: Outlined) -> bool:
    """The newest mail of a thread; nothing of other documents, and whether it is one."""
    mail = latest_mail(outlined.root)
    if mail:
        writer.lead("outline.latest", title=outlined.title)
        write_whole(writer, outlined.root, mail)
    return bool(mail)


def _text(
    writer: Writer, outlined: Outlined, section: Section, most: int, called: str = "", key: Sequence[Line] = ()
) -> None:
    """What stands in a section: all of it, all but its tables and fields, or what tells most."""
    title, heading = outlined.title, writer.own(called)
    lines, bare = [*section.lines()], _without_forms(section)
    if (bare and length(bare) <= most) or length(lines) <= most:
        writer.lead("outline.whole" if called else "outline.text", title=title, heading=heading)
        write_whole(writer, section, lines, 0 if length(lines) <= most else most)
        return
    writer.lead("outline.section" if called else "outline.points", title=title, heading=heading)
    write_points(writer, section, most, key)


def _without_forms(section: Section) -> list[Line]:
    """A section without the rows of its tables and the fields of its records, such as who was there."""
    return [line for line in section.lines() if line.kind not in FORMS]
