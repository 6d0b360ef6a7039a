"""Somebody logs in by an issuer in a real browser, whose cookies come back from another site."""

from pathlib import Path

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import Contexts
from tests.browser.reader import axe, hosting
from tests.scripted_issuer import CLIENT, SECRET, scripted_issuer

from yinju.messages import say
from yinju.protocols import Encoder
from yinju.settings import Settings
from yinju.users import Users

pytestmark = pytest.mark.browser


def test_a_login_at_another_site_leads_back_into_the_page(
    contexts: Contexts, toy_index: Path, encoder: Encoder
) -> None:
    Users(toy_index / "users.sqlite").add("ada")
    with scripted_issuer() as issuer:
        issuer.address = issuer.address.replace("127.0.0.1", "localhost")  # another site than the page
        settings = Settings(
            index=str(toy_index),
            oidc_issuer=issuer.address,
            oidc_client_id=CLIENT,
            oidc_client_secret=SECRET,  # type: ignore[arg-type]
        )
        with hosting(toy_index, encoder, settings) as address:
            context = contexts.lend("zh-TW")
            page = context.pages[0] if context.pages else context.new_page()
            page.goto(f"{address}/?view=search")
            expect(page.locator(".button")).to_have_text(say("users.by_issuer", "zh-Hant"))
            page.evaluate(axe())
            found = page.evaluate("async () => (await axe.run(document)).violations.map(one => one.id)")
            page.click(".button")
            page.wait_for_selector("#box textarea:not(:disabled)", state="attached")
            assert page.url == f"{address}/?view=search"
            issuer.person = {"preferred_username": "nobody"}
            context.clear_cookies()
            page.goto(f"{address}/")
            page.click(".button")
            expect(page.locator("[role=alert]")).to_contain_text("nobody")
            contexts.take_back(context, "zh-TW")
    assert found == []
