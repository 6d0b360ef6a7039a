"""A turn of the chat → what kind it is: a greeting, thanks, 你是誰, 有哪些文件 …, or a question; and the reply to it.

A turn is no question only where the whole of it says so. Whatever says more is a question, which documents may answer.
"""

import re
from collections.abc import Sequence
from enum import StrEnum

from yinju.answering.declined import why_declined
from yinju.answering.followup import Turn
from yinju.answering.reply import Reply
from yinju.answering.titles import titles_of
from yinju.answering.turn_words import plain, spelled
from yinju.messages import Language, say
from yinju.retrieval import Retriever
from yinju.types import Statement, Verdict


class TurnKind(StrEnum):
    """What somebody wants when they write."""

    QUESTION = "question"
    GREETING = "greeting"
    THANKS = "thanks"
    FAREWELL = "farewell"
    WHO = "who"
    """你是誰: what this is, whether it is a person."""
    HELP = "help"
    """你能做什麼, 怎麼用."""
    UPLOAD = "upload"
    DOCUMENTS = "documents"
    """有哪些文件."""
    DECLINED = "declined"
    """Nonsense, sums, a letter to be written: nothing that documents answer."""
    OUTLINE = "outline"
    """A summary of the collection, a document or a section."""


LISTED = 20
"""How many documents are named when somebody asks which there are."""

_SMALL_TALK = re.compile("[IYP]*[ftpgn][ftpgnIYP]*|[IY]*t[YDI]+")
_TONES = {
    "f": TurnKind.FAREWELL, "t": TurnKind.THANKS, "p": TurnKind.THANKS, "g": TurnKind.GREETING, "n": TurnKind.THANKS,
}  # fmt: skip
"""What small talk is: as the first of these that stands in it, see turn_words.py."""

_KINDS: tuple[tuple[TurnKind, re.Pattern[str], re.Pattern[str]], ...] = tuple(
    (kind, re.compile(alone), re.compile(first)) for kind, alone, first in (
        (TurnKind.WHO,
         "YB?Q[ZD]?|QB?[YT]|QB?[ZD]Y|YBW[JR]?|WB?Y[JR]?|Y[UB]+WR|Y?J+[YJ]*BW|YJ+|JY?J+|HJY|HJBY|[YT]B(?:B?R)+|B[YT](?:B?R)+",
         "HJ"),
        (TurnKind.HELP,
         "Y(?:C+D*|D+)I?D*WE?|YC+D|Y[VC]*W[EU]|YB?D+W?|WD*C?YD*|WCIU?Y?|DI?|Y?C+Y?D+I|I[VU]*E+U?Y?|I?A+Y?WE?"
         "|[CI]*[AU]Y?E|TB?WS(?:HU)?|T?S(?:B?D|V?W[EU]|H)[DWU]*|YH+C?U|H[DCI]*U(?:Y|T?S)|HD[IT]U[TS]*|DI?H+U|WBTS",
         "[TI]?H[CDI]*U|TB?W|WBT|V?WE|TB?D+W?|C+D+WE?|VE"),
        (TurnKind.UPLOAD,
         "[IY]*H[CDI]*[xX]+I?F+[xXP]*|F+[CI]*G[xX]+|G[CDI]*[xX]+F+|[Ixx]*x+I?F+G?|I[xX]+F+|[IYSP]*C[CI]*[xX]+I?F+[xX]*"
         "|F+C[xX]+P*|[YSP]*C[CxU]*WF?O|WF?O[CBD]+[YIxAC]*|[YS][VCA]+WF?OF?",
         "H[CDI]*x+P?|F+H[CI]*[xX]+P?|[CDI]*Gx+|x+G?|C+I?x"),
        (TurnKind.DOCUMENTS,
         "[YSP]+[VA]*[WK]F+[CAUD]*|[VA]+[YP]*[WK]F+[CAUD]*|WF[DBYVAPC]+|KF[DBYVAP]*|[MYSP]*F+P?[VA]+[WK]"
         "|L+I?M*[YVA]*F+M*"
         "|M*F+M+[BW]*|M+F+[YVA]*|P+[VA]+WE?|YnW[FE]?", "M+F+"),
    )
)  # fmt: skip
"""Kind → how turns of it are spelled, see turn_words.py: whenever, and only where no question went before."""

_HOURS = (
    ("morning", ("早", "上午好", "morning")), ("noon", ("午安", "中午好", "下午好", "afternoon")),
    ("evening", ("晚上好", "evening")), ("night", ("晚安", "goodnight")),
)  # fmt: skip
"""When a greeting or a farewell is said → the words that say so."""


def turn_of(question: str, history: Sequence[Turn] = ()) -> TurnKind:
    """What kind of turn it is; a question where anything in it may be one."""
    letters = spelled(plain(question)).replace(".", "")
    if _SMALL_TALK.fullmatch(letters):
        return next(kind for letter, kind in _TONES.items() if letter in letters)
    asked = letters.strip("ftpgn")
    follows = bool(history) and turn_of(history[-1][0]) is TurnKind.QUESTION
    for kind, always, first in _KINDS:
        if always.fullmatch(asked) or (not follows and first.fullmatch(asked)):
            return kind
    return TurnKind.DECLINED if why_declined(question) else TurnKind.QUESTION


def reply_to_turn(kind: TurnKind, question: str, retriever: Retriever, language: Language) -> Reply:
    """What is said to a turn that is no question, at once and without a search.

    Those of `question` and `outline` are none of them.
    """
    if kind is TurnKind.DECLINED:
        return _said(f"turn.declined.{why_declined(question) or 'nonsense'}", language, Verdict.NOTHING)
    if kind is TurnKind.DOCUMENTS:
        return _documents(retriever, language)
    if kind is TurnKind.UPLOAD and retriever.settings.read_only:
        return _said("turn.upload.closed", language)
    letters = spelled(plain(question))
    if kind is TurnKind.THANKS:
        tone = next(name for letter, name in (("t", "thanks"), ("p", "praise"), ("", "noted")) if letter in letters)
        return _said(f"turn.{tone}", language)
    if kind in (TurnKind.GREETING, TurnKind.FAREWELL):
        hour = next((name for name, words in _HOURS if any(word in plain(question) for word in words)), "any")
        return _said(f"turn.{kind}", language, hail=say(f"turn.{kind}.{hour}", language))
    return _said(f"turn.{kind}", language)


def _said(key: str, language: Language, verdict: Verdict = Verdict.ANSWERED, **values: object) -> Reply:
    return Reply(verdict, (Statement(say(key, language, **values), ()),))


def _documents(retriever: Retriever, language: Language) -> Reply:
    """How many documents there are, and the titles of the first."""
    titles = [*titles_of(retriever.generation.documents.facts()).values()]
    if not titles:
        return _said("turn.documents.none", language)
    named = [f"{number}. {title}" for number, title in enumerate(titles[:LISTED], start=1)]
    left = len(titles) - len(named)
    lines = [say("turn.documents", language, count=len(titles)), *named]
    lines += [say("turn.documents.more", language, count=left)] if left else []
    return Reply(Verdict.ANSWERED, tuple(Statement(line, (), new_line=n > 0) for n, line in enumerate(lines)))
