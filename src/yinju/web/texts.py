"""Every word the page itself says, in three languages; what documents and answers say comes from elsewhere."""

from dataclasses import dataclass

from yinju.errors import SettingsError
from yinju.types import FileState, IngestReport


@dataclass(frozen=True, slots=True)
class Texts:
    """The page's words in one language; {names} in braces are filled in by `str.format`."""

    language: str
    """As HTML's lang attribute: it also decides which regional shapes of characters the browser draws."""
    promise: str
    placeholder: str
    welcome: str
    ask: str
    new_chat: str
    chat: str
    source: str
    source_hint: str
    close: str
    unreachable: str
    page: str
    pages: str
    cited: str
    documents: str
    unread: str
    more: str
    warned: str
    skipped: str
    failed: str
    refused: str
    nearest: str
    understood: str
    broken: str
    no_document: str
    bad_range: str
    changed: str
    index_trouble: str
    indexed: str
    ready: str


HANT = Texts(
    language="zh-Hant",
    promise="從您的文件裡找答案，每一句都附出處，點一下就能核對。",
    placeholder="輸入問題，按 Enter 送出",
    welcome="想知道什麼？問問這些文件。",
    ask="送出",
    new_chat="新對話",
    chat="對話",
    source="出處",
    source_hint="點答案裡的 [1]，原文會在這裡打開，並標出被引用的句子。",
    close="關閉",
    unreachable="讀不到原文：與引據的連線中斷了。請確認引據還在執行，再點一次。",
    page="第 {number} 頁",
    pages="{number} 頁",
    cited="被引用的原文",
    documents="收錄文件",
    unread="沒有收錄的檔案",
    more="還有 {number} 份沒有列出",
    warned="有提醒",
    skipped="略過",
    failed="失敗",
    refused="抱歉，收錄的文件裡沒有找到這個問題的答案。",
    nearest="最接近的段落：",
    understood="理解為：{question}",
    broken="剛才出了點問題，沒能回答。請再問一次；若一直如此，請看引據的執行紀錄。",
    no_document="這份文件已不在收錄之中。",
    bad_range="這個出處指向文件以外的位置。",
    changed="這份文件在回答之後更新過，原來的位置不再可靠。請重新提問。",
    index_trouble="索引讀取失敗，請看引據的執行紀錄。",
    indexed="收錄 {kept} 份文件，略過 {skipped}，失敗 {failed}。",
    ready="引據已就緒：{address}",
)

HANS = Texts(
    language="zh-Hans",
    promise="从您的文件里找答案，每一句都附出处，点一下就能核对。",
    placeholder="输入问题，按 Enter 发送",
    welcome="想知道什么？问问这些文件。",
    ask="发送",
    new_chat="新对话",
    chat="对话",
    source="出处",
    source_hint="点答案里的 [1]，原文会在这里打开，并标出被引用的句子。",
    close="关闭",
    unreachable="读不到原文：与引据的连接中断了。请确认引据还在运行，再点一次。",
    page="第 {number} 页",
    pages="{number} 页",
    cited="被引用的原文",
    documents="收录文件",
    unread="没有收录的文件",
    more="还有 {number} 份没有列出",
    warned="有提醒",
    skipped="跳过",
    failed="失败",
    refused="抱歉，收录的文件里没有找到这个问题的答案。",
    nearest="最接近的段落：",
    understood="理解为：{question}",
    broken="刚才出了点问题，没能回答。请再问一次；若一直如此，请看引据的运行记录。",
    no_document="这份文件已不在收录之中。",
    bad_range="这个出处指向文件以外的位置。",
    changed="这份文件在回答之后更新过，原来的位置不再可靠。请重新提问。",
    index_trouble="索引读取失败，请看引据的运行记录。",
    indexed="收录 {kept} 份文件，跳过 {skipped}，失败 {failed}。",
    ready="引据已就绪：{address}",
)

ENGLISH = Texts(
    language="en",
    promise="Answers from your own documents, every sentence with a source you can check.",
    placeholder="Ask in Chinese; Enter sends",
    welcome="What would you like to know from these documents?",
    ask="Send",
    new_chat="New chat",
    chat="Chat",
    source="Source",
    source_hint="Click [1] in an answer: the original opens here with the cited sentence marked.",
    close="Close",
    unreachable="The source cannot be read: Yinju does not respond. See that it is still running, then click again.",
    page="page {number}",
    pages="{number} pages",
    cited="The cited original",
    documents="Documents",
    unread="Files not included",
    more="{number} more not listed",
    warned="note",
    skipped="skipped",
    failed="failed",
    refused="Sorry, the documents do not answer this question.",
    nearest="What came nearest:",
    understood="Understood as: {question}",
    broken="Something went wrong and there is no answer. Please ask again; if it persists, see Yinju's log.",
    no_document="This document is no longer included.",
    bad_range="This citation points outside its document.",
    changed="This document changed after the answer was given, so the place is no longer certain. Please ask again.",
    index_trouble="The index could not be read; see Yinju's log.",
    indexed="{kept} documents, {skipped} files skipped, {failed} failed.",
    ready="Yinju is ready: {address}",
)

LANGUAGES = {texts.language: texts for texts in (HANT, HANS, ENGLISH)}


def texts_for(language: str) -> Texts:
    """The page's words in a language.

    Raises:
        SettingsError: there is no such language.
    """
    if language not in LANGUAGES:
        known = ", ".join(LANGUAGES)
        raise SettingsError(f"YINJU_LANGUAGE={language!r} is not one of {known}; try: export YINJU_LANGUAGE=zh-Hant")
    return LANGUAGES[language]


def describe_report(report: IngestReport, texts: Texts) -> str:
    """What became of the files when the index was built, in one line."""
    skipped, failed = report.count(FileState.SKIPPED), report.count(FileState.FAILED)
    kept = len(report.outcomes) - skipped - failed
    return texts.indexed.format(kept=kept, skipped=skipped, failed=failed)
