"""The overview: its words in three languages."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OverviewTexts:
    """The overview; names in braces are filled in by `str.format`."""

    label: str
    documents: str
    passages: str
    characters: str
    left_out: str
    left_out_as: str
    """How many of those files were skipped and how many failed."""
    answers: str
    answers_as: str
    generation: str
    built: str
    system: str
    encoder: str
    reranker: str
    model: str
    device: str
    none: str
    unnamed: str
    """In place of the name of a language model that is not known yet."""
    processor: str
    formats: str
    format_as: str
    answering: str
    answered: str
    near: str
    nothing: str
    generated: str
    faults: str
    days: str
    day_as: str
    no_answers: str
    feedback: str
    helpful: str
    unhelpful: str
    no_feedback: str
    own_reasons: str
    slowest: str
    no_slowest: str
    seconds: str
    own_only: str
    untold: str
    map: str
    map_about: str
    map_keys: str
    map_sampled: str
    map_drawing: str
    map_failed: str
    legend: str
    more: str


HANT = OverviewTexts(
    label="總覽",
    documents="文件",
    passages="段落",
    characters="字元",
    left_out="未收錄的檔案",
    left_out_as="略過 {skipped}，失敗 {failed}",
    answers="提出的問題",
    answers_as="{chats} 個對話",
    generation="索引版本",
    built="建立於 {when}",
    system="系統",
    encoder="向量模型",
    reranker="重排模型",
    model="大模型",
    device="執行裝置",
    none="未使用",
    unnamed="已設定",
    processor="處理器",
    formats="格式",
    format_as="{documents} 份，{passages} 段",
    answering="回答情形",
    answered="有答案",
    near="只有接近的",
    nothing="文件裡沒有",
    generated="由大模型撰寫",
    faults="大模型出錯",
    days="最近 30 天",
    day_as="{day}：{answers} 題，其中 {refused} 題沒有答案",
    no_answers="還沒有人提問。",
    feedback="讀者評價",
    helpful="有幫助",
    unhelpful="沒有幫助",
    no_feedback="還沒有評價。",
    own_reasons="您寫下的原因",
    slowest="您的提問中最慢的",
    no_slowest="您還沒有提問。",
    seconds="{number} 秒",
    own_only="別人的提問與原因只計數，不顯示。",
    untold="對話紀錄讀取失敗，請看引據的執行紀錄。",
    map="文件地圖",
    map_about="每一點是一個段落，內容相近的靠在一起；點一下就能讀。",
    map_keys="方向鍵移到鄰近的段落，Enter 打開。",
    map_sampled="{passages} 段中畫出 {points} 段，各文件平均取樣。",
    map_drawing="正在畫地圖…",
    map_failed="地圖讀取失敗，請再試一次。",
    legend="文件（點一下突顯）",
    more="還有 {number} 份沒有列出",
)


HANS = OverviewTexts(
    label="总览",
    documents="文档",
    passages="段落",
    characters="字符",
    left_out="未收录的文件",
    left_out_as="跳过 {skipped}，失败 {failed}",
    answers="提出的问题",
    answers_as="{chats} 个对话",
    generation="索引版本",
    built="建立于 {when}",
    system="系统",
    encoder="向量模型",
    reranker="重排模型",
    model="大模型",
    device="运行设备",
    none="未使用",
    unnamed="已设置",
    processor="处理器",
    formats="格式",
    format_as="{documents} 份，{passages} 段",
    answering="回答情况",
    answered="有答案",
    near="只有接近的",
    nothing="文件里没有",
    generated="由大模型撰写",
    faults="大模型出错",
    days="最近 30 天",
    day_as="{day}：{answers} 题，其中 {refused} 题没有答案",
    no_answers="还没有人提问。",
    feedback="读者评价",
    helpful="有帮助",
    unhelpful="没有帮助",
    no_feedback="还没有评价。",
    own_reasons="您写下的原因",
    slowest="您的提问中最慢的",
    no_slowest="您还没有提问。",
    seconds="{number} 秒",
    own_only="别人的提问与原因只计数，不显示。",
    untold="对话记录读取失败，请看引据的运行记录。",
    map="文档地图",
    map_about="每一点是一个段落，内容相近的靠在一起；点一下就能读。",
    map_keys="方向键移到邻近的段落，Enter 打开。",
    map_sampled="{passages} 段中画出 {points} 段，各文档平均取样。",
    map_drawing="正在画地图…",
    map_failed="地图读取失败，请再试一次。",
    legend="文档（点一下突显）",
    more="还有 {number} 份没有列出",
)


ENGLISH = OverviewTexts(
    label="Overview",
    documents="documents",
    passages="passages",
    characters="characters",
    left_out="files left out",
    left_out_as="{skipped} skipped, {failed} failed",
    answers="questions asked",
    answers_as="chats: {chats}",
    generation="index generation",
    built="built {when}",
    system="System",
    encoder="Encoder",
    reranker="Re-ranker",
    model="Language model",
    device="Device",
    none="none",
    unnamed="set",
    processor="processor",
    formats="Formats",
    format_as="{documents} documents, {passages} passages",
    answering="Answering",
    answered="answered",
    near="only something near",
    nothing="not in the documents",
    generated="written by a language model",
    faults="language model failed",
    days="Last 30 days",
    day_as="{day}: {answers} questions, {refused} of them not answered",
    no_answers="Nobody has asked anything yet.",
    feedback="Feedback",
    helpful="helpful",
    unhelpful="not helpful",
    no_feedback="No feedback yet.",
    own_reasons="Reasons you gave",
    slowest="The slowest of your questions",
    no_slowest="You have not asked anything yet.",
    seconds="{number} s",
    own_only="What others ask and write is counted, never shown.",
    untold="The chats could not be read; see Yinju’s log.",
    map="Map of the collection",
    map_about="Each point is a passage; alike ones lie close together. Click one to read it.",
    map_keys="Arrow keys go to a passage nearby, Enter opens it.",
    map_sampled="{points} of {passages} passages are drawn, evenly from all documents.",
    map_drawing="Drawing the map…",
    map_failed="The map could not be fetched; try again.",
    legend="Documents (press to highlight)",
    more="{number} more not listed",
)
