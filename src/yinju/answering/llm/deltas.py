"""A chat completion's event stream → what the model says in it: bytes → lines → deltas → text of its own turn.

Read line by line and not event by event, which forgives what servers do: a byte order mark, events not parted by an
empty line, a last event that lacks one. No server sends a delta in more than one line.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from yinju.answering.llm.template import TurnText
from yinju.reasons import Reason

LONGEST_LINE = 1_000_000
"""Bytes; a delta holds a few tokens, and no server comes near."""
ODD_LINES = 8
"""So many unreadable lines of data are passed over in one answer."""

_OPEN, _CLOSE = "<think>", "</think>"
_THOUGHT = re.compile(rf"\A\s*(?:{_OPEN}.*?{_CLOSE}\s*)*", re.DOTALL)
_THOUGHTS = ("reasoning_content", "reasoning")
"""Where servers put what a model thinks: DeepSeek, vLLM and llama.cpp; Ollama and newer vLLM."""


class OddStreamError(Exception):
    """What comes is not the protocol; its one argument, a reason, says what was found."""


class ServerReportError(Exception):
    """The server reports a fault of its own in the stream; the text is what it says."""


@dataclass(frozen=True, slots=True)
class Delta:
    """What one line of a stream adds."""

    content: str = ""
    thought: str = ""
    finish: str = ""
    """Why the answer ends here, such as stop or length; empty while it goes on."""


class SpokenText:
    """Pieces of content → pieces of text: without <think>…</think> at the beginning."""

    def __init__(self) -> None:
        """Start before the first word."""
        self._held = ""
        self._speaking = False

    def feed(self, content: str) -> str:
        """What of the text is known to be said; empty while it may still be a thought."""
        if self._speaking:
            return content
        held = _THOUGHT.sub("", self._held + content, count=1)
        if held.startswith(_OPEN):
            self._held = _OPEN + held.removeprefix(_OPEN)[-len(_CLOSE) :]
            return ""
        self._speaking = not _OPEN.startswith(held)
        self._held = "" if self._speaking else held
        return held if self._speaking else ""

    def end(self) -> str:
        """What was held back and turns out to be text."""
        return "" if self._held.startswith(_OPEN) else self._held


class DeltaReader:
    """Bytes of a stream, as they come → the text they add; remembers how far the answer has come."""

    def __init__(self) -> None:
        """Start before the first byte."""
        self._held, self._text, self._turn = bytearray(), SpokenText(), TurnText()
        self._first, self._odd = True, 0
        self.deltas = 0
        """Lines read that are the protocol's."""
        self.living = 0
        """Deltas that held anything of the answer or of the thoughts before it."""
        self.ended = ""
        """Why the answer is whole: the model's reason, the end of its turn, or [DONE]; empty while it is not."""
        self.example = ""
        """The beginning of the first line that could not be read."""

    def feed(self, data: bytes) -> Iterator[str]:
        """The text that these bytes add, piece by piece; nothing is read after the answer's end.

        Raises:
            OddStreamError: too much of the stream cannot be read.
            ServerReportError: the server tells of a fault.
        """
        *lines, rest = data.split(b"\n")
        for line in lines:
            self._hold(line)
            if not self.ended and (text := self._line(bytes(self._held))):
                yield text
            self._held.clear()
        self._hold(rest)

    def end(self) -> str:
        """The text that the end of the stream brings to light."""
        last = "" if self.ended else self._line(bytes(self._held))
        return last + self._turn.feed(self._text.end()) + self._turn.end()

    def _hold(self, part: bytes) -> None:
        if len(self._held) + len(part) > LONGEST_LINE:
            raise OddStreamError(Reason("llm.long_line", {"limit": LONGEST_LINE}))
        self._held += part

    def _line(self, line: bytes) -> str:
        if self._first:
            line, self._first = line.removeprefix(b"\xef\xbb\xbf"), False
        field, _, value = line.decode("utf-8", "replace").strip().partition(":")
        value = value.strip()
        if field != "data":
            self.example = self.example or ("" if field in {"", "event", "id", "retry"} else line_start(line))
            return ""
        if value == "[DONE]":
            self.ended = value
        if self.ended or not value:
            return ""
        delta = read_delta(value)
        if delta is None:
            self._odd += 1
            self.example = self.example or line_start(line)
            if self._odd > ODD_LINES:
                raise OddStreamError(Reason("llm.odd_lines", {"count": self._odd, "example": self.example}))
            return ""
        self.deltas += 1
        self.living += bool(delta.content or delta.thought)
        said = self._turn.feed(self._text.feed(delta.content)) if delta.content else ""
        self.ended = delta.finish or ("stop" if self._turn.over else "")
        return said


def line_start(line: bytes) -> str:
    """The first characters of a line, to be shown."""
    return line[:240].decode("utf-8", "replace").strip()[:80]


def read_delta(value: str) -> Delta | None:
    """What the JSON of one line adds; None where it is not the protocol's. A chunk without choices adds nothing.

    Raises:
        ServerReportError: it tells of a fault.
    """
    try:
        chunk = json.loads(value)
    except (ValueError, RecursionError):
        return None
    if not isinstance(chunk, dict):
        return None
    if chunk.get("error") and not chunk.get("choices"):
        raise ServerReportError(report_of(chunk))
    choices = chunk.get("choices")
    if not isinstance(choices, list):
        return None
    choice = choices[0] if choices else {}
    if not isinstance(choice, dict):
        return None
    delta = choice.get("delta")
    fields: dict[str, Any] = delta if isinstance(delta, dict) else {}
    thought = next((fields[name] for name in _THOUGHTS if fields.get(name)), "")
    return Delta(_text(fields.get("content")), _text(thought), _text(choice.get("finish_reason")))


def report_of(body: object) -> str:
    """What a server's JSON says of a fault: error.message, error, message or detail; else the JSON itself."""
    found = body
    for name in ("error", "message", "detail"):
        if isinstance(found, dict) and found.get(name):
            found = found[name]
    return found if isinstance(found, str) else json.dumps(found, ensure_ascii=False)


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
