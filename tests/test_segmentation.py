"""Words by jieba's dictionary, fast or not, and the user's own dictionary as the command line meets it."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from yinju.errors import SettingsError
from yinju.folding import fold
from yinju.ingest.build import open_store
from yinju.library import build_index
from yinju.segmentation import UserWord, _jieba, _make_whole, cut, cut_each, read_dictionary, regional_table
from yinju.text import _HAN_RUN, search_form, tokens

REPOSITORY = Path(__file__).parents[1]
PROSE = [
    *REPOSITORY.glob("corpus/*.md"),
    *REPOSITORY.glob("corpus/*.txt"),
    *REPOSITORY.glob("benchmarks/corpus/*.md"),
    *REPOSITORY.glob("*.md"),
]


@pytest.fixture(scope="module")
def runs() -> list[str]:
    """Every run of Han characters in the repository's prose, folded, and some that are hard to cut."""
    prose = "\n".join(path.read_text("utf-8", errors="ignore") for path in PROSE)
    hard = "南京市长江大桥 研究生命起源 乒乓球拍卖完了 结婚的和尚未结婚的 𠮷野家 \U00030000人 中华人民共和国 一 〇二"
    return _HAN_RUN.findall(fold(f"{prose}\n{hard}"))


def test_jieba_finds_the_same_words(runs: list[str]) -> None:
    jieba_cut, add_word = _jieba()
    table = regional_table()
    for word in table:
        _make_whole(word, jieba_cut, add_word)
    expected = [word for run in [*runs, *table] for word in jieba_cut(run)]
    assert len(expected) > 3_000
    assert cut([*runs, *table]) == expected


def test_runs_cut_together_or_alone_have_the_same_words(runs: list[str]) -> None:
    assert cut(runs) == [word for run in runs for word in cut([run])]


def test_every_regional_word_is_searched_as_one_other_and_no_word_as_two() -> None:
    table = regional_table()
    assert len(table) > 150
    assert not table.keys() & set(table.values())
    lines = (REPOSITORY / "src" / "yinju" / "regional.txt").read_text("utf-8").splitlines()
    listed = [fold(word) for line in lines if not line.startswith("#") for word in line.split() if word != "*"]
    assert len(listed) == len(set(listed)), "a word stands twice"
    assert set(listed) == table.keys() | set(table.values())
    assert [searched for searched in table.values() if search_form(searched) != searched] == []


@pytest.mark.parametrize("frame", ["{}", "我們的{}很好", "「{}」"])
def test_every_regional_word_has_the_tokens_of_the_other(frame: str) -> None:
    for word, searched in regional_table().items():
        found, expected = (tokens(frame.format(one)) for one in (word, searched))
        assert found == expected, word


def test_nothing_has_no_words() -> None:
    assert cut([]) == []


def test_a_dictionary_is_read_folded(tmp_path: Path) -> None:
    file = tmp_path / "words.txt"
    file.write_text("\ufeff青禾茶行\n\n拾光記帳 100 nz\nＧＰＴ-4o n\n陳 9\n", "utf-8")
    assert read_dictionary(file) == [
        UserWord("青禾茶行", None, "n"), UserWord("拾光记帐", 100, "nz"), UserWord("gpt-4o", None, "n"),
        UserWord("陈", 9, "n"),
    ]  # fmt: skip


BROKEN = [
    (b"\xe9\x9d\x92 1 n\n\xe8\x8c\xb6 -3 n\n", "line 2 is '茶 -3 n'; expected `word [frequency] [tag]`"),
    ("青禾 茶行".encode(), "line 1 is '青禾 茶行'"),
    ("茶\n！！ 3".encode(), "line 2 is '！！ 3'"),
    ("青禾茶行".encode("gbk"), "is no UTF-8 (byte 0); save it as UTF-8"),
    (b"\n \n", "holds no word; expected lines of `word [frequency] [tag]`"),
]


@pytest.mark.parametrize(("content", "message"), BROKEN)
def test_a_broken_dictionary_is_named_with_the_remedy(tmp_path: Path, content: bytes, message: str) -> None:
    (tmp_path / "words.txt").write_bytes(content)
    with pytest.raises(SettingsError) as caught:
        read_dictionary(tmp_path / "words.txt")
    assert f"YINJU_DICTIONARY={tmp_path / 'words.txt'} {message}" in str(caught.value)
    assert str(caught.value).endswith("unset YINJU_DICTIONARY")


