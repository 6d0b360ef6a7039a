"""Settings: where they are set and what goes before what, and how each that cannot be used is told."""

import json
import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from docs.make_settings import page
from pydantic import SecretStr, ValidationError

from yinju.configuration import limits_of, origin_of, page_file
from yinju.errors import SettingsError
from yinju.messages import LANGUAGES
from yinju.settings import Settings, cache_folder, load_settings, spoken_language

KEY = "sk-do-not-tell-2718281828"
NUMBERS = [name for name, field in Settings.model_fields.items() if type(field.default) in (int, float)]
ROOT = Path(__file__).parents[1]

Set = Callable[..., None]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working folder, and no variable that says anything."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("yinju.configuration.ENV_FILE", ".env")
    for name in [name for name in os.environ if name.startswith("YINJU_")]:
        monkeypatch.delenv(name)
    return tmp_path


@pytest.fixture
def variables(monkeypatch: pytest.MonkeyPatch) -> Set:
    """Sets variables by the names of their settings."""

    def set_all(**values: str) -> None:
        for name, value in values.items():
            monkeypatch.setenv(f"YINJU_{name.upper()}", value)

    return set_all


def complaint(**given: object) -> str:
    """What is said when the settings are read."""
    with pytest.raises(SettingsError) as caught:
        Settings(**given)  # type: ignore[arg-type]
    said = caught.value.said(spoken_language())
    assert "\n" not in said
    return said


# Where settings are set


def test_nothing_set_gives_the_defaults() -> None:
    assert load_settings() == Settings()
    assert {name: field.default for name, field in Settings.model_fields.items()} == dict(Settings())


def test_what_goes_before_what(folder: Path, variables: Set) -> None:
    (folder / "yinju.toml").write_text("top_k = 2\ncandidates = 22\nport = 2222\nrerank_candidates = 222\n")
    (folder / ".env").write_text("YINJU_TOP_K=3\nYINJU_CANDIDATES=33\nYINJU_PORT=3333\n")
    variables(top_k="4", candidates="44")
    found = Settings(top_k=5)
    assert (found.top_k, found.candidates, found.port, found.rerank_candidates) == (5, 44, 3333, 222)
    assert found.passage_characters == 400


def test_the_page_goes_between_the_environment_and_the_files(folder: Path, variables: Set) -> None:
    (folder / "yinju.toml").write_text(
        'ocr = true\nrefuse_below = 0.1\nllm_model = "甲"\nllm_api_key = "k"\nindex = "here"\n'
    )
    (folder / ".env").write_text("YINJU_REFUSE_BELOW=0.2\nYINJU_OCR=1\n")
    variables(encoder="yinju")
    chosen = {"ocr": False, "refuse_below": 0.3, "encoder": "auto", "llm_model": "乙", "port": 9, "unknown": 1}
    page_file(folder / "here").parent.mkdir()
    page_file(folder / "here").write_text(json.dumps(chosen), "utf-8")
    found = Settings()
    assert (found.ocr, found.refuse_below, found.llm_model, found.encoder) == (False, 0.3, "乙", "yinju")
    assert (found.port, found.llm_api_key.get_secret_value()) == (7860, "k")
    assert Settings(index="elsewhere").refuse_below == load_settings(folder / "elsewhere").refuse_below == 0.2
    origins = ["variable", "page", "toml", "default", "env_file"]
    names = ["encoder", "ocr", "llm_api_key", "llm_base_url", "refuse_below"]
    assert [origin_of(Settings, name, {}) for name in names[:4]] == origins[:4]
    assert origin_of(Settings, names[4], {"index": "elsewhere"}) == origins[4]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("kept", "told"),
    [("{", "JSON"), ("[]", "JSON"), ('{"refuse_below": "?"}', "YINJU_REFUSE_BELOW='?'"), ('{"refuse_below": 2}', "=2")],
)
def test_a_choice_that_cannot_be_used_is_told(
    folder: Path, variables: Set, kept: str, told: str, language: str
) -> None:
    variables(language=language)
    file = page_file("index")
    file.parent.mkdir()
    file.write_text(kept)
    assert told in complaint() and complaint().endswith(f"rm {file}")


