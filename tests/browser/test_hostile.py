"""Forty ways to run a script or to send something away, in everything that others may write: none does anything."""

from collections.abc import Iterable, Iterator

import pytest
from tests.answering.scripted_server import scripted_server, spoken
from tests.browser.reader import Visit, Visitor, hosting

from yinju import build_index
from yinju.protocols import Encoder
from yinju.settings import Settings

pytestmark = pytest.mark.browser

AWAY = "http://127.0.0.1:9/away"
RUN = "window.ran=1"
PAYLOADS = [
    f"<script>{RUN}</script>",
    f"<ScRiPt>{RUN}</sCrIpT>",
    f"<script src={AWAY}></script>",
    f"</script><script>{RUN}//",
    f"<img src=x onerror={RUN}>",
    f"<img src={AWAY}>",
    f"<svg onload={RUN}>",
    f"<svg><script>{RUN}</script></svg>",
    f"<svg><image href={AWAY} /></svg>",
    f"<body onload={RUN}>",
    f"<iframe src=javascript:{RUN}>",
    f"<iframe srcdoc='<script>{RUN}</script>'>",
    f"<object data={AWAY}>",
    f"<embed src={AWAY}>",
    f"<video poster={AWAY}>",
    f"<audio src={AWAY} autoplay>",
    f"<link rel=stylesheet href={AWAY}>",
    f"<link rel=prefetch href={AWAY}>",
    f"<style>@import '{AWAY}'</style>",
    f"<div style=background:url({AWAY})>",
    f"<base href={AWAY}>",
    f"<meta http-equiv=refresh content=0;url={AWAY}>",
    f"<form action={AWAY}><button autofocus>送出</button></form>",
    f"<input onfocus={RUN} autofocus>",
    f"<details open ontoggle={RUN}>",
    f"<marquee onstart={RUN}>",
    f"<a href=javascript:{RUN}>點</a>",
    f'"><img src=x onerror={RUN}>',
    f"' onmouseover='{RUN}",
    f"--><img src=x onerror={RUN}>",
    f"]]><img src=x onerror={RUN}>",
    f"![x]({AWAY})",
    f"![x][r]\n\n[r]: {AWAY}",
    f"[x](javascript:{RUN})",
    f"<{AWAY}>",
    f"$$\\href{{javascript:{RUN}}}{{x}}$$",
    f"{{{{constructor.constructor('{RUN}')()}}}}",
    f"&lt;img src=x onerror={RUN}&gt;",
    f"\u202e<img src=x onerror={RUN}>",
    f"<math><mtext><img src=x onerror={RUN}></mtext></math>",
    f"<template><img src=x onerror={RUN}></template>",
    f"<noscript><p title='</noscript><img src=x onerror={RUN}>'>",
]
GO = """query => {
    history.pushState(null, "", "/?" + new URLSearchParams(query));
    dispatchEvent(new PopStateEvent("popstate"));
}"""
ASKED = "貓咪最愛的顏色是什麼？"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, real_encoder: Encoder) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "corpus").mkdir()
    for number, payload in enumerate(PAYLOADS):
        named = payload.replace("/", "∕").replace("\n", " ")[:60]
        text = f"# {payload}\n\n貓咪第{number}愛的顏色是藍綠色{payload}。\n\n## {payload}\n\n{payload}\n"
        (folder / "corpus" / f"{number} {named}.md").write_text(text, "utf-8")
    build_index(folder / "corpus", folder / "index", encoder=real_encoder)

    def obey(messages: list[dict[str, str]]) -> Iterable[str]:
        said = "貓咪第1愛的顏色是藍綠色。[1]\n" + "\n".join(PAYLOADS)
        return [said[start : start + 11] for start in range(0, len(said), 11)]

    with scripted_server(script=spoken(obey)) as server:
        settings = Settings(
            refuse_below=0.0, llm_base_url=server.base_url, llm_model=PAYLOADS[4], corpus=str(folder / "corpus")
        )
        with hosting(folder / "index", real_encoder, settings) as served:
            yield served


def test_nothing_runs_and_nothing_leaves(visit: Visitor, address: str) -> None:
    reader = visit(address)
    page = reader.page
    assert len(PAYLOADS) >= 40
    for number in range(3):
        reader.say(f"{ASKED}{''.join(PAYLOADS[number * 14 : number * 14 + 14])}")
        reader.finished()
        reader.open(number + 1)
    for payload in PAYLOADS[:8]:
        page.click("#chat a.edit >> nth=-1")
        page.fill("dialog#edit textarea", payload)
        page.click("dialog#edit .no")
    page.click("#chat a.down >> nth=0")
    page.fill("dialog#reason textarea", PAYLOADS[4])
    page.click("dialog#reason .yes")
    page.click("#top button.history")
    page.click("#history .more")
    page.click("#history .rename")
    page.fill("dialog#rename input", PAYLOADS[4])
    page.click("dialog#rename .yes")
    page.locator("#history .title", has_text="onerror").wait_for()
    page.keyboard.press("Escape")
    page.reload()
    reader.ready()
    page.wait_for_selector('a.cite[href^="#src-3-1?"]')
    reader.picture("hostile-chat")
    assert page.evaluate("window.ran") is None


def test_nothing_runs_on_the_first_page_or_of_what_is_found(visit: Visitor, address: str) -> None:
    reader = visit(address)
    assert reader.page.locator("#chat .welcome .own li").count() > 1
    nothing_lives(reader, "#chat .welcome")
    reader.page.keyboard.press("Control+k")
    for payload in PAYLOADS[::4]:
        reader.page.fill("#finder input", payload[:12])
        reader.page.wait_for_function("() => document.querySelector('#finder .found').childElementCount")
        nothing_lives(reader, "#finder .found")
    reader.picture("hostile-finder")


@pytest.mark.parametrize("view", ["documents", "overview"])
def test_nothing_runs_in_a_view(visit: Visitor, address: str, view: str) -> None:
    reader = visit(f"{address}/?view={view}")
    reader.page.wait_for_selector(f"#view-{view}:not([hidden]):not([aria-busy]) *")
    reader.page.wait_for_timeout(500)
    reader.picture(f"hostile-{view}")
    nothing_lives(reader, f"#view-{view}")


def test_nothing_that_is_searched_for_runs(visit: Visitor, address: str) -> None:
    reader = visit(address)
    for payload in PAYLOADS:
        with reader.page.expect_response(lambda response: "/view/search" in response.url):
            reader.page.evaluate(GO, {"view": "search", "q": f"{ASKED}{payload}"})
        reader.page.wait_for_selector("#view-search:not([hidden]):not([aria-busy]) .hit")
        nothing_lives(reader, "#view-search")
    reader.picture("hostile-search")


def nothing_lives(reader: Visit, place: str) -> None:
    """Nothing has run, and nothing in a place could."""
    assert reader.page.evaluate("window.ran") is None
    alive = ":is(img, script, iframe, object, embed, video, audio, link, style, base, meta, marquee, math, template)"
    assert reader.page.locator(f"{place} {alive}").count() == 0
