"""What all tests share: encoder and re-ranker to be worked out by hand, a small corpus, a cache of our own."""

import gc
import os
import shutil
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from tests.shelves import generation_of

from yinju.embedding import load_encoder
from yinju.ingest import entries
from yinju.library import build_index
from yinju.protocols import Encoder
from yinju.reading import Reader
from yinju.settings import Settings
from yinju.store.protocol import Snapshot
from yinju.text import fold
from yinju.types import Progress, Vectors

CHARACTERS = "微信商营销台湾茶山水猫狗书车年人"
"""Sixteen folded characters; a text's vector holds how often each stands in it."""
NAME_CHARACTERS = 60
"""Of a text that a test is called after."""

CORPUS = {
    "茶/高山茶.md": "# 高山茶\n\n高山茶種在海拔一千公尺以上的山坡。採茶在清晨。\n\n## 沖泡\n\n泡茶的水約九十五度。\n",
    "猫狗.txt": "猫一天睡十四个小时。狗喜欢在早晨散步。\n",
    "營銷.txt": "微商是在微信裡賣東西的人。台灣人把營銷叫做行銷。\n",
}


ANIMALS = {
    "貓.md": "# 貓的照顧\n\n貓每天要睡十四個小時。\n\n## 飲水\n\n水碗離飯碗遠一點，貓才肯喝水。\n",
    "狗.txt": "狗每天要散步两次。大型犬的软件项圈要选宽的。\n",
    "茶.txt": "泡綠茶的水溫約八十度，紅茶要用滾水。\n",
}


class ToyEncoder:
    """Counts of sixteen characters in the folded text, scaled to length 1; remembers what it was given."""

    name = "toy"
    dimension = len(CHARACTERS)
    meaning_from = 0

    def __init__(self, fingerprint: str = "toy-1") -> None:
        """Start with nothing encoded."""
        self.fingerprint = fingerprint
        self.documents: list[str] = []

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors, (n, 16) float32; zero where none of the characters stands."""
        folded = [fold(text) for text in texts]
        counts = np.array([[text.count(c) for c in CHARACTERS] for text in folded], np.float32).reshape(-1, 16)
        return np.asarray(counts / np.maximum(np.linalg.norm(counts, axis=1, keepdims=True), 1e-12), np.float32)

    def encode_documents(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """The same vectors as for questions."""
        self.documents += texts
        return self.encode_queries(texts)


class WordReranker:
    """Sure of a passage that holds one word, and unsure of all others; remembers what it read."""

    name = "word"

    def __init__(self, word: str, sure: float = 0.9) -> None:
        """Wait for a word."""
        self.word, self.sure = word, sure
        self.read: list[str] = []

    def scores(self, question: str, texts: Sequence[str]) -> NDArray[np.float32]:
        """`sure` where the word stands, else 0.1."""
        self.read = [question, *texts]
        return np.array([self.sure if self.word in text else 0.1 for text in texts], np.float32)


@pytest.fixture
def encoder() -> ToyEncoder:
    return ToyEncoder()


@pytest.fixture
def word_reranker() -> type[WordReranker]:
    return WordReranker


@pytest.fixture(scope="session")
def real_encoder() -> Encoder:
    """The encoder that ships with the package."""
    return load_encoder("")


@pytest.fixture(scope="session")
def generation(tmp_path_factory: pytest.TempPathFactory, real_encoder: Encoder) -> Iterator[Snapshot]:
    """An open index, by the shipped encoder, of four passages about cats, dogs and tea."""
    with generation_of(ANIMALS, tmp_path_factory.mktemp("animals"), real_encoder) as opened:
        yield opened


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two indexes of the small corpus, by the toy encoder below toy/ and by the shipped one below shipped/."""
    folder = tmp_path_factory.mktemp("built")
    for name, text in CORPUS.items():
        (folder / "corpus" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "corpus" / name).write_text(text, "utf-8")
    build_index(folder / "corpus", folder / "toy", encoder=ToyEncoder())
    build_index(folder / "corpus", folder / "shipped")
    return folder


@pytest.fixture
def corpus(built: Path, tmp_path: Path) -> Path:
    """A folder of three small documents, two in Traditional Chinese and one in Simplified."""
    return shutil.copytree(built / "corpus", tmp_path / "corpus")


