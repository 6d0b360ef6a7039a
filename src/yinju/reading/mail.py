"""eml or mbox → Extract: of each mail the headers a reader looks at, the body, and the documents attached to it."""

import re
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header
from email.message import Message

from yinju.errors import ReadingError
from yinju.reading.detect import MAIL_START
from yinju.reading.encoding import decode_text
from yinju.reading.extract import TITLE_LEVEL, Extract, plain_lines
from yinju.reading.joining import Extractor, Joiner, nested
from yinju.reading.likelihood import REPLACEMENT
from yinju.reading.structure import find_structure

DEEPEST = 5
"""Mails attached to a mail attached to it, and so on, are read this deep."""

_MAIL_LEVEL = 1
"""Of a mail's subject in a mailbox of several."""
_ATTACHMENT_LEVEL = 1
_NO_SUBJECT = "（無主旨）"
_MOST_MAILS = 20_000
_PARTING = re.compile(rb"(?<=\n)(?:\r?\n)From [^\r\n]{1,300}\r?\n(?=[!-9;-~]+:)")
_QUOTED = re.compile(rb"^>(>*From )", re.MULTILINE)
"""A line of a mail that would else have parted it from the next."""
_SHOWN = (("subject", "主旨"), ("from", "寄件人"), ("to", "收件人"), ("date", "日期"))
_MOST_PARTS = 2_000
_SEVEN_BIT = frozenset(("hz", "hz-gb-2312", "utf-7", "iso-2022-jp", "iso-2022-kr", "iso-2022-jp-2"))
"""Encodings of Chinese, Japanese and Korean whose bytes all look like ASCII."""
_RAW_NAME = re.compile(r"name=\"([^\"]*[\udc80-\udcff][^\"]*)\"")
_SURROGATES = re.compile(r"[\ud800-\udfff]")
_LONE = re.compile(r"[\ud800-\udc7f\udd00-\udfff]")
"""Halves of characters that do not stand for raw bytes; UTF-7 can spell them."""
_DAMAGE = (MessageError, LookupError, ValueError, TypeError, AttributeError, AssertionError)
"""What the email package raises on headers and parts that break its rules."""


def extract_mail(data: bytes, extract: Extractor) -> Extract:
    """A mail's subject, people and date as lines, then its body, then each attached document; its title is the subject.

    The body is the plain part, else the HTML one. Attachments that cannot be read are named in a warning. Of a mailbox
    of several mails each stands below its subject.

    Raises:
        ReadingError: `unreadable`, or `too_large` for mails too deep in each other, or too many.
    """
    with nested("eml", DEEPEST):
        joiner, subject = Joiner(), ""
        mails = [*_mails(data)]
        if len(mails) > _MOST_MAILS:
            raise ReadingError("too_large.members", count=len(mails), limit=_MOST_MAILS)
        for mail in mails:
            try:
                # The older policy keeps raw headers as they are and stumbles over fewer of them.
                subject = _add_message(joiner, message_from_bytes(mail), extract, is_one_of_many=len(mails) > 1)
            except (*_DAMAGE, RecursionError) as error:
                raise ReadingError("unreadable.file", kind="eml", why=str(error)) from error
        return joiner.joined(subject if len(mails) == 1 else "")


def _mails(data: bytes) -> Iterator[bytes]:
    """The mails of a mailbox without the lines that part them; of one mail itself."""
    start = MAIL_START.match(data)
    first = start.end() if start else 0
    if b"From " not in data[:first]:
        yield data[first:]
        return
    for match in _PARTING.finditer(data, first):
        yield _QUOTED.sub(rb"\1", data[first : match.start()])
        first = match.end()
    yield _QUOTED.sub(rb"\1", data[first:])


def _add_message(joiner: Joiner, message: Message, extract: Extractor, is_one_of_many: bool) -> str:
    """Append a mail and its attachments; its subject."""
    shown = [(label, _header(message, name)) for name, label in _SHOWN]
    if is_one_of_many:
        joiner.add_heading(shown[0][1] or _NO_SUBJECT, _MAIL_LEVEL)
    joiner.add(Extract("\n".join(f"{label}：{value}" for label, value in shown if value)))
    parts = [*_leaves(message)]
    if len(parts) > _MOST_PARTS:
        raise ReadingError("too_large.members", count=len(parts), limit=_MOST_PARTS)
    for body in _bodies(parts):
        try:
            joiner.add(_body_text(body), below=_MAIL_LEVEL if is_one_of_many else TITLE_LEVEL)
        except ReadingError:
            joiner.unread.append("正文")
    for place, part in enumerate(parts, start=1):
        if _file_name(part) or not _is_text(part):
            level = _ATTACHMENT_LEVEL + (_MAIL_LEVEL if is_one_of_many else 0)
            _add_attachment(joiner, part, (_file_name(part) or f"附件 {place}", level), extract)
    return shown[0][1]


def _leaves(message: Message) -> Iterator[Message]:
    """The parts of a mail that hold no further parts of the same mail, in order; attached mails are one part each."""
    waiting = [message]
    while waiting:
        part = waiting.pop()
        if part.get_content_maintype() == "multipart" and part.is_multipart():
            waiting.extend(reversed(_inner(part)))
        else:
            yield part


