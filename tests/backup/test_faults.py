"""Killed or refused by the disk at any moment: a backup is whole or not there, a place as it was or as it will be."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from tests.backup.places import Place

from yinju.backup import back_up, check, recover, restore
from yinju.durable import RESTORING

Job = Callable[..., int]
FULL = pytest.mark.full


@pytest.fixture(scope="module")
def job() -> Iterator[Job]:
    """Have a job done by a process that may be killed; its exit status."""
    driver = Path(__file__).with_name("killing.py")
    with subprocess.Popen(
        [sys.executable, driver], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdin and process.stdout

        def ask(**what: Any) -> int:  # noqa: ANN401
            process.stdin.write(json.dumps(what, default=str) + "\n")  # type: ignore[union-attr]
            process.stdin.flush()  # type: ignore[union-attr]
            return int(process.stdout.readline())  # type: ignore[union-attr]

        yield ask
        process.stdin.close()


class Bench:
    """A place and a backup of what it held before, a fresh copy of it for each try."""

    def __init__(self, folder: Path) -> None:
        """Make them; what the backup holds differs in every library."""
        self.place, self.file = Place(folder / "one"), folder / "b.tar.gz"
        self.place.fill("甲", 1)
        back_up(self.file, self.place.settings)
        self.backed_up = self.place.held()
        self.place.libraries.create("後來的")
        for entry in self.place.libraries.entries()[:2]:
            (entry.corpus / "新.txt").write_text("新的。\n", "utf-8")
        self.place.build()
        self.now = self.place.held()
        shutil.copytree(self.place.folder, folder / "kept")
        assert self.now != self.backed_up

    def fresh(self) -> Place:
        """The place as it was."""
        shutil.rmtree(self.place.folder)
        shutil.copytree(self.place.folder.parent / "kept", self.place.folder)
        return self.place

    def left(self) -> list[str]:
        """What lies about in the place that was not there, but for what was put aside."""
        there, kept = ({str(path.relative_to(folder)) for path in folder.rglob("*")}
                       for folder in (self.place.folder, self.place.folder.parent / "kept"))  # fmt: skip
        known = ("deleted", "segments/", "building-", "generations/", "writer.lock", "libraries/.lock", "CURRENT.new")
        return sorted(name for name in there - kept if not any(one in name for one in known))


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    return Bench(tmp_path_factory.mktemp("faults"))


def after_kill(bench: Bench, status: int) -> str:
    """Whether a restoration that was cut off has happened: `before` or `after`; an assertion where it is neither."""
    place = bench.place
    open_before = (place.folder / "index" / RESTORING).exists()
    recover(place.settings)
    held = place.held()
    assert held in (bench.now, bench.backed_up), status
    assert not (place.folder / "index" / RESTORING).exists()
    if held == bench.now:
        assert [name for name in bench.left() if ".before-" not in name or "corpus" in name] == [], status
    assert not open_before or held == bench.now
    return "before" if held == bench.now else "after"


@pytest.mark.parametrize(("every", "most"), [(23, 400), pytest.param(1, 1_000, marks=FULL)])
def test_a_restoration_that_is_killed_at_any_step_has_happened_or_not(
    bench: Bench, job: Job, every: int, most: int
) -> None:
    came_to = []
    for step in range(1, most, every):
        place = bench.fresh()
        how = {"act": "restore", "file": bench.file, "place": place.folder, "below": place.folder}
        status = job(**how, step=step, harm="kill")
        came_to.append(after_kill(bench, status))
        if status == 0:
            break
        assert status == -9
    assert status == 0 and came_to[0] == "before" and came_to[-1] == "after" and len(came_to) > 5
    restore(bench.file, bench.fresh().settings, replacing=True)
    assert bench.place.held() == bench.backed_up


@pytest.mark.parametrize("tries", [10, pytest.param(400, marks=FULL)])
def test_a_restoration_that_is_killed_at_any_time_has_happened_or_not(bench: Bench, job: Job, tries: int) -> None:
    chance, came_to = Random(11), []
    for _ in range(tries):
        place = bench.fresh()
        how = {"act": "restore", "file": bench.file, "place": place.folder}
        came_to.append(after_kill(bench, job(**how, seconds=chance.uniform(0.001, 0.25))))
    assert "before" in came_to


@pytest.mark.parametrize(("every", "most"), [(23, 400), pytest.param(1, 1_000, marks=FULL)])
def test_a_restoration_that_the_disk_refuses_at_any_step_leaves_all_as_it_was(
    bench: Bench, job: Job, every: int, most: int
) -> None:
    refused = 0
    for step in range(1, most, every):
        place = bench.fresh()
        how = {"act": "restore", "file": bench.file, "place": place.folder, "below": place.folder}
        status = job(**how, step=step, harm="full")
        came_to = after_kill(bench, status)
        assert came_to == ("after" if status == 0 else "before"), (step, status)
        refused += status == 3
        if status == 0 and step > 150:
            break
    assert refused > 3


@pytest.mark.parametrize("every", [19, pytest.param(1, marks=FULL)])
def test_a_restoration_into_nothing_that_is_killed_leaves_nothing_or_all(
    bench: Bench, job: Job, tmp_path: Path, every: int
) -> None:
    came_to = []
    for step in range(2, 1_000, every):
        place = Place(tmp_path / str(step))
        place.folder.mkdir()
        status = job(act="restore", file=bench.file, place=place.folder, below=place.folder, step=step, harm="kill")
        if place.settings.index and Path(place.settings.index).exists():
            recover(place.settings)
        there = (place.folder / "index" / "CURRENT").exists()
        assert place.held() == bench.backed_up if there else not [*place.folder.rglob("*.txt")], step
        restore(bench.file, place.settings, replacing=there)
        assert place.held() == bench.backed_up
        came_to.append(there)
        shutil.rmtree(place.folder)
        if status == 0:
            break
    assert came_to[0] is False and came_to[-1] is True


@pytest.mark.parametrize("tries", [16, pytest.param(300, marks=FULL)])
def test_a_backup_that_is_killed_is_whole_or_not_there(bench: Bench, job: Job, tries: int) -> None:
    place, folder, chance = bench.fresh(), bench.file.parent / "out", Random(3)
    file, came_to = folder / "new.tar.gz", []
    for number in range(tries):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        harm = {"seconds": chance.uniform(0.001, 0.12)} if number % 2 else {"step": number // 2 + 1, "harm": "kill"}
        job(act="backup", file=file, place=place.folder, below=folder, **harm)
        came_to.append(file.exists())
        if file.exists():
            check(file)
        else:
            back_up(file, place.settings)  # whatever was left is in nobody's way
        assert [path.name for path in folder.iterdir()] == [file.name]
    assert False in came_to and place.held() == bench.now


def test_a_backup_that_the_disk_refuses_leaves_nothing(bench: Bench, job: Job, tmp_path: Path) -> None:
    place, statuses = bench.fresh(), []
    for step in range(1, 12):
        statuses.append(job(act="backup", file=tmp_path / "n.gz", place=place.folder, below=tmp_path, step=step,
                            harm="full"))  # fmt: skip
        assert [path.name for path in tmp_path.iterdir()] in ([], ["n.gz"])
        if statuses[-1] == 0:
            break
    assert 3 in statuses


FILLING = """
import subprocess, sys, os, json
from pathlib import Path
folder, kept, driver, size = sys.argv[1:]
subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}k", "tmpfs", folder], check=True)
for name in ("one", "b.tar.gz"):
    subprocess.run(["cp", "-a", f"{kept}/{name}", folder], check=True)