@pytest.fixture
def toy_index(built: Path, tmp_path: Path) -> Path:
    """An index of the small corpus at its first generation, by the toy encoder."""
    return shutil.copytree(built / "toy", tmp_path / "index")


@pytest.fixture(scope="session", autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Keep prepared dictionaries of this run and its child processes below its own folder."""
    folder = tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("YINJU_")]:
            patch.delenv(name)
        patch.setattr("yinju.configuration.ENV_FILE", str(folder / ".env"))  # nor is what is set in the checkout read
        patch.setattr("yinju.configuration.PAGE_FILE", "chosen.json")  # nor what is chosen at the page of the checkout
        (folder / "yinju.toml").touch()
        patch.setenv("YINJU_CONFIG", str(folder / "yinju.toml"))
        patch.setenv("YINJU_CACHE", str(folder))
        patch.setenv("YINJU_ENCODER", "yinju")  # passages are read for their meaning where a test is about that
        yield folder


@pytest.fixture(scope="session", autouse=True)
def locale() -> Iterator[None]:
    """Have the terminal spoken to in Traditional Chinese, in child processes too."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("LC_ALL", raising=False)
        patch.setenv("LC_MESSAGES", "zh_TW.UTF-8")
        yield


@pytest.fixture(scope="session", autouse=True)
def readers() -> Iterator[None]:
    """Builds in this process lend each other their readers, whose child processes start once and not for each build."""
    free: defaultdict[tuple[int, ...], list[Reader]] = defaultdict(list)
    real = entries.reader_for

    @contextmanager
    def lent(settings: Settings, processes: int = 1) -> Iterator[Reader]:
        limits = settings.file_megabytes, settings.file_seconds, settings.file_memory_megabytes
        kept = free[(*limits, settings.ocr, processes)]
        reader = kept.pop() if kept else real(settings, processes)
        try:
            yield reader
        finally:
            kept.append(reader)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(entries, "reader_for", lent)
        yield
    for reader in (reader for kept in free.values() for reader in kept):
        reader.close()


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip what needs Chromium where there is none; in CI, where there must be one, fail."""
    if not _needs_browser(item) or shutil.which("chromium"):
        return
    if os.environ.get("CI"):
        pytest.fail("Chromium is not installed, and CI is set: browser tests must run here")
    pytest.skip("Chromium is not installed; install it to run the browser tests")


def pytest_make_parametrize_id(val: object) -> str | None:
    """A test is called after the beginning of a long text; whole, the names would be 180 million characters."""
    if not isinstance(val, str | bytes) or len(val) <= NAME_CHARACTERS:
        return None
    begin = val[:NAME_CHARACTERS]
    text = begin if isinstance(begin, str) else begin.decode("latin-1")
    return f"{text.encode('unicode_escape').decode()}...{len(val)}"  # in ASCII, as all names are


def pytest_collection_finish() -> None:
    """Have the garbage collector pass over ten thousand tests and all that they import, which stay to the end."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(tryfirst=True)  # before xdist looks at the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep a file's tests together, and those over the sample corpus, which is served once.

    Last come those that need a browser, whose event loop stays; of these the large groups first, so that all processes
    end at about the same time.
    """
    groups = {item: _group(item) for item in items}
    sizes = Counter(groups.values())
    for item, group in groups.items():
        item.add_marker(pytest.mark.xdist_group(group))
    items.sort(key=lambda item: (1, -sizes[groups[item]], groups[item]) if _needs_browser(item) else (0, 0, ""))


def _needs_browser(item: pytest.Item) -> bool:
    return item.get_closest_marker("browser") is not None


def _group(item: pytest.Item) -> str:
    """What is run in one process: a file, files that name a group, or all that asks for the sample corpus in a browser.

    A test without one must not be in a group with them: its event loop could not begin beside theirs.
    """
    if named := item.get_closest_marker("xdist_group"):
        return str(named.args[0])
    over_sample = isinstance(item, pytest.Function) and "sample" in item.fixturenames and _needs_browser(item)
    return "sample" if over_sample else item.nodeid.split("::")[0]
