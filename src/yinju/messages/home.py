"""The page before anything is asked, and the ways about it: the finder and the keys."""

SENTENCES = {
    "home.empty": (
        "先放進幾份文件，就能開始提問。", "先放进几份文档，就能开始提问。",
        "Add a few documents, then ask about them.",
    ),
    "home.quotes": (
        "從您的文件裡找答案，引用原句，點一下就看到出處。", "从您的文档里找答案，引用原句，点一下就看到出处。",
        "Finds answers in your documents and quotes them; one click shows the source.",
    ),
    "home.admits": (
        "文件裡沒有寫的，會直接說沒有。", "文档里没有写的，会直接说没有。",
        "Says so where the documents do not have the answer.",
    ),
    "home.offline": (
        "沒有用大模型：答案都是文件裡的原句，不必連上網路。", "没有用大模型：答案都是文档里的原句，不必连接网络。",
        "Uses no language model: answers are sentences of your documents, found offline.",
    ),
    "home.model": (
        "由大模型 {model} 撰寫答案，對不上原文的句子會標出來；問題和找到的段落會交給它。",
        "由大模型 {model} 撰写答案，对不上原文的句子会标出来；问题和找到的段落会交给它。",
        "{model} writes the answers, and sentences that the source does not confirm are marked; it is given the "
        "question and the passages found.",
    ),
    "home.documents": ("{count} 份文件", "{count} 份文档", "Documents: {count}"),
    "home.all": ("所有文件", "所有文档", "All documents"),
    "home.drop": ("把檔案或資料夾拖到這裡", "把文件或文件夹拖到这里", "Drop files or folders here"),
    "home.choose": ("選擇檔案", "选择文件", "Choose files"),
    "home.formats": (
        "PDF、Word、PowerPoint、Excel、EPUB、網頁、郵件、純文字等，每個最多 {limit} MB",
        "PDF、Word、PowerPoint、Excel、EPUB、网页、邮件、纯文本等，每个最多 {limit} MB",
        "PDF, Word, PowerPoint, Excel, EPUB, web pages, mail, plain text and more, up to {limit} MB each",
    ),
    "home.try": ("可以這樣問：", "可以这样问：", "You could ask:"),
    "finder.label": ("找對話、文件或功能", "查找对话、文档或功能", "Find a chat, a document or a view"),
    "finder.found": ("找到的", "找到的", "Found"),
    "finder.nothing": ("沒有符合的。", "没有符合的。", "Nothing matches."),
    "keys.title": ("鍵盤快速鍵", "键盘快捷键", "Keyboard shortcuts"),
    "keys.box": ("到問題框提問", "到问题框提问", "Go to the question box"),
    "keys.mention": (
        "在問題框裡：選文件、資料夾或標籤來問", "在问题框里：选文档、文件夹或标签来问",
        "In the question box: choose documents, folders or tags to ask in",
    ),
    "keys.find": ("找對話、文件或功能", "查找对话、文档或功能", "Find a chat, a document or a view"),
    "keys.cite": ("打開最新答案的第幾個出處", "打开最新答案的第几个出处", "Open that source of the newest answer"),
    "keys.steps": ("在出處裡：上一個、下一個", "在出处里：上一个、下一个", "In a source: the one before or after"),
    "keys.zoom": (
        "在原頁裡：放大、縮小、符合寬度", "在原页里：放大、缩小、适合宽度",
        "On a page: larger, smaller, fit width",
    ),
    "keys.close": (
        "關閉最上面的選單、視窗或出處", "关闭最上面的菜单、窗口或出处",
        "Close what lies on top: menu, dialog or source",
    ),
    "keys.list": ("列出這些快速鍵", "列出这些快捷键", "Show this list"),
}  # fmt: skip