def there():
    moved = ("segments", "generations", "writer.lock", ".lock", ".deleted")  # cleared by the next writer
    return sorted(str(one) for one in Path(folder).rglob("*") if not any(name in str(one) for name in moved))
before = there()
for act in ("backup", "restore"):
    file = f"{folder}/{'new' if act == 'backup' else 'b'}.tar.gz"
    job = {"act": act, "file": file, "place": f"{folder}/one", "blind": 1}
    done = subprocess.run([sys.executable, driver], input=json.dumps(job), capture_output=True, text=True)
    print(act, done.stdout.strip(), done.stderr.strip().replace("\\n", " ")[:100])
    if done.stdout.strip() == "3":
        print("same" if there() == before else f"changed {sorted({*there()} ^ {*before})[:3]}")
    Path(f"{folder}/new.tar.gz").unlink(missing_ok=True)
"""


@pytest.mark.skipif(
    subprocess.run(["unshare", "-rm", "true"], capture_output=True).returncode != 0, reason="no namespaces here"
)
@pytest.mark.parametrize("shares", [(1.3, 3.5), pytest.param((1.02, 1.1, 1.2, 1.4, 1.6, 1.8, 2.0, 2.5, 4), marks=FULL)])
def test_on_a_full_disk_nothing_is_half(bench: Bench, tmp_path: Path, shares: tuple[float, ...]) -> None:
    told, place = list[str](), bench.fresh()
    source = shutil.copytree(bench.file.parent, tmp_path / "source")  # the disk stands in the place of the folder
    whole = sum(path.stat().st_size for path in place.folder.rglob("*") if path.is_file()) // 1_000
    for share in shares:
        driver = str(Path(__file__).with_name("killing.py"))
        how = [
            sys.executable,
            "-c",
            FILLING,
            str(bench.file.parent),
            str(source),
            driver,
            str(int(whole * share) + 400),
        ]
        done = subprocess.run(["unshare", "-rm", *how], capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        told += done.stdout.splitlines()
    assert "changed" not in str(told), [one for one in told if "changed" in one]
    assert "restore 3" in str(told), told
    assert told[-1].startswith("restore 0"), told
