"""The catalogue: every key is said in three languages with the same {names}, is in one room, and is used."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from jinja2 import nodes

from yinju.messages import LANGUAGES, say
from yinju.messages.catalogue import ROOMS, SENTENCES
from yinju.reasons import editing, reading
from yinju.text import convert, script_of
from yinju.web.rendering import TEMPLATES

SOURCE = Path(__file__).parents[1] / "src" / "yinju"
REGIONS = """
    檔案/文件 檔名/文件名 資料夾/文件夹 資訊/信息 設定/设置 預設/默认 軟體/软件 硬體/硬件 程式/程序 搜尋/搜索 螢幕/屏幕
    滑鼠/鼠标 網路/网络 連線/连接 伺服器/服务器 資料庫/数据库 資料/数据 位元組/字节 字元/字符 二進位/二进制 位址/地址
    儲存/保存 匯出/导出 匯入/导入 列印/打印 使用者/用户 登入/登录 記憶體/内存 裝置/设备 磁碟/磁盘 視窗/窗口 選單/菜单
    快速鍵/快捷键 進階/高级 影片/视频 音訊/音频 支援/支持 回應/响应 紀錄/记录 唯讀/只读 傳送/发送 辨識/识别
    試算表/电子表格 純文字/纯文本 壓縮檔/压缩文件 金鑰/密钥 載入/加载 略過/跳过 機率/概率 語意/语义 檢視/查看
    變數/变量 管線/管道 通訊端/套接字 反斜線/反斜杠 捲到/滚动到
""".split()
"""What Taiwan and the mainland call the same thing, each in its script."""


def names(sentence: str) -> set[str]:
    """What is filled in."""
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


def test_a_key_says_the_same_in_three_languages() -> None:
    for key, said in SENTENCES.items():
        assert len(said) == len(LANGUAGES), key
        assert all(sentence.strip() for sentence in said), key
        assert names(said[0]) == names(said[1]) == names(said[2]), key


def test_each_language_is_in_its_own_script() -> None:
    for key, (traditional, simplified, english) in SENTENCES.items():
        assert convert(simplified, "hans") == simplified, key
        assert script_of(traditional) in ("hant", None), key
        assert not any("一" <= character <= "鿿" for character in english), key


SAID = [
    *SENTENCES.items(), *reading.SENTENCES.items(), *editing.SENTENCES.items(), *reading.KINDS.items(),
]  # fmt: skip
"""Reasons as well, which are in a catalogue of their own."""


@pytest.mark.parametrize("pair", REGIONS)
def test_each_language_uses_the_word_of_its_own_region(pair: str) -> None:
    taiwan, mainland = pair.split("/")
    foreign, written = convert(mainland, "hant"), convert(taiwan, "hans")
    for key, (traditional, simplified, _) in SAID:
        assert foreign in (taiwan, "文件") or foreign not in traditional, key  # in Taiwan 文件 is a document
        assert written == mainland or written not in simplified, key


def test_a_document_and_a_file_are_two_words_in_every_language() -> None:
    for key, (traditional, simplified, _) in SAID:
        assert traditional.count("文件") == simplified.count("文档"), key
        assert traditional.count("檔案") + traditional.count("檔名") <= simplified.count("文件"), key


def test_no_key_is_in_two_rooms() -> None:
    counted = Counter(key for room in ROOMS for key in room.SENTENCES)
    assert [key for key, count in counted.items() if count > 1] == []


def keys_in(tree: ast.AST) -> Iterator[str]:
    """The texts of a module as patterns of keys: what an f-string fills in may be any word."""
    inside = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in inside:
            yield re.escape(node.value)
        if isinstance(node, ast.JoinedStr):
            parts = (re.escape(str(p.value)) if isinstance(p, ast.Constant) else r"\w+" for p in node.values)
            yield "".join(parts)


def keys_in_template(tree: nodes.Template) -> Iterator[str]:
    """The keys that a template says as patterns: what it puts together with other things may be any word."""
    for call in tree.find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name == "say" and not isinstance(call.args[0], nodes.Name):
            parts = call.args[0].nodes if isinstance(call.args[0], nodes.Concat) else call.args[:1]
            yield "".join(re.escape(part.value) if isinstance(part, nodes.Const) else r"\w+" for part in parts)


@pytest.mark.parametrize("name", TEMPLATES.list_templates())
def test_what_a_template_says_is_in_the_catalogue(name: str) -> None:
    said = {*keys_in_template(TEMPLATES.parse((SOURCE / "web" / "templates" / name).read_text("utf-8")))}
    assert {pattern for pattern in said if not any(re.fullmatch(pattern, key) for key in SENTENCES)} == set()


def test_every_key_is_used() -> None:
    modules = (path for path in SOURCE.rglob("*.py") if path.parent.name != "messages")
    patterns = {pattern for path in modules for pattern in keys_in(ast.parse(path.read_text("utf-8")))}
    for path in (SOURCE / "web" / "templates").rglob("*.html"):
        patterns |= {*keys_in_template(TEMPLATES.parse(path.read_text("utf-8")))}
    telling = (
        p for p in patterns if re.fullmatch(r"(\w|\\w\+|\\\.)+", p) and re.search("[a-z]", p.replace(r"\w+", ""))
    )
    used = re.compile("|".join(telling))
    assert {key for key in SENTENCES if not used.fullmatch(key)} - {"near.missing", "nothing.missing"} == set()


def test_values_are_filled_in() -> None:
    assert say("page", "en", number=7) == "page 7"
    with pytest.raises(KeyError):
        say("page", "en")
    with pytest.raises(KeyError):
        say("no such key", "en")
