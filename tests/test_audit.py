"""What was changed is recorded with who did it; a line that is changed, added or taken out shows."""

import hashlib
import json
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from stat import S_IMODE
from threading import Thread

import pytest

from yinju import audit
from yinju.audit import COMMAND_LINE, Acting, AuditLog, acting, record, recorded
from yinju.errors import AuditError, DocumentsError
from yinju.settings import Settings


@pytest.fixture
def log(tmp_path: Path) -> AuditLog:
    return AuditLog(tmp_path / "audit.jsonl", 1, 3)


def fill(log: AuditLog, count: int = 5) -> list[bytes]:
    """Some lines, and what the file holds then."""
    for number in range(count):
        log.append(who="a", action="document_add", target=f"甲\n{number}\udc80")
    return log.path.read_bytes().splitlines(keepends=True)


def test_each_line_names_who_what_and_when_and_follows_the_one_before(log: AuditLog) -> None:
    lines = fill(log)
    assert [entry["target"] for entry in log.entries()] == [f"甲\n{number}\udc80" for number in range(5)]
    assert [json.loads(line)["before"] for line in lines][1] == log_hash(lines[0])
    assert log.check() == (5, log_hash(lines[-1]))
    assert S_IMODE(log.path.stat().st_mode) == 0o600
    assert [*log.entries("2999-01-01")] == []


def log_hash(line: bytes) -> str:
    """What the next line says of one."""
    return hashlib.sha256(line.rstrip(b"\n")).hexdigest()


DAMAGES: dict[str, Callable[[list[bytes]], list[bytes]]] = {
    "a line is gone": lambda lines: [*lines[:2], *lines[3:]],
    "the first is gone": lambda lines: lines[1:],
    "two changed places": lambda lines: [lines[0], lines[2], lines[1], *lines[3:]],
    "a name was changed": lambda lines: [lines[0], lines[1].replace(b'"a"', b'"b"'), *lines[2:]],
    "a line was added": lambda lines: [*lines[:2], b'{"who": "x", "before": ""}\n', *lines[2:]],
    "a line is no JSON": lambda lines: [*lines[:2], b"\x00" * 20 + b"\n", *lines[2:]],
    "a line is cut off": lambda lines: [*lines[:2], lines[2][:30] + b"\n", *lines[3:]],
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_what_was_done_to_the_record_shows(log: AuditLog, damage: str) -> None:
    log.path.write_bytes(b"".join(DAMAGES[damage](fill(log))))
    with pytest.raises(AuditError, match=r"audit\.jsonl line [1-4]"):
        log.check()


def test_a_line_that_a_power_cut_tore_spoils_no_other(log: AuditLog) -> None:
    lines = fill(log)
    log.path.write_bytes(b"".join(lines)[:-20])
    log.append(who="b", action="login")
    assert [entry["who"] for entry in log.entries()] == ["a"] * 4 + ["b"]
    with pytest.raises(AuditError, match="line 5"):
        log.check()


def test_a_full_file_is_put_aside_and_the_chain_goes_on(log: AuditLog) -> None:
    long = "長" * 900
    for number in range(900):
        log.append(who=str(number), target=long)
    names = [path.name for path in log.files()]
    assert len(names) == 4 and names[-1] == "audit.jsonl" and names[0] > "audit-000001.jsonl"
    assert all(path.stat().st_size < 1_100_000 for path in log.files())
    count, _ = log.check()
    assert count == len([*log.entries()]) < 900
    whole = log.files()[1].read_bytes().splitlines(keepends=True)
    log.files()[1].write_bytes(b"".join(whole[:-1]))  # the next file begins with what followed the last
    with pytest.raises(AuditError, match=names[2]):
        log.check()


def test_many_threads_and_processes_add_whole_lines(log: AuditLog) -> None:
    program = f"""
from pathlib import Path
from yinju.audit import AuditLog
for number in range(60):
    AuditLog(Path({str(log.path)!r}), 1, 9).append(who="p", target=str(number) * 300)
"""
    others = [subprocess.Popen([sys.executable, "-c", program]) for _ in range(3)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda number: log.append(who="t", target=str(number)), range(60)))
    assert [other.wait(60) for other in others] == [0, 0, 0]
    assert log.check()[0] == 240


@recorded("document_remove", "{name} → {target}")
def act(name: str, target: str = "there") -> str:
    """Done, or refused."""
    if name == "none":
        raise DocumentsError("not_there")
    return name


def test_what_acts_records_for_whom_it_does(log: AuditLog, tmp_path: Path) -> None:
    assert act("nobody says who") == "nobody says who"
    assert not log.path.exists()
    current = Acting(log, lambda: ("anna", "lib"), "r1")
    with acting(current):
        act("a")
        with pytest.raises(DocumentsError):
            act("none", target="b")
        record("login", who="ben", outcome="wrong")
        elsewhere = Thread(target=act, args=("in a thread of its own",))
        elsewhere.start()
        elsewhere.join()
    told = [[entry[name] for name in ("who", "action", "target", "library", "outcome")] for entry in log.entries()]
    assert told == [
        ["anna", "document_remove", "a → there", "lib", "done"],
        ["anna", "document_remove", "none → b", "lib", "not_there"],
        ["ben", "login", "", "lib", "wrong"],
    ]
    assert current.recorded == 3 and audit.now() is None


def test_what_is_refused_makes_no_file_and_what_cannot_be_recorded_undoes_nothing(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    log = AuditLog(tmp_path / "index" / "audit.jsonl", 1, 1)
    with acting(Acting(log, lambda: (COMMAND_LINE, ""))):
        act("a")
        assert not log.path.parent.exists()
        log.path.parent.mkdir()
        with pytest.raises(DocumentsError):
            act("none")
        assert not log.path.exists()
        log.path.mkdir()
        assert act("a") == "a"
    assert "not recorded" in caplog.text


def test_the_settings_name_the_file(tmp_path: Path) -> None:
    assert audit.log_of(Settings(index=str(tmp_path))).path == tmp_path / "audit.jsonl"
    assert audit.log_of(Settings(audit=str(tmp_path / "x.log"))).path == tmp_path / "x.log"
