"""A question and the turns before it → the question that can be searched on its own."""

import re
from collections.abc import Sequence

from yinju.text import fold, words

Turn = tuple[str, str]
"""(question, answer) of an earlier turn."""

_REFERS = re.compile("^(那|那么|还有|然后|而|再)|它|他们|她|这个|这种|这些|那个|那种|那些|前者|后者|上面|刚才|两者|二者|其中")
_SHORT = 3
"""A question of so few words says too little to be searched without what came before."""


def resolve(question: str, history: Sequence[Turn]) -> str:
    """The question as it is to be searched: led by the question before where it points back to it, else itself."""
    if not history or not (_REFERS.search(fold(question)) or len(words(question)) <= _SHORT):
        return question
    return f"{history[-1][0]} {question}"
