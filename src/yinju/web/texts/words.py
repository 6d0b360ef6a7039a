"""Every word of the page in one language, room by room; the modules beside this one say them."""

from dataclasses import dataclass

from yinju.messages import Language
from yinju.web.texts import chat, dialogs, documents, frame, history, overview, search, source


@dataclass(frozen=True, slots=True)
class Texts:
    """The page's words in one language; {names} in braces are filled in by `str.format`."""

    language: Language
    """As HTML's lang attribute: it also decides which regional shapes of characters the browser draws."""
    name: str
    """Of the language, in itself."""
    indexed: str
    """In the terminal, once the index is there."""
    ready: str
    """In the terminal, once the page is served."""
    frame: frame.FrameTexts
    chat: chat.ChatTexts
    source: source.SourceTexts
    history: history.HistoryTexts
    dialogs: dialogs.DialogsTexts
    documents: documents.DocumentsTexts
    search: search.SearchTexts
    overview: overview.OverviewTexts


HANT = Texts(
    language="zh-Hant",
    name="繁體中文",
    indexed="收錄 {kept} 份文件，略過 {skipped}，失敗 {failed}。",
    ready="引據已就緒：{address}",
    frame=frame.HANT,
    chat=chat.HANT,
    source=source.HANT,
    history=history.HANT,
    dialogs=dialogs.HANT,
    documents=documents.HANT,
    search=search.HANT,
    overview=overview.HANT,
)

HANS = Texts(
    language="zh-Hans",
    name="简体中文",
    indexed="收录 {kept} 份文件，跳过 {skipped}，失败 {failed}。",
    ready="引据已就绪：{address}",
    frame=frame.HANS,
    chat=chat.HANS,
    source=source.HANS,
    history=history.HANS,
    dialogs=dialogs.HANS,
    documents=documents.HANS,
    search=search.HANS,
    overview=overview.HANS,
)

ENGLISH = Texts(
    language="en",
    name="English",
    indexed="{kept} documents, {skipped} files skipped, {failed} failed.",
    ready="Yinju is ready: {address}",
    frame=frame.ENGLISH,
    chat=chat.ENGLISH,
    source=source.ENGLISH,
    history=history.ENGLISH,
    dialogs=dialogs.ENGLISH,
    documents=documents.ENGLISH,
    search=search.ENGLISH,
    overview=overview.ENGLISH,
)
