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


HANT = SourceTexts(
    label="出處",
    hint="點答案裡的 [1]，原文會在這裡打開，並標出被引用的句子。",
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
)


HANS = SourceTexts(
    label="出处",
    hint="点答案里的 [1]，原文会在这里打开，并标出被引用的句子。",
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
)


ENGLISH = SourceTexts(
    label="Source",
    hint="Click [1] in an answer: the original opens here with the cited sentence marked.",
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
)
