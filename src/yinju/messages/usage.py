"""What the command line says of its commands and options."""

SENTENCES = {
    "usage.prefix": ("用法：", "用法：", "usage: "),
    "usage.arguments": ("參數", "参数", "arguments"),
    "usage.options": ("選項", "选项", "options"),
    "usage.commands": ("指令", "命令", "commands"),
    "usage.help": ("顯示這份說明", "显示这份说明", "show this help"),
    "usage.default": ("{about}（預設：{default}）", "{about}（默认：{default}）", "{about} (default: {default})"),
    "default.off": ("關", "关", "off"),
    "default.none": ("無", "无", "none"),
    "default.all": ("全部文件", "全部文档", "all documents"),
    "default.any": ("不限", "不限", "any"),
    "name.command": ("指令", "命令", "COMMAND"),
    "name.folder": ("資料夾", "文件夹", "FOLDER"),
    "name.file": ("檔案", "文件", "FILE"),
    "name.question": ("問題", "问题", "QUESTION"),
    "name.document": ("文件", "文档", "DOCUMENT"),
    "name.name": ("名稱", "名称", "NAME"),
    "name.tag": ("標籤", "标签", "TAG"),
    "name.format": ("格式", "格式", "FORMAT"),
    "name.day": ("日期", "日期", "DAY"),
    "name.number": ("數", "数", "N"),
    "name.share": ("比例", "比例", "SHARE"),
    "help.yinju": (
        "用中文問自己的文件，答案的每一句都附上來源。", "用中文问自己的文档，答案的每一句都附上来源。",
        "Ask your own documents in Chinese; every sentence of the answer comes with its source.",
    ),
    "help.ends": (
        "結束狀態：0 做完了（文件裡沒有答案也是）、1 出了錯、2 指令寫錯、130 中途停止。"
        "這裡的語言由 YINJU_LANGUAGE（zh-Hant、zh-Hans、en）或 LC_ALL、LC_MESSAGES、LANG 決定，答案則用問題的語言。",
        "退出状态：0 做完了（文档里没有答案也是）、1 出了错、2 命令写错、130 中途停止。"
        "这里的语言由 YINJU_LANGUAGE（zh-Hant、zh-Hans、en）或 LC_ALL、LC_MESSAGES、LANG 决定，答案则用问题的语言。",
        "Exit status: 0 done, also where the documents do not answer; 1 an error; 2 a wrong call; 130 interrupted. "
        "What is said here is in the language of YINJU_LANGUAGE (zh-Hant, zh-Hans, en) or of LC_ALL, LC_MESSAGES or "
        "LANG; an answer is in that of the question.",
    ),
    "help.version": ("顯示版本", "显示版本", "show the version"),
    "help.index_folder": ("索引的資料夾", "索引的文件夹", "folder of the index"),
    "help.library": (
        "文件庫的名稱或代號，yinju libraries 列出的", "文档库的名称或代号，yinju libraries 列出的",
        "title or id of a library, as yinju libraries lists it",
    ),
    "help.libraries": (
        "列出文件庫，或新增、改名、刪除、復原一個。", "列出文档库，或新增、改名、删除、恢复一个。",
        "List the libraries, or make, rename, remove or bring back one.",
    ),
    "help.libraries.act": (
        "list、add、rename、remove、restore 其一", "list、add、rename、remove、restore 其一",
        "list, add, rename, remove or restore",
    ),
    "help.libraries.names": (
        "文件庫的名稱；rename 另給新的", "文档库的名称；rename 另给新的",
        "title of the library; for rename the new one as well",
    ),
    "help.audit": (
        "列出誰在何時改了什麼，或檢查這份紀錄是否完整。", "列出谁在何时改了什么，或检查这份记录是否完整。",
        "Print who changed what and when, or check that the record of that is whole.",
    ),
    "help.audit.since": ("從哪一天起", "从哪一天起", "From this day on"),
    "help.audit.check": (
        "檢查每一行是否接著前一行寫的", "检查每一行是否接着前一行写的",
        "Check that each line follows the one before it",
    ),
    "help.backup": (
        "把所有文件庫（文件、索引、對話、設定）備份成一個檔案；服務中也可以。",
        "把所有文档库（文档、索引、对话、设置）备份成一个文件；服务中也可以。",
        "Pack all libraries (documents, indexes, chats, settings) into one file, also while they are served.",
    ),
    "help.backup.file": (
        "備份檔，例如 yinju.tar.gz", "备份文件，例如 yinju.tar.gz", "The backup, such as yinju.tar.gz",
    ),
    "help.backup.check": (
        "只檢查這個備份檔是否完好", "只检查这个备份文件是否完好", "Only check that this backup is whole",
    ),
    "help.backup.with_secrets": (
        "連同語言模型的金鑰", "连同语言模型的密钥", "With the key of the language model",
    ),
    "help.restore": (
        "從備份檔還原所有文件庫；正在服務的會接著用還原後的。",
        "从备份文件还原所有文档库；正在服务的会接着用还原后的。",
        "Restore all libraries from a backup; a page that is served goes on with them.",
    ),
    "help.restore.file": ("yinju backup 做的備份檔", "yinju backup 做的备份文件", "A backup made by yinju backup"),
    "help.restore.replace": (
        "換掉現有的，原來的留在旁邊", "换掉现有的，原来的留在旁边", "Replace what is there, which is put aside",
    ),
    "name.act": ("動作", "动作", "ACT"),
    "default.first": ("第一個", "第一个", "the first"),
    "library.removed": (
        "已刪除「{title}」；yinju libraries restore 可以復原，網頁的設定清空已刪除的檔案以後就不能了。",
        "已删除“{title}”；yinju libraries restore 可以恢复，网页的设置清空已删除的文件以后就不能了。",
        "“{title}” is removed; yinju libraries restore brings it back, until deleted files are emptied in the page.",
    ),
    "help.json": ("輸出 JSON", "输出 JSON", "print JSON"),
    "help.index": (
        "讓索引跟上一個資料夾裡的文件。", "让索引跟上一个文件夹里的文档。",
        "Bring the index in line with a folder of documents.",
    ),
    "help.index.corpus": ("文件的資料夾", "文档的文件夹", "folder of documents"),
    "help.index.rebuild": (
        "不管原來有什麼，從頭建立", "不管原来有什么，从头建立", "start from nothing, whatever is there",
    ),
    "help.index.check": (
        "逐位元組認出改過的檔案，不只看時間與大小", "逐字节认出改过的文件，不只看时间与大小",
        "tell changed files by their bytes, not by time and size",
    ),
    "help.index.rollback": (
        "回到上一次發佈的內容", "回到上一次发布的内容", "answer from what was published before this",
    ),
    "help.index.compact": (
        "把多次修改留下的小塊合併", "把多次修改留下的小块合并", "put together what many edits have left in pieces",
    ),
    "help.index.tune": (
        "量向量搜尋找得到多少，並選定看多少", "量向量搜索找得到多少，并选定看多少",
        "measure what a search by vectors finds, and choose its effort",
    ),
    "help.index.recall": (
        "與 --tune 一起：最近的要找到多少，例如 .99", "与 --tune 一起：最近的要找到多少，例如 .99",
        "with --tune: find so much of the nearest, such as .99",
    ),
    "help.index.plot": (
        "與 --tune 一起：把量到的畫成圖", "与 --tune 一起：把量到的画成图", "with --tune: draw what is measured",
    ),
    "help.index.watch": (
        "一直跟著資料夾的變動", "一直跟着文件夹的变动", "go on, and follow every change of the folder",
    ),
    "help.index.report": ("寫出每個檔案的結果", "写出每个文件的结果", "write how every file ended"),
    "help.ask": (
        "回答問題並附上來源；文件裡沒有的就直說。", "回答问题并附上来源；文档里没有的就直说。",
        "Answer a question with sources, or say that the documents do not.",
    ),
    "help.ask.question": (
        "一個問題，有空格就加引號", "一个问题，有空格就加引号", "one question, in quotes where it has spaces",
    ),
    "help.ask.questions": (
        '問題的檔案，每行一個 {{"question": …, "history": [[…, …]], "scope": {{"only": [名稱]}}}}',
        '问题的文件，每行一个 {{"question": …, "history": [[…, …]], "scope": {{"only": [名称]}}}}',
        'a file of questions, lines of {{"question": …, "history": [[…, …]], "scope": {{"only": [NAME]}}}}',
    ),
    "help.search": (
        "找出最能回答問題的段落。", "找出最能回答问题的段落。", "Find the passages that best answer a question.",
    ),
    "help.search.question": (
        "問題或關鍵字，有空格就加引號", "问题或关键词，有空格就加引号",
        "question or keywords, in quotes where there are spaces",
    ),
    "help.search.top_k": ("找幾段", "找几段", "how many passages"),
    "help.scope.only": (
        "在這份文件、資料夾或樣式裡找；可以多次，與 --tag 合起來，有一項符合就找",
        "在这份文档、文件夹或样式里找；可以多次，与 --tag 合起来，有一项符合就找",
        "look in this document, folder or pattern; again for more, together with --tag: one that fits is enough",
    ),
    "help.scope.tag": (
        "在有這個標籤的文件裡找；可以多次，與 --only 合起來", "在有这个标签的文档里找；可以多次，与 --only 合起来",
        "look in documents with this tag; again for more, together with --only",
    ),
    "help.scope.format": (
        "再縮小到這種格式，例如 pdf、docx；可以多次", "再缩小到这种格式，例如 pdf、docx；可以多次",
        "and of these only in this format, such as pdf or docx; again for more",
    ),
    "help.scope.since": (
        "再縮小到這天以後的文件，寫 2026-11-30、2026-11 或 2026",
        "再缩小到这天以后的文档，写 2026-11-30、2026-11 或 2026",
        "and of these only in documents since then, as 2026-11-30, 2026-11 or 2026",
    ),
    "help.scope.until": (
        "再縮小到這天以前的文件，寫法相同", "再缩小到这天以前的文档，写法相同",
        "and of these only in documents until then, likewise",
    ),
    "help.tag": (
        "給文件這些標籤，原有的拿掉。", "给文档这些标签，原有的拿掉。",
        "Give a document tags, and take away those it had.",
    ),
    "help.tag.document": (
        "yinju documents 列出的名稱", "yinju documents 列出的名称", "as yinju documents names it",
    ),
    "help.tag.tags": ("標籤", "标签", "tags"),
    "help.chat": ("在索引上開聊天網頁。", "在索引上打开聊天网页。", "Serve the chat page over the index."),
    "help.chat.port": (
        "網頁的埠號，0 取任一空著的", "网页的端口，0 取任一空着的", "port of the page, 0 for any that is free",
    ),
    "help.documents": ("列出索引裡的文件。", "列出索引里的文档。", "List the documents in the index."),
    "help.blocks": (
        "印出一個檔案讀成了什麼：標題、清單、表格、紀錄、條文。",
        "印出一个文件读成了什么：标题、列表、表格、记录、条文。",
        "Print what a file is read as: headings, lists, tables, records, articles.",
    ),
    "help.blocks.file": ("要讀的檔案", "要读的文件", "the file to read"),
    "help.verify": (
        "對照清單檢查索引的每個檔案。", "对照清单检查索引的每个文件。",
        "Check every file of the index against its manifest.",
    ),
    "help.evaluate": (
        "用有標準答案的問題或自由問題，量搜尋與答案。", "用有标准答案的问题或自由问题，量搜索与答案。",
        "Measure search and answers on labelled questions.",
    ),
    "help.evaluate.questions": (
        "SQuAD 格式的 JSON，或 JSONL；自由問題也行", "SQuAD 格式的 JSON，或 JSONL；自由问题也行",
        "SQuAD-format JSON, or JSONL, free questions too",
    ),
    "help.evaluate.documents": (
        "自由問題問這個資料夾，不問索引", "自由问题问这个文件夹，不问索引",
        "ask free questions of these, not the index",
    ),
    "help.evaluate.out": (
        "寫出每個自由問題的答案與評分", "写出每个自由问题的答案与评分", "write every graded answer to a free question",
    ),
    "help.evaluate.unanswerable": (
        "應該答不出的問題，兩種格式都行", "应该答不出的问题，两种格式都行",
        "questions that should be refused, in either format",
    ),
    "help.evaluate.passages": (
        "加進去干擾的段落：資料夾、JSONL 或 SQuAD 檔", "加进去干扰的段落：文件夹、JSONL 或 SQuAD 文件",
        "folder, JSONL or SQuAD file of passages to add as distractors",
    ),
    "help.evaluate.plot": (
        "畫出答出多少、答錯多少", "画出答出多少、答错多少", "draw coverage against false answers",
    ),
    "help.evaluate.other_script": (
        "每個問題改用另一種字（繁簡）來問", "每个问题改用另一种字（繁简）来问",
        "ask every question in the other script",
    ),
}  # fmt: skip
