"""What is known of a conversation when a follow-up is asked, and what a rule makes of the follow-up."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from yinju.answering.followup.phrases import lead_of, lead_span, members_of, topic_of
from yinju.answering.followup.slots import join
from yinju.answering.followup.words import Phrase, read_phrase
from yinju.text import fold

LONGEST = 80
"""A question of more characters says by itself what it is about."""


@dataclass(frozen=True, slots=True)
class Said:
    """What is known when a question is asked: the question before, as it was understood, and what came of it."""

    question: str
    phrase: Phrase
    before: "Said | None" = None
    """What was known when that was asked."""
    root: str = ""
    """What the talk is about at large, where that question named only something of it: a shop, and its regulars."""
    points: tuple[str, ...] = ()
    """What an ordinal picks from."""
    owner: str = ""
    """What those are points of."""
    picked: int | None = None
    """Which of them was asked for last."""
    swapped: str = ""
    """What was put in another's place."""
    kept: str = ""
    """What a question was about that asked something more of the same."""

    def talk(self) -> Iterator["Said"]:
        """This and what was known before, latest first."""
        past: Said | None = self
        while past:
            yield past
            past = past.before

    @property
    def topic(self) -> str:
        """What the question before was about."""
        lead = self.kept or self.phrase.text[slice(*lead_span(self.phrase))]
        return topic_of(read_phrase(lead)) or topic_of(self.phrase)

    @property
    def earlier(self) -> str:
        """The topic before that; empty for none."""
        return next((past.topic for past in self.talk() if past.topic != self.topic), "")

    @property
    def subject(self) -> str:
        """The topic with what it belongs to."""
        topic = self.topic
        if not topic or not self.root or self.root in self.question or fold(topic) in fold(self.root):
            return topic or self.root
        return f"{self.root}的{topic}"

    @property
    def lead(self) -> str:
        """What the question before said of its topic before it asked, behind what that belongs to."""
        lead = self.kept or lead_of(self.phrase)
        return lead if self.root == self.topic else self.owned(lead)

    def owned(self, text: str) -> str:
        """A text from the question before, behind what it belongs to where it does not say so itself."""
        return text if not self.root or self.root in text else join(self.root, " ", text)

    @property
    def members(self) -> list[str]:
        """What the question before named side by side."""
        return [self.phrase.text[start:end] for start, end in members_of(self.phrase)]

    @property
    def last_two(self) -> str:
        """The two things that were spoken of last; the one where there was only one."""
        return self.topic if len(self.members) > 1 or not self.earlier else join(self.earlier, "和", self.topic)


@dataclass(frozen=True, slots=True)
class Meaning:
    """A question as it is searched, the point of a list it asks for, and what stands in another's place."""

    question: str
    picked: int | None = None
    swapped: str = ""
    kept: str = ""
    """What the next question is about as well, where this one only asks something more of it."""
    guessed: bool = False
    """Whether nothing in the question points back, and it may as well be about something else."""


Rule = Callable[[Phrase, Said], Meaning | None]


_OPENING = re.compile("^(?:那么|那(?![个种些里边家款])|其中|然后|而|所以|请问|想问)+[,\\s]*")
_CLOSING = re.compile(r"(?:(?:的话)?[呢咧哩]|的话)[\s?!。.~]*$|[\s!。.~]*$")


def strip_particles(phrase: Phrase, start: int = 0, end: int | None = None) -> str:
    """What stands between two places of a question, without an opening 那 or a closing 呢."""
    folded = phrase.folded[start:end]
    opening = _OPENING.match(folded) if not start else None
    left = opening.end() if opening else 0
    closing = _CLOSING.search(folded, left) if end is None else None
    return phrase.text[start:end][left : closing.start() if closing else None]


def set_behind(said: Said, question: str) -> str:
    """The question before and this one, where no better is known."""
    return f"{said.question if len(said.question) <= LONGEST else said.lead} {question}".strip()
