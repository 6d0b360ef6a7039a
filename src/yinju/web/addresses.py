"""Libraries and their addresses: the first is at /, another below /l/<id>/; every address inside one is relative.

A page's links and requests name no library: a browser takes them from where the page is. Only what leads from one
library to another is written in full, by `library_href`; and what is the same for all, below /ui/ and /assets/.
"""

import re

from starlette.types import Scope

_BELOW = re.compile(r"/l/([^/]+)")


def library_href(id: str) -> str:
    """The address of a library's page."""
    return f"/l/{id}/" if id else "/"


def below_library(scope: Scope) -> tuple[Scope, str]:
    """A request as its library's application has it, the address of that being the root, and the path below that."""
    found = _BELOW.match(scope["path"])
    if not found:
        return scope, scope["path"]
    return {**scope, "root_path": found[0]}, scope["path"][found.end() :]


def id_in(path: str) -> str:
    """The id of the library below whose address a path is; empty for the first."""
    found = _BELOW.match(path)
    return found[1] if found else ""
