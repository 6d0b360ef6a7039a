"""A question and the turns before it → the question that can be searched on its own."""

import re
from collections.abc import Sequence

from yinju.text import fold, topic_of, words

Turn = tuple[str, str]
"""(question, answer) of an earlier turn."""

MEMORY = 5
"""How many turns back a chain of follow-ups is read."""

_WHAT_ABOUT = re.compile("^(?:那麼|那么|那|還有|还有)(.+?)呢[？?。！!]*$")
_PRONOUN = re.compile("它們|它们|它|牠們|牠|前述|上述")
_REFERS = re.compile("^(那|还有|然后|而|再)|这个|这种|这些|那个|那种|那些|前者|后者|上面|刚才|两者|二者|其中|他们")
_SHORT = 3
"""A question of so few words says too little to be searched without what came before."""


def resolve(question: str, history: Sequence[Turn]) -> str:
    """The question as it is to be searched, itself where nothing in it points back.

    In 「那紅茶呢？」 the new topic takes the place of the one before; 「它」 is replaced by the topic before; any
    other question that points back or is very short is led by the question before it.
    """
    if not history:
        return question
    asked, about, pronoun = question.strip(), _WHAT_ABOUT.match(question.strip()), _PRONOUN.search(question)
    if not (about or pronoun or _REFERS.search(fold(asked)) or len(words(asked)) <= _SHORT):
        return question
    previous = resolve(history[-1][0], history[-MEMORY:-1])
    topic = topic_of(previous)
    if topic and about and topic_of(about[1]):
        return previous.replace(topic, about[1], 1)
    if topic and pronoun:
        return _PRONOUN.sub(topic, asked, count=1)
    return f"{previous} {asked}"
