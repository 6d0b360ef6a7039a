"""The page's scripts: every module parses, imports what there is, tells what it exports, and holds no HTML."""

import re
import subprocess
from pathlib import Path

import playwright
import pytest

STATIC = Path(__file__).parents[2] / "src" / "yinju" / "web" / "static"
MODULES = {path.stem: path.read_text("utf-8") for path in sorted(STATIC.glob("*.js"))}
NODE = Path(playwright.__file__).parent / "driver" / "node"
"""Comes with what drives the browser in tests."""

_EXPORT = re.compile(
    r"^export (?:async )?(?:function |const )(\w+)(?: = )?(?:async )?(\(.*?\)(?= (?:\{$|=>))|\w+(?= =>))", re.M
)
_IMPORT = re.compile(r'^import \{ (.+?) \} from "\./(\w+)\.js";$', re.M)


@pytest.mark.parametrize("name", MODULES)
def test_a_module_parses(name: str) -> None:
    done = subprocess.run(
        [NODE, "--check", "--input-type=module"], input=MODULES[name], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("name", MODULES)
def test_what_a_module_imports_is_exported_and_used(name: str) -> None:
    source = MODULES[name]
    for names, other in _IMPORT.findall(source):
        for one in names.split(", "):
            imported, _, called = one.partition(" as ")
            assert re.search(rf"^export (?:async )?(?:function|const) {imported}\b", MODULES[other], re.M), one
            assert len(re.findall(rf"\b{called or imported}\b", _IMPORT.sub("", source))) >= 1, f"{one} is not used"


@pytest.mark.parametrize("name", MODULES)
def test_what_a_module_exports_tells_what_it_takes_and_gives(name: str) -> None:
    source = MODULES[name]
    found = list(_EXPORT.finditer(source))
    assert len(found) == len(re.findall("^export ", source, re.M)), "an export of another form"
    for export in found:
        written = re.search(r"/\*\*((?:(?!\*/).)*)\*/\n$", source[: export.start()], re.S)
        assert written, f"{export[1]} has no JSDoc"
        parameters = re.sub(r"\{.*?\}|=.*?(?=[,)])", "how", export[2]).strip("()")
        wanted = [one for one in parameters.split(", ") if one]
        assert len(re.findall("@param", written[1])) == len(wanted), f"{export[1]}({parameters})"


@pytest.mark.parametrize("name", MODULES)
def test_no_module_writes_html_or_is_loose(name: str) -> None:
    code = re.sub(r"/\*.*?\*/", "", MODULES[name], flags=re.S)
    assert not re.findall(r"""["'`]\s*<\w[^"'`]*""", code), "HTML belongs into templates/made.html"
    assert not re.findall(r"\bvar |[^=!]==[^=]|!=[^=]|\beval\b|\bdocument\.write\b|console\.", code)
    assert not re.findall(r"https?://", code)
