"""The two READMEs say what is so: their commands exist, their tree is the tree, and both give the same figures."""

import re
import tomllib
from pathlib import Path

import pytest

from yinju.settings import Settings

ROOT = Path(__file__).parents[1]
ENGLISH, CHINESE = (ROOT / "README.md").read_text("utf-8"), (ROOT / "README.zh.md").read_text("utf-8")
COMMANDS = ("index", "ask", "search", "chat", "documents", "blocks", "evaluate", "verify")


def tree_entries() -> dict[str, str]:
    """Path → what the README's tree says of it."""
    block = ENGLISH.split("## The tree")[1].split("```")[1]
    entries, folder = {}, ""
    for line in block.strip().splitlines():
        name, _, about = line.strip().partition(" ")
        folder = folder if line.startswith("  ") else ""
        entries[folder + name] = about.strip()
        if not about:
            folder = name
    return entries


@pytest.mark.parametrize("path", tree_entries())
def test_every_entry_of_the_tree_is_there(path: str) -> None:
    found = ROOT / path
    assert found.is_dir() if path.endswith("/") else found.is_file()


def test_the_tree_leaves_no_module_out() -> None:
    package = ROOT / "src" / "yinju"
    named = {path for path in tree_entries() if path.startswith("src/yinju/")}
    there = {f"src/yinju/{p.name}" for p in package.glob("*.py") if p.name != "__init__.py"}
    there |= {f"src/yinju/{p.name}/" for p in package.iterdir() if p.is_dir() and p.name != "__pycache__"}
    assert named - {"src/yinju/"} == there


@pytest.mark.parametrize("text", [ENGLISH, CHINESE], ids=["README.md", "README.zh.md"])
def test_every_command_exists(text: str) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert set(re.findall(r"\bmake ([a-z-]+)\b(?= |$|`)", text)) <= targets
    assert set(re.findall(r"^\.venv/bin/yinju ([a-z]+)", text, re.MULTILINE)) <= set(COMMANDS)
    assert {"make chat", "make test"} <= set(re.findall(r"^make [a-z]+", text, re.MULTILINE))


@pytest.mark.parametrize("text", [ENGLISH, CHINESE], ids=["README.md", "README.zh.md"])
def test_every_link_leads_to_a_file(text: str) -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", text):
        if not target.startswith("http"):
            assert (ROOT / target).is_file(), target


@pytest.mark.parametrize("text", [ENGLISH, CHINESE], ids=["README.md", "README.zh.md"])
def test_every_setting_is_one_and_has_the_default_that_is_told(text: str) -> None:
    told = re.findall(r"`(?:YINJU_|(?=_))([A-Z_]+)(?:=[^`]*)?`(?: ?[(（]([\d,.]+))?", text)
    assert len([default for _, default in told if default]) >= 4
    for name, default in told:
        field = Settings.model_fields[(f"llm{name}" if name.startswith("_") else name).lower()]
        assert not default or field.default == float(default.replace(",", "")), name


def test_both_languages_give_the_same_figures_and_commands() -> None:
    def figures(text: str) -> list[str]:
        return re.findall(r"^\|[^|]+\|(.*\d.*)\|$", text, re.MULTILINE)

    def commands(text: str) -> list[str]:
        return re.findall(r"^\.venv/bin/yinju .+$", text, re.MULTILINE)

    assert figures(ENGLISH) == figures(CHINESE)
    assert len(figures(ENGLISH)) >= 20
    assert commands(ENGLISH) == commands(CHINESE)


def test_the_lock_pins_every_dependency_exactly() -> None:
    lines = (ROOT / "requirements.lock").read_text("utf-8").splitlines()
    assert all(re.fullmatch(r"[A-Za-z0-9._-]+==[0-9A-Za-z.]+", line) for line in lines)
    locked = {line.split("==")[0].lower().replace("_", "-") for line in lines}
    wanted = re.findall(r'^    "([A-Za-z0-9._-]+)[><=]', (ROOT / "pyproject.toml").read_text("utf-8"), re.MULTILINE)
    assert {name.lower().replace("_", "-") for name in wanted} <= locked
    assert "torch==2.13.0" in lines


def test_a_default_install_is_without_what_only_extras_need() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = {"torch", "transformers", "sentence-transformers", "matplotlib", "rapidocr"}
    assert not extras & {re.split("[><=]", needed)[0] for needed in project["dependencies"]}
    optional = project["optional-dependencies"]
    assert extras == {re.split("[><=]", one)[0] for one in optional["models"] + optional["plots"] + optional["ocr"]}
