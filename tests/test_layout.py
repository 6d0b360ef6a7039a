"""The layout that design.md promises: who imports whom, where each heavy library is, and how long things are."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "yinju"
MODULES = sorted(SOURCE.rglob("*.py"))
ORDER = [
    "reasons", "types", "protocols", "errors", "numerals", "folding", "messages", "scopes", "progress", "configuration",
    "settings", "splitting", "segmentation", "conversion", "courtesies", "text", "vocabulary", "noise", "designators",
    "reading", "durable", "audit", "logs", "workers", "chunking", "hub", "transformer", "embedding", "deep", "store",
    "ingest", "retrieval", "projection", "atlas", "answering", "library", "suggestions", "evaluation", "conversations",
    "libraries", "users", "oidc", "backup", "asked", "plotting", "printing", "export", "web", "cli",
]  # fmt: skip
HOMES: dict[str, str | tuple[str, ...]] = {
    "faiss": "store", "tantivy": "store", "pymilvus": "store", "grpc": "store",
    "sqlite3": ("store", "conversations", "users", "backup"), "argon2": "users",
    "jieba": "segmentation", "rjieba": "segmentation",
    "opencc": "folding", "gradio": "web", "fastapi": "web", "uvicorn": "web", "h11": "web",
    "prometheus_client": "web",
    "sentence_transformers": "transformer", "torch": "transformer", "transformers": "transformer",
    "huggingface_hub": "hub", "pypdfium2": "reading",
    "pptx": "reading", "openpyxl": "reading", "striprtf": "reading",
    "lxml": "reading", "markdown_it": "reading", "rapidocr": "reading",
    "tqdm": "progress",
    "jinja2": "web", "markupsafe": "web", "docx": "export", "typst": "export",
    "PIL": "reading", "onnxruntime": "deep", "tokenizers": "deep",
    "matplotlib": "plotting",
    "httpx2": ("answering", "oidc"), "authlib": "oidc", "joserfc": "oidc",
    "pydantic": ("asked", "configuration", "settings", "web"),
    "pydantic_settings": ("configuration", "settings"),
}  # fmt: skip


def part_of(path: Path) -> str:
    """The module, or the package around it, below yinju."""
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


STATEMENTS = ast.Import | ast.ImportFrom | ast.FunctionDef | ast.AsyncFunctionDef


@cache
def parsed(path: Path) -> tuple[STATEMENTS, ...]:
    """The imports and the functions of a file, at any place in it."""
    return tuple(node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, STATEMENTS))


@cache
def imports(path: Path) -> frozenset[str]:
    """Every module that a file imports at any place in it, `from yinju import x` being yinju.x."""
    return frozenset(_imports(path))


def _imports(path: Path) -> Iterator[str]:
    for node in parsed(path):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0 and node.module, f"{path} imports relatively"
            yield from (f"yinju.{alias.name}" for alias in node.names) if node.module == "yinju" else [node.module]


def shown(path: Path) -> str:
    """What a file is called."""
    return path.relative_to(SOURCE).as_posix()


def test_a_module_imports_only_what_stands_above_it() -> None:
    for path in MODULES:
        if (part := part_of(path)) == "__init__":
            continue
        assert part in ORDER, shown(path)
        allowed = {*ORDER[: ORDER.index(part)], *([part] if path.parent != SOURCE else [])}
        used = {name.split(".")[1] for name in imports(path) if name.startswith("yinju.")}
        assert used <= allowed, f"{shown(path)} must not import {sorted(used - allowed)}"


def test_inside_a_package_there_is_no_cycle() -> None:
    used = {f"yinju.{shown(p)[:-3].replace('/', '.')}": {*imports(p)} for p in MODULES if p.name != "__init__.py"}
    while free := [name for name, wanted in used.items() if not wanted & used.keys()]:
        for name in free:
            del used[name]
    assert used == {}


@pytest.mark.parametrize(("library", "home"), HOMES.items())
def test_each_heavy_library_has_its_home(library: str, home: str | tuple[str, ...]) -> None:
    homes = {home} if isinstance(home, str) else {*home}
    assert {part_of(path) for path in MODULES if library in {name.split(".")[0] for name in imports(path)}} == homes


def test_no_library_without_a_home_is_heavy() -> None:
    known = {*sys.stdlib_module_names, *HOMES, "yinju", "numpy", "safetensors", "starlette", "anyio"}
    assert {name.split(".")[0] for path in MODULES for name in imports(path)} <= known


def test_modules_and_functions_are_short() -> None:
    for path in MODULES:
        assert len(path.read_text("utf-8").splitlines()) <= 300, f"{shown(path)} is too long"
        for node in parsed(path):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                assert node.end_lineno is not None
                assert node.end_lineno - node.lineno < 50, f"{node.name} of {shown(path)} is too long"


def test_no_module_is_a_drawer_for_everything() -> None:
    assert not {path.stem for path in MODULES} & {"utils", "util", "helpers", "common", "misc", "manager"}


def test_the_environment_is_read_in_one_place() -> None:
    """reading/isolation passes it on to its child."""
    users = {shown(path) for path in MODULES if "os.environ" in (text := path.read_text("utf-8")) or "getenv" in text}
    assert users == {"__init__.py", "settings.py", "reading/child.py"}  # the first tells a library to keep silent


def test_importing_yinju_is_quick_and_makes_no_file(tmp_path: Path) -> None:
    program = "import sys, yinju\nprint({'numpy', 'faiss', 'gradio', 'torch', 'jieba', 'opencc'} & set(sys.modules))"
    environment = {"HOME": str(tmp_path), "YINJU_CACHE": str(tmp_path / "cache"), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout == "set()\n"
    assert list(tmp_path.iterdir()) == []
