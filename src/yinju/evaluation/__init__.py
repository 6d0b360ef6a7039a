"""Labelled questions → how well passages are found, answers hold what was asked for, and the unanswerable is refused.

A question is right at rank r when the r-th passage comes from its document and, where a document is more than one
paragraph, holds its gold phrase (labelled → asking → measures). Free questions, as people type them, are graded good,
partial or bad (free → grading).
"""

from yinju.evaluation.asking import DEPTH, Evaluation, evaluate, open_temporary, spoken
from yinju.evaluation.free import Expectation, FreeQuestion, are_free, load_free_questions
from yinju.evaluation.grading import Graded, Mark, free_measures, grade, grade_all, write_graded
from yinju.evaluation.labelled import (
    LabelledQuestion,
    QuestionSet,
    in_other_script,
    load_distractors,
    load_questions,
    paragraph_document,
)
from yinju.evaluation.measures import area_under_curve, bare, character_f1, holds_gold, rank_of_right

__all__ = [
    "DEPTH", "Evaluation", "Expectation", "FreeQuestion", "Graded", "LabelledQuestion", "Mark", "QuestionSet",
    "are_free", "area_under_curve", "bare", "character_f1", "evaluate", "free_measures", "grade", "grade_all",
    "holds_gold", "in_other_script", "load_distractors", "load_free_questions", "load_questions", "open_temporary",
    "paragraph_document", "rank_of_right", "spoken", "write_graded",
]  # fmt: skip
