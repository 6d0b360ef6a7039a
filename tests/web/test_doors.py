"""Every door of the page, found by asking the application itself: no path leads out of it, no other site comes in."""

import asyncio
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response
from starlette.routing import BaseRoute, Mount, Route

from yinju import build_index, open_library
from yinju.protocols import Encoder
from yinju.settings import Settings
from yinju.web import create_app
from yinju.web.guard import HEADERS, LARGEST_BODY
from yinju.web.visitor import ID_COOKIE

CANARY = "canary-b41f6e07"
"""Stands in a file that no request may read."""
STREAMS = ("/gradio_api/queue/data", "/gradio_api/heartbeat/{session_hash}")
"""Doors behind which there is no end."""
QUESTIONS = ("/view/search", "/search", "/find")
"""Doors that take a question, not a name: other words find other things."""


@dataclass(frozen=True)
class Door:
    """A method and a path, with the names of what it is given."""

    method: str
    path: str
    asked: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    places: tuple[str, ...] = field(default=())

    def knock(self, client: TestClient, payload: str, **headers: str) -> Response:
        """The response where everything it takes is the payload."""
        path = self.path
        for name in self.places:
            path = path.replace(f"{{{name}}}", quote(payload, safe="%"))
            path = path.replace(f"{{{name}:path}}", quote(payload, safe="%/"))
        return client.request(
            self.method, path, params=dict.fromkeys(self.asked, payload), headers=headers, follow_redirects=False,
            json=dict.fromkeys(self.body, payload) if self.method in ("POST", "PATCH", "PUT") else None,
        )  # fmt: skip


def doors_of(routes: list[BaseRoute], before: str = "") -> Iterator[Door]:
    """Every door below a list of routes, those of mounted applications included."""
    for route in routes:
        if isinstance(route, Mount):
            if route.routes:
                yield from doors_of(route.routes, before + route.path)
            else:
                yield Door("GET", f"{before}{route.path}/{{path:path}}", places=("path",))
        elif inside := getattr(route, "effective_candidates", None):  # a router that FastAPI includes
            yield from doors_of([one.original_route for one in inside()], before + route.include_context.prefix)  # type: ignore[attr-defined]
        elif isinstance(route, Route):
            given = getattr(route, "dependant", None)
            names = [[p.name for p in getattr(given, kind, [])] for kind in ("query_params", "body_params")]
            places = tuple(route.param_convertors)
            for method in (route.methods or set()) - {"HEAD", "OPTIONS"}:
                yield Door(method, before + route.path, tuple(names[0]), tuple(names[1]), places)


@dataclass(frozen=True)
class House:
    """The application over a corpus beside which secrets lie."""

    client: TestClient
    doors: list[Door]
    folder: Path


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, real_encoder: Encoder) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("doors")
    (folder / "corpus").mkdir()
    (folder / "corpus" / "茶.txt").write_text("茶要趁熱喝。\n", "utf-8")
    (folder / "secret.txt").write_text(CANARY, "utf-8")
    (folder / "corpus" / "link.txt").symlink_to(folder / "secret.txt")
    build_index(folder / "corpus", folder / "index", encoder=real_encoder)

    async def create() -> FastAPI:
        return create_app(library, Settings(language="zh-Hant"))

    with open_library(folder / "index", encoder=real_encoder, settings=Settings()) as library:
        app = asyncio.run(create())
        at_the_machine = ("127.0.0.1", 50_000)
        cookies = {ID_COOKIE: "o" * 22}
        with TestClient(app, base_url="http://127.0.0.1:7860", cookies=cookies, client=at_the_machine) as client:
            yield House(client, [door for door in doors_of(app.routes) if door.path not in STREAMS], folder)


def payloads(folder: Path) -> list[str]:
    """Ways to name the secret, and ways that name nothing."""
    ups = ["../" * n + "secret.txt" for n in (1, 2, 3, 8)]
    named = [
        *ups,
        f"{folder}/secret.txt",
        f"/{folder}/secret.txt",
        "link.txt",
        "corpus/../secret.txt",
        "./../secret.txt",
    ]
    ways = [
        *named,
        *(name.replace("/", "\\") for name in named),
        *(quote(name, safe="") for name in named),
        *(quote(quote(name, safe=""), safe="") for name in named),
        *(name.replace("..", "....//").replace("////", "//") for name in named[:4]),
        *(name.replace("../", "..%c0%af") for name in named[:4]),
        *(name.replace("../", "．．／") for name in named[:4]),
        f"file://{folder}/secret.txt", f"file={folder}/secret.txt", "茶.txt/../../secret.txt", "茶.txt\x00.pdf",
        "/etc/passwd", "C:\\windows\\win.ini", "~root/.ssh/id_rsa", "LPT1", "..", ".", "/", "//", "\\\\host\\share",
        "http://127.0.0.1:9/", "//127.0.0.1:9/x", "%2e%2e%2fsecret.txt", "..;/secret.txt", "L2V0Yy9wYXNzd2Q=",
    ]  # fmt: skip
    return list(dict.fromkeys(ways))


