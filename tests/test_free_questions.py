"""Free questions: how a text is compared, what is good, partial or bad, and the command that asks them."""

import json
import sys
from pathlib import Path

import pytest

from yinju.cli import main
from yinju.errors import SettingsError
from yinju.evaluation import Expectation, FreeQuestion, are_free, free_measures, grade, load_free_questions
from yinju.evaluation.wording import comparable
from yinju.types import Answer, Citation, Statement, Verdict

WRITTEN = [
    ("二十日", "#20#日"),
    ("２０ 天", "#20#日"),
    ("一千八百九十九元", "#1899#元"),
    ("1,899.00 元", "#1899#元"),
    ("3.5 萬", "#35000#"),
    ("三萬五千", "#35000#"),
    ("一億三千萬", "#130000000#"),
    ("百分之二十", "#20#%"),
    ("２０％", "#20#%"),
    ("2025-01-03", "#2025#年#1#月#3#日"),
    ("二〇二五年一月三號", "#2025#年#1#月#3#日"),
    ("三個工作日", "#3#工作日"),
    ("10 號線", "#10#号线"),
    ("007", "#7#"),
    ("萬一沒有零錢", "万一没有零钱"),
    ("#3#", "#3#"),
]


@pytest.mark.parametrize(("text", "form"), WRITTEN)
def test_ways_to_write_the_same_are_one(text: str, form: str) -> None:
    assert comparable(text) == form


def test_a_number_is_found_as_a_whole_only() -> None:
    assert comparable("2 天") not in comparable("12 天")
    assert comparable("200") not in comparable("1,200 元")


def cited(document: str, quote: str, passage: str = "") -> Citation:
    return Citation(1, document, "", "", None, 0, len(quote), quote, passage or quote)


def said(
    text: str, *citations: Citation, verdict: Verdict = Verdict.ANSWERED, missing: str = "", options: int = 0
) -> Answer:
    return Answer(
        "？", (Statement(text, ()),), citations, verdict, 0.5, "extractive", 0.0,
        missing=(missing,) if missing else (), options=("甲？", "乙？", "丙？")[:options],
    )  # fmt: skip


