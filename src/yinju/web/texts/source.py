"""The source panel: its words in three languages."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SourceTexts:
    """The source panel; names in braces are filled in by `str.format`."""

    label: str
    hint: str
    unreachable: str
    page: str
    cited: str
    no_document: str
    bad_range: str
    changed: str
    no_citation: str
    trouble: str
    deleted: str
    moved: str
    edited: str
    back: str
    on: str
    steps: str
    views: str
    page_view: str
    text_view: str
    whole_view: str
    download: str
    loading: str
    pager: str
    previous_page: str
    next_page: str
    smaller: str
    larger: str
    fit: str
    page_label: str
    page_of: str
    image: str
    goes_on: str
    no_page: str
    no_original: str
    earlier: str
    later: str
    other: str
    copies: str


HANT = SourceTexts(
    label="出處",
    hint="點答案裡的 [1]，或按數字鍵 1–9，原文會在這裡打開，並標出被引用的句子。",
    unreachable="讀不到原文：與引據的連線中斷了。請確認引據還在執行，再點一次。",
    page="第 {number} 頁",
    cited="被引用的原文",
    no_document="這份文件已不在收錄之中。",
    bad_range="這個出處指向文件以外的位置。",
    changed="這份文件在回答之後更新過，原來的位置不再可靠。請重新提問。",
    no_citation="找不到這個出處的紀錄。",
    trouble="出處的紀錄讀取失敗，請看引據的執行紀錄。",
    deleted="來源已刪除：以下是回答當時引用的原句。",
    moved="來源已變更，原句仍在。",
    edited="來源已變更：以下是回答當時引用的原句，新版裡找不到一模一樣的。",
    back="上一個出處",
    on="下一個出處",
    steps="這個答案的出處",
    views="檢視方式",
    page_view="原頁",
    text_view="段落",
    whole_view="全文",
    download="下載原檔",
    loading="載入中…",
    pager="翻頁與縮放",
    previous_page="上一頁",
    next_page="下一頁",
    smaller="縮小",
    larger="放大",
    fit="符合寬度",
    page_label="第 {number} 頁（{label}）",
    page_of="{page}，共 {total} 頁",
    image="《{title}》{page}的影像",
    goes_on="引文接到第 {number} 頁",
    no_page="原頁無法顯示，可能是檔案移動或更新過；以下是讀取時的文字。",
    no_original="原檔已移動、更新或刪除，無法下載。",
    earlier="載入前文",
    later="載入後文",
    other="這個答案也引用了這一句 [{number}]",
    copies="同樣的文字也在：",
)


HANS = SourceTexts(
    label="出处",
    hint="点答案里的 [1]，或按数字键 1–9，原文会在这里打开，并标出被引用的句子。",
    unreachable="读不到原文：与引据的连接中断了。请确认引据还在运行，再点一次。",
    page="第 {number} 页",
    cited="被引用的原文",
    no_document="这份文件已不在收录之中。",
    bad_range="这个出处指向文件以外的位置。",
    changed="这份文件在回答之后更新过，原来的位置不再可靠。请重新提问。",
    no_citation="找不到这个出处的记录。",
    trouble="出处的记录读取失败，请看引据的运行记录。",
    deleted="来源已删除：以下是回答当时引用的原句。",
    moved="来源已变更，原句仍在。",
    edited="来源已变更：以下是回答当时引用的原句，新版里找不到一模一样的。",
    back="上一个出处",
    on="下一个出处",
    steps="这个答案的出处",
    views="查看方式",
    page_view="原页",
    text_view="段落",
    whole_view="全文",
    download="下载原文件",
    loading="加载中…",
    pager="翻页与缩放",
    previous_page="上一页",
    next_page="下一页",
    smaller="缩小",
    larger="放大",
    fit="适合宽度",
    page_label="第 {number} 页（{label}）",
    page_of="{page}，共 {total} 页",
    image="《{title}》{page}的图像",
    goes_on="引文接到第 {number} 页",
    no_page="原页无法显示，可能是文件移动或更新过；以下是读取时的文字。",
    no_original="原文件已移动、更新或删除，无法下载。",
    earlier="加载前文",
    later="加载后文",
    other="这个答案也引用了这一句 [{number}]",
    copies="同样的文字也在：",
)


ENGLISH = SourceTexts(
    label="Source",
    hint="Click [1] in an answer, or press a key 1–9: the original opens here with the cited sentence marked.",
    unreachable="The source cannot be read: Yinju does not respond. See that it is still running, then click again.",
    page="page {number}",
    cited="The cited original",
    no_document="This document is no longer included.",
    bad_range="This citation points outside its document.",
    changed="This document changed after the answer was given, so the place is no longer certain. Please ask again.",
    no_citation="There is no record of this citation.",
    trouble="The record of this citation could not be read; see Yinju's log.",
    deleted="The source was deleted: this is what the answer cited.",
    moved="The source changed; the cited sentence is still there.",
    edited="The source changed: this is what the answer cited, and the new version does not hold it word for word.",
    back="Previous citation",
    on="Next citation",
    steps="Citations of this answer",
    views="Show as",
    page_view="Page",
    text_view="Passage",
    whole_view="Whole text",
    download="Download file",
    loading="Loading…",
    pager="Pages and zoom",
    previous_page="Previous page",
    next_page="Next page",
    smaller="Smaller",
    larger="Larger",
    fit="Fit width",
    page_label="page {number} ({label})",
    page_of="{page} of {total}",
    image="Image of {title}, {page}",
    goes_on="Goes on at page {number}",
    no_page="The page cannot be shown; its file may have been moved or changed. This is the text as it was read.",
    no_original="The file was moved, changed or deleted, so it cannot be downloaded.",
    earlier="Load earlier text",
    later="Load later text",
    other="Also cited by this answer [{number}]",
    copies="The same text also stands in:",
)
