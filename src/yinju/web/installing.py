"""What a browser needs to install the page as an app; its address is the one that Gradio's page names."""

from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse

from yinju.messages import Language, say
from yinju.web.visitor import visitor_of

SEAL, PAPER = "#a4291d", "#faf8f4"
"""As in static/page.css."""
SIZES = (192, 512)
"""Of the icons in static/ that are pixels, the whole square in one colour, so that any shape may be cut out of it."""


def add_manifest(app: FastAPI) -> None:
    """Serve the manifest in the place of Gradio's."""

    @app.get("/manifest.json")
    def manifest(request: Request) -> JSONResponse:
        shown = manifest_in(visitor_of(request).language)
        return JSONResponse(shown, media_type="application/manifest+json")


def manifest_in(language: Language) -> dict[str, Any]:
    """The manifest as the W3C has it."""
    drawn = {"src": "/ui/icon.svg", "sizes": "any", "type": "image/svg+xml"}
    cut = [
        {"src": f"/ui/icon-{size}.png", "sizes": f"{size}x{size}", "type": "image/png", "purpose": "any maskable"}
        for size in SIZES
    ]
    return {
        "id": "/", "start_url": "/", "scope": "/", "display": "standalone", "name": "引據 Yinju", "short_name": "引據",
        "description": say("frame.promise", language), "lang": language, "theme_color": SEAL,
        "background_color": PAPER, "icons": [drawn, *cut],
    }  # fmt: skip
