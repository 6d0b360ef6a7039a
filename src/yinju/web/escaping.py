"""What the views that are not templates yet need of `rendering`."""

from yinju.web import rendering

language_of = rendering.regional


def literal(text: str) -> str:
    """The text as HTML that shows its characters and does nothing, for content and for quoted attributes."""
    return str(rendering.literal(text))


def one_line(text: str, most_characters: int) -> str:
    """The text's beginning as HTML, white space joined, with … where it was cut."""
    return literal(rendering.one_line(text, most_characters))


def with_breaks(text: str) -> str:
    """The text as HTML in a single line, each of its line breaks a <br>."""
    return str(rendering.with_breaks(text))
