"""The command line: JSON with the keys that scripts rely on, and one line on standard error when something is wrong."""

import json
import logging
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.test_damaged_conversations import CHANGES, damage, fill

from yinju import __version__, logs
from yinju.cli import main
from yinju.cli.options import parser_of
from yinju.cli.parser import wrapped
from yinju.errors import GenerationError
from yinju.library import build_index, open_library
from yinju.messages import LANGUAGES, Language, say
from yinju.printing import columns, outcome_line
from yinju.reasons import Reason
from yinju.settings import Settings
from yinju.store.tuning import RECALL
from yinju.text import script_of
from yinju.types import FileOutcome, FileState, ModelFault

COMMANDS = ("index", "ask", "search", "tag", "chat", "documents", "blocks", "verify", "evaluate", "libraries", "users",
            "audit", "backup", "restore")  # fmt: skip
Run = Callable[..., tuple[str, str, int]]

ANSWER_KEYS = ["question", "answer", "refused", "verdict", "confidence", "mode", "citations", "seconds",
               "understood_as", "fault", "notice", "missing", "options", "hurried", "about", "statements",
               "unfinished"]  # fmt: skip
CITATION_KEYS = [
    "marker",
    "document",
    "title",
    "heading",
    "page",
    "start",
    "end",
    "quote",
    "passage",
    "sha256",
    "copies",
]
HIT_KEYS = ["rank", "score", "document", "heading", "page", "start", "end", "text"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two documents below corpus/ and an index of them, for commands that only read."""
    folder = tmp_path_factory.mktemp("cli")
    (folder / "corpus").mkdir()
    text = "# 高山茶\n\n高山茶種在海拔一千公尺以上的山坡。\n\n## 沖泡\n\n泡茶的水約九十五度。\n"
    (folder / "corpus" / "茶.md").write_text(text, "utf-8")
    (folder / "corpus" / "猫.txt").write_text("猫一天睡十四个小时。\n", "utf-8")
    for name in ("empty", "blank"):
        (folder / name).mkdir()
    (folder / "blank" / "空.txt").touch()
    build_index(folder / "corpus", folder / "index")
    return folder


@pytest.fixture
def run(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command in the folder as (standard output, standard error, exit status)."""

    def command(*arguments: str) -> tuple[str, str, int]:
        monkeypatch.chdir(folder)
        monkeypatch.setattr(sys, "argv", ["yinju", *arguments])
        status = 0
        try:
            main()
        except SystemExit as end:
            assert isinstance(end.code, int)
            status = end.code
        out, err = capsys.readouterr()
        return out, err, status

    return command


def objects(out: str) -> list[dict[str, Any]]:
    """One JSON object a line."""
    return [json.loads(line) for line in out.splitlines()]


def files_in(folder: Path) -> set[Path]:
    """What lies below a folder, but for a lock of tantivy within an index that is there."""
    return {path for path in folder.rglob("*") if not path.name.startswith(".tantivy")}


WRONG: list[tuple[list[str], str]] = [
    (["ask", "茶？", "--index", "none"], "none 裡沒有索引；請先建立：yinju index 資料夾 --index none"),
    (["search", "茶", "--index", "none"], "none 裡沒有索引"),
    (["documents", "--index", "none"], "none 裡沒有索引"),
    (["verify", "--index", "none/below"], "none/below 裡沒有索引"),
    (["verify", "--index", "corpus/猫.txt"], "corpus/猫.txt 是檔案，應為索引的資料夾"),
    (["tag", "茶.md", "飲料", "--index", "none"], "none 裡沒有索引"),
    (["chat", "--index", "none"], "none 裡沒有索引"),
    (["tag", "沒有.md", "飲料"], "索引裡沒有 沒有.md 這份文件；有哪些文件：yinju documents"),
    (["ask", ""], "請輸入問題"),
    (["ask", "？！"], "請輸入問題"),
    (["search", " "], "請輸入問題"),
    (["ask", "茶" * 2001], "2001 個字，上限是 2000 個字"),
    (["ask"], '沒有問題，或問題與問題檔都給了；應為其一：yinju ask "微商是什麼？"'),
    (["ask", "茶？", "--questions", "q.jsonl"], "沒有問題，或問題與問題檔都給了"),
    (["ask", "--questions", "none.jsonl"], "none.jsonl 讀不了（沒有這個檔案或資料夾），應為每行一個"),
    (["ask", "--questions", "corpus/猫.txt"], "第 1 行不是 JSON"),
    (["blocks", "none.txt"], "none.txt：檔案打不開（沒有這個檔案或資料夾）"),
    (["blocks", "blank/空.txt"], "空.txt：檔案是空的"),
    (["index", "none", "--index", "new"], "none 不是資料夾；請給放文件的資料夾：yinju index 資料夾"),
    (["index", "none", "--index", "new/below", "--rebuild"], "none 不是資料夾"),
    (["index", "empty", "--index", "new"], "empty 裡沒有檔案；請放進文件"),
    (["index", "blank", "--index", "new"], "blank 裡的 1 個檔案都沒有可收錄的文字（空.txt：檔案"),
    (["index", "corpus", "--index", "corpus/猫.txt"], "corpus/猫.txt 是檔案，應為索引的資料夾"),
    (["index", "--rollback", "--index", "none"], "none 裡沒有索引"),
    (["index", "--compact", "--index", "none"], "none 裡沒有索引"),
    (["index", "--tune", "--index", "none"], "none 裡沒有索引"),
    (["evaluate", "none.json"], "none.json 不能用（沒有這個檔案或資料夾）"),
    (["evaluate", "corpus/猫.txt"], "corpus/猫.txt 不能用（JSONDecodeError"),
]


@pytest.mark.parametrize(("arguments", "part"), WRONG)
def test_what_is_wrong_is_said_in_one_line_of_one_language_and_leaves_nothing_behind(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], part: str
) -> None:
    before = files_in(folder)
    told: dict[str, str] = {}
    for language in LANGUAGES:
        monkeypatch.setenv("YINJU_LANGUAGE", language)
        out, told[language], status = run(*arguments)
        assert (out, status) == ("", 1)
        assert told[language].startswith("yinju: ")
        assert told[language].count("\n") == 1 and told[language].endswith("\n")
    assert part in told["zh-Hant"]
    assert len({*told.values()}) == 3
    assert not re.search(r"[一-鿿]", re.sub("猫|空|茶|飲料|沒有", "", told["en"]))
    assert files_in(folder) == before


