"""What forms call their fields and tables their columns: the words by which a label is told from a value."""

import re
from collections.abc import Sequence

LONGEST_NAME = 30
"""Characters; a longer cell is no name of a field or column."""

NUMBER = re.compile(r"[+\-−]?(?=[^\d]*\d)[\d.,:/％%年月日時时元$￥¥\s-]+")
PERIOD = re.compile(r"(?:19|20)\d\d|\d{2,4}\s*年度?|\d{1,2}\s*月份?")
_ENDINGS = tuple(
    (
        "姓名 名稱 名称 編號 编号 性別 性别 生日 日期 時間 时间 電話 电话 手機 手机 號碼 号码 地址 住址 郵箱 邮箱 "
        "信箱 部門 部门 單位 单位 職稱 职称 職務 职务 職位 职位 學歷 学历 年齡 年龄 籍貫 籍贯 國籍 国籍 金額 金额 "
        "數量 数量 傳真 传真 負責人 负责人 聯絡人 联系人 經辦人 经办人 申請人 申请人 備註 备注 類別 类别 類型 类型 "
        "狀態 状态 版本 帳號 账号 方式 內容 内容 主題 主题 地點 地点 主席 主持 記錄 记录 事由 原因 理由 說明 说明 "
        "結果 结果 意見 意见 簽名 签名 簽章 签章 證號 证号 字號 代號 代号 代碼 代码 型號 型号 規格 规格 廠牌 品牌 "
        "單價 单价 價格 价格 費用 费用 預算 预算 目的 科系 專業 专业 身高 體重 体重 血型 婚姻 民族 銀行 银行 戶名 "
        "户名 統編 统编 網址 网址 頻率 频率 等級 等级 級別 级别 序號 序号 尺寸 重量 電壓 电压 功率 溫度 温度 面積 "
        "面积 品名 期限 期間 期间 天數 天数 人數 人数 次數 次数 比例 比率 稅率 税率 總額 总额 總計 总计 合計 合计 "
        "小計 小计 標題 标题 編碼 编码 職責 职责 學校 学校 畢業院校 毕业院校 專長 专长 證照 头衔 頭銜 到職日 离职日 "
        "離職日 生效日 截止日 交期 機型 机型 產地 产地 材質 材质 容量 顏色 颜色 保固 有效期 效期 工號 工号 學號 学号 "
        "班級 班级 科目 分機 分机 郵編 邮编 車號 经理 主管 密級 密级 版次 文號 文号 薪資 薪资 底薪 津貼 津贴 時數 "
        "时数 時段 时段 次別 項目 项目 方法 步驟 步骤 條件 条件 標準 标准 要求 用途 來源 来源 語言 语言 格式 大小 "
        "長度 长度 寬度 宽度 高度 速度 週期 周期 年資 年资"
        " 學位 学位 經歷 经历 經驗 经验 評價 评价 年月 面貌 特長 特长 愛好 爱好 抬頭 抬头 編制 事項 事项"
    ).split()
)
_ALONE = frozenset("名 姓 Email Name Date Title Address Phone Tel".split())
_HEAD_FIRST = re.compile(
    r"(?:項目|项目|名稱|名称|術語|术语|名詞|名词|詞彙|词汇|詞語|词语|欄位|栏位|字段|參數|参数|代碼|代码|縮寫|缩写|簡稱|简称"
    r"|問題|问题|用語|用语|概念|條款|条款|功能|指令|命令|選項|选项|屬性|属性|類別|类别|term|item|name|field|key|parameter|option)$",
    re.IGNORECASE,
)
_HEAD_SECOND = re.compile(
    r"(?:說明|说明|內容|内容|定義|定义|解釋|解释|描述|意義|意义|含義|含义|意思|釋義|释义|數值|数值|值|用途|備註|备注|作用"
    r"|全稱|全称|翻譯|翻译|中文|英文|規定|规定|答案|回答|definition|description|meaning|value|content|explanation)$",
    re.IGNORECASE,
)
_NAMING = (
    re.compile("姓名$|^(?:full )?name$", re.IGNORECASE),
    re.compile("(?:名稱|名称|品名|書名|书名|案名|題名|题名|標題|标题|主題|主题)$|^title$", re.IGNORECASE),
    re.compile(
        "(?:編號|编号|代號|代号|代碼|代码|型號|型号|單號|单号|工號|工号|學號|学号|機型|机型)$|^(?:id|code)$", re.I
    ),
)
_SENTENCE = re.compile("[。；，！？;!?]")
_SPACED = re.compile(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])")
_MARKS = "：:*＊ "


def bare_name(cell: str) -> str:
    """A label without the colon behind it and the spaces that spread it out: 姓　名： is 姓名."""
    words = cell.strip(_MARKS)
    spread = words.count(" ") and all(len(part) == 1 for part in words.split(" "))
    return _SPACED.sub("", words) if spread else words


def can_be_name(cell: str) -> bool:
    """Whether a cell could name a field: short, no number, no sentence."""
    words = cell.rstrip(_MARKS)
    if not words or len(words) > LONGEST_NAME or _SENTENCE.search(words):
        return False
    return NUMBER.fullmatch(words) is None and any(map(str.isalpha, words))


def is_name(cell: str) -> bool:
    """Whether a cell names a field for certain: by a colon behind it, or by how it ends."""
    if not can_be_name(cell):
        return False
    if cell.endswith(("：", ":")):
        return True
    words = bare_name(re.sub(r"[（(][^（()）]*[)）]$", "", cell))
    return (words in _ALONE or words.endswith(_ENDINGS)) and not any(map(str.isdecimal, words))


def name_two_columns(first: Sequence[str]) -> bool:
    """Whether a row of two cells names its columns by words that say so: 項目｜說明, 術語｜定義."""
    filled = [bare_name(cell) for cell in first if cell]
    if len(filled) != 2 or any(len(cell) > LONGEST_NAME // 2 for cell in filled):
        return False
    return _HEAD_FIRST.search(filled[0]) is not None and _HEAD_SECOND.search(filled[1]) is not None


def naming_value(fields: Sequence[tuple[str, str]], longest: int = 60) -> str:
    """The value by which a record is called, of its fields in order: its name, else its number; empty without any."""
    for naming in _NAMING:
        for name, value in fields:
            if 0 < len(value) <= longest and naming.search(name):
                return value
    return ""
