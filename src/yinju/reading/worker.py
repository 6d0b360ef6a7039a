"""The child process of `child`: requests on standard input → documents, pages or errors on standard output.

A request is one line of JSON; an answer is eight bytes of length, big-endian, and that much JSON. The child opens the
file itself, so that a file which is no plain file or too large is refused before a byte of it is read.
"""

import hashlib
import json
import os
import resource
import signal
import stat
import sys
from contextlib import closing
from dataclasses import asdict
from functools import lru_cache
from typing import IO, Any

from yinju.errors import ReadingError
from yinju.reading.child import LENGTH
from yinju.reading.documents import check_size, read_document
from yinju.reading.extract import ScannedLine, Scans
from yinju.reading.transfer import pack_document
from yinju.reading.unchanged import read_unchanged, version
from yinju.reasons import Reason
from yinju.types import FigureSource


def main() -> None:
    """Serve requests until the parent closes the pipe; `argv` holds the limit of memory in bytes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which then closes the pipe
    memory_bytes = int(sys.argv[1])
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    requests = sys.stdin.buffer
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # a C library that prints must not spoil the answers
    for line in requests:
        payload, healthy = answer(json.loads(line))
        send(answers, payload)
        if not healthy:
            return


def answer(request: dict[str, Any]) -> tuple[bytes, bool]:
    """The JSON to answer one request with, and whether the process may go on after it."""
    try:
        if "page" in request:
            return json.dumps(_answer_page(request)).encode(), True
        if "figure" in request:
            return json.dumps(_answer_figure(request)).encode(), True
        if "recognize" in request:
            return json.dumps({"lines": _recognize(request)}).encode(), True
        data = read_regular_file(request["path"], request["max_bytes"])
        document = read_document(
            data, request["name"], max_bytes=request["max_bytes"], encoding=request.get("encoding"),
            scans=_scans(request.get("scans", {})),
        )  # fmt: skip
        del data
        return json.dumps({"document": pack_document(document)}).encode(), True
    except ReadingError as error:
        return json.dumps({"error": asdict(error.reason)}).encode(), True
    except MemoryError:
        return json.dumps({"error": asdict(Reason("out_of_memory"))}).encode(), False


def _answer_page(request: dict[str, Any]) -> dict[str, Any]:
    """What is asked of a page; nothing where only what pages need is to be loaded."""
    from yinju.reading.page import answer_page, warm_up

    if request["page"] is None:
        warm_up()
        return {}
    path, sha256 = request["path"], request["sha256"]
    return answer_page(_opened(path, _version(path), sha256, request["max_bytes"]), request)


def _answer_figure(request: dict[str, Any]) -> dict[str, Any]:
    """The picture of a figure, or what it is drawn from."""
    figure, path, sha256 = request["figure"], request["path"], request["sha256"]
    if figure["source"] == FigureSource.REGION and not figure["names"]:
        return _answer_page(request | figure)
    from yinju.reading.figures.showing import answer_figure, member_bytes

    data = _bytes_of(path, _version(path), sha256, request["max_bytes"])
    if figure["source"] == FigureSource.REGION:
        from yinju.reading.page import answer_page, open_pdf

        with closing(open_pdf(member_bytes(data, figure["names"]), None)) as pdf:
            return answer_page(pdf, figure)
    return answer_figure(data, figure)


@lru_cache(maxsize=1)
def _bytes_of(path: str, version: tuple[int, ...], sha256: str | None, max_bytes: int) -> bytes:
    """The bytes of the file asked for last: the figures of an answer are mostly of one."""
    data = read_regular_file(path, max_bytes)
    if sha256 is not None and hashlib.sha256(data).hexdigest() != sha256:
        raise ReadingError("changed")
    return data


def _recognize(request: dict[str, Any]) -> list[dict[str, Any]]:
    """The lines on the image of a page."""
    from yinju.reading.ocr import recognize_page

    path = request["path"]
    return [asdict(line) for line in recognize_page(_opened(path, _version(path), None, request["max_bytes"]),
                                                    request["recognize"])]  # fmt: skip


def _scans(found: dict[str, Any]) -> Scans:
    """Pages, counted from 1, with the lines that `recognizer` was told of them."""
    return {
        int(page): lines and [ScannedLine(line["text"], tuple(map(tuple, line["boxes"]))) for line in lines]
        for page, lines in found.items()
    }


@lru_cache(maxsize=1)
def _opened(path: str, version: tuple[int, ...], sha256: str | None, max_bytes: int) -> Any:  # noqa: ANN401 - of pypdfium2
    """A PDF, which stays open until another is asked for: a large one is not read and checked at every click."""
    from yinju.reading.page import open_pdf

    return open_pdf(read_regular_file(path, max_bytes), sha256)


def _version(path: str) -> tuple[int, ...]:
    """What is another for a file that was written since; empty where there is none."""
    try:
        return version(os.stat(path))
    except OSError:
        return ()


def read_regular_file(path: str, max_bytes: int) -> bytes:
    """The bytes of a plain file; never waits on a pipe or a device.

    Raises:
        ReadingError: `not_a_file`, `unreadable` or `too_large`.
    """

    def check(status: os.stat_result) -> None:
        if not stat.S_ISREG(status.st_mode):
            raise ReadingError("not_a_file")
        check_size(status.st_size, max_bytes)

    try:
        return read_unchanged(path, lambda file: file.read(max_bytes + 1), check)
    except OSError as error:
        raise ReadingError("unreadable.open", why=error.strerror or "") from error


def send(answers: IO[bytes], payload: bytes) -> None:
    """Write one answer and its length."""
    answers.write(LENGTH.pack(len(payload)))
    answers.write(payload)
    answers.flush()


if __name__ == "__main__":
    main()