def test_another_language_model_and_none(folder: Path) -> None:
    other = Settings(top_k=3).with_model("http://127.0.0.1:1/v1", "甲", KEY)
    assert (other.top_k, other.llm_base_url, other.llm_model) == (3, "http://127.0.0.1:1/v1", "甲")
    assert other.llm_api_key.get_secret_value() == KEY and KEY not in repr(other)
    assert not other.with_model("").llm_api_key.get_secret_value()


def test_values_are_of_the_settings_types(folder: Path, variables: Set) -> None:
    (folder / "yinju.toml").write_text('refuse_below = 1\nreread = false\nencoder = "甲/乙"\nllm_answer_seconds = 9.5')
    variables(top_k=" 7 ", llm_api_key=KEY)
    assert Settings() == Settings(
        top_k=7, refuse_below=1.0, reread=False, encoder="甲/乙", llm_answer_seconds=9.5, llm_api_key=SecretStr(KEY)
    )
    assert type(Settings().refuse_below) is float


@pytest.mark.parametrize(("value", "on"), [("1", True), ("0", False), ("Yes", True), (" off ", False), ("TRUE", True)])
def test_a_switch_is_on_or_off(variables: Set, value: str, on: bool) -> None:
    variables(read_only=value)
    assert Settings().read_only is on


def test_an_empty_variable_is_as_good_as_none_where_no_text_is_wanted(folder: Path, variables: Set) -> None:
    (folder / ".env").write_text("YINJU_PORT=\nYINJU_OCR=0\n")
    (folder / "yinju.toml").write_text('port = 8123\nhost = "10.0.0.1"\nllm_api_key = "k"\n')
    variables(port=" ", ocr="", host="", llm_api_key="")
    found = Settings()
    assert (found.port, found.ocr, found.host, found.llm_api_key.get_secret_value()) == (8123, False, "", "")


def test_other_variables_are_left_alone(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / ".env").write_text("TOP_K=9\nDATABASE=x\nYINJU_UNKNOWN=x\n")
    monkeypatch.setenv("YINJU_SCREENSHOTS", "x")
    assert Settings() == Settings(top_k=5)


@pytest.mark.parametrize("by", ["variable", ".env"])
def test_a_variable_names_another_file(folder: Path, variables: Set, by: str) -> None:
    (folder / "yinju.toml").write_text("top_k = 2")
    (folder / "other.toml").write_bytes("\ufeff# 以記事本存的\r\ntop_k = 3\r\n".encode())
    if by == "variable":
        variables(config="other.toml")
    else:
        (folder / ".env").write_text("YINJU_CONFIG=other.toml")
    assert Settings().top_k == 3


def test_a_folder_called_env_is_no_file_of_settings(folder: Path) -> None:
    (folder / ".env").mkdir()
    assert Settings().top_k == 5


def test_settings_do_not_change_and_can_be_copied() -> None:
    with pytest.raises(ValidationError):
        Settings().top_k = 3
    assert Settings().model_copy(update={"top_k": 3}).top_k == 3
    assert pickle.loads(pickle.dumps(Settings(top_k=3))) == Settings(top_k=3)


# What cannot be used

