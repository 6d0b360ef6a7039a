"""Results → standard output, messages → standard error."""

import json
import sys


def print_json(value: object) -> None:
    """One line of JSON; half of a surrogate pair, which no terminal takes, as it is escaped."""
    print(json.dumps(value, ensure_ascii=False).encode("utf-8", "backslashreplace").decode())


def tell(message: str) -> None:
    """A line to standard error."""
    print(message, file=sys.stderr)
