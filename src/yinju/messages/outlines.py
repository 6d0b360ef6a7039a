"""What leads in to an outline of documents, and asks which one is meant."""

SENTENCES = {
    "outline.document": (
        "《{title}》的大綱，共 {count} 個部分，標題和句子都摘自原文：",
        "《{title}》的大纲，共 {count} 个部分，标题和句子都摘自原文：",
        "Outline of “{title}” in {count} parts; headings and sentences are its own:",
    ),
    "outline.headings": (
        "《{title}》共 {count} 個部分：",
        "《{title}》共 {count} 个部分：",
        "“{title}” has {count} parts:",
    ),
    "outline.points": (
        "《{title}》的重點，句子摘自原文：",
        "《{title}》的重点，句子摘自原文：",
        "Key points of “{title}”, in its own sentences:",
    ),
    "outline.section": (
        "《{title}》「{heading}」的重點，句子摘自原文：",
        "《{title}》“{heading}”的重点，句子摘自原文：",
        "Key points of “{heading}” in “{title}”, in its own sentences:",
    ),
    "outline.whole": (
        "《{title}》「{heading}」寫的是：",
        "《{title}》“{heading}”写的是：",
        "“{heading}” in “{title}” says:",
    ),
    "outline.text": ("《{title}》寫的是：", "《{title}》写的是：", "“{title}” says:"),
    "outline.latest": (
        "《{title}》裡最新的一封寫的是：",
        "《{title}》里最新的一封写的是：",
        "The latest message in “{title}” says:",
    ),
    "outline.collection": (
        "收錄的 {count} 份文件大致是這些，標題和句子都摘自原文：",
        "收录的 {count} 份文档大致是这些，标题和句子都摘自原文：",
        "The {count} documents here in outline; headings and sentences are their own:",
    ),
    "outline.more": ("其餘 {count} 份，可以一份一份問我。", "其余 {count} 份，可以一份一份问我。",
     "Ask me about the other {count} one by one."),
    "outline.rest": ("另有 {count} 個部分。", "另有 {count} 个部分。", "There are {count} more parts."),
    "outline.of_many": ("{some}等 {count} 項", "{some}等 {count} 项", "{some} and more, {count} in all"),
    "outline.rows": ("{names}的{heads}", "{names}的{heads}", "{heads} of {names}"),
    "outline.which": ("你是指哪一份文件？", "你是指哪一份文档？", "Which document do you mean?"),
    "outline.which.none": (
        "文件裡沒有叫「{name}」的。你是指哪一份文件？",
        "文档里没有叫“{name}”的。你是指哪一份文档？",
        "No document is called “{name}”. Which one do you mean?",
    ),
    "clarify": (
        "文件裡有幾處，說的不一樣；你想問的是哪一個？",
        "文档里有几处，说的不一样；你想问的是哪一个？",
        "The documents say this of several things; which do you mean?",
    ),
    "clarify.more": ("另有 {count} 處。", "另有 {count} 处。", "There are {count} more."),
    "outline.ask": ("《{title}》講了什麼", "《{title}》讲了什么", "What is “{title}” about"),
    "outline.ask.section": (
        "《{title}》的「{heading}」講了什麼", "《{title}》的“{heading}”讲了什么",
         "What does “{heading}” in “{title}” say"
    ),
}  # fmt: skip
"""Key → its sentence in the three languages of the catalogue."""
