"""A line or a picture's description → whether it is a caption, and the number that the text calls the figure by."""

import re
import unicodedata
from collections.abc import Iterator

LONGEST_CAPTION = 150
"""Characters; what is longer is a paragraph that begins with the name of a figure."""
_KINDS = r"(?:附|示意)?[圖图](?:[表片示解]|例)?|照片|相片|(?:figure|fig|chart|exhibit|plate|photo|diagram)s?\.?"
_DIGITS = r"[A-Z]?\d{1,3}(?:\s?[-–—.．‑]\s?\d{1,3}){0,2}[a-z]?|[一二三四五六七八九十]{1,3}(?:[-–—.．之]\d{1,3})?"
_CAPTION = re.compile(
    rf"\s*[（(〔【\[▲△◆]?\s*(?:{_KINDS})\s*(?P<number>{_DIGITS})\s*"
    r"(?:[：:、|｜／)）〕】\].．\-–—]|\s|$|(?<=[\d十])(?=[\u4e00-\u9fff「《A-Z]))",
    re.IGNORECASE,
)
_NAMED = re.compile(rf"(?<![a-z])(?:{_KINDS})\s*(?P<number>{_DIGITS})", re.IGNORECASE)
_PROSE = re.compile(r"[。；;！!？?]\s*$|(?:[，,].*){3}")
_DASHES = str.maketrans("–—‑．之", "---.-")
_NO_WORDS = re.compile(
    r"\s*(?:(?:在[這这][裡里]插入)?(?:[圖图][片像示形表]?|截[圖图]|[屏螢]幕?(?:截[圖图]|快照)|插[圖图]|照片|相片|物件|对象"
    r"|內容版面配置區|内容占位符|image|img|picture|pic|photo|screen ?shot|figure|fig|graphics?|object"
    r"|content placeholder|chart|untitled|alt(?: text)?|icon|logo|banner|avatar|pasted image|clipboard"
    r"|(?:google )?shape)?[\s\d_.:;,()（）#-]*"
    r"|[^/\n]*\.(?:png|jpe?g|gif|svg|webp|bmp|tiff?|heic|emf|wmf|jfif)[\s\d_]*|(?=\D*\d)[0-9a-f_-]{8,}|\S*://\S*)\s*",
    re.IGNORECASE,
)
"""What tells nothing of what a picture shows: 图片, image-3, the name of its file."""
_GUESSED = re.compile(
    r"自[動动](?:產|产)?生|描述已自動|AI ?(?:產生|产生|生成)|generated|可能不正[確确]|^一[張张]含有|^(?:文字|文本),"
    r"|^(?:a|an) (?:close[ -]?up|picture|screenshot|group|logo) (?:of|containing)\b"
    r"|^(?:圖形|图形)(?:使用者介面|用户界面)|^graphical user interface",
    re.IGNORECASE,
)
"""How Office describes a picture that nobody has described."""
_FEWEST = 4
"""Characters of a description that says something; a Han character counts for two."""
_HAN = re.compile(r"[\u3400-\u9fff]")


def caption_number(line: str) -> str | None:
    """The number in a line that is a figure's caption, such as 3 or 3-1; None where it is none."""
    found = _CAPTION.match(line) if len(line) <= LONGEST_CAPTION else None
    return plain_number(found["number"]) if found and not _PROSE.search(line) else None


def named_numbers(text: str) -> Iterator[str]:
    """The numbers of the figures that a text speaks of: 圖 3, Figure 2-1."""
    return (plain_number(found["number"]) for found in _NAMED.finditer(unicodedata.normalize("NFKC", text)))


def plain_number(number: str) -> str:
    """A number of a figure without spaces, in half-width characters."""
    return "".join(unicodedata.normalize("NFKC", number).translate(_DASHES).split())


def telling(description: str) -> str:
    """What an author says a picture shows, in one line; empty where it says nothing."""
    line = " ".join(description.split())
    weight = len(line) + len(_HAN.findall(line))
    if weight < _FEWEST or len(line) > 2 * LONGEST_CAPTION or _NO_WORDS.fullmatch(line) or _GUESSED.search(line):
        return ""
    return line
