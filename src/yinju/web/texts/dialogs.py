"""The dialogs: its words in three languages."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DialogsTexts:
    """The dialogs; names in braces are filled in by `str.format`."""

    cancel: str
    edit: str
    ask: str
    reason: str
    send: str
    rename: str
    save: str
    delete: str
    delete_note: str
    delete_yes: str


HANT = DialogsTexts(
    cancel="取消",
    edit="改寫問題",
    ask="重新提問",
    reason="想補充原因嗎？（可不填）",
    send="送出",
    rename="為這段對話命名",
    save="儲存",
    delete="刪除這段對話？",
    delete_note="刪除後無法復原。",
    delete_yes="刪除",
)


HANS = DialogsTexts(
    cancel="取消",
    edit="改写问题",
    ask="重新提问",
    reason="想补充原因吗？（可不填）",
    send="提交",
    rename="为这段对话命名",
    save="保存",
    delete="删除这段对话？",
    delete_note="删除后无法恢复。",
    delete_yes="删除",
)


ENGLISH = DialogsTexts(
    cancel="Cancel",
    edit="Edit the question",
    ask="Ask",
    reason="Why? (optional)",
    send="Send",
    rename="Name this chat",
    save="Save",
    delete="Delete this chat?",
    delete_note="It cannot be brought back.",
    delete_yes="Delete",
)
