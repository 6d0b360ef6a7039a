"""Bytes of a text file → its characters and the name of the encoding they were in.

Every legacy encoding accepts almost any bytes, so a decoder that does not complain proves nothing. The candidates are
therefore compared by how likely their characters are in Chinese, under a unigram model that needs no data beyond the
codecs' own tables and the list of frequent characters below. Where that leaves a doubt, the file says so.
"""

import codecs
import math
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from yinju.errors import ReadingError
from yinju.reasons.reason import Fact, Reason

CANDIDATES = ("utf-8", "utf-16-le", "utf-16-be", "gb18030", "big5hkscs", "cp950")
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
WORST_SHARE_OF_BAD_BYTES = 0.05
WORST_SHARE_OF_CONTROLS = 0.05
FORGIVEN_CONTROLS = 2
"""A short text may hold this many in any case."""
SAMPLE_BYTES = 50_000
REPLACEMENT = "\ufffd"
BIG5 = frozenset(("big5hkscs", "cp950"))
"""These read all but a few characters alike, so neither casts a doubt on the other."""
OTHER_LANGUAGES = {"shift_jis": ("ぁ", "ヺ"), "euc_jp": ("ぁ", "ヺ"), "euc_kr": ("가", "힣")}
"""Encodings that are never chosen unless declared, but cast a doubt, with the first and last of their own letters."""
NO_FILES = frozenset(("idna", "punycode", "undefined", "unicode_escape", "raw_unicode_escape"))
"""Python counts these among the text encodings, but no file is written in them."""

# The 1,300 characters that make up 96 % of running Chinese in either script, most frequent first: counted over open
# law, documentation, FAQ, travel and cookery text, each source weighted by the root of its length.
FREQUENT = (
    "的用一在以中定可有之或和人行理使作第是不要如本件您下者能其管分法个所工建数上資及程成到新为文式應置表條选时方入事二關更部户期提果為項合将目需自會公查生前此設了取性通出位十于主地示同应日年時三請保業列据機会单面選務任得存信"
    "他对於量动加例项设关規请型相度制指多这大器供品解接料案明重你個息包配字发已务我名交后些格服計过标化并全發具值最單依每員動模收子代择由立算段源將四系何开计限後市安告並與组產当集等功外組然除五因改容支小情内金问求间客活元进原"
    "款證必创政物開次商間基移受与至未实正按對而序內们經看条完流民申它知特意核类区路参来數持辦助点但产向月体進這现规步常處从來報記國报员六戶帳记题施區學整符訂都增始標该含端利過實图机版确電录檢書修專司構显业回則高则放體就易參各"
    "登權域展執清訊击送证也心义家付錄網准道票結处页效站复结共類七技直阅水平卷注境否照验资操添控運當且索被引板統現該費认运编八根构销先預门令投額级止导群們经確考非访划消府述起比點力电準即欄预院色驗布帐权若別備稱卡議无變教码细学"
    "只统擇委九範排执社输職售從庫載称括閱身率裝形無命转決影少议网态轉种細试天变臺调订推署决视详附科口輸测審密許策護反库營备好題頁百打况調邮北屬防州號補别营認价雲停空许貨致手国角視做負碼傳找批長線劃状種今宗銷估适啟费再辑協須造"
    "適检免校採留編連素試还址義份險环想治南默監联測属失場须首維官窗問搜給像總速启象语仅價很益台广詩习狀略稅爲育节局財维超予样快场载級函導析说描删據获檔换优两章允派话志低传織見给另畫顯长授縣詳护连档退企没購装键某評術說审景片識"
    "律均责号車错承言范才享购响約架責士航儲續圖態環链么线託织足写遷領初簡害队察便廠央史住览里郵那误历師援团製讓聯質土判返際研互租续團框询西评假识专山周监签況透警概采术围延简感江见城伴升骤私話额牌总圍切强扣美界己跟達充储协让居"
    "什障负層踪股近论擬仍货去換质帮块哪印海復左節督幣差詢游故券著還係右驟串醫频善宋介複往福樣填射滿籤读终伙轄边望众深健层船达融折封束箱避究匯职繳菜待階響兩佳较室映冊买希够真風優遵追固舉刑輯际太油似触约火隔康門精插訓替強尚扩匹"
    "禁白风礎候食措循径册尋零世違络東材树紀減书课音兼着般染荐休註週倉終浏套論創廣筛勞答越庭餘缺头险林促底拉觀訴寫光老托萬沒瞭虛训針興观誤徵副断軍華覽阶跨病錯僅独練獎疑税京渠降演征播花衡车獲籍習絡带随廢办農侧覆歷省損憑氣宣污療"
    "積幕簽念句店築钮離聘塊味併违救銀納難買繼遇唯拒藥稿房父财異县斷讀夹罪混币擔短普满钟急藏債閉释課刪练薪召软隨几智激涉館异旅继礙背危闭姓河盖郎守永隊麼裁嘉卒席犯典把兒虑逾語千云腦寧途罰波减殊领针聲契遺仓离探屏词佈村突递役獻培"
    "杂臨陸脚神石迁思尝簿撤园馈慮球輔償灣較擁半克累紹德难借夠钥础拟绍稽董曾班余恢归东衛落屆親討鑑隐微滤季热招拆万園秘早草貢干松遊眾舊诉栏锅气占阻績师献良釋抽陳顺罚旧尺缩损严絕亦距蹤翻久媒散掌順伺陽盘帶积败富补死濟街香举潜撥漁"
    "災熟母又轻摘英張毒幫医声樂王农湖顶女履绝頻米幾讨养末凭港嘗酬虚旁浙徽肉励贡截擴博势顧破樓歲古祐乘尽熙裡養壓惠願偏趣仪玩赖賃友繫鈕頭棄露夾宜雜疫遠勤篩磁敏聚桌鍵张耗曆星竞拥译捐撫暫汇"
)
CANTONESE = frozenset(
    "乜佢俾冇冚吖咁咗咩哋唔唥啩啫啱啲喎喐喺喼嗌嗰嗱嘅嘢嘜嘞嘥噉嚟嬲孭孻掟攞攰曱氹瞓罅脷腍軚靚餸㗎𠹌𡃁𨋢"
)
"""What newspapers and letters in Hong Kong use daily and the standards list among the rare."""
PUNCTUATION = frozenset("，。、；：？！「」『』（）《》〈〉【】“”‘’—…·～％　／＼")

