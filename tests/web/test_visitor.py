"""A request's headers → who asks, and in which language the page answers."""

import pytest
from starlette.datastructures import Headers

from yinju.conversations import new_id
from yinju.messages import Language
from yinju.web.visitor import ID_COOKIE, LANGUAGE_COOKIE, id_cookie, preferred, recognise


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("", "zh-Hant"), ("zh-TW,zh;q=0.9,en;q=0.8", "zh-Hant"), ("zh-HK", "zh-Hant"), ("zh-Hant-TW", "zh-Hant"),
        ("ZH-MO", "zh-Hant"),
        ("zh", "zh-Hans"), ("zh-CN,zh-TW;q=0.8", "zh-Hans"), ("zh-Hans-SG", "zh-Hans"), ("en-GB,en;q=0.9", "en"),
        ("fr,de;q=0.8", "en"), ("en;q=0.3,zh-TW;q=0.7", "zh-Hant"), ("en;q=0,zh-CN;q=0.1", "zh-Hans"),
        ("*", "zh-Hant"),
        (";;q=x,,zh-TW", "zh-Hant"), ("en;q=nonsense,zh", "zh-Hans"),
    ],
)  # fmt: skip
def test_the_browsers_first_language_that_the_page_has(accepted: str, language: Language) -> None:
    assert preferred(accepted) == language


def test_what_the_visitor_chose_comes_first_then_what_was_set_then_the_browsers_own() -> None:
    wishes = {"accept-language": "zh-CN"}
    assert recognise(Headers(wishes), "").language == "zh-Hans"
    assert recognise(Headers(wishes), "en").language == "en"
    chosen = wishes | {"cookie": f"{LANGUAGE_COOKIE}=zh-Hant"}
    assert recognise(Headers(chosen), "en").language == "zh-Hant"
    assert recognise(Headers(wishes | {"cookie": f"{LANGUAGE_COOKIE}=fr"}), "").language == "zh-Hans"


@pytest.mark.parametrize("cookie", ["", "x", "'; DROP TABLE chats; --", "a" * 21, "a" * 65, "é" * 30, "a b" * 10])
def test_an_id_that_is_none_of_ours_is_none(cookie: str) -> None:
    headers = Headers(raw=[(b"cookie", f"{ID_COOKIE}={cookie}".encode("latin-1", "replace"))])
    assert recognise(headers, "").id == ""


def test_ids_are_random_and_out_of_reach_of_scripts() -> None:
    ids = {new_id() for _ in range(100)}
    assert len(ids) == 100
    known = ids.pop()
    assert recognise(Headers({"cookie": f"a=b; {ID_COOKIE}={known}"}), "").id == known
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(id_cookie(known).split("; "))


@pytest.mark.parametrize("beside", ["other[app]=1", '{"a": 1}', "a=b=c", "=", 'x="', "é=1"])
def test_what_other_pages_of_the_host_have_set_hides_no_id(beside: str) -> None:
    known = "k" * 22
    headers = Headers(raw=[(b"cookie", f"{beside}; {ID_COOKIE}={known}".encode("latin-1"))])
    assert recognise(headers, "").id == known
