"""What a claim and its source must agree in, as tables of (claim, source, disagreement)."""

import random
from time import perf_counter

import pytest

from yinju.answering.claims.check import ClaimCheck, check_claim, says_nothing
from yinju.answering.claims.quantities import agree, find_quantities
from yinju.splitting import split_sentences
from yinju.text import convert, search_form
from yinju.types import Disagreement, Passage

UNFOUND, NUMBER, DATE = Disagreement.UNFOUND, Disagreement.NUMBER, Disagreement.DATE
UNIT, NEGATION, NAME = Disagreement.UNIT, Disagreement.NEGATION, Disagreement.NAME


def passage(text: str, title: str = "", headings: tuple[str, ...] = ()) -> Passage:
    return Passage(0, "文件.md", title, headings, None, 0, len(text), text, tuple(split_sentences(text)))


def judged(claim: str, *sources: str) -> Disagreement | None:
    return check_claim(claim, [passage(source) for source in sources]).disagreement


TRIAL = "试用期最长不得超过六个月。"
LIBRARY = "松風圖書館每週三上午九點開門，下午五點半閉館，一次最多借六本書。"
TEA = "小杯奶茶三十元，大杯奶茶四十五元。"
BRIDGE = "白鷺橋全長1,200公尺，於民國九十三年三月完工，總經費三億五千萬元。"
TEAM = "周明德是南港分店的店長，林淑芬是淡水分店的店長。"
STAFF = "退貨由店員受理，超過五千元的退款由經理核准。"

TERMS = "甲方應於三十日內付款。"
PLANS = "A方案需要三天，B方案需要五天。"
MEDIA = "微博適合發公告、辦抽獎，微信適合做客服。"
MEALS = "早餐七點供應，午餐十二點供應。"
FOUNDED = "公司成立於1998年，2005年上市。"
STOCK = "小型活動預算上限800元；中型活動預算上限6000元。"
POSTS = "王明是總經理，李華是財務長。"
RATE = "利率從2%升到3%。"
CLOSED = "除星期一外，本館每天開放。"

