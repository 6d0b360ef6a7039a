"""What a model tells beside sentences: verdicts, what is missing, what may be meant; loops and questions."""

import pytest

from yinju.answering.generated.told import Told, asks, made_of, may_tell, named_in, read_told, repeats
from yinju.text import search_form
from yinju.types import Verdict


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("有答案", Told(Verdict.ANSWERED)), ("「接近」。", Told(Verdict.NEAR)), ("沒有答案。", Told(Verdict.NOTHING)),
        ("没有答案", Told(Verdict.NOTHING)), ("結論：有答案", Told(Verdict.ANSWERED)), ("NEAR", Told(Verdict.NEAR)),
        ("有答案：綠茶約八十度。", Told(Verdict.ANSWERED, rest="綠茶約八十度。")),
        ("接近。只有紅茶。", Told(Verdict.NEAR, rest="只有紅茶。")),
        ("缺少：XK-210A、2024年。", Told(missing=("XK-210A", "2024年"))), ("缺少：", Told()),
        ("是指：大禮堂的押金？／會議室的押金？", Told(options=("大禮堂的押金？", "會議室的押金？"))),
        ("接近一百人。", None), ("有答案的題目三題。", None), ("綠茶約八十度。", None), ("是指紅茶。", None),
        ("", None),
    ],
)  # fmt: skip
def test_what_a_line_tells(line: str, told: Told | None) -> None:
    assert read_told(line) == told


@pytest.mark.parametrize(
    ("beginning", "may"),
    [("有", True), ("結論：有", True), ("缺少：XK", True), ("", True), ("有三種", False), ("綠", False)],
)
def test_what_may_still_tell_something_is_not_shown(beginning: str, may: bool) -> None:
    assert may_tell(beginning) is may


def test_only_names_of_the_question_are_missing_and_only_known_words_are_asked_back() -> None:
    assert named_in("XK-210A 保固几年", ("XK-210A", "保固", "XK-210B")) == ("XK-210A", "保固")
    known = search_form("押金多少\n大禮堂的押金三千元\n會議室的押金一千元")
    assert made_of(known, ("大禮堂的押金？", "會議室的押金？", "游泳池的押金？")) == (
        "大禮堂的押金？",
        "會議室的押金？",
    )
    assert made_of(known, ("大禮堂的押金？", "游泳池的押金？")) == ()


@pytest.mark.parametrize(
    ("sentence", "question", "is_asking"),
    [
        ("社團什麼時候可以換？", "問", True), ("請假補考扣分嗎", "段考請假扣分數嗎", True), 
        ("手機是幾號", "手機幾號", True),
        ("菜用哪個顏色的板", "水產用哪個顏色的板", True), ("社團可以換。", "社團可以換嗎", False),
        ("無論什麼時候，社團都可以換兩次。", "社團什麼時候可以換", False), ("共有十幾個。", "有幾個", False),
        ("水產用藍色的板。", "水產用哪個顏色的板", False),
    ],
)  # fmt: skip
def test_a_question_is_no_answer(sentence: str, question: str, is_asking: bool) -> None:
    assert asks(sentence, question) is is_asking


@pytest.mark.parametrize(
    ("text", "looped"),
    [
        ("10:55 " * 12, True), ("課後輔導" * 10, True), ("開始。" + "貓狗貓狗" * 20, True), ("哈" * 20, False),
        ("…" * 80, False), ("—" * 80, False),
        ("一、二、三、四、五、六、七、八、九、十、十一、十二、十三、十四、十五", False),
    ],
)  # fmt: skip
def test_the_same_over_and_over_is_noticed(text: str, looped: bool) -> None:
    assert repeats(text) is looped
