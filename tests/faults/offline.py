"""All that a reader does, in processes of its own: index, ask at the page, open a source, see a page, add a document.

python tests/faults/offline.py FOLDER, in a network namespace that has nothing but its own loopback. Exits with 0 where
all of it was done; what it asked for the page says. Only the standard library asks: what connects is Yinju.
"""

import array
import fcntl
import html
import json
import re
import socket
import struct
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import quote

SECONDS = 120
"""The longest wait for anything."""
PDF = "活动策划手册.pdf"
QUESTION, ANOTHER = "活動策劃要先做什麼？", "測試城的市花是什麼花？"
UPLOADED = "測試城的市花是雞蛋花。\n"
_GET_FLAGS, _SET_FLAGS, _UP = 0x8913, 0x8914, 1


def bring_up_loopback() -> None:
    """Have 127.0.0.1 answer in a namespace that was just made."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        named = array.array("b", struct.pack("16sh14x", b"lo", 0))
        fcntl.ioctl(any_socket, _GET_FLAGS, named)
        flags = struct.unpack("16sh14x", named)[1]
        fcntl.ioctl(any_socket, _SET_FLAGS, struct.pack("16sh14x", b"lo", flags | _UP))


class Reader:
    """A browser, as far as the page can tell."""

    def __init__(self, address: str) -> None:
        """Open the page at an address."""
        self._address = address
        handlers = urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(CookieJar())
        self._opener = urllib.request.build_opener(*handlers)
        self.get("/")

    def get(self, path: str) -> bytes:
        """What a door gives."""
        content: bytes = self._opener.open(f"{self._address}{path}", timeout=SECONDS).read()
        return content

    def post(self, path: str, body: bytes, kind: str = "application/json") -> bytes:
        """What a door answers to what is sent."""
        headers = {"content-type": kind, "origin": self._address}
        request = urllib.request.Request(f"{self._address}{path}", body, headers)
        content: bytes = self._opener.open(request, timeout=SECONDS).read()
        return content

    def ask(self, question: str) -> str:
        """The chat once a question is answered, as HTML, over the protocol that the page itself speaks."""
        page = f"page{time.monotonic_ns()}"
        sent = {"data": [question, ""], "fn_index": 0, "session_hash": page, "event_data": None, "trigger_id": 1}
        self.post("/gradio_api/queue/join", json.dumps(sent).encode())
        told = ""
        for line in self._opener.open(f"{self._address}/gradio_api/queue/data?session_hash={page}", timeout=SECONDS):
            if line.startswith(b"data:"):
                message = json.loads(line[5:])
                told += json.dumps(message.get("output", {}), ensure_ascii=False)
                if message["msg"] == "process_completed":
                    assert message["success"], message
                    return html.unescape(told.replace('\\"', '"'))
        raise AssertionError(f"no answer: {told}")


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address at which the page is."""
    command = [sys.executable, "-m", "yinju.cli", "chat", "--index", str(folder / "index"), "--port", "7860"]
    with subprocess.Popen(command, cwd=folder) as server:
        try:
            until = time.monotonic() + SECONDS
            while time.monotonic() < until:
                with suppress(OSError):
                    urllib.request.urlopen("http://127.0.0.1:7860/health", timeout=5).close()
                    break
                time.sleep(0.2)
            yield "http://127.0.0.1:7860"
        finally:
            server.terminate()


def main(folder: Path) -> None:
    """Do all of it."""
    bring_up_loopback()
    index = [sys.executable, "-m", "yinju.cli", "index", str(folder / "corpus"), "--index", str(folder / "index")]
    subprocess.run(index, check=True, cwd=folder)
    with served(folder) as address:
        reader = Reader(address)
        chat = reader.ask(QUESTION)
        cited = re.search(r'href="#src-1-1\?([^"\\]+)', chat)
        assert cited, chat
        panel = html.unescape(reader.get(f"/source?{cited[1]}").decode())
        assert PDF in panel, panel
        leaf = re.search(r'data-address="([^"]+)"', panel)
        assert leaf and b"<img" in reader.get(f"/source/page?{leaf[1]}&page=1&width=600"), panel
        assert reader.get(f"/page?{leaf[1]}&page=1&width=600")[8:12] == b"WEBP", "no page of a PDF"
        assert reader.get(f"/original?{leaf[1]}").startswith(b"%PDF"), "no original"
        reader.post(f"/documents/upload?name={quote('市花.txt')}", UPLOADED.encode(), "application/octet-stream")
        until = time.monotonic() + SECONDS
        while "雞蛋花" not in (answer := reader.ask(ANOTHER)):
            assert time.monotonic() < until, answer
            time.sleep(0.5)
        for path in ("/view/documents", f"/view/search?q={quote(QUESTION)}", "/view/overview", "/health"):
            reader.get(path)
    print("all was done")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