def test_the_doors_are_found(house: House) -> None:
    paths = {door.path for door in house.doors}
    assert {"/source", "/chats/{chat}", "/judge", "/ui/{path:path}", "/config", "/frame", "/setup/test"} <= paths
    assert len(payloads(house.folder)) >= 60


def outside(folder: Path) -> dict[Path, bytes | None]:
    """Everything beside the corpus and the libraries, which are put there and taken away, and the index."""
    own = ("corpus", "index", "libraries")
    found = (path for path in folder.rglob("*") if path.relative_to(folder).parts[0] not in own)
    return {path: path.read_bytes() if path.is_file() else None for path in found}


@pytest.mark.parametrize("share", [5, pytest.param(1, marks=pytest.mark.full)])
def test_no_payload_leads_out_of_any_door(house: House, share: int) -> None:
    """One in so many payloads at each door, others at the next: in short, all doors and all payloads; in full, both."""
    before = outside(house.folder)
    taking = [door for door in house.doors if door.places or door.asked or door.body]
    assert len(taking) >= 5
    for number, door in enumerate([*taking, *(door for door in house.doors if door not in taking)]):
        for payload in payloads(house.folder)[number % share :: share] if door in taking else [""]:
            response = door.knock(house.client, payload)
            where = f"{door.method} {door.path} {payload!r}: {response.status_code}"
            assert response.status_code < 500, where
            assert CANARY not in response.text, where
            assert "root:" not in response.text, where
            assert str(house.folder) not in response.text.replace(payload, ""), where
            assert response.headers.get("location", "/").startswith(("/", "http://127.0.0.1:7860/")), where
    assert outside(house.folder) == before


def test_what_exists_elsewhere_is_answered_as_what_does_not(house: House) -> None:
    there, missing = f"{house.folder}/secret.txt", f"{house.folder}/nothing.txt"
    for door in house.doors:
        if door.places or door.asked:
            found, lost = door.knock(house.client, there), door.knock(house.client, missing)
            assert found.status_code == lost.status_code, door
            assert door.path in QUESTIONS or _essence(found) == _essence(lost), door


def _essence(response: Response) -> str:
    """What is answered, without the name asked for and the permit of the page's scripts."""
    return re.sub(r"nonce=\w+", "", html.unescape(response.text)).replace("secret", "nothing")


@pytest.mark.parametrize("host", ["evil.example", "evil.example:7860", "127.0.0.1.nip.io:7860", "192.168.1.5"])
def test_no_door_opens_at_another_site_s_address(house: House, host: str) -> None:
    before = sorted((house.folder / "corpus").rglob("*"))
    for door in house.doors:
        response = door.knock(house.client, "茶.txt", host=host, origin=f"http://{host}")
        assert response.status_code == 421, door
        assert response.headers["content-type"].startswith("text/plain"), door
        assert host in response.text, door
    assert sorted((house.folder / "corpus").rglob("*")) == before


@pytest.mark.parametrize(
    "headers",
    [{"origin": "https://evil.example"}, {"origin": "null"}, {"sec-fetch-site": "cross-site"}],
    ids=["another", "none", "told"],
)
def test_no_other_site_changes_anything(house: House, headers: dict[str, str]) -> None:
    changing = [door for door in house.doors if door.method != "GET"]
    assert changing
    for door in changing:
        assert door.knock(house.client, "a", **headers).status_code in (403, 404), door


def test_every_door_says_how_strict_a_browser_should_be(house: House) -> None:
    for door in house.doors:
        response = door.knock(house.client, "a")
        assert {name: response.headers.get(name) for name in HEADERS} == HEADERS, door
        assert "default-src 'self'" in response.headers["content-security-policy"], door
        assert "access-control-allow-origin" not in response.headers, door


@pytest.mark.parametrize(("length", "status"), [(str(LARGEST_BODY + 1), 413), ("x", 411)])
def test_a_body_that_is_too_large_is_not_read(house: House, length: str, status: int) -> None:
    for path in ("/judge", "/gradio_api/queue/join"):
        response = house.client.post(path, content=b"{}", headers={"content-length": length})
        assert response.status_code == status
    assert house.client.post("/judge", content=(piece for piece in (b"{", b"}"))).status_code == 411
