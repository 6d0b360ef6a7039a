"""pypinyin's dictionary → src/yinju/sounds.txt: which characters are said alike, a syllable without its tone a line.

    python training/sounds.py

The characters are those of GB 2312 and of the shipped vocabulary, folded. A further reading is kept where at least a
twentieth of the phrases that hold the character, and no fewer than two, say it so: 行 is xing and hang, but 信 is
never shen. pypinyin (MIT) is needed here only.
"""

from collections import Counter, defaultdict
from pathlib import Path

from pypinyin import Style, pinyin
from pypinyin.constants import PHRASES_DICT
from pypinyin.contrib.tone_convert import to_normal

from yinju.folding import fold
from yinju.vocabulary import shipped_vocabulary

SOUNDS = Path(__file__).parents[1] / "src" / "yinju" / "sounds.txt"
SHARE, LEAST = 0.05, 2
HEAD = "# Characters by how they are said, made by training/sounds.py from pypinyin (MIT). Usual ones first.\n"


def characters() -> list[str]:
    """Every character that has a line, the commonest first."""
    gb2312 = (bytes((row, cell)).decode("gb2312", "ignore") for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF))
    known = (token for token in shipped_vocabulary().tokens() if len(token) == 1 and "\u4e00" <= token <= "\u9fff")
    found = {fold(character) for character in (*gb2312, *known) if character}
    return sorted(found, key=lambda character: (shipped_vocabulary().weight(character), character))


def readings_in_phrases() -> dict[str, Counter[str]]:
    """Character → in how many phrases it is said how."""
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for phrase, said in PHRASES_DICT.items():
        for character, (reading, *_) in zip(fold(phrase), said, strict=False):
            found[character][to_normal(reading).replace("ü", "v")] += 1
    return found


def readings(character: str, in_phrases: Counter[str]) -> list[str]:
    """How a character is said: its first reading, and those that enough phrases have."""
    first, *others = pinyin(character, style=Style.NORMAL, heteronym=True)[0]
    total = in_phrases.total()
    return [first, *(r for r in others if in_phrases[r] >= max(LEAST, SHARE * total))]


def main() -> None:
    """Write the file."""
    in_phrases, lines = readings_in_phrases(), defaultdict[str, list[str]](list)
    for character in characters():
        for reading in readings(character, in_phrases.get(character, Counter())):
            if reading.isascii():
                lines[reading].append(character)
    SOUNDS.write_text(HEAD + "".join(f"{said} {''.join(lines[said])}\n" for said in sorted(lines)), "utf-8")


if __name__ == "__main__":
    main()