COMMANDS = """
import io, json, sys
from contextlib import redirect_stderr, redirect_stdout
from yinju.cli import main
done = []
for arguments in json.loads(sys.argv[1]):
    sys.argv, status = ["yinju", *arguments], 0
    with redirect_stdout(io.StringIO()) as out, redirect_stderr(io.StringIO()) as err:
        try:
            main()
        except SystemExit as end:
            status = end.code
    done.append((out.getvalue(), err.getvalue(), status))
print(json.dumps(done))
"""
"""Commands, one after the other in one process: the dictionary of a process is read once."""


def yinju(folder: Path, *commands: list[str], dictionary: str = "") -> list[tuple[str, str, int]]:
    """Commands in a folder, in a process of their own, each as (standard output, standard error, exit status)."""
    environment = os.environ | {"YINJU_DICTIONARY": dictionary}
    program = [sys.executable, "-c", COMMANDS, json.dumps(commands)]
    done = subprocess.run(program, cwd=folder, env=environment, capture_output=True, text=True, check=True)
    assert done.stderr == ""
    return [(out, err, status) for out, err, status in json.loads(done.stdout)]


WHOLE = {"青禾阿嬷", "matcha-x拿铁", "营销大师班"}


def held_words(folder: Path) -> set[str]:
    """Which names stand as words in the passages of the live publication."""
    generation = open_store(folder / "index").open()
    return {word for word in {*WHOLE, "青禾"} if generation.keywords.frequency_in("words", word)}


def test_a_missing_dictionary_stops_every_command(corpus: Path) -> None:
    done = yinju(corpus.parent, ["index", "corpus"], ["index", "corpus", "--rebuild"], dictionary="none.txt")
    assert len(done) == 2
    for out, err, status in done:
        assert (out, status) == ("", 1)
        assert err.startswith("yinju: YINJU_DICTIONARY=none.txt 讀不了（沒有這個檔案或資料夾），應為")
        assert err.endswith("unset YINJU_DICTIONARY\n")


def test_words_of_the_dictionary_stay_whole_and_another_dictionary_is_another_index(corpus: Path) -> None:
    """One test, because every dictionary is a process: build, ask, change the dictionary, be refused, build, ask."""
    folder = corpus.parent
    (corpus / "店.txt").write_text("拾光記帳的青禾阿嬤賣 Matcha-X拿鐵，行銷大師班每週五開課。\n", "utf-8")
    names = folder / "names.txt"
    names.write_text("青禾阿嬷\nmatcha-x拿铁 5 nz\n行銷大師班\n", "utf-8")
    build = ["index", "corpus"]

    build_index(corpus, folder / "index")
    assert not held_words(folder) & WHOLE
    questions = ("青禾阿嬷卖什么？", "青禾阿嬤賣什麼？", "ＭＡＴＣＨＡ-Ｘ拿鐵是誰賣的？", "营销大师班何时开课？")
    searches = [["search", question, "--json", "--top-k", "1"] for question in questions]
    refused, built, *found, again = yinju(
        folder, ["ask", "青禾阿嬤？"], build, *searches, build, dictionary="names.txt"
    )
    assert (refused[0], refused[2]) == ("", 1)
    assert re.fullmatch(
        r"yinju: 建立索引時用的是另一份自訂詞典（當時 沒有，現在 [0-9a-f]{16}）；請把 YINJU_DICTIONARY 設回去，"
        "或讓索引跟上：yinju index 資料夾 --index index\n",
        refused[1],
    )
    assert built[2] == 0
    assert held_words(folder) >= WHOLE
    for question, (out, err, _) in zip(questions, found, strict=True):
        assert '"document": "店.txt"' in out, (question, out, err)
    assert "未變動" in again[0]

    names.write_text("青禾\n", "utf-8")
    refused, built = yinju(folder, ["search", "青禾"], build, dictionary="names.txt")
    assert "另一份自訂詞典" in refused[1]
    assert "未變動" not in built[0]
    assert "青禾" in held_words(folder)
    ((_, err, _),) = yinju(folder, ["verify"])
    assert "現在 沒有" in err


FIRST_USE = """
from concurrent.futures import ThreadPoolExecutor
from yinju.segmentation import cut, tag_of
with ThreadPoolExecutor(8) as threads:
    assert len({tuple(words) for words in threads.map(lambda n: cut(["市場營銷和微信行銷"]), range(8))}) == 1
    assert [*threads.map(tag_of, ["市场"] * 8)] == ["n"] * 8
"""


def test_threads_may_all_be_the_first_to_use_it() -> None:
    subprocess.run([sys.executable, "-c", FIRST_USE], check=True)


def test_runs_cut_together_are_cut_as_each_alone() -> None:
    runs = ["研究生命起源", "市容場調查", "茶", "行銷計程車"]
    assert cut_each(runs) == [cut([run]) for run in runs]
    assert cut_each([]) == []
