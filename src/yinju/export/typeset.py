"""A program: what pdf.py says to its standard input → a PDF to its standard output, set as sheet.typ says.

Called with `DRAW` it makes of a drawing in SVG a picture, as PNG.

The texts reach Typst as data, never as its markup, and there is nothing of this machine that the sheet reads but fonts.
"""

import json
import sys
from pathlib import Path

FONTS = {
    "zh-TW": (
        "Noto Serif CJK TC", "Source Han Serif TC", "Noto Serif TC", "Songti TC", "PMingLiU", "AR PL UMing TW",
        "Noto Sans CJK TC", "Source Han Sans TC", "Noto Sans TC", "PingFang TC", "Heiti TC", "Microsoft JhengHei",
    ),
    "zh-CN": (
        "Noto Serif CJK SC", "Source Han Serif SC", "Noto Serif SC", "Songti SC", "SimSun", "AR PL UMing CN",
        "Noto Sans CJK SC", "Source Han Sans SC", "Noto Sans SC", "PingFang SC", "Heiti SC", "Microsoft YaHei",
    ),
}  # fmt: skip
"""The families for a region's shapes of characters, those to be preferred first."""
BOTH = ("WenQuanYi Zen Hei", "WenQuanYi Micro Hei", "Droid Sans Fallback", "Arial Unicode MS")
"""Families that have the characters of both regions."""
LATIN = {
    "zh-TW": {"name": "Libertinus Serif"},
    "zh-CN": {"name": "Libertinus Serif", "covers": "latin-in-cjk"},  # “” are as wide as characters there
}
"""The family for Latin letters, which comes with Typst."""
NO_FONT = 3
"""The status where no family is there."""


DRAW = "draw"
"""What the program is called with to make a picture of a drawing."""
_DRAWING = b'#set page(width: auto, height: auto, margin: 0pt)\n#image(bytes(sys.inputs.drawing), format: "svg")'
_DOTS = 110.0
"""To the inch, of a picture of a drawing."""


def main() -> int:
    """The program's status: 0, or `NO_FONT`."""
    import typst  # by nobody but this program, though pdf.py reads its status

    if sys.argv[1:] == [DRAW]:
        drawn = typst.compile(_DRAWING, format="png", ppi=_DOTS, sys_inputs={"drawing": sys.stdin.read()})
        sys.stdout.buffer.write(drawn)
        return 0
    fonts = typst.Fonts()
    families = set(fonts.families())
    chosen = {region: [name for name in (*names, *BOTH) if name in families] for region, names in FONTS.items()}
    found = [*chosen["zh-TW"][:1], *chosen["zh-CN"][:1]]
    if not found:
        return NO_FONT
    named = {region: [LATIN[region], *names[:1], *found] for region, names in chosen.items()}
    given = {"sheet": sys.stdin.read(), "fonts": json.dumps(named)}
    sheet = Path(__file__).with_name("sheet.typ").read_bytes()
    sys.stdout.buffer.write(typst.compile(sheet, font_paths=fonts, sys_inputs=given))
    return 0


if __name__ == "__main__":
    sys.exit(main())
