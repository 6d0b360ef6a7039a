"""How well scanned pages are read: python benchmarks/scanned_files.py [--seeds N] → rows of a Markdown table.

Pages of the sample corpus's sentences are drawn, spoilt as scanners do, and kept as nothing but images. A character is
right where the text read and the text drawn agree, white space and the two widths of punctuation aside.
"""

import argparse
import io
import time
import unicodedata
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pypdfium2  # type: ignore[import-untyped]
from PIL import Image, ImageFilter

from made_files import as_pdf, make_content
from yinju.chunking import chunk_document
from yinju.reading import Reader, read_document

SEEDS = 3


@dataclass(frozen=True)
class Scanner:
    """How pages are spoilt."""

    resolution: int = 200
    """In dots an inch."""
    tilt: float = 0.0
    """In degrees."""
    noise: float = 0.0
    """Standard deviation, of 255."""
    blur: float = 0.0
    """In pixels."""
    quality: int = 85
    """Of JPEG."""
    paper: int = 255
    """How light it is."""


SCANNERS = {
    "clean, 300 dots an inch": Scanner(300),
    "office, 200 dots an inch": Scanner(200, tilt=0.4, noise=8, blur=0.5, quality=70),
    "tilted by 1.5°": Scanner(200, tilt=1.5, noise=8, blur=0.5, quality=70),
    "grey and coarse, 120 dots an inch": Scanner(120, tilt=0.3, noise=10, quality=50, paper=215),
}


def scan(pdf: bytes, scanner: Scanner = SCANNERS["office, 200 dots an inch"], seed: int = 0) -> bytes:
    """A PDF of the same pages as images, without any text."""
    images = []
    noise = np.random.default_rng(seed)
    document = pypdfium2.PdfDocument(pdf)
    for page in document:
        image = page.render(scale=scanner.resolution / 72).to_pil().convert("L")
        image = image.rotate(scanner.tilt, Image.Resampling.BICUBIC, fillcolor=255)
        if scanner.blur:
            image = image.filter(ImageFilter.GaussianBlur(scanner.blur))
        pixels = np.asarray(image, np.float32) * (scanner.paper / 255)
        pixels = pixels + noise.normal(0, scanner.noise, pixels.shape) if scanner.noise else pixels
        images.append(Image.fromarray(pixels.clip(0, 255).astype(np.uint8)))
    document.close()
    held = io.BytesIO()
    images[0].save(
        held, "PDF", save_all=True, append_images=images[1:], resolution=scanner.resolution, quality=scanner.quality
    )
    return held.getvalue()


@dataclass(frozen=True)
class Reading:
    """Shares from 0 to 1, and seconds a page."""

    characters: float
    headings: float
    seconds: float


def read_scan(reader: Reader, folder: Path, scanner: Scanner, seed: int) -> Reading:
    """How a scan is read, compared with the page it was made of."""
    content = make_content(seed)
    printed = as_pdf(content)
    path = folder / "scan.pdf"
    path.write_bytes(scan(printed, scanner, seed))
    started = time.perf_counter()
    found = reader.read(path, path.name)
    seconds = time.perf_counter() - started
    wanted = read_document(printed, path.name)
    texts = [_comparable(document.text) for document in (wanted, found)]
    known = {passage.headings for passage in chunk_document(wanted)}
    kept = sum(headings in {passage.headings for passage in chunk_document(found)} for headings in known)
    return Reading(agreement(*texts), kept / len(known), seconds / (found.pages or 1))


def agreement(wanted: str, found: str) -> float:
    """The share of a text's characters that stand in another in the same order."""
    blocks = SequenceMatcher(None, wanted, found, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks) / len(wanted)


def _comparable(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def main() -> None:
    """Print a row for each way of spoiling pages, the mean over the seeds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=SEEDS)
    seeds = range(parser.parse_args().seeds)
    print("| scan | characters right | paths of headings kept | seconds a page |")
    print("|---|---|---|---|")
    with TemporaryDirectory() as folder, Reader(recognizes=True, timeout_seconds=120) as reader:
        for name, scanner in SCANNERS.items():
            readings = [read_scan(reader, Path(folder), scanner, seed) for seed in seeds]
            means = [
                sum(getattr(r, of) for r in readings) / len(readings) for of in ("characters", "headings", "seconds")
            ]
            print(f"| {name} | {means[0]:.2%} | {means[1]:.1%} | {means[2]:.1f} |", flush=True)


if __name__ == "__main__":
    main()
