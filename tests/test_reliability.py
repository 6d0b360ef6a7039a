"""docs/reliability.md: its limits are those in force, and whatever it says is tried by something is."""

import re
from pathlib import Path

import pytest
from docs.make_reliability import constant, page

ROOT = Path(__file__).parents[1]
WRITTEN = (ROOT / "docs" / "reliability.md").read_text("utf-8")


def test_the_table_of_limits_is_made_of_them() -> None:
    assert page(WRITTEN) == WRITTEN, "docs/reliability.md is not as the limits are; make it anew: make docs-settings"


def test_a_limit_that_is_gone_is_told() -> None:
    with pytest.raises(LookupError, match=r"web/guard\.py has no SMALLEST_BODY"):
        constant("web/guard.py", "SMALLEST_BODY")


@pytest.mark.parametrize("name", sorted(set(re.findall(r"`((?:tests|benchmarks)/\S+\.py)`", WRITTEN))))
def test_what_a_promise_is_tried_by_is_there(name: str) -> None:
    assert (ROOT / name).is_file()


def test_every_test_that_is_named_is_one() -> None:
    for module, test in re.findall(r"`(tests/\S+\.py)` `(test_\w+)`", WRITTEN):
        assert f"def {test}(" in (ROOT / module).read_text("utf-8"), f"{module} has no {test}"


def test_every_promise_is_tried_by_something() -> None:
    promises = re.findall(r"^\| (R\d+) \|.*\|(.*)\|$", WRITTEN, re.MULTILINE)
    assert [name for name, _ in promises] == [f"R{number}" for number in range(1, 14)]
    assert all("`tests/" in tried for _, tried in promises)


def test_every_command_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert set(re.findall(r"`make ([a-z-]+)`", WRITTEN)) <= targets