USAGE = [
    (["search", "茶", "--top-k", "0"], "--top-k：'0' 不能用，應為：1 到 1000 的整數"),
    (["search", "茶", "--top-k", "-1"], "--top-k：'-1' 不能用"),
    (["search", "茶", "--top-k", "1e9"], "--top-k：'1e9' 不能用"),
    (["search", "茶", "--top-k", "1001"], "--top-k：'1001' 不能用"),
    (["search", "茶", "--since", "昨天"], "--since：'昨天' 不能用，應為：日、月或年，例如 2026-11-30"),
    (["index", "--recall", "98"], "--recall：'98' 不能用，應為：0 到 1 的比例，例如 .98"),
    (["chat", "--port", "x"], "--port：'x' 不能用，應為：0 到 65535 的整數"),
    (["chat", "--port", "65536"], "--port：'65536' 不能用"),
    (["search"], "少了：問題；用法：yinju search --help"),
    (["blocks"], "少了：檔案"),
    (["evaluate"], "少了：檔案"),
    (["search", "茶", "--top-k"], "--top-k：後面少了值"),
    (["search", "茶", "--json=1"], "--json：不收值，卻有 '1'"),
    (["--version=1"], "--version：不收值，卻有 '1'"),
    (["index", "--re"], "--re 可以是 --rebuild, --recall, --report，請寫完整"),
    (["ask", "茶", "和水"], "多了：和水；有空格的要加引號"),
    (["search", "茶", "--topk", "3"], "沒有 --topk 這個選項，最接近的是：yinju search '茶' --top-k 3"),
    (["search", "茶", "--topk=3"], "最接近的是：yinju search '茶' --top-k=3"),
    (["search", "茶", "--zzz"], "沒有 --zzz 這個選項；用法：yinju search --help"),
    (["--index", "x"], "沒有 x 這個指令"),
    (["idnex", "corpus"], "沒有 idnex 這個指令，最接近的是：yinju index corpus；用法：yinju --help"),
    (["talk"], "沒有 talk 這個指令，應為其一：index、ask、search、tag、chat、documents、blocks、verify、evaluate"),
    ([], "沒有指令，應為其一：index、ask、"),
]


