"""argparse in one of three languages: usage, help with every default, and what is wrong with a call.

Whatever argparse says itself is in English; a test goes through all of it that a call can bring about.
"""

import argparse
import re
import shlex
import sys
from collections.abc import Callable
from difflib import get_close_matches
from functools import partial
from typing import Any, NoReturn

from yinju.messages import Language, say
from yinju.printing import columns
from yinju.reasons import Reason
from yinju.reasons import say as say_reason

_HELP_COLUMN = 30
"""Where the help of an option begins at the latest, in characters."""
_PIECE = re.compile(r"[（「“]*(?:[!-~…]+|[^!-~…\s])[，。；：、）」”]*\s*")
"""What a line is not broken within: a word, or a Chinese character with the marks around it."""
_OF_OPTION = re.compile(r"argument (?P<option>\S+): (?P<problem>.*)", re.DOTALL)
_USUAL = ("off", "none", "all", "any", "first")
"""What a default may be that is no value."""
_PROBLEMS = {
    "call.required": r"the following arguments are required: (?P<names>.+)",
    "call.no_command": r"invalid choice: '?(?P<found>.*?)'?(?:, maybe .*)? \(choose from .*\)",
    "call.wants_value": r"expected (?:one|at least one) argument",
    "call.wants_none": r"ignored explicit argument (?P<found>.+)",
    "call.ambiguous": r"ambiguous option: (?P<found>\S+) could match (?P<names>.+)",
}
"""The reason for which argparse says so."""


class Parser(argparse.ArgumentParser):
    """The parser of the whole command line, or of one command."""

    def __init__(self, *, language: Language, **options: Any) -> None:  # noqa: ANN401 - argparse's own
        """Know no argument but --help yet."""
        formatter = partial(_Formatter, language=language)
        super().__init__(add_help=False, formatter_class=formatter, **options)
        self.language = language
        self._values = self.add_argument_group(say("usage.arguments", language))
        self._options = self.add_argument_group(say("usage.options", language))
        self._options.add_argument("-h", "--help", action="help", help=say("usage.help", language))
        self.commands: dict[str, Parser] = {}

    def say(self, key: str) -> str:
        """What the catalogue says, as argparse takes it in a help."""
        return say(key, self.language).replace("%", "%%")

    def argument(self, name: str, about: str, usual: object = None, **how: Any) -> None:  # noqa: ANN401
        """Add an argument or option; `about` is its key, `usual` its default as told: a value, or one of `_USUAL`."""
        group = self._options if name.startswith("-") else self._values
        told = self.say(about)
        if usual is not None:
            shown = say(f"default.{usual}", self.language) if str(usual) in _USUAL else str(usual).replace("%", "%%")
            told = say("usage.default", self.language, about=told, default=shown)
        group.add_argument(name, help=told, **how)

    def flag(self, name: str, about: str) -> None:
        """Add an option that is on or off."""
        self.argument(name, about, "off", action="store_true")

    def read(self) -> argparse.Namespace:
        """What the command line says; ends with status 2 where that is wrong."""
        arguments, rest = self.parse_known_args()
        if rest:
            parser: Parser = arguments.parser
            parser._refuse_more(rest)
        return arguments

    def error(self, message: str) -> NoReturn:
        """End with the usage and what is wrong, as argparse has found it."""
        named = _OF_OPTION.fullmatch(message)
        problem = self._reason_of(named["problem"] if named else message)
        if named and "command" not in problem.name:
            problem = Reason("call.of_option", {"option": named["option"], "problem": problem})
        self._refuse(problem)

    def _reason_of(self, message: str) -> Reason:
        for name, pattern in _PROBLEMS.items():
            if found := re.fullmatch(pattern, message, re.DOTALL):
                if self.commands and name in ("call.required", "call.no_command"):
                    return self._no_command(found.groupdict().get("found"))
                return Reason(name, found.groupdict())
        return Reason("call.as_told", {"told": message})  # by a type of ours, in the language already

    def _no_command(self, found: str | None) -> Reason:
        known = [*self.commands]
        if found is None:
            return Reason("call.which", {"expected": known})
        if nearest := get_close_matches(found, known, n=1):
            return Reason("call.nearest_command", {"found": found, "again": _again(found, nearest[0])})
        return Reason("call.no_command", {"found": found, "expected": known})

    def _refuse_more(self, rest: list[str]) -> NoReturn:
        """End for what the command does not take."""
        option = next((one.partition("=")[0] for one in rest if one.startswith("-")), None)
        if option is None:
            self._refuse(Reason("call.too_many", {"found": " ".join(rest)}))
        if nearest := get_close_matches(option, self._option_string_actions, n=1):
            self._refuse(Reason("call.nearest_option", {"found": option, "again": _again(option, nearest[0])}))
        self._refuse(Reason("call.no_option", {"found": option}))

    def _refuse(self, problem: Reason) -> NoReturn:
        self.print_usage(sys.stderr)
        told = Reason("call.wrong", {"problem": problem, "help": f"{self.prog} --help"})
        self.exit(2, f"yinju: {say_reason(told, self.language)}\n")


def value_of(read: Callable[[str], Any], expected: Reason, language: Language) -> Callable[[str], Any]:
    """A type for argparse: what `read` makes of a text; a ValueError is told with what was found and expected."""

    def checked(text: str) -> Any:  # noqa: ANN401 - as `read`
        try:
            return read(text)
        except ValueError:
            wrong = Reason("call.value", {"found": repr(text), "expected": expected})
            raise argparse.ArgumentTypeError(say_reason(wrong, language)) from None

    return checked


def wrapped(text: str, width: int) -> list[str]:
    """The lines of a text in columns of a terminal, where a Chinese character takes two; none begins with a mark."""
    lines = [""]
    for piece in _PIECE.findall(" ".join(text.split())):
        if lines[-1] and columns(lines[-1] + piece.rstrip()) > width:
            lines.append("")
        lines[-1] += piece
    return [line.rstrip() for line in lines]


def _again(wrong: str, right: str) -> str:
    """The call once more with a word put right."""
    words = (re.sub(rf"^{re.escape(wrong)}(?==|$)", right, word) for word in sys.argv[1:])
    return shlex.join(["yinju", *words])


class _Formatter(argparse.HelpFormatter):
    """Lines by columns of the terminal, not by characters."""

    def __init__(self, prog: str, *, language: Language, **options: Any) -> None:  # noqa: ANN401
        super().__init__(prog, max_help_position=_HELP_COLUMN, **options)
        self._usage = say("usage.prefix", language)

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:  # noqa: ANN401
        super().add_usage(usage, actions, groups, self._usage if prefix is None else prefix)

    def _split_lines(self, text: str, width: int) -> list[str]:
        return wrapped(text, width)

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        return "\n".join(indent + line for line in wrapped(text, width))

    def add_argument(self, action: argparse.Action) -> None:
        super().add_argument(action)
        width = self._current_indent + columns(self._format_action_invocation(action))
        self._action_max_length = max(self._action_max_length, width)

    def _format_action(self, action: argparse.Action) -> str:
        if isinstance(action, argparse._SubParsersAction):  # the commands alone, below their title
            return "".join(map(self._format_action, action._get_subactions()))
        formatted, header = super()._format_action(action), self._format_action_invocation(action)
        wide = columns(header) - len(header)
        return formatted.replace(header + " " * wide, header, 1)
