"""What stands around every view: its words in three languages."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FrameTexts:
    """What stands around every view; names in braces are filled in by `str.format`."""

    promise: str
    new_chat: str
    model: str
    """In place of a name that is not known yet."""
    close: str
    views: str
    chat: str
    documents: str
    search: str
    overview: str
    settings: str
    language: str
    theme: str
    theme_system: str
    theme_light: str
    theme_dark: str
    unreachable: str
    index_trouble: str
    misdirected: str


HANT = FrameTexts(
    promise="從您的文件裡找答案，每一句都附出處，點一下就能核對。",
    new_chat="新對話",
    model="大模型",
    close="關閉",
    views="功能",
    chat="對話",
    documents="文件",
    search="搜尋",
    overview="總覽",
    settings="設定",
    language="語言",
    theme="外觀",
    theme_system="跟隨系統",
    theme_light="淺色",
    theme_dark="深色",
    unreachable="連不上引據，請確認它還在執行，再試一次。",
    index_trouble="索引讀取失敗，請看引據的執行紀錄。",
    misdirected="引據不在「{host}」這個位址服務。如果這是您的位址，請把它加進 YINJU_HOSTS，再重新啟動。",
)


HANS = FrameTexts(
    promise="从您的文件里找答案，每一句都附出处，点一下就能核对。",
    new_chat="新对话",
    model="大模型",
    close="关闭",
    views="功能",
    chat="对话",
    documents="文档",
    search="搜索",
    overview="总览",
    settings="设置",
    language="语言",
    theme="外观",
    theme_system="跟随系统",
    theme_light="浅色",
    theme_dark="深色",
    unreachable="连不上引据，请确认它还在运行，再试一次。",
    index_trouble="索引读取失败，请看引据的运行记录。",
    misdirected="引据不在“{host}”这个地址提供服务。如果这是您的地址，请把它加进 YINJU_HOSTS，再重新启动。",
)


ENGLISH = FrameTexts(
    promise="Answers from your own documents, every sentence with a source you can check.",
    new_chat="New chat",
    model="language model",
    close="Close",
    views="Views",
    chat="Chat",
    documents="Documents",
    search="Search",
    overview="Overview",
    settings="Settings",
    language="Language",
    theme="Appearance",
    theme_system="As the system",
    theme_light="Light",
    theme_dark="Dark",
    unreachable="Yinju does not respond. See that it is still running, then try again.",
    index_trouble="The index could not be read; see Yinju's log.",
    misdirected="Yinju does not serve “{host}”. If that is an address of yours, add it to YINJU_HOSTS and start again.",
)
