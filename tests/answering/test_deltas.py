"""A stream's bytes become the same text however they are cut, and nothing of the model's thinking."""

import json

import pytest
from tests.answering.scripted_server import delta

from yinju.answering.llm.deltas import Delta, DeltaReader, OddStreamError, ServerReportError, SpokenText, read_delta
from yinju.reasons import say

ANSWER = "<think>先想：茶？</think>\n泡綠茶的水溫約八十度𠮷，紅茶要用滾水。"
SAID = "泡綠茶的水溫約八十度𠮷，紅茶要用滾水。"
STREAM = b"".join(
    f"data: {json.dumps(delta(content=character), ensure_ascii=place % 2 == 0)}\n\n".encode()
    for place, character in enumerate(ANSWER)
)


def read(*parts: bytes) -> str:
    """The text of a whole stream that comes in these parts."""
    reader = DeltaReader()
    return "".join([*(piece for part in parts for piece in reader.feed(part)), reader.end()])


@pytest.mark.parametrize("size", [1, 2, 3, 5, 7, 64, 1_000, 100_000])
def test_text_is_the_same_in_parts_of_any_size(size: int) -> None:
    assert read(*(STREAM[start : start + size] for start in range(0, len(STREAM), size))) == SAID


def test_text_is_the_same_when_cut_in_two_anywhere() -> None:
    start = STREAM.index("泡".encode()) - 400
    assert {read(STREAM[:place], STREAM[place:]) for place in range(start, start + 900)} == {SAID}


@pytest.mark.parametrize(
    ("pieces", "text"),
    [
        ([], ""),
        (["貓"], "貓"),
        (["\n \n", " 貓 "], "貓 "),
        (["<think>想</think>貓"], "貓"),
        (["<", "think", ">想<", "/think", ">", "\n\n", "貓"], "貓"),
        (["<think></think><think>又想</think>貓"], "貓"),
        (["<thi", "s>"], "<this>"),
        (["<thinking>貓"], "<thinking>貓"),
        (["<thin"], "<thin"),
        (["貓<think>想</think>狗"], "貓<think>想</think>狗"),
        (["<think>想"], ""),
        (["a < b"], "a < b"),
    ],
)
def test_only_what_is_meant_for_the_reader_is_spoken(pieces: list[str], text: str) -> None:
    voice = SpokenText()
    assert "".join([*(voice.feed(piece) for piece in pieces), voice.end()]) == text


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (delta(content="貓"), Delta("貓")),
        (delta("stop", content="貓"), Delta("貓", finish="stop")),
        (delta(reasoning_content="想", content=None), Delta(thought="想")),
        (delta(reasoning="想", content=""), Delta(thought="想")),
        (delta("", content="貓"), Delta("貓")),
        ({"choices": []}, Delta()),
        ({"choices": [{}]}, Delta()),
        ({"choices": [{"delta": None}]}, Delta()),
        ({"choices": None}, None),
        ({"choices": ["貓"]}, None),
        (["貓"], None),
        (7, None),
    ],
)
def test_a_line_adds_what_the_protocol_says(line: object, expected: Delta | None) -> None:
    assert read_delta(json.dumps(line)) == expected


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ({"error": {"message": "out of memory"}}, "out of memory"),
        ({"error": "out of memory"}, "out of memory"),
        ({"error": {"code": 500}}, '{"code": 500}'),
    ],
)
def test_a_server_that_reports_a_fault_is_quoted(line: object, said: str) -> None:
    with pytest.raises(ServerReportError, match=said):
        read_delta(json.dumps(line))


def test_an_endless_line_is_refused_before_it_fills_the_memory() -> None:
    reader = DeltaReader()
    with pytest.raises(OddStreamError) as caught:
        for _ in range(20):
            list(reader.feed(b"x" * 60_000))
    assert "1,000,000" in say(caught.value.args[0])


@pytest.mark.parametrize("size", [1, 3, 100_000])
def test_nothing_is_read_after_the_end_of_the_model_s_turn(size: int) -> None:
    pieces = ("<think>", "想</think>貓。<|im", "_end|>", "狗。")
    stream = "".join(f"data: {json.dumps(delta(content=piece))}\n\n" for piece in pieces).encode()
    reader = DeltaReader()
    parts = (stream[start : start + size] for start in range(0, len(stream), size))
    assert "".join(text for part in parts for text in reader.feed(part)) + reader.end() == "貓。"
    assert reader.ended == "stop"


def test_nothing_is_read_after_the_end() -> None:
    reader = DeltaReader()
    stream = b'data: {"choices":[{"delta":{"content":"a"},"finish_reason":"stop"}]}\n\n' + STREAM
    assert list(reader.feed(stream)) == ["a"]
    assert (reader.ended, reader.end()) == ("stop", "")