@pytest.mark.parametrize(("arguments", "part"), USAGE)
def test_a_wrong_call_is_told_with_its_usage_in_one_language(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], part: str
) -> None:
    before = files_in(folder)
    told: dict[str, str] = {}
    for language in LANGUAGES:
        monkeypatch.setenv("YINJU_LANGUAGE", language)
        out, told[language], status = run(*arguments)
        assert (out, status) == ("", 2)
    assert part in told["zh-Hant"].splitlines()[-1] and told["zh-Hant"].startswith("用法：yinju")
    assert told["en"].startswith("usage: yinju")
    assert not re.search(r"[一-鿿]", re.sub("茶|和水|昨天", "", told["en"]))
    for language in LANGUAGES[:2]:
        own = re.sub(r"-{1,2}[\w-]+|\.(png|jsonl?)|'[^']*'", "", told[language])
        assert {*re.findall("[A-Za-z]{2,}", own)} <= {"yinju", *COMMANDS, *arguments}
    assert files_in(folder) == before


def test_the_version_is_the_package_s(run: Run) -> None:
    assert run("--version") == (f"yinju {__version__}\n", "", 0)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("command", [[], *([name] for name in COMMANDS)])
def test_help_is_in_one_language(
    run: Run, monkeypatch: pytest.MonkeyPatch, language: Language, command: list[str]
) -> None:
    monkeypatch.setenv("YINJU_LANGUAGE", language)
    monkeypatch.setenv("COLUMNS", "80")
    out, err, status = run(*command, "--help")
    assert (err, status) == ("", 0)
    assert max(map(columns, out.split(say("usage.options", language), 1)[1].splitlines())) <= 80
    if language == "en":
        assert not re.search(r"[一-鿿]", out)
        return
    assert not re.search("usage|options|arguments|show|default|error|FILE|NAME", out)
    assert script_of(out) == ("hans" if language == "zh-Hans" else "hant")


def test_every_option_tells_its_default_which_is_that_of_the_settings_in_force() -> None:
    settings = Settings(top_k=7, port=8123, index="my%index", corpus="文件夾")
    for language in LANGUAGES:
        parser = parser_of(language, settings)
        assert [*parser.commands] == [*COMMANDS]
        for command in parser.commands.values():
            words = say("usage.default", language, about="", default="")[:4].strip("（ ")
            untold = [action.dest for action in command._actions if words not in str(action.help)]
            given = [a.dest for a in command._actions if a.required and a.nargs != "*"]
            assert untold == ["help", *given, *(["question"] if command.prog.endswith("ask") else [])]
    told = {name: " ".join(parser_of("en", settings).commands[name].format_help().split()) for name in COMMANDS}
    assert "how many passages (default: 7)" in told["search"]
    assert "free (default: 8123)" in told["chat"]
    assert "documents (default: 文件夾)" in told["index"] and "index (default: my%index)" in told["index"]
    assert f"such as .99 (default: {RECALL})" in told["index"] and "--json print JSON (default: off)" in told["ask"]
    read = parser_of("en", settings).commands["search"].parse_args(["茶"])
    assert (read.top_k, read.index) == (7, Path("my%index"))


