"""Where a model comes from: a folder, the cache, a hub played by a server of our own, or an error that helps."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from hashlib import sha1
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread

import pytest
from huggingface_hub import constants

from yinju.embedding import load_encoder
from yinju.errors import EncoderError, ModelError, RerankerError
from yinju.hub import ENCODER, PATIENCE, RERANKER, Role, find_model
from yinju.transformer import load_reranker

COMMIT = "0123456789abcdef0123456789abcdef01234567"
ENCODER_FILES = {"modules.json": "[]", "config.json": "{}", "model.safetensors": "weights"}
CROSS_ENCODER = '{"architectures": ["BertForSequenceClassification"]}'
LANGUAGE_MODEL = '{"architectures": ["Qwen3ForCausalLM"]}'


def write(folder: Path, files: dict[str, str]) -> Path:
    """The folder, made with these files."""
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return folder


def snapshot(cache: Path, model: str) -> Path:
    """Where a model's files lie in a hub cache that knows of it."""
    folder = cache / f"models--{model.replace('/', '--')}"
    write(folder, {"refs/main": COMMIT})
    return folder / "snapshots" / COMMIT


@dataclass
class FakeHub:
    """A hub with one model, org/tiny; remembers what it was asked for."""

    folder: Path
    status: int = 200
    error: str = ""
    asked: list[str] = field(default_factory=list)

    def answer(self, path: str) -> tuple[int, bytes, dict[str, str]]:
        """Status, body and headers for a path."""
        self.asked.append(path)
        if self.error or "/org/tiny" not in path:
            status, error = (self.status, self.error) if self.error else (404, "RepoNotFound")
            return status, b"{}", {"X-Error-Code": error}
        if "/resolve/" in path:
            body = (self.folder / path.split("/resolve/")[1].split("/", 1)[1]).read_bytes()
            return 200, body, {"ETag": f'"{sha1(body).hexdigest()}"', "X-Repo-Commit": COMMIT}
        sizes = {str(p.relative_to(self.folder)): p.stat().st_size for p in self.folder.rglob("*") if p.is_file()}
        tree = [{"type": "file", "path": name, "size": size, "oid": "0"} for name, size in sizes.items()]
        info = {"id": "org/tiny", "sha": COMMIT, "siblings": [{"rfilename": n, "size": s} for n, s in sizes.items()]}
        return 200, json.dumps(tree if "/tree/" in path else info).encode(), {"Content-Type": "application/json"}


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty hub cache of our own, and no proxy."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", False)
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def no_network(cache: Path, monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """No connection can be made; what was tried is listed."""
    tried: list[object] = []

    def refuse(address: object, *_: object) -> None:
        tried.append(address)
        raise OSError(-2, "Name or service not known")

    monkeypatch.setattr(socket, "create_connection", refuse)
    return tried


@pytest.fixture
def hub(cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeHub]:
    """A hub on this machine instead of the real one."""
    fake = FakeHub(write(tmp_path / "hub", ENCODER_FILES))

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, body, headers = fake.answer(self.path.partition("?")[0])
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            if self.command == "GET":
                self.wfile.write(body)

        do_HEAD = do_GET

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        endpoint = f"http://127.0.0.1:{server.server_port}"
        monkeypatch.setattr(constants, "ENDPOINT", endpoint)
        monkeypatch.setattr(
            constants, "HUGGINGFACE_CO_URL_TEMPLATE", endpoint + "/{repo_id}/resolve/{revision}/{filename}"
        )
        yield fake
        server.shutdown()


def complaint(name: str, role: Role = ENCODER) -> str:
    """The error for a name, in one line that ends with the way back."""
    with pytest.raises(ModelError) as caught:
        find_model(name, role)
    assert type(caught.value) is (EncoderError if role is ENCODER else RerankerError)
    message = str(caught.value)
    assert message.startswith(f"{role.setting}={name} ")
    assert message.endswith(f": unset {role.setting}")
    assert "\n" not in message
    return message


def test_a_folder_is_taken_as_it_is(tmp_path: Path, no_network: list[object]) -> None:
    folder = write(tmp_path / "tiny", ENCODER_FILES)
    assert find_model(str(folder), ENCODER) == folder
    assert no_network == []


@pytest.mark.parametrize(
    ("files", "role", "said"),
    [
        ({"readme.txt": ""}, ENCODER, "is a folder without modules.json or config.json; expected one that sentence-tr"),
        ({"config.json": "{}"}, ENCODER, "is a folder without weights"),
        (ENCODER_FILES | {"m.index.json": '{"weight_map": {"a": "model.safetensors", "b": "2.bin"}}'}, ENCODER,
         "is a folder without 2.bin"),
        (ENCODER_FILES | {"modules.json": "[]", "config_sentence_transformers.json": '{"model_type": "SparseEncoder"}'},
         ENCODER, "is a SparseEncoder, expected a SentenceTransformer; to use"),
        ({"config.json": CROSS_ENCODER, "m.bin": ""}, ENCODER, "is a CrossEncoder, expected a SentenceTransformer; it "
         "can be used as YINJU_RERANKER"),
        ({"config.json": "{", "m.bin": ""}, ENCODER, "whose config.json cannot be read"),
        ({"config.json": '{"architectures": null, "a": 1}', "m.bin": ""}, RERANKER, "is a bare transformer, expected a "
         "CrossEncoder; it can be used as YINJU_ENCODER"),
        (ENCODER_FILES, RERANKER, "is a SentenceTransformer, expected a CrossEncoder"),
    ],
)  # fmt: skip
def test_folders_that_hold_no_such_model(tmp_path: Path, files: dict[str, str], role: Role, said: str) -> None:
    assert said in complaint(str(write(tmp_path / "m", files)), role)


@pytest.mark.parametrize(
    ("config", "role"), [(CROSS_ENCODER, RERANKER), (LANGUAGE_MODEL, RERANKER), (LANGUAGE_MODEL, ENCODER)]
)
def test_a_bare_transformer_is_known_by_its_architecture(tmp_path: Path, config: str, role: Role) -> None:
    folder = write(tmp_path / "m", {"config.json": config, "model.safetensors": ""})
    assert find_model(str(folder), role) == folder


def test_names_that_can_be_no_hub_id(tmp_path: Path, no_network: list[object]) -> None:
    (tmp_path / "file").touch()
    assert "is a file; expected the folder of a model" in complaint(str(tmp_path / "file"))
    for name in (str(tmp_path / "missing"), "../models/missing", "a/b/c", "模型"):
        assert "is not there; expected the folder of a model, or a hub id such as BAAI/bge-m3" in complaint(name)
    assert no_network == []


@pytest.mark.parametrize(
    ("name", "model", "role", "files"),
    [
        ("org/tiny", "org/tiny", ENCODER, ENCODER_FILES),
        ("tiny", "sentence-transformers/tiny", ENCODER, ENCODER_FILES),
        ("tiny", "cross-encoder/tiny", RERANKER, {"config.json": CROSS_ENCODER, "model.safetensors": ""}),
    ],
)
def test_what_is_cached_needs_no_network(
    cache: Path, no_network: list[object], name: str, model: str, role: Role, files: dict[str, str]
) -> None:
    folder = write(snapshot(cache, model), files)
    assert find_model(name, role) == folder
    assert no_network == []


@pytest.mark.parametrize("role", [ENCODER, RERANKER])
def test_without_a_network_the_error_says_what_to_do(cache: Path, no_network: list[object], role: Role) -> None:
    said = complaint("org/none", role)
    assert f"is neither a folder nor cached in {cache}, and https://huggingface.co cannot be reached" in said
    assert (
        "(huggingface.co: Name or service not known); run this command again with a network, or name the folder" in said
    )
    assert no_network == [("huggingface.co", 443)]


def test_a_cached_model_that_lacks_a_file_is_not_used(cache: Path, no_network: list[object]) -> None:
    write(snapshot(cache, "org/tiny"), {"config.json": "{}"})
    assert f"is cached in {cache} without weights (*.safetensors or *.bin), and https" in complaint("org/tiny")


def test_a_network_that_never_answers_is_waited_for_a_second(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given_up = Event()

    def wait(*_: object) -> None:
        given_up.wait()
        raise OSError

    monkeypatch.setattr(socket, "create_connection", wait)
    started = time.perf_counter()
    assert "(huggingface.co: no answer within 1 s)" in complaint("org/none")
    assert PATIENCE <= time.perf_counter() - started < 2
    given_up.set()


def test_the_user_can_forbid_the_network(
    cache: Path, no_network: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    assert "and HF_HUB_OFFLINE forbids to fetch it; to allow it: unset HF_HUB_OFFLINE" in complaint("org/none")
    assert no_network == []


@pytest.mark.parametrize(
    ("environment", "address"),
    [
        ({"HTTPS_PROXY": "http://proxy.example:3128"}, ("proxy.example", 3128)),
        ({"HTTPS_PROXY": "proxy.example:3128"}, ("proxy.example", 3128)),
        ({"ALL_PROXY": "socks5://proxy.example"}, ("proxy.example", 1080)),
        ({"HTTP_PROXY": "http://proxy.example"}, ("huggingface.co", 443)),
        ({"HTTPS_PROXY": "http://proxy.example", "NO_PROXY": "huggingface.co"}, ("huggingface.co", 443)),
    ],
)
def test_with_a_proxy_the_proxy_is_tried(
    no_network: list[object], monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], address: tuple[str, int]
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert f"({address[0]}: Name or service" in complaint("org/none")
    assert no_network == [address]


def test_a_model_is_fetched_once_and_only_what_is_read(
    hub: FakeHub, cache: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(hub.folder, {"1_Pooling/config.json": "{}", "2_Dense/pytorch_model.bin": "x", "pytorch_model.bin": "x",
                       "onnx/config.json": "{}", "onnx/model.onnx": "x", "code.py": "x", "pic.png": "x"})  # fmt: skip
    folder = find_model("org/tiny", ENCODER)
    fetched = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    assert fetched == {*ENCODER_FILES, "1_Pooling/config.json", "2_Dense/pytorch_model.bin"}
    said = capsys.readouterr().err
    assert f"下載 {constants.ENDPOINT}/org/tiny，只需一次，共 0.0 MB；不會送出文件的任何內容。" in said
    seen = len(hub.asked)
    assert find_model("org/tiny", ENCODER) == folder
    assert len(hub.asked) == seen
    assert capsys.readouterr().err == ""


def test_an_interrupted_fetch_is_completed(hub: FakeHub, cache: Path) -> None:
    folder = write(snapshot(cache, "org/tiny"), {"modules.json": "[]"})
    assert find_model("org/tiny", ENCODER) == folder
    assert (folder / "model.safetensors").read_text("utf-8") == "weights"


@pytest.mark.parametrize(
    ("status", "error", "said"),
    [
        (404, "RepoNotFound", "is neither a folder nor a model that anyone may fetch from http://127.0.0.1"),
        (403, "GatedRepo", "is given only to who accepts its terms: see http://127.0.0.1"),
        (418, "Teapot", "cannot be fetched from http://127.0.0.1"),
    ],
)
def test_what_the_hub_refuses(hub: FakeHub, status: int, error: str, said: str) -> None:
    hub.status, hub.error = status, error
    assert said in complaint("org/tiny")


def test_a_hub_model_without_weights(hub: FakeHub) -> None:
    (hub.folder / "model.safetensors").unlink()
    assert "is without weights (*.safetensors or *.bin) on http://127.0.0.1" in complaint("org/tiny")


def test_an_unknown_model_is_refused_before_anything_heavy_is_imported(built: Path, tmp_path: Path) -> None:
    program = (
        "import sys\nfrom yinju.cli import main\nsys.argv = ['yinju', *sys.argv[1:]]\n"
        "try:\n    main()\nexcept SystemExit as end:\n"
        "    print(end.code, {'torch', 'transformers', 'sentence_transformers'} & set(sys.modules))\n"
    )
    index = shutil.copytree(built / "shipped", tmp_path / "index")
    for setting in ("YINJU_ENCODER", "YINJU_RERANKER"):
        environment = os.environ | {setting: "org/none", "HF_ENDPOINT": "http://127.0.0.1:9", "HF_HOME": str(tmp_path)}
        command = [sys.executable, "-c", program, "ask", "茶？", "--index", str(index)]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
        assert done.stdout == "1 set()\n"
        assert done.stderr.startswith(f"yinju: {setting}=org/none 不是資料夾，快取")
        assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(("load", "setting"), [(load_encoder, "YINJU_ENCODER"), (load_reranker, "YINJU_RERANKER")])
def test_the_extra_for_models_is_named_where_it_is_not_installed(
    monkeypatch: pytest.MonkeyPatch, load: Callable[[str], object], setting: str
) -> None:
    monkeypatch.setattr("yinju.transformer.find_spec", lambda name: None if name == "torch" else name)
    with pytest.raises(ModelError) as caught:
        load("BAAI/bge-m3")
    assert str(caught.value).startswith(f"{setting}=BAAI/bge-m3 needs torch, which the extra `models` brings; ")
    assert "make models, or pip install 'yinju[models]'" in str(caught.value)
