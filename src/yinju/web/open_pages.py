"""What an open page calls itself → the name that Gradio knows it by, which no other visitor's request can have.

Gradio gives what is asked at a page, and the answer as it grows, to whoever names that page. Here its name counts
together with who asks, and where: what another browser calls the same is another page, of which nothing is known. So
nothing is kept of whose page is whose, and nothing can be forgotten.
"""

from hashlib import sha256

from starlette.requests import Request

from yinju.web.desk import id_of
from yinju.web.visitor import visitor_of


def own_name(request: Request, named: str) -> str:
    """The name by which Gradio knows what a request calls its page; without white space, so that no two are one."""
    return sha256(f"{visitor_of(request).id} {id_of(request)} {named}".encode()).hexdigest()


def is_open(request: Request, page: str, event: str = "") -> bool:
    """Whether something was asked at a page, and is still to be told; with an event named, that one."""
    queue = request.app.state.page._queue
    return page in queue.pending_messages_per_session and (
        not event or event in queue.pending_event_ids_session.get(page, ())
    )
