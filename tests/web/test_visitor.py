"""A request's headers → who asks, and in which language the page answers."""

import pytest
from starlette.datastructures import Headers

from yinju.conversations import new_id
from yinju.web.texts import ENGLISH, HANS, HANT, Texts, preferred
from yinju.web.visitor import ID_COOKIE, LANGUAGE_COOKIE, id_cookie, recognise


@pytest.mark.parametrize(
    ("accepted", "texts"),
    [
        ("", HANT), ("zh-TW,zh;q=0.9,en;q=0.8", HANT), ("zh-HK", HANT), ("zh-Hant-TW", HANT), ("ZH-MO", HANT),
        ("zh", HANS), ("zh-CN,zh-TW;q=0.8", HANS), ("zh-Hans-SG", HANS), ("en-GB,en;q=0.9", ENGLISH),
        ("fr,de;q=0.8", ENGLISH), ("en;q=0.3,zh-TW;q=0.7", HANT), ("en;q=0,zh-CN;q=0.1", HANS), ("*", HANT),
        (";;q=x,,zh-TW", HANT), ("en;q=nonsense,zh", HANS),
    ],
)  # fmt: skip
def test_the_browsers_first_language_that_the_page_has(accepted: str, texts: Texts) -> None:
    assert preferred(accepted) is texts


def test_what_the_visitor_chose_comes_first_then_what_was_set_then_the_browsers_own() -> None:
    wishes = {"accept-language": "zh-CN"}
    assert recognise(Headers(wishes), "").texts is HANS
    assert recognise(Headers(wishes), "en").texts is ENGLISH
    chosen = wishes | {"cookie": f"{LANGUAGE_COOKIE}=zh-Hant"}
    assert recognise(Headers(chosen), "en").texts is HANT
    assert recognise(Headers(wishes | {"cookie": f"{LANGUAGE_COOKIE}=fr"}), "").texts is HANS


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