VARIABLE = {
    "zh-Hant": "環境變數 YINJU_TOP_K='many' 不能用，應為：1 到 1000 的整數；請改正，例如 export YINJU_TOP_K=5，"
    "或不設：unset YINJU_TOP_K",
    "zh-Hans": "环境变量 YINJU_TOP_K='many' 不能用，应为：1 到 1000 的整数；请改正，例如 export YINJU_TOP_K=5，"
    "或不设：unset YINJU_TOP_K",
    "en": "the environment variable YINJU_TOP_K='many' cannot be used, expected a whole number from 1 to 1000; set it "
    "right, such as export YINJU_TOP_K=5, or unset it: unset YINJU_TOP_K",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_wrong_variable_is_told_whole(variables: Set, language: str) -> None:
    variables(top_k="many", language=language)
    assert complaint() == VARIABLE[language]


PLACES = {
    ("variable", "zh-Hant"): ("環境變數 YINJU_OCR='ja' 不能用，應為：1（開）", "unset YINJU_OCR"),
    ("variable", "zh-Hans"): ("环境变量 YINJU_OCR='ja' 不能用，应为：1（开）", "unset YINJU_OCR"),
    ("variable", "en"): ("YINJU_OCR='ja' cannot be used, expected 1 (on)", "unset YINJU_OCR"),
    (".env", "zh-Hant"): (".env 裡的 YINJU_OCR='ja'", "改成 YINJU_OCR=1 之類，或刪去那一行：grep -n YINJU_OCR .env"),
    (".env", "zh-Hans"): (".env 里的 YINJU_OCR='ja'", "改成 YINJU_OCR=1 之类，或删去那一行：grep -n YINJU_OCR .env"),
    (".env", "en"): ("YINJU_OCR='ja' in .env cannot be used", "grep -n YINJU_OCR .env"),
    ("yinju.toml", "zh-Hant"): ("yinju.toml 裡的 ocr = 'ja' 不能用", "改成 ocr = true 之類，或刪去那一行：grep -n ocr"),
    ("yinju.toml", "zh-Hans"): ("yinju.toml 里的 ocr = 'ja' 不能用", "改成 ocr = true 之类，或删去那一行：grep -n ocr"),
    ("yinju.toml", "en"): ("ocr = 'ja' in yinju.toml cannot be used, expected 1 (on)", "grep -n ocr yinju.toml"),
    ("Python", "zh-Hant"): ("Settings(ocr=…) 的 'ja' 不能用，應為：1（開）", "例如 Settings(ocr=True)"),
    ("Python", "zh-Hans"): ("Settings(ocr=…) 的 'ja' 不能用，应为：1（开）", "例如 Settings(ocr=True)"),
    ("Python", "en"): ("'ja' of Settings(ocr=…) cannot be used", "such as Settings(ocr=True)"),
}  # fmt: skip


@pytest.mark.parametrize(("place", "language"), PLACES)
def test_it_is_told_where_a_wrong_value_stands(folder: Path, variables: Set, place: str, language: str) -> None:
    variables(language=language)
    (folder / ".env").write_text("YINJU_OCR=ja" if place == ".env" else "")
    (folder / "yinju.toml").write_text('ocr = "ja"' if place == "yinju.toml" else "ocr = true")
    if place == "variable":
        variables(ocr="ja")
    said = complaint(**{"ocr": "ja"} if place == "Python" else {})
    assert [part in said for part in PLACES[place, language]] == [True, True], said


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("candidates", "1.5", "a whole number from 1 to 1000"),
        ("port", "65536", "a whole number from 1 to 65535"),
        ("port", "9" * 30, "a whole number from 1 to 65535"),
        ("refuse_below", "nan", "a number from 0 to 1"),
        ("refuse_below", "?", "a number from 0 to 1"),
        ("read_only", "2", "1 (on) or 0 (off)"),
        ("language", "fr", "zh-Hant, zh-Hans, en 之一"),
    ],
)
def test_what_is_expected(variables: Set, name: str, value: str, expected: str) -> None:
    variables(**{"language": "en", name: value})
    said = complaint()
    assert f"YINJU_{name.upper()}='{value}'" in said and expected in said and f"unset YINJU_{name.upper()}" in said


def test_text_is_expected_in_a_file(folder: Path) -> None:
    (folder / "yinju.toml").write_text('language = "en"\nencoder = 3')
    assert 'encoder = 3 in yinju.toml cannot be used, expected text in quotes; make it encoder = "auto"' in complaint()


@pytest.mark.parametrize("name", NUMBERS)
def test_every_number_has_its_limits(name: str) -> None:
    least, most = limits_of(Settings.model_fields[name])
    assert least <= Settings.model_fields[name].default <= most
    for inside, outside in ((least, least - 1), (most, most + 1)):
        assert getattr(Settings(**{name: inside}), name) == inside  # type: ignore[arg-type]
        assert f"Settings({name}=…) 的 {outside}" in complaint(**{name: outside})


