"""The documents: its words in three languages."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DocumentsTexts:
    """The documents; names in braces are filled in by `str.format`."""

    label: str
    unread: str
    more: str
    pages: str
    warned: str
    skipped: str
    failed: str


HANT = DocumentsTexts(
    label="收錄文件",
    unread="沒有收錄的檔案",
    more="還有 {number} 份沒有列出",
    pages="{number} 頁",
    warned="有提醒",
    skipped="略過",
    failed="失敗",
)


HANS = DocumentsTexts(
    label="收录文件",
    unread="没有收录的文件",
    more="还有 {number} 份没有列出",
    pages="{number} 页",
    warned="有提醒",
    skipped="跳过",
    failed="失败",
)


ENGLISH = DocumentsTexts(
    label="Documents",
    unread="Files not included",
    more="{number} more not listed",
    pages="{number} pages",
    warned="note",
    skipped="skipped",
    failed="failed",
)
