"""The catalogue in one language, as the views that are not templates yet ask for it: room.word."""

from dataclasses import dataclass

from yinju.messages import Language, say
from yinju.types import Disagreement, ModelFault


class Room:
    """The words of one room of the catalogue in one language."""

    def __init__(self, name: str, language: Language) -> None:
        """Say the keys that begin with a name."""
        self._name, self._language = name, language

    def __getattr__(self, word: str) -> str:
        """The sentence, its {names} still to be filled in."""
        from yinju.messages.catalogue import LANGUAGES, SENTENCES

        key = {"page": "page", "seconds": "seconds"}.get(word, f"{self._name}.{word}")
        key = "frame.overview" if key == "overview.label" else key
        return SENTENCES[key][LANGUAGES.index(self._language)]

    def fault(self, fault: ModelFault) -> str:
        """Why there is no language model's answer, or not a whole one."""
        names = {"unreachable": "unreachable_model", "failed": "model_failed", "unsupported": "baseless"}
        return str(getattr(self, names.get(fault.value, fault.value)))

    def said(self, fault: ModelFault) -> str:
        """What the model had said, where there is something else to read instead."""
        return self.not_used if fault is ModelFault.UNSUPPORTED else self.unfinished

    def disagreement(self, disagreement: Disagreement) -> str:
        """What a source does not bear out."""
        return str(getattr(self, disagreement.value))


@dataclass(frozen=True)
class Texts:
    """The page's words in one language; {names} in braces are filled in by `str.format`."""

    language: Language
    """As HTML's lang attribute: it also decides which regional shapes of characters the browser draws."""

    def __getattr__(self, room: str) -> Room:
        """A room."""
        return Room(room, self.language)

    @property
    def name(self) -> str:
        """Of the language, in itself."""
        return say("language.name", self.language)


HANT, HANS, ENGLISH = Texts("zh-Hant"), Texts("zh-Hans"), Texts("en")
LANGUAGES: dict[str, Texts] = {texts.language: texts for texts in (HANT, HANS, ENGLISH)}