UNKNOWN = {
    "zh-Hant": "yinju.toml 裡的 topk 不是設定，最接近的是 top_k；請改成它，或刪去那一行；所有的設定見 docs/settings.md",
    "zh-Hans": "yinju.toml 里的 topk 不是设置，最接近的是 top_k；请改成它，或删去那一行；所有的设置见 docs/settings.md",
    "en": "topk in yinju.toml is no setting, the nearest is top_k; make it that, or delete the line; all settings are "
    "in docs/settings.md",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_unknown_key_is_told_with_the_nearest(folder: Path, language: str) -> None:
    (folder / "yinju.toml").write_text(f'topk = 3\nlanguage = "{language}"')
    assert complaint() == UNKNOWN[language]


@pytest.mark.parametrize(
    ("line", "name", "nearest"),
    [
        ('llm_apikey = "{KEY}"', "llm_apikey", "llm_api_key"),
        ('[llm]\nbase_url = "{KEY}"', "llm.base_url", "llm_base_url"),
        ("YINJU_PORT = 3", "YINJU_PORT", "port"),
        ('"列印" = 3', "列印", ""),
    ],
)
def test_what_is_nearest(folder: Path, line: str, name: str, nearest: str) -> None:
    (folder / "yinju.toml").write_text(line.replace("{KEY}", KEY), "utf-8")
    said = complaint()
    assert f"yinju.toml 裡的 {name} 不是設定，最接近的是 {nearest}" in said and KEY not in said


def test_an_unknown_argument_is_told_with_the_nearest() -> None:
    assert complaint(topk=3).startswith("Settings(topk=…) 不是設定，最接近的是 top_k；")


BROKEN = {
    "zh-Hant": "yinju.toml 第 2 行不是 TOML，應為「名稱 = 值」，文字要加引號，例如 encoder = \"BAAI/bge-m3\"；"
    "看那一行：sed -n 2p yinju.toml",
    "zh-Hans": "yinju.toml 第 2 行不是 TOML，应为“名称 = 值”，文字要加引号，例如 encoder = \"BAAI/bge-m3\"；"
    "看那一行：sed -n 2p yinju.toml",
    "en": "yinju.toml line 2 is no TOML, expected NAME = VALUE with text in quotes, such as encoder = \"BAAI/bge-m3\"; "
    "see it: sed -n 2p yinju.toml",
}  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("broken", ["encoder = BAAI/bge-m3", "top_k", "top_k = [", 'encoder = "a'])
def test_the_line_of_a_broken_file_is_told(folder: Path, variables: Set, language: str, broken: str) -> None:
    variables(language=language)
    (folder / "yinju.toml").write_text(f"# mine\n{broken}", "utf-8")
    assert complaint() == BROKEN[language]


@pytest.mark.parametrize(("language", "said"), [
    ("zh-Hant", "不是 UTF-8（第 10 個位元組）"), ("zh-Hans", "不是 UTF-8（第 10 个字节）"),
    ("en", "is no UTF-8 (byte 10)"),
])  # fmt: skip
@pytest.mark.parametrize("file", [".env", "yinju.toml"])
def test_a_file_in_another_encoding_is_told(folder: Path, variables: Set, file: str, language: str, said: str) -> None:
    variables(language=language)
    (folder / file).write_bytes('corpus = "文件"'.encode("big5"))
    assert complaint().startswith(f"{file} {said}")


@pytest.mark.parametrize(("language", "said"), [
    ("zh-Hant", "YINJU_CONFIG=none.toml 不是檔案"), ("zh-Hans", "YINJU_CONFIG=none.toml 不是文件"),
    ("en", "YINJU_CONFIG=none.toml is no file"),
])  # fmt: skip
def test_a_file_that_is_named_must_be_there(variables: Set, language: str, said: str) -> None:
    variables(config="none.toml", language=language)
    assert complaint().startswith(said) and complaint().endswith("unset YINJU_CONFIG")


@pytest.mark.parametrize(("language", "said"), [
    ("zh-Hant", "讀不了（沒有權限）"), ("zh-Hans", "读不了（没有权限）"),
    ("en", "cannot be read (Permission denied)"),
])  # fmt: skip
@pytest.mark.parametrize("file", [".env", "yinju.toml"])
def test_a_file_that_cannot_be_read_is_told(
    folder: Path, variables: Set, monkeypatch: pytest.MonkeyPatch, file: str, language: str, said: str
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    (folder / file).touch()
    variables(language=language)
    monkeypatch.setattr("yinju.configuration.tomllib.loads" if file == "yinju.toml" else "dotenv.main.open", refuse,
                        raising=False)  # fmt: skip
    assert complaint() == f"{file} {said}" + complaint().partition(said)[2] and f"chmod u+rX {file}" in complaint()


@pytest.mark.parametrize(
    ("variables", "language"),
    [
        ({"LANG": "zh_TW.UTF-8"}, "zh-Hant"),
        ({"LANG": "zh_HK.utf8"}, "zh-Hant"),
        ({"LANG": "zh_Hant_MO"}, "zh-Hant"),
        ({"LANG": "zh_CN.GB18030"}, "zh-Hans"),
        ({"LANG": "zh_SG.UTF-8"}, "zh-Hans"),
        ({"LANG": "zh"}, "zh-Hans"),
        ({"LANG": "C"}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "zha_CN"}, "en"),
        ({}, "en"),
        ({"LANG": "zh_CN", "LC_MESSAGES": "zh_TW"}, "zh-Hant"),
        ({"LANG": "zh_CN", "LC_MESSAGES": "zh_CN", "LC_ALL": "POSIX"}, "en"),
        ({"LANG": "zh_TW", "LC_ALL": ""}, "zh-Hant"),
        ({"LANG": "zh_TW", "YINJU_LANGUAGE": "zh-Hans"}, "zh-Hans"),
        ({"LANG": "zh_TW", "YINJU_LANGUAGE": ""}, "zh-Hant"),
        ({"LANG": "zh_TW", "YINJU_LANGUAGE": "fr"}, "zh-Hant"),
        ({"LANG": "zh_TW", "YINJU_LANGUAGE": "en", "YINJU_CONFIG": "none.toml"}, "en"),
    ],
)
def test_the_terminal_is_spoken_to_in_the_language_that_is_set_else_in_that_of_the_locale(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], language: str
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert spoken_language() == language


@pytest.mark.parametrize("file", [".env", "yinju.toml"])
def test_a_file_names_the_language_too(folder: Path, file: str) -> None:
    (folder / file).write_text("YINJU_LANGUAGE=en" if file == ".env" else 'language = "en"\ntop_k = "many"')
    assert spoken_language() == "en"


def test_the_key_is_in_no_text(folder: Path, variables: Set) -> None:
    (folder / "yinju.toml").write_text("llm_api_key = 2718281828")
    assert "llm_api_key = *** 不能用" in complaint() and "2718281828" not in complaint()
    variables(llm_api_key=KEY, llm_base_url=f"http://me:{KEY}@host/v1", top_k="many")
    assert KEY not in complaint()
    found = Settings(top_k=3)
    assert KEY not in repr(found) + str(found) and found.llm_api_key.get_secret_value() == KEY


# Where settings are read


def test_help_loads_no_library_and_files_are_read_without_settings(folder: Path) -> None:
    (folder / "茶.txt").write_text("高山茶種在海拔一千公尺以上的山坡。", "utf-8")
    help_ = "import sys\nfrom yinju.cli import main\ntry:\n    main()\nexcept SystemExit:\n    "
    help_ += "print({'numpy', 'yinju.library', 'gradio', 'opencc'} & set(sys.modules))"
    read = (
        "import sys\nfrom yinju.reading.worker import answer\n"
        "assert b'document' in answer({'path': '茶.txt', 'name': '茶.txt', 'max_bytes': 999})[0]\n"
        "print({'pydantic', 'pydantic_settings', 'yinju.settings', 'numpy'} & set(sys.modules))"
    )
    for program, arguments in ((help_, ["--help"]), (read, [])):
        command = [sys.executable, "-c", program, *arguments]
        done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
        assert done.stdout.endswith("set()\n")


def test_the_page_of_settings_is_made_from_them() -> None:
    written = (ROOT / "docs" / "settings.md").read_text("utf-8")
    assert written == page(), "docs/settings.md is not as the settings are; make it anew: make docs-settings"


def test_the_cache_folder_is_made_for_its_owner_alone(folder: Path, variables: Set) -> None:
    variables(cache=str(folder / "a" / "b"))
    assert cache_folder() == folder / "a" / "b"
    assert (folder / "a" / "b").stat().st_mode & 0o777 == 0o700


def test_without_a_setting_the_cache_lies_in_the_users(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder))
    assert cache_folder() == folder / "yinju"


def test_no_cache_folder_where_none_can_be_made(folder: Path, variables: Set) -> None:
    (folder / "file").touch()
    variables(cache=str(folder / "file" / "below"))
    assert cache_folder() is None
