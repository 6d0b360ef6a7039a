"""The manifest by which the page is installed as an app: ours, not Gradio's, in the reader's language."""

import asyncio
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from PIL import Image

from yinju import open_library
from yinju.messages import LANGUAGES, Language, say
from yinju.protocols import Encoder
from yinju.settings import Settings
from yinju.web import create_app


@pytest.fixture
def client(toy_index: Path, encoder: Encoder) -> Iterator[TestClient]:
    async def create() -> FastAPI:
        return create_app(library, Settings())

    with (
        open_library(toy_index, encoder=encoder) as library,
        TestClient(asyncio.run(create()), base_url="http://127.0.0.1:7860") as opened,
    ):
        yield opened


def test_the_page_names_a_manifest_whose_icons_are_there(client: TestClient) -> None:
    page = client.get("/").text
    assert page.count('rel="manifest"') == 1 and 'href="/manifest.json"' in page
    response = client.get("/manifest.json")
    assert response.headers["content-type"].startswith("application/manifest+json")
    manifest = response.json()
    assert (manifest["start_url"], manifest["display"]) == ("/", "standalone")
    for icon in manifest["icons"]:
        content = client.get(icon["src"])
        assert (content.status_code, content.headers["content-type"]) == (200, icon["type"])
        if icon["type"] == "image/png":
            assert "{}x{}".format(*Image.open(io.BytesIO(content.content)).size) == icon["sizes"]
    assert {"192x192", "512x512"} <= {icon["sizes"] for icon in manifest["icons"]}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_manifest_speaks_the_reader_s_language(client: TestClient, language: Language) -> None:
    manifest = client.get("/manifest.json", headers={"cookie": f"yinju_language={language}"}).json()
    assert (manifest["lang"], manifest["description"]) == (language, say("frame.promise", language))