SUPPORTED = [
    (TRIAL, TRIAL),
    ("試用期不得超過6個月。", TRIAL),
    ("根據資料，試用期最長不得超過半年。", TRIAL),
    ("試用期最多6個月。", TRIAL),
    ("松风图书馆每周三上午9:00开门。", LIBRARY),
    ("松風圖書館星期三上午九時開門，17:30閉館。", LIBRARY),
    ("圖書館一次最多借 6 本書", LIBRARY),
    ("- **松風圖書館**下午5點半閉館[1]", LIBRARY),
    ("大杯奶茶45塊，小杯奶茶30塊。", TEA),
    ("白鷺橋全長1.2公里。", BRIDGE),
    ("白鷺橋全長一千二百米，2004年3月完工。", BRIDGE),
    ("「白鷺橋」的總經費是3.5億元。", BRIDGE),
    ("简单来说，白鹭桥于2004年3月完工，全长１２００公尺。", BRIDGE),
    ("小黃是計程車的俗稱，全身漆成黃色。", "小黄是出租车的俗称，全身漆成黄色。"),
    ("降雨機率為30%。", "降雨機率為百分之三十。"),
    ("約35%的學員按時交了作業。", "大約三成五的學員按時交了作業。"),
    ("因此店裡改用紙袋。", "所以店裡改用紙袋。"),
    ("員工不得不加班。", "員工必須加班。"),
    ("這兩種茶的香氣不同，價格也不便宜。", "這兩種茶的香氣不同，而且價格也不便宜。"),
    ("產量不斷增加。", "產量增加。"),
    ("此區嚴禁拍照。", "此區不得拍照。"),
    ("她買了3～5個蘋果。", "她買了三至五個蘋果。"),
    ("松風圖書館借書免費，押金為兩百元。", "松風圖書館借書免費。押金為二百元。"),
    ("青石公司去年賣出八百台腳踏車。", "青石股份有限公司去年賣出八百台腳踏車，比前年多。"),
    ("人數在五人以上。", "人數不得少於五人。"),
    ("費用最多六十元。", "費用不超過六十元。"),
    ("利率從2%提高到3%。", RATE),
    ("會員三十天之內付款。", "會員於三十日內付款。"),
    ("孕婦不可以使用本產品。", "本產品不適合孕婦使用。"),
    ("本店拒絕退貨。", "本店不接受退貨。"),
    ("公司不包住宿。", "公司不提供住宿。"),
    ("公司提供午餐。", "公司不提供住宿，但提供午餐。"),
    ("店長不能出租場地。", "店長不可以出租場地。"),
    ("本館星期一不開放。", CLOSED),
    ("本館除星期一以外天天開放。", CLOSED),
    ("所有人都要打卡，董事長除外。", "除董事長外，所有人都要打卡。"),
    ("他會英語。", "除了英語外，他還會日語和法語。"),
    ("租金一個月十八萬元。", "每月租金十八萬元。"),
    ("月租金18萬元。", "每月租金十八萬元。"),
    ("設備每六個月檢查一次。", "設備每半年檢查一次。"),
    ("B方案需要五天，A方案需要三天。", PLANS),
    ("台北店與高雄店分別有二十名和十二名員工。", "台北店有二十名員工，高雄店有十二名員工。"),
    ("微博適合辦抽獎。", MEDIA),
    ("午餐十二點供應。", MEALS),
    ("公司1998年成立，2005年上市。", FOUNDED),
    ("公司於2005年上市。", FOUNDED),
    ("中型活動預算上限6000元。", STOCK),
    ("大樓寬50米。", "大樓高100米，寬50米。"),
    ("報銷由財務部負責。", "財務部負責報銷，人事部負責招聘。"),
    ("乙方應於七日內交貨。", "甲方應於三十日內付款，乙方應於七日內交貨。"),
    ("總經理是王明。", POSTS),
    ("財務長是李華。", POSTS),
    ("門禁21點關閉。", "門禁晚上九點關閉。"),
    ("門禁21:00關閉。", "門禁晚上九點關閉。"),
    ("會議15點開始。", "會議下午三點開始。"),
    ("會議下午3點開始。", "會議15點開始。"),
    ("客服無需審批就能贈送會員。", "客服可以不經審批贈送會員。"),
    ("客服毋須審批就能贈送會員。", "客服可以不經審批贈送會員。"),
]
FALSE = [
    ("試用期不得超過十二個月。", TRIAL, NUMBER),
    ("试用期可以超过六个月。", TRIAL, NEGATION),
    ("試用期至少六個月。", TRIAL, NEGATION),
    ("试用期最长不得超过六年。", TRIAL, UNIT),
    ("松風圖書館每週四上午九點開門。", LIBRARY, DATE),
    ("松風圖書館每週三下午九點開門。", LIBRARY, DATE),
    ("松風圖書館一次最多借九本書。", LIBRARY, NUMBER),
    ("松風圖書館一次最少借六本書。", LIBRARY, NEGATION),
    ("小杯奶茶四十五元，大杯奶茶三十元。", TEA, NUMBER),
    ("大杯奶茶三十元。", TEA, NEGATION),
    ("大杯奶茶四十五美元。", TEA, UNIT),
    ("白鷺橋全長1,200公里。", BRIDGE, UNIT),
    ("白鷺橋於民國九十三年五月完工。", BRIDGE, DATE),
    ("白鷺橋於1993年三月完工。", BRIDGE, DATE),
    ("白鷺橋總經費三千五百萬元。", BRIDGE, NUMBER),
    ("降雨機率為百分之十三。", "降雨機率為百分之三十。", NUMBER),
    ("周明德是淡水分店的店長。", TEAM, NAME),
    ("周明華是南港分店的店長。", TEAM, NAME),
    ("王美玲是南港分店的店長。", TEAM, NAME),
    ("超過五千元的退款由店員核准。", STAFF, NAME),
    ("他在台中開了一家麵包店。", "他在台南開了一家麵包店。", NAME),
    ("她最喜歡《春江》這本書。", "她最喜歡《秋水》這本書。", NAME),
    ("報名表請用 Word 填寫。", "報名表請用 Excel 填寫。", NAME),
    ("產量減少了兩成。", "產量增加了兩成。", NEGATION),
    ("開會之後要交報告。", "開會之前要交報告。", NEGATION),
    ("此區允許拍照。", "此區禁止拍照。", NEGATION),
    ("店裡沒有素食餐點。", "店裡有素食餐點。", NEGATION),
    ("十八歲以下可以投票。", "十八歲以上可以投票。", NEGATION),
    ("主力商品漲價四十元，並且獲得了政府補助。", "主力商品漲價四十元。", UNFOUND),
    ("熊貓主要吃竹子，住在高山森林裡。", TEA, UNFOUND),
    ("費用六十元以上。", "費用不超過六十元。", NEGATION),
    ("人數在五人以下。", "人數不得少於五人。", NEGATION),
    ("利率從2%降到3%。", RATE, NEGATION),
    ("利率從3%降到2%。", RATE, NEGATION),
    ("會員於三十日後付款。", "會員於三十日內付款。", NEGATION),
    ("孕婦可以使用本產品。", "本產品不適合孕婦使用。", NEGATION),
    ("本店可以退貨。", "本店不接受退貨。", NEGATION),
    ("公司包住宿。", "公司不提供住宿。", NEGATION),
    ("本館星期一開放。", CLOSED, NEGATION),
    ("董事長要打卡。", "除董事長外，所有人都要打卡。", NEGATION),
    ("客服需審批才能贈送會員。", "客服可以不經審批贈送會員。", NEGATION),
    ("每年租金十八萬元。", "每月租金十八萬元。", NUMBER),
    ("每天租金十八萬元。", "每月租金十八萬元。", NUMBER),
    ("設備每月檢查一次。", "設備每半年檢查一次。", NUMBER),
    ("月薪五十萬元。", "年薪五十萬元。", NUMBER),
    ("乙方應於三十日內付款。", TERMS, NAME),
    ("承租人負責修繕房屋。", "出租人負責修繕房屋。", NAME),
    ("事假最多三十天。", "病假最多三十天。事假最多十四天。", NUMBER),
    ("A方案需要五天。", PLANS, NUMBER),
    ("小型活動預算上限6000元。", STOCK, NUMBER),
    ("微信適合辦抽獎。", MEDIA, NAME),
    ("午餐七點供應。", MEALS, NUMBER),
    ("公司2005年成立。", FOUNDED, DATE),
    ("公司1998年上市。", FOUNDED, DATE),
    ("大樓高50米。", "大樓高100米，寬50米。", NUMBER),
    ("人事部負責報銷。", "財務部負責報銷，人事部負責招聘。", NAME),
    ("總經理是李華。", POSTS, NAME),
    ("李華是總經理。", POSTS, NAME),
    ("門禁20點關閉。", "門禁晚上九點關閉。", DATE),
]


