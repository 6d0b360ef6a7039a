"""What a scripted server can do, each by name: in order, forgivable, malformed, slow, refusing, broken off."""

import json
import zlib

from tests.answering.scripted_server import PIECES, TICK, Script, Wire, delta, spoken

LONG_LINE = 10_000_000


def _stream(*events: object, end: str = "done") -> Script:
    """A stream of these events: bytes as they are, text as data, else JSON; ended by done, clean or nothing."""

    def play(wire: Wire) -> None:
        wire.start()
        for event in events:
            if isinstance(event, bytes):
                wire.body(event)
            else:
                wire.event(event)
        if end == "done":
            wire.event("[DONE]")
        wire.close()

    return play


def _in_turn(*scripts: Script) -> Script:
    """One script after the other."""

    def play(wire: Wire) -> None:
        for script in scripts:
            script(wire)

    return play


def _answer(status: str, kind: str = "application/json", body: bytes = b"{}", *headers: str) -> Script:
    return lambda wire: wire.answer(status, kind, body, *headers)


def _error(status: str, message: str, *headers: str) -> Script:
    return _answer(status, "application/json", json.dumps({"error": {"message": message}}).encode(), *headers)


def _raw(data: bytes) -> Script:
    return lambda wire: wire.send(data)


def _drip(data: bytes) -> Script:
    return lambda wire: wire.drip(data)


def _event(event: object) -> Script:
    return lambda wire: wire.event(event)


def _for_ever(data: bytes, pause: float = TICK) -> Script:
    def play(wire: Wire) -> None:
        while True:
            wire.body(data)
            wire.wait(pause)

    return play


def _twice_then_normal(trouble: Script) -> Script:
    """Trouble for the first two requests, then an answer."""
    normal = spoken(lambda messages: PIECES)
    return lambda wire: (trouble if wire.number <= 2 else normal)(wire)


def _start(wire: Wire) -> None:
    wire.start()


def _start_unframed(wire: Wire) -> None:
    """The head of a stream that ends where the connection does."""
    wire.start("Connection: close")


def _say(wire: Wire) -> None:
    wire.say(*PIECES)


def _say_some(wire: Wire) -> None:
    wire.say(*PIECES[:2])


def _stop(wire: Wire) -> None:
    wire.event(delta("stop"))


def _wait(wire: Wire) -> None:
    wire.wait()


def _reset(wire: Wire) -> None:
    wire.reset()


def _byte_by_byte(wire: Wire) -> None:
    for piece in PIECES:
        for byte in f"data: {json.dumps(delta(content=piece), ensure_ascii=False)}\n\n".encode():
            wire.send(bytes([byte]))


