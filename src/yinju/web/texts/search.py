"""The search view: its words in three languages."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FeatureTexts:
    """What the numbers are called that the ranker adds up, each under its own name."""

    words: str
    bigrams: str
    characters: str
    meaning: str
    window_in_context: str
    passage_in_context: str
    title_asked: str
    heading_alike: str
    kind: str
    meaning_alone: str


@dataclass(frozen=True, slots=True)
class SearchTexts:
    """The search view; names in braces are filled in by `str.format`."""

    label: str
    about: str
    placeholder: str
    submit: str
    count: str
    """Beside the choice of how many passages are shown."""
    nothing: str
    found: str
    unknown: str
    """Before the terms that stand nowhere."""
    held: str
    held_around: str
    absent: str
    by_likeness: str
    open: str
    rank: str
    page: str
    dense: str
    keyword: str
    final: str
    numbers: str
    """Above what the three numbers mean."""
    dense_means: str
    keyword_means: str
    final_means: str
    weighed: str
    """Above what the ranker added up."""
    feature: str
    value: str
    weight: str
    points: str
    total: str
    reread: str
    features: FeatureTexts


HANT = SearchTexts(
    label="搜尋段落",
    about="看一個問題找到哪些段落、分數多少、為什麼，用來調整文件。",
    placeholder="輸入問題或關鍵詞",
    submit="搜尋",
    count="段數",
    nothing="沒有找到任何段落，請換個說法試試。",
    found="找到 {number} 段，最相關的在前。",
    unknown="所有文件裡都沒有：",
    held="命中",
    held_around="在標題、章節或文件開頭",
    absent="這段沒有",
    by_likeness="問題裡的詞都不在這段裡，是因為意思相近而找到的。",
    open="在原文中查看",
    rank="第 {number} 名",
    page="第 {number} 頁",
    dense="語意",
    keyword="關鍵詞",
    final="總分",
    numbers="這些數字是什麼？",
    dense_means="問題與段落兩個向量的夾角餘弦，−1 到 1。",
    keyword_means="詞、雙字、單字三種 BM25 分數，各占可能最高分的比例，取三者平均，0 到 1。"
    "標題、章節與文件開頭也算在內。",
    final_means="這段能回答問題的機率，0 到 1；順序由排序器決定，名次往下分數不會再升高。",
    weighed="排序器怎麼算",
    feature="項目",
    value="數值",
    weight="權重",
    points="得分",
    total="合計",
    reread="重排模型的對數勝率",
    features=FeatureTexts(
        words="詞的 BM25",
        bigrams="雙字的 BM25",
        characters="單字的 BM25",
        meaning="意思的相似度",
        window_in_context="相鄰兩句連同標題含有的份量",
        passage_in_context="整段連同標題含有的份量",
        title_asked="問題提到標題的程度",
        heading_alike="章節標題像這個問題的程度",
        kind="含有所問種類（數字、地點、原因等）的句子",
        meaning_alone="沒有任何詞可循時的意思相似度",
    ),
)


HANS = SearchTexts(
    label="搜索段落",
    about="看一个问题找到哪些段落、分数多少、为什么，用来调整文档。",
    placeholder="输入问题或关键词",
    submit="搜索",
    count="段数",
    nothing="没有找到任何段落，请换个说法试试。",
    found="找到 {number} 段，最相关的在前。",
    unknown="所有文档里都没有：",
    held="命中",
    held_around="在标题、章节或文档开头",
    absent="这段没有",
    by_likeness="问题里的词都不在这段里，是因为意思相近而找到的。",
    open="在原文中查看",
    rank="第 {number} 名",
    page="第 {number} 页",
    dense="语义",
    keyword="关键词",
    final="总分",
    numbers="这些数字是什么？",
    dense_means="问题与段落两个向量的夹角余弦，−1 到 1。",
    keyword_means="词、双字、单字三种 BM25 分数，各占可能最高分的比例，取三者平均，0 到 1。"
    "标题、章节与文档开头也算在内。",
    final_means="这段能回答问题的概率，0 到 1；顺序由排序器决定，名次往下分数不会再升高。",
    weighed="排序器怎么算",
    feature="项目",
    value="数值",
    weight="权重",
    points="得分",
    total="合计",
    reread="重排模型的对数几率",
    features=FeatureTexts(
        words="词的 BM25",
        bigrams="双字的 BM25",
        characters="单字的 BM25",
        meaning="意思的相似度",
        window_in_context="相邻两句连同标题含有的分量",
        passage_in_context="整段连同标题含有的分量",
        title_asked="问题提到标题的程度",
        heading_alike="章节标题像这个问题的程度",
        kind="含有所问种类（数字、地点、原因等）的句子",
        meaning_alone="没有任何词可循时的意思相似度",
    ),
)


ENGLISH = SearchTexts(
    label="Search passages",
    about="Which passages a question finds, how they score and why: for tuning your documents.",
    placeholder="A question or keywords",
    submit="Search",
    count="Passages",
    nothing="No passage was found. Try other words.",
    found="Passages found: {number}, most relevant first.",
    unknown="In none of the documents:",
    held="Matched",
    held_around="In title, headings or opening",
    absent="Not in here",
    by_likeness="None of the question’s words is in this passage; it was found because its meaning is close.",
    open="Show in document",
    rank="Rank {number}",
    page="page {number}",
    dense="Meaning",
    keyword="Keywords",
    final="Score",
    numbers="What are these numbers?",
    dense_means="The cosine of the two vectors, of the question and of the passage: −1 to 1.",
    keyword_means="BM25 of words, pairs and single characters, each as a share of the highest score possible; "
    "the mean of the three, 0 to 1. Title, headings and the document’s opening count as well.",
    final_means="The probability that the passage answers the question, 0 to 1. The ranker decides the order; "
    "down the list the score never rises.",
    weighed="What the ranker added up",
    feature="Number",
    value="Value",
    weight="Weight",
    points="Points",
    total="Sum",
    reread="The re-ranker’s log-odds",
    features=FeatureTexts(
        words="BM25 of words",
        bigrams="BM25 of pairs",
        characters="BM25 of characters",
        meaning="likeness in meaning",
        window_in_context="held by two neighbouring sentences and titles",
        passage_in_context="held by the whole passage and titles",
        title_asked="title named in the question",
        heading_alike="heading like the question",
        kind="sentences with the kind of thing asked for",
        meaning_alone="likeness in meaning where no word is a guide",
    ),
)