# Natural logarithms of the chance of one character: a class's share of Chinese text over its size. Among the frequent
# ones, the chance falls by a factor of e every 350 ranks, which fits the counts from rank 30 to 1,300 within 0.3.
MOST_FREQUENT = math.log(0.8 / 350)
RANKS_PER_FACTOR = 350
COMMON_CHARACTER = math.log(0.03 / 7_000)
RARE_CHARACTER = math.log(0.003 / 90_000)
PUNCTUATION_MARK = math.log(0.1 / len(PUNCTUATION))
FULL_WIDTH = math.log(0.01 / 94)
# ASCII is rated above its share of Chinese text: English read as UTF-16 is Chinese characters of half the number.
ASCII_LETTER = math.log(0.9 / 27)
ASCII_CHARACTER = math.log(0.3 / 68)
SYMBOL = math.log(0.005 / 700)
FOREIGN_CHARACTER = math.log(0.001 / 30_000)
IMPOSSIBLE_CHARACTER = math.log(1e-11)
DECLARED_BONUS = 5.0
"""A page's own statement of its encoding breaks near ties and nothing more: it is often wrong."""
NEAR_TIE = 3.0
"""A runner-up that is less far behind, one in twenty, may be the right one; one of another language must be ahead."""
OWN_LETTER = -9.3
"""Of another language, in an encoding of that language: below Chinese of many names, above Korean read as Chinese."""
LEAST_LIKELY_CHINESE = -9.2
SPREAD = 6.5
LEAST_LIKELY_FEW = -13.5
"""What `_looks_wrong` draws the line by: one in a thousand stretches of Wikipedia is below it, at any length."""
LEAST_COUNTED = -14.0
"""A name in rare characters or foreign letters is no sign of a wrong decoding, so none counts for less than this."""
PIECE_BYTES = 60
"""A part of a file in another encoding is noticed from about this length on."""
PIECES = 2_000
"""Of a longer file, so many are looked at, evenly spread."""
FOREIGN_MARGIN = 20.0


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text and how it was found; `first_bad` is a byte offset, None when every byte could be decoded."""

    text: str
    encoding: str
    bad: int = 0
    first_bad: int | None = None
    doubtful: bool = False
    """Another encoding is about as likely, for all of the file or a part of it, or none makes it look like Chinese."""
    runner_up: str = ""
    """The other encoding that a doubtful text may be in."""

    @property
    def warnings(self) -> tuple[Reason, ...]:
        """What to tell the reader: bytes that could not be decoded, and a doubt about the encoding."""
        found = []
        if self.bad:
            facts: dict[str, Fact] = {"encoding": self.encoding, "bad": self.bad, "first": self.first_bad or 0}
            found.append(Reason("bad_bytes", facts))
        if self.doubtful:
            found.append(Reason("doubtful_encoding", {"encoding": self.encoding, "other": self.runner_up}))
        return tuple(found)


def decode_text(data: bytes, declared: str | None = None, forced: str | None = None) -> Decoded:
    """The text of a file without its byte order mark, decoded by the likeliest encoding.

    `declared` is what the file says of itself (an HTML meta); it is one more candidate, not an order. `forced` is what
    a person says of it, and is taken as it is.

    Raises:
        ReadingError: `unknown_encoding` when there is none of the name that is forced, `undecodable` when over 5 % of
            the bytes are bad, `unknown_format` when it is no text at all.
    """
    if forced is not None:
        return _checked(_forced(data, forced), len(data))
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _checked(_decode(data[len(mark) :], encoding, offset=len(mark)), len(data))
    if 0 not in data:
        try:
            return Decoded(data.decode("utf-8"), "utf-8")
        except UnicodeDecodeError:
            pass
    return _checked(_likeliest(data, _superset(declared)), len(data))


def known_encoding(name: str) -> str | None:
    """Python's name of the text encoding that a person or a file means by `name`, or None where it knows none."""
    try:
        found = codecs.lookup(name.strip())
    except (LookupError, ValueError):
        return None
    usable = getattr(found, "_is_text_encoding", False) and found.name.replace("-", "_") not in NO_FILES
    return found.name if usable else None


