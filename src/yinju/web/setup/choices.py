"""What is chosen at the page → a file beside the first index, and all libraries, which answer by it from then on."""

from collections.abc import Mapping
from contextlib import suppress
from threading import Lock

from yinju.answering.llm import load_model
from yinju.answering.llm.server import without_credentials
from yinju.audit import record
from yinju.configuration import PAGE_SETTINGS, origin_of, page_file, read_page_file, variable_of
from yinju.durable import write_json
from yinju.settings import Settings, load_settings
from yinju.web.desks import Desks

MODEL = ("llm_base_url", "llm_model", "llm_api_key")
"""What makes up a language model: set together, so that a key goes to the address alone that it was given with."""
AT_ONCE = (*MODEL, "refuse_below")
"""What a running library follows; the rest counts from the next start on."""
FIXED = ("given", "variable")
"""Places of settings that go before the page."""


class Choices:
    """The settings that the page shows and changes. Safe for several threads."""

    def __init__(self, desks: Desks) -> None:
        """Nothing is chosen yet; what the first library was given in Python stays as it is, and the others follow it.

        Raises:
            SettingsError: what is set cannot be read.
        """
        library = self._library = desks.first.library
        self._desks, self._file, self._lock = desks, page_file(library.index), Lock()
        found = load_settings(library.index)
        self._given = {name for name in PAGE_SETTINGS if getattr(library.settings, name) != getattr(found, name)}

    def origin(self, name: str) -> str:
        """Where a setting is from: given (in Python), variable, page, env_file, toml or default."""
        index = str(self._library.index)
        return "given" if name in self._given else origin_of(Settings, name, {"index": index})

    def model_origin(self) -> tuple[str, str]:
        """Where the language model is from, and the variable of what says so."""
        origins = {name: self.origin(name) for name in MODEL}
        fixed = next((name for name in MODEL if origins[name] in FIXED), MODEL[0])
        return origins[fixed], variable_of(fixed)

    def next_start(self) -> Settings:
        """The settings as the next start will find them."""
        found = load_settings(self._library.index)
        return found.model_copy(update={name: getattr(self._library.settings, name) for name in self._given})

    def asked_model(self, address: str, model: str, key: str) -> Settings:
        """The settings with a language model; the key in force where none is written and the address is as it was.

        Raises:
            SettingsError: the address or the key cannot be used.
        """
        now, address = self._library.settings, address.strip().rstrip("/")
        if address and address == without_credentials(now.llm_base_url.strip()).rstrip("/"):
            address, key = now.llm_base_url, key.strip() or now.llm_api_key.get_secret_value()
        asked = now.with_model(address, model.strip() if address else "", key.strip() if address else "")
        load_model(asked)
        return asked

    def choose_model(self, asked: Settings) -> None:
        """Answer with a language model from now on; without any where its address is empty."""
        if not asked.llm_base_url:
            self.forget(*MODEL)
            if not self._library.settings.llm_base_url:
                return
        key = asked.llm_api_key.get_secret_value()
        self.choose(dict(zip(MODEL, (asked.llm_base_url, asked.llm_model, key), strict=True)))

    def choose(self, chosen: Mapping[str, object]) -> None:
        """Keep some settings, and follow those that can be followed at once.

        Raises:
            OSError: they cannot be written; all stays as it was.
        """
        with self._lock:
            self._write({**self._kept(), **chosen})
            record("settings_change", ", ".join(chosen))  # never what they are: a key may be among them
            self._follow()

    def forget(self, *names: str) -> None:
        """Have some settings be as they are set elsewhere.

        Raises:
            OSError: that cannot be written; all stays as it was.
        """
        with self._lock:
            self._write({name: value for name, value in self._kept().items() if name not in names})
            record("settings_forget", ", ".join(names))
            self._follow()

    def _write(self, chosen: Mapping[str, object]) -> None:
        self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_json(self._file, chosen)  # for this user alone: a key may be in it

    def _kept(self) -> dict[str, object]:
        with suppress(ValueError):
            return read_page_file(self._file)
        return {}

    def _follow(self) -> None:
        found, now = load_settings(self._library.index), self._library.settings
        changed = {name: getattr(found, name) for name in AT_ONCE if name not in self._given}
        follows = now.model_copy(update={name: value for name, value in changed.items() if getattr(now, name) != value})
        if any(getattr(now, name) != getattr(follows, name) for name in MODEL):
            self._library.model = load_model(follows)
        self._library.settings = follows
        for desk in self._desks:
            desk.library.settings, desk.library.model = follows, self._library.model
