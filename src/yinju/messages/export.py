"""Exported answers and chats: what stands beside them in Word, PDF and Markdown, and where they are asked for."""

SENTENCES = {
    "export.answer": (
        "匯出這則答案與出處（{kind}）", "导出这条答案与出处（{kind}）", "Export this answer with its sources ({kind})"
    ),
    "export.source": (
        "{place}（{file}）：「{quote}」", "{place}（{file}）：“{quote}”", "{place} ({file}): “{quote}”",
    ),
    "export.figure": ("{caption}［{number}］", "{caption}［{number}］", "{caption} [{number}]"),
    "export.comma": ("，", "，", ", "),
    "export.no_font": (
        "這台電腦上找不到中文字型，做不出 PDF。請安裝一套，例如 Noto Sans CJK，再匯出一次；也可以改為匯出 Word。",
        "这台电脑上找不到中文字体，做不出 PDF。请安装一套，例如 Noto Sans CJK，再导出一次；也可以改为导出 Word。",
        "This computer has no Chinese font, so there can be no PDF. Install one, such as Noto Sans CJK, then export "
        "again; or export to Word.",
    ),
    "export.trouble": (
        "PDF 沒有做成。請再匯出一次；若一直如此，請改為匯出 Word，並看引據的執行紀錄。",
        "PDF 没有做成。请再导出一次；若一直如此，请改为导出 Word，并看引据的运行记录。",
        "The PDF was not made. Please export again; if it persists, export to Word, and see Yinju’s log.",
    ),
}  # fmt: skip