ASKED: dict[str, FreeQuestion] = {
    "answer": FreeQuestion(
        "押金多少、退嗎", "fact", Expectation.ANSWER, must=(("500 元", "五百塊"), ("退還",)), need=2,
        must_not=("800 元",), cite=(("租約.txt", "押金五百元"),), max_chars=20,
    ),
    "refuse": FreeQuestion("E9 是什麼", "nearmiss", Expectation.REFUSE, missing="E9"),
    "premise": FreeQuestion("怎麼連網", "nearmiss", Expectation.REFUSE, max_chars=10, correct=(("不能連網",),)),
    "chat": FreeQuestion("你好", "chat", Expectation.CHAT, must=(("文件",), ("你好",)), need=2, max_chars=10),
    "clarify": FreeQuestion("押金多少", "clarify", Expectation.CLARIFY, max_chars=30, options=("500", "800", "900")),
}  # fmt: skip
LEASE = cited("租約.txt", "押金五百元，退租時退還。")
NEAR, NOTHING = Verdict.NEAR, Verdict.NOTHING
CASES: list[tuple[str, Answer, str, str]] = [
    ("answer", said("押金五百元，退租時退還。", LEASE), "good", ""),
    ("answer", said("押金 500 元，退还。", cited("租約.txt", "退還", "押金五百元，退還")), "good", ""),
    ("answer", said("押金 1500 元，退還。", LEASE), "partial", "1 facts of 2"),
    ("answer", said("押金 500 元，退還。", cited("通知.txt", "押金五百元")), "partial", "another source"),
    ("answer", said("押金 500 元，退還。", cited("租約.txt", "退還")), "partial", "another source"),
    ("answer", said("押金 500 元，原為 800 元，退還。", LEASE), "partial", "says 800 元"),
    ("answer", said("押金 500 元，原為 800 元。", LEASE), "bad", "1 facts of 2; says 800 元"),
    ("answer", said("押金 500 元，退還。" + "又" * 20, LEASE), "partial", "30 characters, at most 20"),
    ("answer", said("租金另計。", LEASE), "bad", "0 facts of 2"),
    ("answer", said("文件沒有提到。", LEASE, verdict=NOTHING), "bad", "refused"),
    ("answer", said("最接近的是這段。", LEASE, verdict=NEAR), "partial", "shown as near"),
    ("answer", said("最接近的是這段。", cited("租約.txt", "押金另計。"), verdict=NEAR), "bad", "refused"),
    ("answer", said("", LEASE), "bad", "refused"),
    ("refuse", said("文件沒有這一項。", verdict=NOTHING), "good", "refused"),
    ("refuse", said("最接近的是 E8。", verdict=NEAR), "good", "refused"),
    ("refuse", said("文件裡沒有提到 E9。"), "good", "refused"),
    ("refuse", said("E8 是門沒有關好。"), "bad", "answered"),
    ("premise", said("本機不能連網。"), "good", "set right"),
    ("premise", said("本機不能連網，" + "又" * 9), "partial", "16 characters, at most 10"),
    ("premise", said("本機可以連網。"), "bad", "answered"),
    ("chat", said("你好，我讀文件。"), "good", ""),
    ("chat", said("你好！"), "partial", "1 facts of 2"),
    ("chat", said("再見。"), "bad", "0 facts of 2"),
    ("chat", said("你好，文件。", LEASE), "bad", "passages shown"),
    ("chat", said("抱歉，你好，文件。"), "bad", "nothing said"),
    ("clarify", said("有好幾種。", options=2), "good", "asked back"),
    ("clarify", said("請問是哪一間？"), "good", "asked back"),
    ("clarify", said("大房 500，小房 800。"), "good", "options given"),
    ("clarify", said("大房 500，小房 800。" + "又" * 30), "partial", "42 characters, at most 30"),
    ("clarify", said("500 元。"), "bad", "one reading as if it were the only one"),
    ("clarify", said("沒有。", cited("a", "500"), cited("b", "800"), verdict=NEAR), "good", "refused, options shown"),
    ("clarify", said("沒有。", verdict=NOTHING), "partial", "refused without options"),
]


@pytest.mark.parametrize(("asked", "answer", "mark", "why"), CASES)
def test_an_answer_is_graded(asked: str, answer: Answer, mark: str, why: str) -> None:
    graded = grade(ASKED[asked], answer)
    assert (graded.mark, graded.why) == (mark, why)


def test_measures_by_hand() -> None:
    pairs = [
        ("answer", said("押金五百元，退租時退還。", LEASE)),
        ("answer", said("沒有。", verdict=NOTHING)),
        ("refuse", said("E8 是門。")),
        ("refuse", said("沒有。", verdict=NEAR, missing="Ｅ9")),
        ("refuse", said("文件裡沒有 E9。", verdict=NOTHING)),
        ("refuse", said("文件裡沒有 E90。", verdict=NOTHING)),
        ("chat", said("你好，我讀文件。")),
    ]
    found = free_measures([grade(ASKED[name], answer) for name, answer in pairs])
    assert found == {
        "questions": 7, "good": pytest.approx(5 / 7), "partial": 0, "answerable_good": 0.5, "false_answers": 0.25,
        "wrong_refusals": 0.5, "near_or_nothing": 0.75, "missing_named": 0.5,
        "kinds": {
            "fact": {"questions": 2, "good": 1, "partial": 0, "bad": 1},
            "nearmiss": {"questions": 4, "good": 3, "partial": 0, "bad": 1},
            "chat": {"questions": 1, "good": 1, "partial": 0, "bad": 0},
        },
    }  # fmt: skip


def test_measures_of_what_is_not_asked_are_left_out() -> None:
    found = free_measures([grade(ASKED["chat"], said("你好，我讀文件。"))])
    assert found.keys() == {"questions", "good", "partial", "kinds"}


