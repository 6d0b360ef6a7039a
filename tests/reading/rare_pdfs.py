"""PDFs written by hand: characters beyond U+FFFF, in a font that is only named, and pages in units of their own."""

from dataclasses import dataclass, field

from tests.reading.printed_pdfs import Sheet

RARE = "\U00020bb7\U0002a6a5\U0002a700\U0002b740\U0002b820\U0002ceb0\U00030edd\U00030000\U0002f800"
"""Of the extensions B, B, C, D, E, F, G and G, and of the supplement."""


@dataclass
class RareSheet(Sheet):
    """Prints every character as wide as it is high, and says by a map which it is; one page, upright."""

    unit: float = 1
    """How many points one unit of the page is."""
    codes: dict[str, int] = field(default_factory=dict)
    content: list[str] = field(default_factory=list)

    def line(self, number: int, text: str, x: float, y: float, size: float = 12, spacing: float = 0) -> None:
        """Print part of a sentence from (x, y) to the right."""
        codes = "".join(f"{self.codes.setdefault(character, len(self.codes) + 1):04x}" for character in text)
        self.content.append(f"BT /F {size} Tf {spacing} Tc {x} {y} Td <{codes}> Tj ET")
        for place in range(len(text)):
            self.note(number, x + place * (size + spacing) + size / 2, y + size * 0.35)

    def pdf(self) -> bytes:
        """The file."""
        box = f"[0 0 {self.size[0]} {self.size[1]}]"
        bodies = [
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            f"<< /Type /Page /Parent 2 0 R /MediaBox {box} /UserUnit {self.unit} /Contents 4 0 R "
            "/Resources << /Font << /F 5 0 R >> >> >>",
            _stream("\n".join(self.content)),
            "<< /Type /Font /Subtype /Type0 /BaseFont /Rare /Encoding /Identity-H /DescendantFonts [6 0 R] "
            "/ToUnicode 7 0 R >>",
            "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Rare /DW 1000 /FontDescriptor 8 0 R "
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>",
            _stream(self._to_unicode()),
            "<< /Type /FontDescriptor /FontName /Rare /Flags 4 /FontBBox [0 -120 1000 880] /Ascent 880 /Descent -120 "
            "/ItalicAngle 0 /CapHeight 880 /StemV 80 >>",
        ]  # fmt: skip
        return _assembled(bodies)

    def _to_unicode(self) -> str:
        pairs = [f"<{code:04x}> <{one.encode('utf-16-be').hex()}>" for one, code in self.codes.items()]
        return (
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /R def /CMapType 2 def "
            f"1 begincodespacerange <0000> <ffff> endcodespacerange {len(pairs)} beginbfchar\n"
            + "\n".join(pairs) + "\nendbfchar endcmap end end"
        )  # fmt: skip


def _stream(text: str) -> str:
    return f"<< /Length {len(text)} >>\nstream\n{text}\nendstream"


def _assembled(bodies: list[str]) -> bytes:
    """The objects as a file, with the table of where they begin."""
    file, starts = b"%PDF-1.7\n", []
    for number, body in enumerate(bodies, start=1):
        starts.append(len(file))
        file += f"{number} 0 obj\n{body}\nendobj\n".encode("ascii")
    table = "".join(f"{start:010d} 00000 n \n" for start in starts)
    size = len(bodies) + 1
    trailer = f"trailer << /Size {size} /Root 1 0 R >>\nstartxref\n{len(file)}\n%%EOF\n"
    return file + f"xref\n0 {size}\n0000000000 65535 f \n{table}{trailer}".encode("ascii")


def rare_rows(unit: float = 1) -> RareSheet:
    """Sentences of rare characters between common ones, on a page in units of so many points."""
    sheet = RareSheet(unit=unit)
    for row in range(8):
        turned = RARE[row:] + RARE[:row]
        sheet.say(60, 700 - 40 * row, text=f"甲{turned}乙丙{'丁戊己庚辛壬癸子'[row]}。")
    return sheet
