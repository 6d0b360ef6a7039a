"""The search view: what is found, and what its numbers are."""

SENTENCES = {
    "search.about": (
        "輸入一個問題，看找到哪些段落、各是為什麼，用來調整文件。",
        "输入一个问题，看找到哪些段落、各是为什么，用来调整文档。",
        "Ask something to see which passages are found and why: for tuning your documents.",
    ),
    "search.placeholder": ("輸入問題或關鍵詞", "输入问题或关键词", "A question or keywords"),
    "search.submit": ("搜尋", "搜索", "Search"),
    "search.count": ("段數", "段数", "Passages"),
    "search.nothing": (
        "沒有找到任何段落，請換個說法試試。", "没有找到任何段落，请换个说法试试。",
        "No passage was found. Try other words.",
    ),
    "search.found": (
        "找到 {number} 段，最相關的在前。", "找到 {number} 段，最相关的在前。",
        "Passages found: {number}, most relevant first.",
    ),
    "search.unknown": ("所有文件裡都沒有：", "所有文档里都没有：", "In none of the documents:"),
    "search.held": ("命中", "命中", "Matched"),
    "search.held_around": ("在標題、章節或文件開頭", "在标题、章节或文档开头", "In title, headings or opening"),
    "search.absent": ("這段沒有", "这段没有", "Not in here"),
    "search.by_likeness": (
        "問題裡的詞都不在這段裡，是因為意思相近而找到的。", "问题里的词都不在这段里，是因为意思相近而找到的。",
        "None of the question’s words is in this passage; it was found because its meaning is close.",
    ),
    "search.open": ("在原文中檢視", "在原文中查看", "Show in document"),
    "search.rank": ("第 {number} 名", "第 {number} 名", "Rank {number}"),
    "search.dense": ("語意", "语义", "Meaning"),
    "search.keyword": ("關鍵詞", "关键词", "Keywords"),
    "search.final": ("總分", "总分", "Score"),
    "search.numbers": ("這些數字是什麼？", "这些数字是什么？", "What are these numbers?"),
    "search.dense_means": (
        "問題與段落兩個向量的夾角餘弦，−1 到 1。", "问题与段落两个向量的夹角余弦，−1 到 1。",
        "The cosine of the two vectors, of the question and of the passage: −1 to 1.",
    ),
    "search.keyword_means": (
        "詞、雙字、單字三種 BM25 分數，各占可能最高分的比例，取三者平均，0 到 1。標題、章節與文件開頭也算在內。",
        "词、双字、单字三种 BM25 分数，各占可能最高分的比例，取三者平均，0 到 1。标题、章节与文档开头也算在内。",
        "BM25 of words, pairs and single characters, each as a share of the highest score possible; the mean of the "
        "three, 0 to 1. Title, headings and the document’s opening count as well.",
    ),
    "search.final_means": (
        "這段能回答問題的機率，0 到 1；順序由排序器決定，名次往下分數不會再升高。",
        "这段能回答问题的概率，0 到 1；顺序由排序器决定，名次往下分数不会再升高。",
        "The probability that the passage answers the question, 0 to 1. The ranker decides the order; down the list "
        "the score never rises.",
    ),
    "search.details": ("分數與細節", "分数与细节", "Scores and details"),
    "search.weighed": ("排序器怎麼算", "排序器怎么算", "What the ranker added up"),
    "search.feature": ("項目", "项目", "Number"),
    "search.value": ("數值", "数值", "Value"),
    "search.weight": ("權重", "权重", "Weight"),
    "search.points": ("得分", "得分", "Points"),
    "search.total": ("合計", "合计", "Sum"),
    "search.reread": ("重排模型的對數勝率", "重排模型的对数几率", "The re-ranker’s log-odds"),
    "search.features.words": ("詞的 BM25", "词的 BM25", "BM25 of words"),
    "search.features.bigrams": ("雙字的 BM25", "双字的 BM25", "BM25 of pairs"),
    "search.features.characters": ("單字的 BM25", "单字的 BM25", "BM25 of characters"),
    "search.features.meaning": ("意思的相似度", "意思的相似度", "likeness in meaning"),
    "search.features.window_in_context": (
        "相鄰兩句連同標題含有的份量", "相邻两句连同标题含有的分量",
        "held by two neighbouring sentences and titles",
    ),
    "search.features.passage_in_context": (
        "整段連同標題含有的份量", "整段连同标题含有的分量",
        "held by the whole passage and titles",
    ),
    "search.features.title_asked": ("問題提到標題的程度", "问题提到标题的程度", "title named in the question"),
    "search.features.heading_alike": (
        "章節標題像這個問題的程度", "章节标题像这个问题的程度",
        "heading like the question",
    ),
    "search.features.kind": (
        "含有所問種類（數字、地點、原因等）的句子", "含有所问种类（数字、地点、原因等）的句子",
        "sentences with the kind of thing asked for",
    ),
    "search.features.meaning_alone": (
        "沒有任何詞可循時的意思相似度", "没有任何词可循时的意思相似度",
        "likeness in meaning where no word is a guide",
    ),
}  # fmt: skip