def test_a_question_is_read_with_all_that_is_said_of_it(tmp_path: Path) -> None:
    path = tmp_path / "q.jsonl"
    line = {"q": "多少", "kind": "fact", "expect": "answer", "must": [["一", "二"], ["三"]], "need": 1,
            "history": ["茶"], "cite": [["a.txt", ""]], "max_chars": 50}  # fmt: skip
    path.write_text("\ufeff\n" + json.dumps(line, ensure_ascii=False) + "\n", "utf-8")
    assert are_free(path)
    assert load_free_questions([path, path]) == 2 * [
        FreeQuestion(
            "多少", "fact", Expectation.ANSWER, ("茶",), (("一", "二"), ("三",)), 1, (), (("a.txt", ""),), False, 50
        )
    ]


WRONG = [
    {"expect": "answer"},
    {"question": "茶", "expect": "guess"},
    {"question": "？", "expect": "answer"},
    {"question": "茶", "expect": "answer", "must": ["一"]},
    {"question": "茶", "expect": "answer", "must": [["一"]], "need": 2},
    {"question": "茶", "expect": "answer", "cite": ["a.txt"]},
    {"question": "茶", "expect": "answer", "max_chars": "50"},
    {"question": "茶", "expect": "answer", "history": [["茶", "茶是葉子。"]]},
    3,
]


@pytest.mark.parametrize("record", WRONG)
def test_a_line_that_cannot_be_used_is_named(tmp_path: Path, record: object) -> None:
    path = tmp_path / "q.jsonl"
    path.write_text('{"question": "茶", "expect": "chat"}\n' + json.dumps(record), "utf-8")
    with pytest.raises(SettingsError, match="line 2 cannot be used"):
        load_free_questions([path])


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with documents/, free questions in free.jsonl and one with a gold phrase in gold.jsonl; work in it."""
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "茶.txt").write_text("泡高山茶的水約九十五度。\n", "utf-8")
    free = [
        {"question": "泡高山茶的水要幾度？", "kind": "number", "expect": "answer", "must": [["95 度"]],
         "cite": [["茶.txt", "九十五度"]], "max_chars": 60},
        {"question": "火星有幾個隕石坑？", "kind": "offtopic", "expect": "refuse"},
    ]  # fmt: skip
    (tmp_path / "free.jsonl").write_text("\n".join(map(json.dumps, free)), "utf-8")
    gold = {"question": "泡高山茶的水要幾度？", "document": "茶.txt", "gold": "九十五度"}
    (tmp_path / "gold.jsonl").write_text(json.dumps(gold), "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def evaluate(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> None:
    monkeypatch.setattr(sys, "argv", ["yinju", "evaluate", *arguments])
    main()


def test_the_command_asks_a_folder_of_documents(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    options = ("--documents", "documents", "--out", "graded.jsonl")
    evaluate(monkeypatch, "free.jsonl", "free.jsonl", *options, "--json")
    found = json.loads(capsys.readouterr().out)
    assert (found["questions"], found["good"], found["wrong_refusals"]) == (4, 1.0, 0.0)
    assert found["kinds"]["number"] == {"questions": 2, "good": 2, "partial": 0, "bad": 0}
    written = [json.loads(line) for line in (folder / "graded.jsonl").read_text("utf-8").splitlines()]
    assert [row["grade"] for row in written] == ["good"] * 4
    assert "九十五度" in written[0]["answer"] and written[0]["citations"][0][0] == "茶.txt"
    assert not (folder / "index").exists()
    evaluate(monkeypatch, "free.jsonl", *options)
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == ["number", "questions", "1", "good", "1", "partial", "0", "bad", "0"]
    assert "good               1.0" in lines


REFUSED = [
    (["free.jsonl", "gold.jsonl"], "請分開量：yinju evaluate "),
    (["free.jsonl", "--other-script"], "--other-script 只用於有標準答案的問題"),
    (["gold.jsonl", "gold.jsonl"], "只用於自由問題"),
    (["gold.jsonl", "--documents", "documents"], "只用於自由問題"),
]


@pytest.mark.parametrize(("arguments", "part"), REFUSED)
def test_what_does_not_go_together_is_said(
    folder: Path, arguments: list[str], part: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        evaluate(monkeypatch, *arguments)
    assert part in capsys.readouterr().err
