"""The figures of a document: which pictures tell something, what their captions are, and how they are shown.

A parser notes every picture it meets; `settled_figures` then leaves out what only adorns and finds the captions.
"""

from yinju.reading.figures.settling import SMALLEST, Settled, settled_figures

__all__ = ["SMALLEST", "Settled", "settled_figures"]