@pytest.mark.parametrize(("claim", "source"), SUPPORTED)
def test_what_the_source_says_is_supported(claim: str, source: str) -> None:
    assert judged(claim, source) is None


@pytest.mark.parametrize(("claim", "source", "expected"), FALSE)
def test_what_it_does_not_say_is_flagged_by_its_kind(claim: str, source: str, expected: Disagreement) -> None:
    assert judged(claim, source) is expected


@pytest.mark.parametrize("script", ["hant", "hans"])
@pytest.mark.parametrize(("claim", "source", "expected"), FALSE)
def test_script_plays_no_part(claim: str, source: str, expected: Disagreement, script: str) -> None:
    assert judged(convert(claim, "hans" if script == "hans" else "hant"), source) is expected


@pytest.mark.parametrize(
    "text",
    [
        "主要有以下幾點：",
        "## 常見做法：",
        "以下是三個重點：",
        "希望對你有幫助！",
        "好的，",
        "如果有其他問題，請隨時告訴我。",
        "很抱歉，資料中沒有提到店租。",
    ],
)
def test_a_lead_in_and_politeness_claim_nothing(text: str) -> None:
    assert says_nothing(text)
    assert check_claim(text, [passage(TEA)]) == ClaimCheck(None, None, None)


@pytest.mark.parametrize(
    "text", ["本店沒有提供外送。", "如果您需要退貨，請在七天內提出。", "歡迎攜帶寵物入店。", "很抱歉，本店九點關門。"]
)
def test_what_only_sounds_polite_is_a_claim(text: str) -> None:
    assert not says_nothing(text)


def test_a_claim_without_passages_or_with_nothing_alike_is_unfound() -> None:
    assert check_claim("小杯奶茶三十元。", []) == ClaimCheck(UNFOUND, None, None)
    assert check_claim("熊貓主要吃竹子。", [passage(TEA)]) == ClaimCheck(UNFOUND, None, None)


