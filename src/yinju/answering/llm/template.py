"""A model's text as it comes → its own turn, without the signs that chat templates part turns with.

A server whose template is not the model's passes on as text what should have ended the answer, <|im_end|> and its like,
often with a next turn behind it that the model makes up.
"""

import re

_TURN = (
    r"(?:<[|｜](?:im_|eo[tm]|end(?!_header)|start_header|user|assistant|system)[^\s<>|｜]{0,30}[|｜]>"
    r"|<(?:start|end)_of_turn>|<eos>)"
)
"""Begins or ends a turn, so that what follows is not the model's own, unless nothing was said yet."""
_OTHER = r"<[|｜][^\s<>|｜]{1,40}[|｜]>|</?s>|<(?:bos|pad|unk)>|\[/?INST\]"
_SIGN = re.compile(
    rf"(?P<turn>{_TURN})(?:\s{{0,2}}(?:assistant|model|user|system|tool)(?![a-z]))?|{_OTHER}", re.IGNORECASE
)
"""A sign, with the name of whose turn it is; </s> ends turns too, but may be HTML that an answer is about."""
_BEGUN = re.compile(rf"(?:<[^\s<>]{{0,44}}|\[/?I?N?S?T?|{_TURN}\s{{0,2}}[a-z]{{0,9}})\Z", re.IGNORECASE)
"""What may become a sign, or a longer one, with the next piece."""
_ENDED = re.compile(_TURN, re.IGNORECASE)

MOST_SIGNS = 8
"""So many turns begun or ended before the first word, and none comes."""


class TurnText:
    """Pieces of text → pieces of the model's own turn; however the text is cut, they say the same."""

    def __init__(self) -> None:
        """Start before the first word."""
        self._held = ""
        self._spoken = False
        self._turns = 0
        self.over = False
        """Whether the turn has ended: what comes after is not read."""

    def feed(self, piece: str) -> str:
        """What of the text is known to be the model's own."""
        self._held += piece
        begun = _BEGUN.search(self._held)
        known = begun.start() if begun else len(self._held)
        text, self._held = self._held[:known], self._held[known:]
        own = self._own(text)
        self.over = self.over or (self._spoken and _ENDED.match(self._held) is not None)
        return own

    def end(self) -> str:
        """What was held back and turns out to be text."""
        text, self._held = self._held, ""
        return self._own(text)

    def _own(self, text: str) -> str:
        own, at = "", 0
        for sign in _SIGN.finditer(text):
            own += self._say(text[at : sign.start()])
            at = sign.end()
            self._turns += sign["turn"] is not None
            self.over = self.over or (sign["turn"] is not None and (self._spoken or self._turns >= MOST_SIGNS))
        return own + self._say(text[at:])

    def _say(self, text: str) -> str:
        if self.over:
            return ""
        self._spoken = self._spoken or bool(text.strip())
        return text
