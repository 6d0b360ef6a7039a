"""What is logged is one line an event, for people or programs, and holds no question and no key."""

import json
import logging
from collections.abc import Iterator

import pytest

from yinju import logs
from yinju.audit import Acting, acting
from yinju.errors import DocumentsError, GenerationError
from yinju.reasons import Reason
from yinju.settings import Settings
from yinju.types import ModelFault

QUESTION = "員工王小明的薪水是多少？"
ADDRESS = "http://127.0.0.1:9/v1"
NASTY = "a\nb\rc\x1b[31md\x00e\u2028f\u202eg\x9bh\tz"


@pytest.fixture(autouse=True)
def as_it_was() -> Iterator[None]:
    """The handlers and the level of before."""
    root, ours = logging.getLogger(), logging.getLogger("yinju")
    handlers, level = [*root.handlers], ours.level
    yield
    root.handlers = handlers
    ours.setLevel(level)


def logged(capsys: pytest.CaptureFixture[str], **settings: object) -> list[str]:
    """What some events are logged as."""
    logs.begin("zh-Hant", Settings(**settings))  # type: ignore[arg-type]
    logger = logging.getLogger("yinju.web")
    with acting(Acting(None, lambda: ("1a2b3c4d", "lib"), "r1")):
        logger.error("%s: %s", NASTY, DocumentsError("not_there"))
        logger.info("%s %d", "GET /", 200, extra={"facts": {"status": 200}})
    try:
        raise ValueError(QUESTION)
    except ValueError:
        logger.exception("it failed")
    return capsys.readouterr().err.splitlines()


def test_text_is_a_line_an_event_in_the_language(capsys: pytest.CaptureFixture[str]) -> None:
    named, failed = logged(capsys)
    assert named.startswith(r"a\x0ab\x0dc\x1b[31md\x00e\u2028f\u202eg\x9bh\x09z: 資料夾裡沒有")
    assert failed.startswith("it failed ValueError (test_logs.py:") and QUESTION not in failed


def test_json_is_an_object_an_event_with_request_visitor_and_library(capsys: pytest.CaptureFixture[str]) -> None:
    named, info, failed = [json.loads(line) for line in logged(capsys, log_format="json", log_level="debug")]
    assert named["message"].startswith(NASTY)
    assert {name: named[name] for name in ("level", "event", "request", "who", "library")} == {
        "level": "error", "event": "yinju.web", "request": "r1", "who": "1a2b3c4d", "library": "lib",
    }  # fmt: skip
    assert (info["level"], info["status"], info["message"]) == ("info", 200, "GET / 200")
    assert failed["error"].startswith("ValueError (") and QUESTION not in str(failed)


@pytest.mark.parametrize(("level", "count"), [("debug", 3), ("info", 3), ("warning", 2), ("error", 2)])
def test_the_level_says_from_which_weight_on(capsys: pytest.CaptureFixture[str], level: str, count: int) -> None:
    assert len(logged(capsys, log_level=level)) == count


def test_questions_are_logged_by_who_asks_for_that(capsys: pytest.CaptureFixture[str]) -> None:
    assert QUESTION in logged(capsys, log_questions=True)[-1]
    assert QUESTION in json.loads(logged(capsys, log_questions=True, log_format="json")[-1])["error"]


def test_what_a_server_has_sent_is_not_logged(capsys: pytest.CaptureFixture[str]) -> None:
    status = Reason("llm.status", {"status": 400})
    for found in (
        Reason("llm.with_report", {"found": status, "report": QUESTION}),
        Reason("llm.odd", {"found": QUESTION}),
    ):
        error = GenerationError(
            ModelFault.MALFORMED, "llm.trouble", address=ADDRESS, found=found, remedy=Reason("remedy.again")
        )
        for asked in (False, True):
            logs.begin("en", Settings(log_questions=asked))
            logging.getLogger("yinju.answering").warning("%s", error)
            assert (QUESTION in (told := capsys.readouterr().err)) is asked
            assert ADDRESS in told