def likelihood(text: str) -> float:
    """The log probability of a text's characters under a rough model of Chinese; higher is likelier."""
    return sum(count * _character_likelihood(character) for character, count in Counter(text).items())


def _forced(data: bytes, name: str) -> Decoded:
    """The text in the encoding that a person named, without its mark if it has one."""
    encoding = known_encoding(name)
    if encoding is None:
        raise ReadingError("unknown_encoding", name=name)
    for mark, marked in BYTE_ORDER_MARKS:
        if data.startswith(mark) and marked.startswith(encoding):
            return _decode(data[len(mark) :], marked, offset=len(mark))
    return _decode(data, encoding)


def _likeliest(data: bytes, declared: str | None) -> Decoded:
    """The candidate decoding that looks most like Chinese, flagged where that says little."""
    candidates = dict.fromkeys((*CANDIDATES, declared) if declared else CANDIDATES)
    sample = _sample(data)
    scores = {
        name: likelihood(sample.decode(name, errors="replace")) + DECLARED_BONUS * (name == declared)
        for name in candidates
    }
    first, *others = sorted(scores, key=scores.__getitem__, reverse=True)
    rivals = {name: scores[name] + NEAR_TIE for name in others if not {first, name} <= BIG5}
    rivals |= {name: _likelihood_elsewhere(sample, name) - NEAR_TIE for name in OTHER_LANGUAGES if name != first}
    second = max(rivals, key=rivals.__getitem__)
    decoded = _decode(data, first)
    if rivals[second] > scores[first] or _looks_wrong(sample.decode(first, errors="replace")):
        return replace(decoded, doubtful=True, runner_up=second)
    if not first.startswith("utf-16"):
        for piece in _pieces(data):
            if foreign := _foreign_encoding(piece, first):
                return replace(decoded, doubtful=True, runner_up=foreign)
    return decoded


def _likelihood_elsewhere(sample: bytes, encoding: str) -> float:
    """The log probability of a text in an encoding of another language, whose own letters are then no rarity."""
    text = sample.decode(encoding, errors="replace")
    first, last = OTHER_LANGUAGES[encoding]
    own = sum(first <= character <= last for character in text)
    return likelihood(text) + own * (OWN_LETTER - FOREIGN_CHARACTER)


def _looks_wrong(text: str) -> bool:
    """Whether the characters beyond ASCII are on average less likely than Chinese ones of that number ever are."""
    rated = ((_character_likelihood(c), count) for c, count in Counter(text).items() if not c.isascii())
    counted = [(max(value, LEAST_COUNTED), count) for value, count in rated if value != SYMBOL]
    size = sum(count for _, count in counted)
    if not size:
        return False
    mean = sum(value * count for value, count in counted) / size
    return mean < max(LEAST_LIKELY_CHINESE - SPREAD / math.sqrt(size), LEAST_LIKELY_FEW)