def test_a_preferred_passage_is_taken_before_another_that_says_the_same() -> None:
    passages = [passage(TEA), passage(TEA), passage(LIBRARY)]
    assert check_claim(TEA, passages).source == 0
    assert check_claim(TEA, passages, [1]) == ClaimCheck(None, 1, (0, 1))
    assert check_claim(TEA, passages, [2, 9, 1]) == ClaimCheck(None, 1, (0, 1))
    assert check_claim(TEA, passages, [2]) == ClaimCheck(None, 0, (0, 1))


def test_the_verdict_tells_the_sentences() -> None:
    text = "店裡有兩隻貓。貓叫阿福和阿喜。阿福今年三歲。"
    assert check_claim("阿福今年3歲。", [passage(TEA), passage(text)]) == ClaimCheck(None, 1, (2, 3))
    merged = check_claim("店裡有兩隻可愛的貓咪，貓叫阿福和阿喜。", [passage(text.replace("貓。", "可愛的貓咪。"))])
    assert merged == ClaimCheck(None, 0, (0, 2))
    assert check_claim("阿福今年八歲。", [passage(text)]) == ClaimCheck(NUMBER, 0, (2, 3))


def test_title_heading_and_the_sentence_before_supply_a_subject() -> None:
    text = "我們每年十月打折。"
    assert check_claim("青禾茶行每年十月打折。", [passage(text, "青禾茶行手冊")]).disagreement is None
    assert check_claim("青禾茶行每年十月打折。", [passage(text, "", ("青禾茶行",))]).disagreement is None
    before = "青禾茶行有三家門市。" + text
    assert check_claim("青禾茶行每年十月打折。", [passage(before)]).disagreement is None


def test_a_name_from_the_sentence_before_does_not_stand_for_another() -> None:
    text = "周明德住在花蓮，喜歡爬山和攝影。林淑芬住在台東，喜歡游泳和下棋。"
    assert judged("林淑芬住在台東，喜歡游泳和下棋。", text) is None
    assert judged("周明德住在台東，喜歡游泳和下棋。", text) is NAME


def test_a_row_of_a_table_is_read_with_its_first_row() -> None:
    rows = ["級別 | 預算上限 | 籌備時間", "小型 | 800 元 | 兩週", "中型 | 6000 元 | 六週", "大型 | 30000 元 | 三個月"]
    table = "\n".join(f"| {row} |" for row in rows)
    assert judged("大型的預算上限是三萬元，籌備時間三個月。", table) is None
    assert judged("大型的預算上限是六千元，籌備時間三個月。", table) is NUMBER


