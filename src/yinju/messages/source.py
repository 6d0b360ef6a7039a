"""The source panel: a document's page and text, and why a place cannot be shown."""

SENTENCES = {
    "source.label": ("出處", "出处", "Source"),
    "source.unreachable": (
        "讀不到原文：與引據的連線中斷了。請確認引據還在執行，再點一次。",
        "读不到原文：与引据的连接中断了。请确认引据还在运行，再点一次。",
        "The source cannot be read: Yinju does not respond. See that it is still running, then click again.",
    ),
    "source.cited": ("被引用的原文", "被引用的原文", "The cited original"),
    "source.no_document": (
        "這份文件已不在收錄之中。", "这份文档已不在收录之中。",
        "This document is no longer included.",
    ),
    "source.bad_range": (
        "這個出處指向文件以外的位置。", "这个出处指向文档以外的位置。",
        "This citation points outside its document.",
    ),
    "source.changed": (
        "這份文件在回答之後更新過，原來的位置不再可靠。請重新提問。",
        "这份文档在回答之后更新过，原来的位置不再可靠。请重新提问。",
        "This document changed after the answer was given, so the place is no longer certain. Please ask again.",
    ),
    "source.no_citation": ("找不到這個出處的紀錄。", "找不到这个出处的记录。", "There is no record of this citation."),
    "source.trouble": (
        "出處的紀錄讀取失敗，請看引據的執行紀錄。", "出处的记录读取失败，请看引据的运行记录。",
        "The record of this citation could not be read; see Yinju's log.",
    ),
    "source.deleted": (
        "來源已刪除：以下是回答當時引用的原句。", "来源已删除：以下是回答当时引用的原句。",
        "The source was deleted: this is what the answer cited.",
    ),
    "source.moved": (
        "來源已變更，原句仍在。", "来源已变更，原句仍在。",
        "The source changed; the cited sentence is still there.",
    ),
    "source.edited": (
        "來源已變更：以下是回答當時引用的原句，新版裡找不到一模一樣的。",
        "来源已变更：以下是回答当时引用的原句，新版里找不到一模一样的。",
        "The source changed: this is what the answer cited, and the new version does not hold it word for word.",
    ),
    "source.back": ("上一個出處", "上一个出处", "Previous citation"),
    "source.on": ("下一個出處", "下一个出处", "Next citation"),
    "source.steps": ("這個答案的出處", "这个答案的出处", "Citations of this answer"),
    "source.views": ("檢視方式", "查看方式", "Show as"),
    "source.page_view": ("原頁", "原页", "Page"),
    "source.text_view": ("段落", "段落", "Passage"),
    "source.whole_view": ("全文", "全文", "Whole text"),
    "source.download": ("下載原檔", "下载原文件", "Download file"),
    "source.loading": ("載入中…", "加载中…", "Loading…"),
    "source.pager": ("翻頁與縮放", "翻页与缩放", "Pages and zoom"),
    "source.previous_page": ("上一頁", "上一页", "Previous page"),
    "source.next_page": ("下一頁", "下一页", "Next page"),
    "source.smaller": ("縮小", "缩小", "Smaller"),
    "source.larger": ("放大", "放大", "Larger"),
    "source.fit": ("符合寬度", "适合宽度", "Fit width"),
    "source.page_label": ("第 {number} 頁（{label}）", "第 {number} 页（{label}）", "page {number} ({label})"),
    "source.page_of": ("{page}，共 {total} 頁", "{page}，共 {total} 页", "{page} of {total}"),
    "source.image": ("《{title}》{page}的影像", "《{title}》{page}的图像", "Image of {title}, {page}"),
    "source.goes_on": ("引文接到第 {number} 頁", "引文接到第 {number} 页", "Goes on at page {number}"),
    "source.no_page": (
        "原頁無法顯示，可能是檔案移動或更新過；以下是讀取時的文字。",
        "原页无法显示，可能是文件移动或更新过；以下是读取时的文字。",
        "The page cannot be shown; its file may have been moved or changed. This is the text as it was read.",
    ),
    "source.no_original": (
        "原檔已移動、更新或刪除，無法下載。", "原文件已移动、更新或删除，无法下载。",
        "The file was moved, changed or deleted, so it cannot be downloaded.",
    ),
    "source.earlier": ("載入前文", "加载前文", "Load earlier text"),
    "source.later": ("載入後文", "加载后文", "Load later text"),
    "source.other": (
        "這個答案也引用了這一句 [{number}]", "这个答案也引用了这一句 [{number}]",
        "Also cited by this answer [{number}]",
    ),
    "source.copies": ("同樣的文字也在：", "同样的文字也在：", "The same text also stands in:"),
}  # fmt: skip