def _foreign_encoding(piece: bytes, chosen: str) -> str | None:
    """The encoding that a part of a file is in, where the chosen one makes no sense of it and the other does."""
    read = piece.decode(chosen, errors="replace")
    if not _looks_wrong(read):
        return None
    for name in CANDIDATES:
        other = piece.decode(name, errors="replace")
        if likelihood(other) > likelihood(read) + FOREIGN_MARGIN and not _looks_wrong(other):
            return name
    return None


def _pieces(data: bytes) -> Iterator[bytes]:
    """Parts of a file that begin and end with a line, those of ASCII alone left out."""
    stride = max(0, len(data) // PIECES - PIECE_BYTES)
    start = 0
    while start < len(data):
        end = data.find(b"\n", start + PIECE_BYTES) + 1 or len(data)
        piece = data[start:end]
        if not piece.isascii():
            yield piece
        start = data.find(b"\n", end + stride) + 1 or len(data) if stride else end


def _sample(data: bytes) -> bytes:
    """The stretch of a long file that tells encodings apart: from shortly before its first non-ASCII byte on."""
    if len(data) <= SAMPLE_BYTES:
        return data
    ascii_head = len(data) - len(data.lstrip(bytes(range(1, 128))))
    start = max(0, min(ascii_head, len(data) - SAMPLE_BYTES)) & ~1  # even, so that UTF-16 stays in step
    return data[start : start + SAMPLE_BYTES]


def _superset(declared: str | None) -> str | None:
    """The encoding that holds all of a declared one, or None for none, or one that is not known."""
    supersets = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs", "iso8859-1": "cp1252", "utf-16": None}
    name = known_encoding(declared) if declared else None
    return supersets.get(name, name) if name else None


def _decode(data: bytes, encoding: str, offset: int = 0) -> Decoded:
    """The whole text in a chosen encoding, bad bytes replaced, counted, and the first one located."""
    try:
        return Decoded(data.decode(encoding), encoding)
    except UnicodeDecodeError as error:
        text = data.decode(encoding, errors="replace")
        written = data.decode(encoding, errors="ignore").count(REPLACEMENT)
        return Decoded(text, encoding, max(1, text.count(REPLACEMENT) - written), error.start + offset)


def _checked(decoded: Decoded, size: int) -> Decoded:
    """The same decoding, once it is known to be text with few enough bad bytes."""
    text = decoded.text
    counted = Counter(text).items()
    odd = sum(count for character, count in counted if unicodedata.category(character) in ("Cc", "Co", "Cn"))
    odd -= sum(map(text.count, "\t\n\r\f\v"))
    if odd > max(FORGIVEN_CONTROLS, WORST_SHARE_OF_CONTROLS * len(text)):
        raise ReadingError("unknown_format.binary")
    if decoded.bad > WORST_SHARE_OF_BAD_BYTES * size:
        raise ReadingError(
            "undecodable", size=size, bad=decoded.bad, encoding=decoded.encoding, first=decoded.first_bad or 0
        )
    return decoded


@cache
def _character_likelihood(character: str) -> float:
    """The log probability of one character, by its class."""
    if character.isascii():
        if character.islower() or character == " ":
            return ASCII_LETTER
        return ASCII_CHARACTER if character.isprintable() or character in "\t\n\r" else IMPOSSIBLE_CHARACTER
    if (rank := FREQUENT.find(character)) >= 0:
        return MOST_FREQUENT - rank / RANKS_PER_FACTOR
    if character in PUNCTUATION:
        return PUNCTUATION_MARK
    if "！" <= character <= "～":
        return FULL_WIDTH
    category = unicodedata.category(character)
    if character == REPLACEMENT or category in ("Cc", "Co", "Cn", "Cs"):
        return IMPOSSIBLE_CHARACTER
    if "CJK UNIFIED" in unicodedata.name(character, ""):
        return COMMON_CHARACTER if character in CANTONESE or _is_common(character) else RARE_CHARACTER
    return FOREIGN_CHARACTER if category.startswith(("L", "M")) else SYMBOL


def _is_common(character: str) -> bool:
    """Whether GB 2312 or Big5 lists a character among its everyday ones (level 1 of either standard)."""
    simplified = character.encode("gb2312", errors="ignore")
    traditional = character.encode("big5", errors="ignore")
    return b"\xb0" <= simplified[:1] <= b"\xd7" or b"\xa4" <= traditional[:1] <= b"\xc6"
