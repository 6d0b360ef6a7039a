"""yinju evaluate: labelled questions → measures of search and answers."""

import argparse
import tempfile
from pathlib import Path
from typing import Any

from yinju.cli.output import print_json
from yinju.errors import SettingsError
from yinju.printing import measure_lines
from yinju.progress import ProgressBar


def evaluate(arguments: argparse.Namespace) -> None:
    """Measure, and print."""
    from yinju import evaluation

    free = [path for path in arguments.questions if evaluation.are_free(path)]
    if free and len(free) < len(arguments.questions):
        raise SettingsError("evaluate.mixed", path=free[0])
    measures = _evaluate_free(arguments) if free else _evaluate_labelled(arguments)
    rounded = {name: round(value, 4) if isinstance(value, float) else value for name, value in measures.items()}
    if arguments.json:
        print_json(rounded)
    else:
        print("\n".join(measure_lines(rounded)))


def _evaluate_free(arguments: argparse.Namespace) -> dict[str, Any]:
    """The measures of questions as people type them, asked of the index or of a folder of documents."""
    from yinju import evaluation
    from yinju.library import build_index, open_library

    for_labelled = ("unanswerable", "passages", "plot", "other_script")
    if wrong := [name for name in for_labelled if getattr(arguments, name)]:
        raise SettingsError("evaluate.not_free", option=f"--{wrong[0].replace('_', '-')}")
    questions = evaluation.load_free_questions(arguments.questions)
    with tempfile.TemporaryDirectory(prefix="yinju-evaluate-") as folder, ProgressBar(arguments.language) as bar:
        if arguments.documents:
            build_index(arguments.documents.resolve(), folder, progress=bar)
        with open_library(folder if arguments.documents else arguments.index) as library:
            graded = evaluation.grade_all(library, questions, bar)
    if arguments.out:
        evaluation.write_graded(graded, arguments.out)
    return evaluation.free_measures(graded)


def _evaluate_labelled(arguments: argparse.Namespace) -> dict[str, Any]:
    """The measures of questions with a gold phrase, asked of the index or of the paragraphs of their file."""
    from yinju import evaluation, plotting
    from yinju.embedding import load_encoder
    from yinju.library import open_library

    if len(arguments.questions) > 1 or arguments.documents or arguments.out:
        raise SettingsError("evaluate.only_free", path=arguments.questions[0])
    if arguments.plot:
        plotting.figure_type()  # told before minutes are spent on the questions
    settings, (file,) = arguments.settings, arguments.questions
    labelled = evaluation.load_questions(file)
    extra = evaluation.load_questions(arguments.unanswerable).questions if arguments.unanswerable else ()
    known = [asked for asked in labelled.questions if asked.answerable]
    unknown = [*(asked for asked in labelled.questions if not asked.answerable), *extra]
    if not known:
        raise SettingsError("evaluate.no_answerable", path=file)
    if arguments.other_script:
        known = [evaluation.in_other_script(asked) for asked in known]
    with tempfile.TemporaryDirectory(prefix="yinju-evaluate-") as folder, ProgressBar(arguments.language) as bar:
        if labelled.paragraphs:
            distractors = evaluation.load_distractors(arguments.passages, settings) if arguments.passages else []
            documents = [*labelled.paragraphs, *distractors]
            encoder = load_encoder(settings.encoder)
            library = evaluation.open_temporary(documents, Path(folder), encoder, settings, bar)
        elif arguments.passages:
            raise SettingsError("evaluate.passages")
        else:
            library = open_library(arguments.index, settings=settings)
        with library:
            found = evaluation.evaluate(library, known, unknown, bool(labelled.paragraphs), bar)
    if arguments.plot:
        plotting.plot_refusal(found.answerable, found.unanswerable, settings.refuse_below, arguments.plot)
    return found.measures