def test_help_can_be_had_and_a_wrong_call_is_told_although_a_setting_cannot_be_used(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YINJU_TOP_K", "many")
    out, err, status = run("search", "--help")
    assert "找幾段（預設：5）" in out and (err, status) == ("", 0)
    assert run("serach", "茶")[2] == 2


@pytest.mark.parametrize(
    ("name", "value", "begins"),
    [("LANG", "zh_TW.UTF-8", "用法："), ("LANG", "zh_CN.UTF-8", "用法："), ("LANG", "C", "usage: ")],
)
def test_without_a_setting_the_locale_says_the_language(
    run: Run, monkeypatch: pytest.MonkeyPatch, name: str, value: str, begins: str
) -> None:
    monkeypatch.delenv("LC_MESSAGES")
    monkeypatch.setenv(name, value)
    assert run("--help")[0].startswith(begins)


def test_lines_are_broken_by_columns_and_no_mark_begins_one() -> None:
    assert wrapped("茶樹，生長。tea  grows high", 6) == ["茶樹，", "生長。", "tea", "grows", "high"]
    assert wrapped("茶（山）", 4) == ["茶", "（山）"]
    assert wrapped("", 5) == [""]


def test_an_interrupted_command_says_so(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("yinju.ingest.build.Collecting.collect", interrupt)
    out, err, status = run("index", "corpus", "--index", str(tmp_path / "new"))
    assert (out, status, err) == ("", 130, f"yinju: {say('interrupted', 'zh-Hant')}\n")
    assert [*tmp_path.iterdir()] == []


def test_what_is_logged_of_an_error_is_in_the_language_too(capsys: pytest.CaptureFixture[str]) -> None:
    error = GenerationError(ModelFault.SLOW, "llm.unused.malformed")
    for language in LANGUAGES:
        logs.begin(language)
        logging.getLogger("yinju.answering").warning("%s", error)
        assert capsys.readouterr().err == f"{error.said(language)}\n"


LINES = [
    ("{", "第 1 行不是 JSON"),
    ("[" * 100_000, "第 1 行不是 JSON"),
    ('{"question": "茶？"}\n{"question": "？"}', "第 2 行沒有問題"),
    ('{"question": "茶？", "history": [["a", null]]}', "第 1 行的 history 不能用"),
    ("3", "第 1 行沒有問題"),
    ('{"question": "茶？"}\n\n{"query": "茶？"}', "第 3 行沒有問題"),
    ('{"question": 3}', "第 1 行沒有問題"),
    ('{"question": "茶？", "history": ["茶"]}', "第 1 行的 history 不能用"),
    ('{"question": "茶？", "history": [["茶"]]}', "第 1 行的 history 不能用"),
    ('{"question": "茶？", "history": 3}', "第 1 行的 history 不能用"),
    ('{"question": "茶？", "scope": "茶.md"}', "第 1 行的 scope 不能用"),
    ('{"question": "茶？", "scope": {"onyl": ["茶.md"]}}', "第 1 行的 scope 不能用"),
    ('{"question": "茶？", "scope": {"since": "昨天"}}', "第 1 行的 scope 不能用"),
    ('{"question": "茶？", "scope": {"only": ["沒有.md"]}}', "沒有.md：沒有文件或資料夾叫這個名字"),
]


@pytest.mark.parametrize(("content", "part"), LINES)
def test_a_wrong_line_of_questions_is_named(run: Run, tmp_path: Path, content: str, part: str) -> None:
    (tmp_path / "q.jsonl").write_text(content, "utf-8")
    out, err, status = run("ask", "--questions", str(tmp_path / "q.jsonl"), "--json")
    assert (out, status, err.count("\n")) == ("", 1, 1)
    assert part in err and ("q.jsonl" in err or "--only" in err)


def test_a_wrong_setting_is_said_in_one_line(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YINJU_TOP_K", "many")
    out, err, status = run("search", "茶")
    assert (out, status, err.count("\n")) == ("", 1, 1)
    assert err.startswith("yinju: 環境變數 YINJU_TOP_K='many' 不能用，")


def test_a_page_that_would_be_open_to_others_is_not_served(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YINJU_HOST", "0.0.0.0")
    out, err, status = run("chat", "--port", "0")
    assert (out, status, err.count("\n")) == ("", 1, 1)
    assert err.startswith("yinju: YINJU_HOST='0.0.0.0' 不是本機，又沒有使用者：")
    assert "unset YINJU_HOST" in err and err.endswith("YINJU_PUBLIC=1 make chat\n")


def test_ask_prints_one_object(run: Run, folder: Path) -> None:
    out, err, status = run("ask", "貓一天睡幾個小時？", "--json")
    assert (err, status) == ("", 0)
    (answer,) = objects(out)
    assert list(answer) == ANSWER_KEYS
    assert answer["question"] == "貓一天睡幾個小時？"
    assert answer["mode"] == "extractive"
    assert 0 <= answer["confidence"] <= 1 and answer["seconds"] > 0
    assert answer["citations"][0]["document"] == "猫.txt"
    with open_library(folder / "index") as library:
        texts = {document.name: document.text for document in library.documents()}
    for marker, citation in enumerate(answer["citations"], start=1):
        assert list(citation) == CITATION_KEYS
        assert citation["marker"] == marker
        assert citation["quote"] == texts[citation["document"]][citation["start"] : citation["end"]]
        assert answer["refused"] or f"[{marker}]" in answer["answer"]


def test_a_file_of_questions_gives_one_object_a_line(run: Run, tmp_path: Path) -> None:
    asked: list[dict[str, Any]] = [
        {"question": "高山茶種在哪裡？"},
        {"question": "那水要幾度？", "history": [["怎麼泡高山茶？", "…"]]},
        {"question": "猫睡\u2028多久？", "history": None},
        {"question": "\ud800猫？"},
    ]
    raw = "\n".join(json.dumps(line, ensure_ascii="\ud800" in line["question"]) for line in asked)
    (tmp_path / "q.jsonl").write_text(raw, "utf-8")
    out, _, status = run("ask", "--questions", str(tmp_path / "q.jsonl"), "--json")
    lines = [json.loads(line) for line in out.rstrip("\n").split("\n")]
    assert status == 0
    assert [line["question"] for line in lines] == [line["question"] for line in asked]
    assert [line["citations"][0]["document"] for line in lines] == ["茶.md", "茶.md", "猫.txt", "猫.txt"]


def test_an_answer_for_people_names_its_sources(run: Run) -> None:
    out, _, status = run("ask", "高山茶種在哪裡？")
    assert status == 0
    assert "[1]" in out and "茶.md　高山茶" in out and "高山茶種在海拔一千公尺以上的山坡。" in out


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_nothing_answers_is_no_failure_and_is_said_in_the_asker_s_language(
    run: Run, monkeypatch: pytest.MonkeyPatch, language: Language
) -> None:
    monkeypatch.setenv("YINJU_REFUSE_BELOW", "1")
    monkeypatch.setenv("YINJU_LANGUAGE", language)
    asked: list[tuple[str, Language]] = [("股市為什麼大跌？", "zh-Hant"), ("为什么股市大跌了呢？", "zh-Hans")]
    for question, own in asked:
        out, err, status = run("ask", question)
        assert (err, status) == ("", 0)
        notice, _, nearest, *_ = out.split("\n")
        assert notice.startswith(say("nothing.missing", own, missing="…").split("…")[0])
        assert nearest[:6] == say("nearest", own, count=1)[:6]
        assert ".md" in out
        out, err, status = run("ask", question, "--json")
        (answer,) = objects(out)
        assert (err, status, answer["refused"], answer["verdict"]) == ("", 0, True, "nothing")


def test_a_search_that_finds_nothing_says_so(run: Run) -> None:
    assert run("search", "猫和茶", "--until", "1999") == ("", "沒有找到段落。\n", 0)


@pytest.mark.parametrize("command", [["ask", "茶？"], ["documents"], ["verify"], ["index", "corpus"]])
def test_an_unknown_language_is_said_in_one_line(run: Run, monkeypatch: pytest.MonkeyPatch, command: list[str]) -> None:
    monkeypatch.setenv("YINJU_LANGUAGE", "fr")
    _, err, status = run(*command)
    assert (status, err.count("\n")) == (1, 1)
    assert err.startswith("yinju: 環境變數 YINJU_LANGUAGE='fr' 不能用，應為")


def test_search_prints_one_object_a_hit(run: Run) -> None:
    hits = objects(run("search", "泡茶的水", "--top-k", "2", "--json")[0])
    assert [list(hit) for hit in hits] == [HIT_KEYS] * 2
    assert [hit["rank"] for hit in hits] == [1, 2]
    assert 1 >= hits[0]["score"] >= hits[1]["score"] >= 0
    assert (hits[0]["document"], hits[0]["heading"], hits[0]["page"]) == ("茶.md", "高山茶 › 沖泡", None)
    assert hits[0]["text"] == "泡茶的水約九十五度。"
    assert hits[0]["end"] - hits[0]["start"] == len(hits[0]["text"])
    assert run("search", "泡茶的水", "--top-k", "1")[0].startswith(f"1. {hits[0]['score']:.2f}  茶.md  高山茶 › 沖泡\n")


def test_documents_lists_every_document(run: Run) -> None:
    found = objects(run("documents", "--json")[0])
    assert [(d["name"], d["title"], d["format"], d["state"]) for d in found] == [
        ("猫.txt", "猫", "text", "indexed"), ("茶.md", "高山茶", "markdown", "indexed"),
    ]  # fmt: skip
    assert list(found[0]) == [
        "name",
        "title",
        "state",
        "format",
        "encoding",
        "pages",
        "characters",
        "sha256",
        "message",
        "tags",
    ]
    assert run("documents")[0].splitlines()[0] == "猫.txt  猫  text，11 字"


def test_verify(run: Run) -> None:
    (found,) = objects(run("verify", "--json")[0])
    assert found == {"generation": 1, "documents": 2, "passages": 3, "encoder": "yinju-static"}
    assert run("verify")[0] == "索引完好：第 1 代，2 份文件，3 段，向量模型 yinju-static\n"


def test_verify_names_the_chats_that_are_damaged_and_what_to_do(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "chats.sqlite"
    monkeypatch.setenv("YINJU_CONVERSATIONS", str(path))
    message = fill(path)[0]
    assert run("verify")[0].endswith("，6 段對話\n")
    damage(path, CHANGES["quote"](message))
    told = f"（對話 chat-0 答案 {message}）；請從備份還原：yinju restore 備份檔 --replace\n"
    assert run("verify") == ("", f"yinju: {path} 裡有 1 筆紀錄已損壞{told}", 1)


def test_index_reports_every_file(run: Run, corpus: Path, tmp_path: Path) -> None:
    (corpus / "空.txt").touch()
    out, err, status = run("index", str(corpus), "--index", str(tmp_path / "index"))
    assert (status, err) == (0, "")
    lines = out.splitlines()
    assert len(lines) == 5
    assert any(line.startswith("略過  空.txt  empty  檔案是空的") for line in lines)
    assert lines[-1].startswith("共 4 個檔案：已入庫 3，已入庫（有提醒） 0，略過 1，失敗 0；4 段，第 1 代，")
    (corpus / "猫狗.txt").unlink()
    out, _, _ = run("index", str(corpus), "--index", str(tmp_path / "index"), "--json")
    (report,) = objects(out)
    assert list(report) == ["generation", "outcomes", "removed", "seconds"]
    assert (report["generation"], report["removed"], len(report["outcomes"])) == (2, ["猫狗.txt"], 3)
    out, _, _ = run("index", str(corpus), "--index", str(tmp_path / "index"), "--rebuild")
    assert "第 3 代" in out and "未變動" not in out


def test_a_name_cannot_break_its_line() -> None:
    outcome = FileOutcome("a\nb\x1b[1m\udcff.txt", FileState.SKIPPED, (Reason("hidden"),))
    assert outcome_line(outcome) == "略過  a�b�[1m�.txt  hidden  隱藏檔案，未讀取。"


PROCESSES: list[tuple[list[str], int]] = [
    (["ask", "茶？", "--index", "none"], 1),
    (["verify", "--json", "--index", "index"], 0),
]


@pytest.mark.parametrize(("arguments", "status"), PROCESSES)
def test_a_process_of_its_own(folder: Path, arguments: list[str], status: int) -> None:
    command = [sys.executable, "-m", "yinju.cli", *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == status
    assert "Traceback" not in done.stderr
    assert [done.stdout.count("\n"), done.stderr.count("\n")] == ([0, 1] if status else [1, 0])


@pytest.mark.parametrize(
    ("options", "documents"),
    [
        (["--only", "茶.md"], {"茶.md"}), (["--only", "*.txt"], {"猫.txt"}), (["--format", "markdown"], {"茶.md"}),
        (["--only", "*.txt", "--only", "茶.md"], {"猫.txt", "茶.md"}), (["--until", "1999"], set()),
        (["--since", "2020-01"], {"猫.txt", "茶.md"}), (["--tag", "沒有"], set()),
    ],
)  # fmt: skip
def test_questions_to_some_documents_alone(run: Run, options: list[str], documents: set[str]) -> None:
    found = objects(run("search", "猫和茶", "--json", "--top-k", "9", *options)[0])
    assert {hit["document"] for hit in found} == documents


def test_each_question_of_a_file_may_have_a_scope(run: Run, tmp_path: Path) -> None:
    lines = [{"question": "猫和茶"}, {"question": "猫和茶", "scope": {"only": ["猫.txt"]}}]
    (tmp_path / "q.jsonl").write_text("\n".join(map(json.dumps, lines)), "utf-8")
    found = objects(run("ask", "--questions", str(tmp_path / "q.jsonl"), "--only", "茶.md", "--json")[0])
    cited = [{one["document"] for one in answer["citations"]} for answer in found]
    assert cited == [{"茶.md"}, {"猫.txt"}], "its own, else that of the command line"


def test_a_scope_of_nothing_there_is_told(run: Run) -> None:
    out, err, status = run("ask", "茶？", "--only", "沒有/")
    assert (out, status) == ("", 1)
    assert "--only 沒有/" in err and "yinju documents" in err


def test_tags_going_back_and_putting_together(run: Run, folder: Path, tmp_path: Path) -> None:
    corpus = shutil.copytree(folder / "corpus", tmp_path / "corpus")
    index = ["--index", str(tmp_path / "index")]
    run("index", str(corpus), *index)
    assert run("tag", "茶.md", "飲料", " ", "山", *index)[0].startswith("標籤記下了，這是第 2 代")
    assert run("documents", *index)[0].splitlines()[1].endswith("  #山  #飲料")
    assert {hit["document"] for hit in objects(run("search", "茶", "--tag", "飲料", "--json", *index)[0])} == {"茶.md"}
    both = run("search", "猫和茶", "--tag", "飲料", "--only", "猫.txt", "--json", *index)[0]
    assert {hit["document"] for hit in objects(both)} == {"茶.md", "猫.txt"}, "either is enough"
    assert run("tag", "沒有.md", "飲料", *index)[2] == 1
    (corpus / "新.txt").write_text("新茶上市。", "utf-8")
    run("index", str(corpus), *index)
    assert objects(run("documents", "--json", *index)[0])[2]["tags"] == ["山", "飲料"]
    assert objects(run("index", "--compact", "--json", *index)[0]) == [{"generation": 4}]
    assert objects(run("index", "--compact", "--json", *index)[0]) == [{"generation": None}]
    assert objects(run("index", "--rollback", "--json", *index)[0]) == [{"generation": 2}]
    assert len(objects(run("documents", "--json", *index)[0])) == 2
    assert run("index", "--rollback", *index)[2] == 1
    run("index", str(corpus), *index, "--rebuild")
    assert objects(run("documents", "--json", *index)[0])[2]["tags"] == ["山", "飲料"]
    live = (tmp_path / "index" / "CURRENT").read_text("utf-8").split()[0]
    (tmp_path / "index" / "generations" / f"{live:0>6}" / "manifest.json").write_text("{", "utf-8")
    run("index", str(corpus), *index, "--rebuild")
    assert objects(run("documents", "--json", *index)[0])[2]["tags"] == []


def test_an_index_is_tuned_where_it_is_large(
    run: Run, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = ["--index", str(tmp_path / "index")]
    run("index", str(folder / "corpus"), *index)
    told, _, status = run("index", "--tune", *index)
    assert status == 0 and "YINJU_EXACT_PASSAGES=50000" in told
    assert objects(run("index", "--tune", "--json", *index)[0]) == [{"trade": [], "tuned": None}]
    monkeypatch.setenv("YINJU_EXACT_PASSAGES", "1")
    run("index", str(folder / "corpus"), *index)
    assert objects(run("verify", "--json", *index)[0])[0]["effort"] == 25
    picture = tmp_path / "trade.png"
    lines = run("index", "--tune", "--recall", ".9", "--plot", str(picture), *index)[0].splitlines()
    assert lines[1] == "|---|---|---|" and lines[2].startswith("| 25 | 1.000 | ") and "90.0%" in lines[-1]
    assert picture.read_bytes().startswith(b"\x89PNG")
    (found,) = objects(run("verify", "--json", *index)[0])
    assert (found["effort"], found["recall"], found["passages"]) == (25, 1.0, 3)
    assert "98" in run("index", "--tune", "--recall", "98", *index)[1]
    monkeypatch.setenv("YINJU_STORE", "milvus")
    assert "YINJU_STORE=local" in run("index", "--tune", *index)[1]


def test_libraries_are_made_listed_asked_renamed_removed_and_brought_back(
    run: Run, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YINJU_LIBRARIES", str(tmp_path / "libraries"))
    assert run("libraries", "add", "咖啡")[2] == 0
    first, coffee = objects(run("libraries", "--json")[0])
    assert [(one["title"], one["documents"], one["chats"]) for one in (first, coffee)] == [
        ("我的文件", 2, 0), ("咖啡", 0, 0),
    ]  # fmt: skip
    assert (first["id"], coffee["folder"]) == ("", str(tmp_path / "libraries" / coffee["id"]))
    (tmp_path / "libraries" / coffee["id"] / "corpus" / "豆.txt").write_text("咖啡豆要現磨。", "utf-8")
    assert run("index", "--library", "咖啡")[2] == 0
    assert run("libraries")[0].splitlines()[1].startswith(f"咖啡  {coffee['id']}  1 份文件 · 0 個對話  /")
    assert "豆.txt" in run("documents", "--library", coffee["id"])[0] and "豆.txt" not in run("documents")[0]
    assert "現磨" in run("ask", "咖啡豆要怎樣？", "--library", "咖啡")[0]
    assert run("libraries", "rename", "咖啡", "咖啡館")[0].startswith("咖啡館  ")
    out, err, status = run("ask", "茶？", "--library", "咖啡店")
    assert (out, err.count("\n"), status) == ("", 1, 1) and "名稱接近的有：咖啡館" in err
    assert "不能另給 empty" in run("index", "empty", "--library", "咖啡館")[1]
    assert "已刪除「咖啡館」" in run("libraries", "remove", "咖啡館")[0]
    assert len(objects(run("libraries", "--json")[0])) == 1
    assert run("libraries", "restore", "咖啡館")[0].startswith(f"咖啡館  {coffee['id']}  1 份文件")
    assert [
        run(*wrong)[2] for wrong in (["libraries", "add"], ["libraries", "drop", "x"], ["libraries", "list", "x"])
    ] == [1] * 3
