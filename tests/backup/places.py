"""Places with libraries in them, and what each holds, for tests of backups."""

from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from tests.conftest import CORPUS, ToyEncoder
from tests.test_conversations import ANSWER, OWNER

from yinju.configuration import page_file
from yinju.conversations import Conversations
from yinju.durable import write_json
from yinju.ingest.build import open_store
from yinju.libraries import Libraries
from yinju.library import build_index
from yinju.settings import Settings

KEY = "sk-canary-77"


@dataclass(frozen=True)
class Place:
    """A first library and others below a folder."""

    folder: Path

    @property
    def settings(self) -> Settings:
        """Those that name it."""
        return Settings(corpus=str(self.folder / "corpus"), index=str(self.folder / "index"))

    @property
    def libraries(self) -> Libraries:
        """Those of it."""
        return Libraries(self.settings)

    def build(self) -> None:
        """Bring the index of the first in line with its documents."""
        build_index(self.folder / "corpus", self.folder / "index", encoder=ToyEncoder(), settings=self.settings)

    def fill(self, told: str = "", libraries: int = 1) -> "Place":
        """Put documents, chats and settings into it, and into so many libraries besides."""
        entries = [self.libraries.first, *(self.libraries.create(f"庫{n}{told}") for n in range(libraries))]
        for entry in entries:
            for name, text in CORPUS.items():
                (entry.corpus / name).parent.mkdir(parents=True, exist_ok=True)
                (entry.corpus / name).write_text(f"{text}{told}\n", "utf-8")
            build_index(entry.corpus, entry.index, encoder=ToyEncoder(), settings=self.settings)
            Conversations(entry.chats).keep(OWNER, f"chat{told}", replace(ANSWER, question=f"問{told}"))
        chosen = {"llm_base_url": f"http://127.0.0.1:9/{told}", "llm_api_key": KEY}
        write_json(page_file(self.folder / "index"), chosen)
        return self

    def held(self) -> dict[str, object]:
        """All that readers of it would find, by title of library: documents, what is searched, chats."""
        found: dict[str, object] = {}
        for entry in self.libraries.entries():
            documents = {str(path.relative_to(entry.corpus)): path.read_bytes()
                         for path in sorted(entry.corpus.rglob("*")) if path.is_file()}  # fmt: skip
            if not (entry.index / "CURRENT").exists():
                found[entry.title] = documents
                continue
            with closing(open_store(entry.index, self.settings).verify()) as live:
                texts = {one.name: one.text for one in live.documents.documents()}
                assert live.facts.corpus == str(entry.corpus.resolve())
            kept = Conversations(entry.chats)
            kept.check()
            found[entry.title] = documents, texts, [chat.title for chat in kept.chats(OWNER)]
        return found
