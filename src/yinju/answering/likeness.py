"""A question and sentences → how alike they are by the shipped model, which reads thousands of sentences a second.

Used where a fitted scorer needs it, whatever encoder searches.
"""

from collections.abc import Sequence

from yinju.embedding import shipped_encoder, unit


def likeness(question: str, sentences: Sequence[str]) -> list[tuple[float, float]]:
    """For each sentence the cosine of whole vectors, and that of the numbers that tell meaning; −1 … 1."""
    if not sentences:
        return []
    encoder = shipped_encoder()
    asked, vectors = encoder.encode_queries([question])[0], encoder.encode_documents(sentences)
    meaning = unit(vectors[:, encoder.meaning_from :]) @ unit(asked[encoder.meaning_from :])
    return list(zip((vectors @ asked).tolist(), meaning.tolist(), strict=True))