SAME = [
    ("百分之三十", "30%"), ("三成", "３０ %"), ("民國113年", "2024年"), ("下午三點半", "15:30"),
    ("禮拜天", "周日"), ("半小時", "30分鐘"),
    ("兩公里", "2千米"), ("一年", "12個月"), ("八五折", "8.5折"), ("3～5天", "三到五天"),
    ("新台幣一百元", "100塊"), ("十九世紀", "19世紀"), ("第三名", "第3名"),
    ("每週", "每個星期"), ("每半年", "每六個月"), ("每天", "天天"), ("21點", "晚上九點"), ("24點", "24:00"),
    ("一年半", "18個月"), ("上百人", "上百人"), ("兩個半小時", "2.5小時"),
    ("1.5 萬元", "15,000元"), ("1万5千元", "15,000元"), ("3亿5000万", "3.5億"), ("15k-20k", "15000-20000元"),
    ("六折", "40% off"), ("六折", "原价的60%"), ("打八五折", "便宜15%"), ("減四成", "40%的折扣"), ("40% off", "40%"),
    ("半價", "五折"), ("三块五", "3.5元"), ("3～5萬元", "三万到五万元"),
    ("半年", "6個月"), ("一週", "7天"), ("半個月", "15天"), ("一刻鐘", "15分鐘"), ("3公里", "6里"), ("1台斤", "600克"),
    ("5坪", "16.5平方公尺"), ("1英里", "1.6公里"), ("5‰", "0.5%"), ("三分之二", "66.7%"), ("2倍", "200%"),
    ("1.5kW", "1500瓦"),
]  # fmt: skip
OTHER = [
    ("兩公里", "2公斤"),
    ("三月", "三個月"),
    ("100美元", "100元"),
    ("3～5天", "3～6天"),
    ("下午三點半", "上午三點半"),
    ("三人", "三天"),
    ("每月", "每年"),
    ("每兩週", "每週"),
    ("21點", "上午九點"),
    ("六折", "60% off"),
    ("六折", "便宜30%"),
    ("3公里", "3里"),
    ("半年", "3個月"),
    ("一個月", "31天"),
    ("1台斤", "500克"),
    ("5坪", "15平方公尺"),
    ("66.7%", "66.5%"),
    ("15k", "15元"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_quantities_written_otherwise_agree(one: str, other: str) -> None:
    assert _quantities_agree(one, other)


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_other_quantities_do_not(one: str, other: str) -> None:
    assert not _quantities_agree(one, other)


def _quantities_agree(one: str, other: str) -> bool:
    (first,), (second,) = find_quantities(search_form(one)), find_quantities(search_form(other))
    return agree(first, second)


def test_words_with_a_numeral_are_no_numbers() -> None:
    assert find_quantities(search_form("統一的四川話一般十分好懂，萬一不懂就一直問")) == []


@pytest.mark.parametrize("number", ["亿" * 39, "兆" * 27, "九" * 400, "9" * 400 + "万", "1" + "亿" * 50])
@pytest.mark.parametrize("form", ["共{}元。", "第{}名", "{}分之{}", "公元前{}年", "每{}年", "{}成", "{}点"])
def test_a_number_beyond_all_bounds_raises_nothing(number: str, form: str) -> None:
    text = form.replace("{}", number)
    assert judged(text, text) is None
    assert judged(text, "共三元。") is judged(text, "共三元。")
    assert judged("共三元。", text) is not None


@pytest.mark.parametrize(
    ("claim", "supported"),
    [
        ("XK-210B 的保固月數是 36。", True), ("保固月數是 36。", True),
        ("XK-210A 的保固月數是 36。", False), ("XK-210B 的保固月數是 24。", False),
    ],
)  # fmt: skip
def test_what_a_row_says_of_a_model_is_not_said_of_its_neighbour(claim: str, supported: bool) -> None:
    rows = "型號：XK-210A｜種類：冷氣｜保固月數：24\n型號：XK-210B｜種類：冷氣｜保固月數：36\n"
    assert (judged(claim, rows) is None) is supported


def test_a_time_of_day_is_another_where_no_half_of_the_day_agrees() -> None:
    source = "早班兩人 8:40 到店，先開排風。"
    assert judged("早班兩人 8:40 到店。", source) is None
    assert judged("早班兩人 9:55 到店。", source) is Disagreement.DATE
    assert judged("10:55 10:55 10:55 到店", source) is not None


def test_points_alike_are_told_apart_by_their_numbers() -> None:
    points = "".join(f"（{n}）第{n}種證明文件正本及影本各一份。\n" for n in "一二三四五六七八九")
    checked = check_claim("第九種證明文件正本及影本各一份。", [passage(points)])
    assert (checked.disagreement, checked.sentences) == (None, (8, 9))


def test_points_of_a_list_are_no_time_of_day() -> None:
    assert [quantity.unit for quantity in find_quantities("15点意见和21点关门")] == ["点", "clock"]


def test_a_claim_is_checked_in_little_time() -> None:
    passages = [passage((source * 20)[:400]) for source in (TEA, LIBRARY, BRIDGE, TEAM, STAFF, TRIAL)]
    check_claim(BRIDGE, passages)
    started = perf_counter()
    for _ in range(10):
        check_claim("白鷺橋全長1,300公尺，於民國九十三年三月完工。", passages)
    assert (perf_counter() - started) / 10 < 0.05


@pytest.mark.parametrize("count", [300, pytest.param(1_500, marks=pytest.mark.full)])
def test_no_text_raises(count: int) -> None:
    alphabet = "的了是在和不沒有每月年日萬億元三五十個。，、：；！？「」《》 \n1234567890%.-甲乙ABcd"
    alphabet += "微信營銷百分之半除外內後以上升降到"
    drawn = random.Random(3)
    for _ in range(count):
        claim, text = ("".join(drawn.choices(alphabet, k=drawn.randint(0, most))) for most in (30, 60))
        source = passage(text or "。")
        check_claim(claim, [source])
        check_claim(text[: drawn.randint(0, 40)], [source, passage("。，！")])