def _bodies(parts: list[Message]) -> list[Message]:
    """The parts a reader sees first: the plain ones that are not attached, else the HTML ones."""
    texts = [part for part in parts if _is_text(part) and not _is_attached(part)]
    plain = [part for part in texts if part.get_content_subtype() != "html" and _content(part).strip()]
    return plain or [part for part in texts if part.get_content_subtype() == "html"]


def _body_text(part: Message) -> Extract:
    """The text of a body; what its charset says is one candidate among others."""
    from yinju.reading.html import extract_html
    from yinju.reading.text import extract_text

    charset = part.get_content_charset()
    data = _content(part)
    if charset in _SEVEN_BIT:
        data = data.decode(charset, errors="replace").encode()
    decoded = decode_text(data, charset)
    text = plain_lines(decoded.text)
    is_html = part.get_content_subtype() == "html"
    if not is_html and str(part.get_param("format", "")).lower() == "flowed":
        text = _unflowed(text, str(part.get_param("delsp", "")).lower() == "yes")
    found = extract_html(text) if is_html else extract_text(text.strip("\n"))
    blocks = find_structure(found.text, found.blocks, "html" if is_html else "text")
    return replace(found, blocks=blocks, warnings=decoded.warnings)


def _unflowed(text: str, spaces_go: bool) -> str:
    """A text in which a space before a line's end says that the next line goes on with it (RFC 3676)."""
    lines: list[str] = []
    flows = False
    for line in text.split("\n"):
        words = line.removeprefix(" ")
        if flows and words and not words.startswith(">"):
            last = lines[-1]
            lines[-1] = (last[:-1] if spaces_go or last[-2:-1] > "\u2e80" else last) + words
        else:
            lines.append(words)
        flows = line.endswith(" ") and line != "-- " and not line.startswith(">")
    return "\n".join(lines)


def _add_attachment(joiner: Joiner, part: Message, named: tuple[str, int], extract: Extractor) -> None:
    """Append an attached document below its name, a heading of a level, or note that it could not be read."""
    name, level = named
    if part.get_content_maintype() == "image":
        if _is_attached(part):
            joiner.unread.append(name)
        return
    joiner.add_file(name, level, lambda: extract(_content(part), name), _DAMAGE)


def _content(part: Message) -> bytes:
    """The bytes of a part, its transfer encoding undone; an attached mail as it would stand alone."""
    if part.is_multipart():
        return b"\n".join(inner.as_bytes() for inner in _inner(part))
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _is_text(part: Message) -> bool:
    """Whether a part can be the body."""
    return part.get_content_type() in ("text/plain", "text/html")


def _is_attached(part: Message) -> bool:
    """Whether a part is a file rather than the body."""
    return part.get_content_disposition() == "attachment" or bool(_file_name(part))


def _inner(part: Message) -> list[Message]:
    """The parts inside a part."""
    content = part.get_payload()
    return [inner for inner in content if isinstance(inner, Message)] if isinstance(content, list) else []


def _file_name(part: Message) -> str:
    """The name of an attached file, its encoded words decoded; an attached mail's is its subject."""
    raw = _RAW_NAME.search(
        " ".join(str(value) for key, value in part.raw_items() if key.lower().startswith("content-"))
    )
    name = _decoded_words(raw[1] if raw else part.get_filename() or "")
    if part.get_content_type() != "message/rfc822":
        return name
    name = name or next((_header(inner, "subject") for inner in _inner(part)), "") or "郵件"
    return name if name.lower().endswith(".eml") else f"{name}.eml"


def _header(message: Message, name: str) -> str:
    """A header's words in one line; empty without it. Raw bytes and encoded words may be in any encoding."""
    raw = next((str(value) for key, value in message.raw_items() if key.lower() == name), "")
    return " ".join(_decoded_words(raw).split())


def _decoded_words(raw: str) -> str:
    """A header as a reader sees it, whatever encodings its words are really in."""
    # As Latin-1, raw bytes pass through decode_header as they are.
    unfolded = _LONE.sub(REPLACEMENT, re.sub(r"\r?\n[ \t]*", " ", raw))
    unfolded = unfolded.encode("utf-8", "surrogateescape").decode("latin-1")
    try:
        pieces = decode_header(unfolded)
    except (MessageError, ValueError):
        pieces = [(unfolded, None)]
    words = "".join(
        _decoded_piece(piece.encode("latin-1") if isinstance(piece, str) else piece, charset)
        for piece, charset in pieces
    )
    return _SURROGATES.sub(REPLACEMENT, words)


def _decoded_piece(data: bytes, charset: str | None) -> str:
    """The characters of an encoded word or of a stretch without any."""
    try:
        return data.decode(charset or "utf-8")
    except (LookupError, UnicodeDecodeError):
        pass
    try:
        return decode_text(data, charset).text
    except ReadingError:
        return data.decode("utf-8", errors="replace")
