"""The list of chats: its words in three languages."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class HistoryTexts:
    """The list of chats; names in braces are filled in by `str.format`."""

    label: str
    title: str
    search: str
    none: str
    nothing: str
    rename: str
    delete: str
    export_markdown: str
    export_json: str
    answers: str
    untitled: str
    more: str
    unknown: str
    trouble: str


HANT = HistoryTexts(
    label="紀錄",
    title="過去的對話",
    search="搜尋對話",
    none="還沒有對話。",
    nothing="沒有符合的對話。",
    rename="重新命名",
    delete="刪除",
    export_markdown="匯出 Markdown",
    export_json="匯出 JSON",
    answers="{number} 問",
    untitled="未命名",
    more="更多",
    unknown="找不到這段對話。",
    trouble="對話紀錄讀寫失敗，請看引據的執行紀錄。",
)


HANS = HistoryTexts(
    label="记录",
    title="过去的对话",
    search="搜索对话",
    none="还没有对话。",
    nothing="没有符合的对话。",
    rename="重命名",
    delete="删除",
    export_markdown="导出 Markdown",
    export_json="导出 JSON",
    answers="{number} 问",
    untitled="未命名",
    more="更多",
    unknown="找不到这段对话。",
    trouble="对话记录读写失败，请看引据的运行记录。",
)


ENGLISH = HistoryTexts(
    label="History",
    title="Past chats",
    search="Search chats",
    none="No chats yet.",
    nothing="No chat matches.",
    rename="Rename",
    delete="Delete",
    export_markdown="Export Markdown",
    export_json="Export JSON",
    answers="{number} questions",
    untitled="Untitled",
    more="More",
    unknown="There is no such chat.",
    trouble="The chats could not be read or written; see Yinju’s log.",
)
