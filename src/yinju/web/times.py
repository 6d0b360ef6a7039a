"""A moment → HTML that the page's scripts fill in as the reader's own clock and language have it."""


def time_html(seconds: float) -> str:
    """A moment in seconds since 1970; — for none."""
    return f'<time data-seconds="{seconds:.0f}"></time>' if seconds else "—"
