"""Signs of chat templates are no text, and what follows the end of a model's turn is not its own."""

from itertools import product

import pytest

from yinju.answering.llm.template import MOST_SIGNS, TurnText

SAID = "綠茶用八十度的水。[1]"
TURNS = [
    "<|im_end|>", "<|im_start|>", "<|eot_id|>", "<|eom_id|>", "<|endoftext|>", "<|end_of_text|>", "<|end|>",
    "<|END_OF_TURN_TOKEN|>", "<｜end▁of▁sentence｜>", "<｜User｜>", "<|assistant|>", "<|start_header_id|>", "<eos>",
    "<end_of_turn>", "<start_of_turn>",
]  # fmt: skip
OTHERS = ["<s>", "</s>", "<bos>", "<pad>", "<unk>", "<|begin_of_text|>", "<|reserved_7|>", "[INST]", "[/INST]"]


def own(*pieces: str) -> tuple[str, bool]:
    """What is the model's own of some pieces, and whether its turn is over."""
    turn = TurnText()
    return "".join([*map(turn.feed, pieces), turn.end()]), turn.over


@pytest.mark.parametrize("sign", TURNS)
def test_what_follows_the_end_of_a_turn_is_not_the_model_s_own(sign: str) -> None:
    assert own(f"{SAID}{sign}user\n紅茶呢？{sign}") == (SAID, True)
    assert own(f"{SAID}{sign}") == (SAID, True)


@pytest.mark.parametrize("sign", TURNS + OTHERS)
def test_a_sign_before_the_first_word_is_left_out(sign: str) -> None:
    assert own(f"{sign}{SAID}") == (SAID, False)
    assert own(f"{sign}\n{sign}{SAID}") == (f"\n{SAID}", False)


@pytest.mark.parametrize("sign", OTHERS)
def test_other_signs_are_left_out_anywhere(sign: str) -> None:
    assert own(f"綠茶{sign}用八十度的水。[1]{sign}") == (SAID, False)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<|im_end|>user", ""), ("<|im_end|>\n<|im_start|>assistant\n", "\n\n"),
        (f"<|im_start|>assistant\n{SAID}", f"\n{SAID}"), (f"<start_of_turn>model\n{SAID}", f"\n{SAID}"),
        (f"<|start_header_id|>assistant<|end_header_id|>\n\n{SAID}", f"\n\n{SAID}"),
        ("<|end_header_id|>\n\nSystem 是系統。", "\n\nSystem 是系統。"),
        ("<|im_end|>users 是使用者。", "users 是使用者。"), ("<|im_end|>使用者", "使用者"),
    ],
)  # fmt: skip
def test_whose_turn_it_is_belongs_to_the_sign(text: str, said: str) -> None:
    assert own(text) == (said, False)


@pytest.mark.parametrize(
    "text",
    [
        "", "a < b > c", "<", "[", "[1]", "[I", "[INS", "<|", "<|im_end|", "|im_end|>", "< |im_end|>", "＜|im_end|＞",
        "<|a b|>", f"<|{'長' * 41}|>", "<th>", "<strong>", "<https://a.example>", "user", "i<j，j<k", "[INSTALL]",
    ],
)  # fmt: skip
def test_what_is_no_sign_is_text(text: str) -> None:
    assert own(text) == (text, False)


@pytest.mark.parametrize(
    "text",
    [
        f"<|im_start|>assistant\n{SAID}<|im_end|>\n<|im_start|>user\n紅茶呢？", f"<|im_end|> assistants {SAID}",
        f"<s>[INST]{SAID}[/INST]</s>[1]<", f"<a<|im_end|>{SAID}<|x<end_of_turn>x", "<|im_end|>\n\nuser<|im_end|>system",
    ],
)  # fmt: skip
def test_it_is_the_same_however_it_is_cut(text: str) -> None:
    whole = own(text)
    assert own(*text) == whole
    for first, second in product(range(len(text)), repeat=2):
        assert own(text[:first], text[first : first + second], text[first + second :]) == whole


def test_signs_without_a_word_end_the_turn() -> None:
    some = "<|im_end|>\n<|im_start|>" * (MOST_SIGNS // 2)
    assert own(some + "user\n貓每天睡多久？") == ("\n" * (MOST_SIGNS // 2), True)
    assert own(some.removesuffix("<|im_start|>") + SAID)[1] is False


def test_what_cannot_become_a_sign_is_not_held_back() -> None:
    turn = TurnText()
    assert turn.feed("a <") == "a "
    assert turn.feed("長" * 100) == "<" + "長" * 100
    assert turn.feed("<|im_end|>") == ""
    assert turn.over
    assert (turn.feed("再說"), turn.end()) == ("", "")
