"""The library → how much it holds, in which formats, and what it works with."""

from collections import Counter

from yinju.conversations import Statistics
from yinju.library import Library
from yinju.types import FileState
from yinju.web.documents.shown import format_name
from yinju.web.escaping import literal, one_line
from yinju.web.texts import Texts
from yinju.web.times import time_html

_KEPT = (FileState.INDEXED, FileState.WARNED)


def tiles_html(library: Library, statistics: Statistics | None, texts: Texts) -> str:
    """The numbers that count most, each large on a tile."""
    words, outcomes = texts.overview, library.outcomes()
    kept = [outcome for outcome in outcomes if outcome.state in _KEPT]
    skipped, failed = (sum(o.state is state for o in outcomes) for state in (FileState.SKIPPED, FileState.FAILED))
    built = literal(words.built).replace(literal("{when}"), time_html(library.built))
    tiles = [
        tile_html("documents", f"{len(kept):,}", words.documents),
        tile_html("passages", f"{library.passage_count:,}", words.passages),
        tile_html("characters", f"{sum(outcome.characters for outcome in kept):,}", words.characters),
        tile_html("generation", f"{library.generation:,}", words.generation, built),
    ]
    if skipped + failed:
        told = literal(words.left_out_as.format(skipped=skipped, failed=failed))
        tiles.insert(3, tile_html("left-out", f"{skipped + failed:,}", words.left_out, told))
    if statistics:
        told = literal(words.answers_as.format(chats=f"{statistics.chats:,}"))
        tiles.append(tile_html("answers", f"{statistics.answers:,}", words.answers, told))
    return f'<ul class="tiles">{"".join(tiles)}</ul>'


def tile_html(kind: str, number: str, name: str, more: str = "") -> str:
    """One number with its name, and HTML that says more of it."""
    note = f'<span class="more">{more}</span>' if more else ""
    return f'<li class="tile {kind}"><b>{literal(number)}</b> <span>{literal(name)}</span>{note}</li>'


def formats_html(library: Library, texts: Texts) -> str:
    """How many documents and passages each format has, most documents first."""
    words = texts.overview
    kept = [outcome for outcome in library.outcomes() if outcome.state in _KEPT]
    documents = Counter(outcome.format for outcome in kept)
    passages = Counter[str]()
    for outcome in kept:
        passages[outcome.format] += outcome.passages
    rows = "".join(
        bar_html(
            format_name(kind), count / documents.most_common(1)[0][1],
            words.format_as.format(documents=f"{count:,}", passages=f"{passages[kind]:,}"),
        )
        for kind, count in documents.most_common()
    )  # fmt: skip
    return f'<section class="card formats"><h3>{literal(words.formats)}</h3><ul class="bars">{rows}</ul></section>'


def bar_html(name: str, share: float, told: str) -> str:
    """A bar as long as a share of 0 … 1, with its name and what it stands for in words."""
    bar = f'<span class="bar"><span style="width: {share:.1%}"></span></span>'
    return f'<li><span class="name">{literal(name)}</span>{bar}<span class="told">{literal(told)}</span></li>'


def system_html(library: Library, texts: Texts) -> str:
    """The models in use, and where they run."""
    words = texts.overview
    model = library.model_name
    rows = (
        (words.encoder, library.encoder_name),
        (words.reranker, library.reranker_name or words.none),
        (words.model, words.none if model is None else model or words.unnamed),
        (words.device, library.device or words.processor),
    )
    items = "".join(f"<dt>{literal(name)}</dt><dd>{one_line(value, 80)}</dd>" for name, value in rows)
    return f'<section class="card system"><h3>{literal(words.system)}</h3><dl>{items}</dl></section>'
