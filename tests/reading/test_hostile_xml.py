"""XML from strangers: no entity is expanded, no file read and no address asked, in any format that holds XML."""

import io
import time
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from tests.reading.hostile_files import SWELLING, TEXTS, bomb, with_entity

from yinju.errors import ReadingError
from yinju.reading import Reader, read_document

CANARY = "金絲雀在礦坑裡唱歌"
LAUGHS = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
LAUGHS = f'<!ENTITY e0 "哈哈哈哈哈哈哈哈哈哈">{LAUGHS}<!ENTITY e "&e9;">'
"""The text is 10¹⁰ characters long where it is expanded."""
KINDS = [*TEXTS, "html", "xhtml", "svg"]
ENDS = {"unreadable", "unknown_format", "empty", "undecodable"}
"""Ways to refuse such a file."""
QUICK = 10.0
"""Seconds; what swells in full would take minutes."""


@pytest.fixture(scope="module")
def asked() -> Iterator[tuple[str, list[str]]]:
    """The address of a server on this machine, and what it was asked for."""
    paths: list[str] = []

    class Canary(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            paths.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(CANARY.encode())

        def log_message(self, *_: object) -> None:
            """Print nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Canary) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}", paths
        server.shutdown()


def text_of(data: bytes, name: str) -> str:
    """What is read of a file, or why it is not."""
    try:
        return read_document(data, name).text
    except ReadingError as error:
        assert error.code in ENDS, error
        return str(error)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_d8_neither_files_nor_addresses_are_looked_up(
    tmp_path: Path, asked: tuple[str, list[str]], kind: str, encoding: str
) -> None:
    canary, (address, paths) = tmp_path / "canary.txt", asked
    canary.write_text(CANARY, "utf-8")
    (tmp_path / "canary.dtd").write_text(f'<!ENTITY e "{CANARY}">', "utf-8")
    for declared in (
        f'<!ENTITY e SYSTEM "{canary.as_uri()}">',
        f'<!ENTITY e SYSTEM "{address}/entity">',
        f'<!ENTITY e PUBLIC "x" "{address}/public">',
        f'<!ENTITY % p SYSTEM "{address}/parameter"> %p; <!ENTITY e "x">',
        f'<!ENTITY % p SYSTEM "{(tmp_path / "canary.dtd").as_uri()}"> %p;',
    ):
        assert CANARY not in text_of(with_entity(kind, declared, encoding), f"a.{kind}"), declared
    assert paths == []


@pytest.mark.parametrize("kind", KINDS)
def test_d8_a_billion_laughs_are_not_expanded(kind: str) -> None:
    started = time.monotonic()
    assert text_of(with_entity(kind, LAUGHS), f"a.{kind}").count("哈") <= 100
    assert time.monotonic() - started < QUICK


def test_d8_links_and_pictures_of_a_page_are_not_fetched(asked: tuple[str, list[str]]) -> None:
    address, paths = asked
    page = (
        f'<html><head><base href="{address}/"><link rel=stylesheet href="a.css"><meta http-equiv=refresh '
        f'content="0;url={address}/r"></head><body><p>內容。<img src="{address}/i"><iframe src="{address}/f"></iframe>'
        f'<object data="{address}/o"></object><script src="{address}/s"></script>'
    )
    assert text_of(page.encode(), "a.html") == "內容。"
    assert text_of(f"![圖]({address}/md)\n\n內容。".encode(), "a.md").endswith("內容。")
    assert paths == []


@pytest.mark.parametrize("kind", SWELLING)
@pytest.mark.parametrize("size", [40_000_000, 6_000_000])
def test_d6_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path, kind: str, size: int) -> None:
    path = tmp_path / f"a.{kind}"
    path.write_bytes(bomb(kind, size))
    assert path.stat().st_size < 700_000
    with Reader() as reader:
        with pytest.raises(ReadingError, match="解壓後過大") as caught:
            reader.read(path, path.name)
        child = reader._children[0]._process
        assert caught.value.code == "too_large" and child is not None
        peak = next(line for line in Path(f"/proc/{child.pid}/status").read_text().splitlines() if "VmHWM" in line)
        assert int(peak.split()[1]) < 300_000


def test_d6_many_bombs_together_are_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(100):
            archive.writestr(f"{number}.txt", "甲\n" * 800_000)
    with pytest.raises(ReadingError, match="解壓後") as caught:
        read_document(out.getvalue(), "a.zip")
    assert caught.value.code == "too_large"