def _line_without_end(wire: Wire) -> None:
    for _ in range(LONG_LINE // 50_000):
        wire.send(b"x" * 50_000)
        wire.wait(0)


def _bare_lines(*pieces: str) -> bytes:
    return "".join(f"data: {json.dumps(delta(content=piece), ensure_ascii=False)}\n" for piece in pieces).encode()


_SAID = [delta(content=piece) for piece in PIECES]
_EMPTY = b"data: " + json.dumps(delta(content="")).encode() + b"\n\n"
_USAGE = {"choices": [], "usage": {"total_tokens": 9}}
_NOTHING_IN_IT = {"choices": [{"index": 0, "delta": {"content": None}, "finish_reason": None}]}

IN_ORDER: dict[str, Script] = {
    "normal": spoken(lambda messages: PIECES),
    "byte_by_byte": _in_turn(_start_unframed, _byte_by_byte, _event("[DONE]")),
    "bom": _stream(b"\xef\xbb\xbfdata: " + json.dumps(_SAID[0]).encode() + b"\n\n", *_SAID[1:]),
    "odd_line": _stream(_SAID[0], "{broken", *_SAID[1:]),
    "odd_lines_of_all_kinds": _stream(b": comment\n\nnonsense\n\x00\xff\n\ndata: 7\n\n", "[]", "null", *_SAID),
    "role_only_first": _stream(delta(role="assistant"), delta(role="assistant", content=""), *_SAID),
    "usage_chunk": _stream(*_SAID, delta("stop"), _USAGE),
    "empty_choices_first": _stream({"choices": [], "prompt_filter_results": []}, *_SAID),
    "no_done": _stream(*_SAID, delta("stop"), end="clean"),
    "no_finish_reason": _stream(*_SAID),
    "finish_with_text": _stream(*_SAID[:2], delta("stop", content=PIECES[2]), end="clean"),
    "finish_then_silence": _in_turn(_start, _say, _stop, _wait),
    "finish_then_reset": _in_turn(_start, _say, _stop, _reset),
    "text_after_done": _stream(*_SAID, "[DONE]", delta(content="多餘的話")),
    "closed_by_end": _in_turn(_start_unframed, _say, _stop),
    "crlf": _stream(*(f"data: {json.dumps(said)}\r\n\r\n".encode() for said in _SAID)),
    "no_space": _stream(*(f"data:{json.dumps(said)}\n\n".encode() for said in _SAID)),
    "events_not_parted": _stream(_bare_lines(*PIECES) + b"data: [DONE]", end="clean"),
    "named_events": _stream(*(f"event: x\nid: 1\ndata: {json.dumps(said)}\n\n".encode() for said in _SAID)),
    "keep_alives": _stream(b": ping\n\n", _SAID[0], b": ping\n\n", b"\n\n", *_SAID[1:]),
    "reasoning_content": _stream(delta(reasoning_content="想"), delta(reasoning_content="再想", content=None), *_SAID),
    "reasoning": _stream(delta(reasoning="想一想", content=""), *_SAID),
    "think": _stream(delta(content="<think>貓會不會睡？</think>\n\n"), *_SAID),
    "think_split": _stream(*(delta(content=c) for c in "\n<think>貓<think>會</thi nk></think>\n"), *_SAID),
    "think_empty_twice": _stream(delta(content="<think>\n\n</think>\n\n<think></think>" + PIECES[0]), *_SAID[1:]),
    "plain_text_type": _in_turn(lambda wire: wire.start(kind="text/plain"), _say, _stop),
}  # fmt: skip
"""All of these say `TEXT` and end well."""

MALFORMED: dict[str, Script] = {
    "html_page": _answer("200 OK", "text/html; charset=utf-8", "<html><body>請登入</body></html>".encode()),
    "html_as_stream": _stream(b"<html>\n<body>\nhello\n</body>\n", end="clean"),
    "json_not_stream": _answer("200 OK", "application/json", b'{"choices":[{"message":{"content":"hi"}}]}'),
    "image": _answer("200 OK", "image/png", b"\x89PNG\r\n\x1a\n"),
    "packed": _answer("200 OK", "text/event-stream", zlib.compress(b"data: {}"), "Content-Encoding: deflate"),
    "not_http": _raw(b"SSH-2.0-OpenSSH_9.6\r\n\r\n"),
    "bad_status_line": _raw(b"HTTP/1.1 abc OK\r\n\r\n"),
    "bad_chunk_size": _in_turn(_start, _raw(b"zz\r\nhello\r\n")),
    "endless_header": _raw(b"HTTP/1.1 200 OK\r\nX: " + b"x" * 300_000),
    "invalid_json": _stream("{broken", "{'choices': []}"),
    "cut_json": _stream(json.dumps(_SAID[0])[:-9]),
    "json_values": _stream("7", "[]", "null", '"text"', "true"),
    "many_odd_lines": _stream(*["{broken"] * 9, *_SAID),
    "deep_json": _stream("[" * 100_000),
    "huge_number": _stream('{"choices":' + "9" * 100_000 + "}"),
    "choices_of_another_kind": _stream({"choices": "text"}, {"choices": [7]}, {"choices": {"0": {}}}),
    "empty_choices": _stream({"choices": []}),
    "no_choices": _stream({"id": "x"}, {}),
    "null_content": _stream(_NOTHING_IN_IT, _NOTHING_IN_IT),
    "null_delta": _stream({"choices": [{"delta": None, "finish_reason": "stop"}]}),
    "content_of_another_kind": _stream(delta(content=7), delta(content=["a"]), delta(content={"text": "b"})),
    "role_only": _stream(delta(role="assistant")),
    "finish_only": _stream(delta("length")),
    "done_only": _stream(),
    "nothing": _stream(end="clean"),
    "empty_body": _answer("200 OK", "text/event-stream", b""),
    "comments_only": _stream(b": a\n\n: b\n\n", end="clean"),
    "white_space_only": _stream(delta(content=" \n"), delta(content="\t")),
    "thoughts_only": _stream(delta(reasoning_content="想"), delta("length")),
    "think_without_end": _stream(delta(content="<think>想"), delta("length")),
    "long_line": _stream(b"data: " + b"x" * LONG_LINE + b"\n\n"),
    "long_line_without_end": _in_turn(_start_unframed, _line_without_end, _wait),
    "no_data_prefix": _stream(b'{"choices":[{"delta":{"content":"hi"}}]}\n', end="clean"),
    "no_content_type": _answer("200 OK", "", b""),
}
"""None of these says anything that can be used."""

SLOW_TO_START: dict[str, Script] = {
    "silent": _wait,
    "dripping_head": _drip(b"HTTP/1.1 200 OK\r\n" + b"X-A: b\r\n" * 10_000),
    "head_only": _in_turn(_start, _wait),
    "empty_deltas": _in_turn(_start, _for_ever(_EMPTY)),
    "empty_deltas_flood": _in_turn(_start, _for_ever(_EMPTY, 0)),
    "keep_alives_only": _in_turn(_start, _for_ever(b": ping\n\n")),
    "newlines_flood": _in_turn(_start, _for_ever(b"\n" * 1_000, 0)),
    "dripping_line": _in_turn(_start_unframed, _drip(b"data: " + b"x" * 10_000)),
    "dripping_chunk_size": _in_turn(_start, _drip(b"0" * 10_000)),
}
"""None of these says a word, and none ends."""

SLOW_IN_THE_MIDDLE: dict[str, Script] = {
    "stall": _in_turn(_start, _say_some, _wait),
    "then_empty_deltas": _in_turn(_start, _say_some, _for_ever(_EMPTY)),
    "then_keep_alives": _in_turn(_start, _say_some, _for_ever(b": ping\n\n")),
    "then_dripping": _in_turn(_start, _say_some, _drip(b"0")),
}
"""These begin the text and stop without an end."""

REFUSING: dict[str, Script] = {
    "401": _error("401 Unauthorized", "Incorrect API key"),
    "403": _error("403 Forbidden", "no access"),
    "400": _error("400 Bad Request", "context too long"),
    "400_temperature": _error("400 Bad Request", "Unsupported value: 'temperature' does not support 0"),
    "404": _error("404 Not Found", "model 'x' not found"),
    "429": _error("429 Too Many Requests", "slow down"),
    "429_now": _error("429 Too Many Requests", "slow down", "Retry-After: 0"),
    "429_late": _error("429 Too Many Requests", "slow down", "Retry-After: 3600"),
    "429_date": _error("429 Too Many Requests", "slow down", "Retry-After: Wed, 21 Oct 2015 07:28:00 GMT"),
    "429_far_date": _error("429 Too Many Requests", "slow down", "Retry-After: Wed, 21 Oct 2099 07:28:00 GMT"),
    "429_nonsense": _error("429 Too Many Requests", "slow down", "Retry-After: soon"),
    "429_then_normal": _twice_then_normal(_error("429 Too Many Requests", "slow down", "Retry-After: 0")),
    "500": _error("500 Internal Server Error", "out of memory"),
    "502": _answer("502 Bad Gateway", "text/html", b"<html><title>502</title><h1>Bad Gateway</h1></html>"),
    "503": _error("503 Service Unavailable", "loading model", "Retry-After: 0"),
    "503_then_normal": _twice_then_normal(_error("503 Service Unavailable", "loading model", "Retry-After: 0")),
    "500_endless": _in_turn(_raw(b"HTTP/1.1 500 No\r\n\r\n"), _drip(b"no ")),
    "error_in_stream": _stream({"error": {"message": "CUDA out of memory", "code": 500}}, end="clean"),
    "error_after_text": _stream(*_SAID[:2], {"error": {"message": "engine died"}}, end="clean"),
}

BROKEN_OFF: dict[str, Script] = {
    "no_answer": _raw(b""),
    "no_answer_then_normal": _twice_then_normal(_reset),
    "reset_at_once": _reset,
    "reset": _in_turn(_start, _say_some, _reset),
    "incomplete_chunk": _in_turn(_start, _say_some, _raw(b"ff\r\ndata: {")),
    "clean_end": _stream(*_SAID[:2], end="clean"),
    "short_of_length": _in_turn(lambda wire: wire.start("Content-Length: 100000"), _say_some),
    "after_thoughts": _in_turn(_start, _event(delta(reasoning_content="想")), _reset),
}

MODES: dict[str, Script] = {
    **IN_ORDER, **MALFORMED, **SLOW_TO_START, **SLOW_IN_THE_MIDDLE, **REFUSING, **BROKEN_OFF,
}  # fmt: skip


def cut_after(stream: bytes, place: int, act: str) -> Script:
    """A script that sends so many bytes of a stream and then resets or ends the connection."""

    def play(wire: Wire) -> None:
        wire.send(stream[:place])
        if act == "reset":
            wire.wait(0.002)
            wire.reset()

    return play
