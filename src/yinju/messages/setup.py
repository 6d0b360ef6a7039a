"""The settings in the page: the language model, how documents are read, what is refused, and what takes up space."""

SENTENCES = {
    "setup.closed": (
        "設定只能在執行引據的這部電腦上改，對外開放或唯讀時不能改。",
        "设置只能在运行引据的这台电脑上改，对外开放或只读时不能改。",
        "Settings are changed at the machine that runs Yinju, where the page is neither public nor read-only.",
    ),
    "setup.for_all": (
        "設定是所有文件庫共用的；儲存空間則是這個文件庫的。", "设置是所有文档库共用的；存储空间则是这个文档库的。",
        "The settings are those of all libraries; Storage is what this one takes up.",
    ),
    "setup.from.given": (
        "由啟動引據的程式給定，在這裡不能改。", "由启动引据的程序给定，在这里不能改。",
        "Given by the program that started Yinju; it cannot be changed here.",
    ),
    "setup.from.variable": (
        "由環境變數 {variable} 固定；先 unset {variable} 再啟動。",
        "由环境变量 {variable} 固定；先 unset {variable} 再启动。",
        "Fixed by the environment: unset {variable}, then start again, to change it here.",
    ),
    "setup.from.page": ("在這裡設定的。", "在这里设置的。", "Set here."),
    "setup.from.env_file": (
        ".env 裡設的；這裡改了，以這裡為準。", ".env 里设的；这里改了，以这里为准。",
        "Set in .env; what is set here goes before it.",
    ),
    "setup.from.toml": (
        "yinju.toml 裡設的；這裡改了，以這裡為準。", "yinju.toml 里设的；这里改了，以这里为准。",
        "Set in yinju.toml; what is set here goes before it.",
    ),
    "setup.from.default": ("預設值。", "默认值。", "The default."),
    "setup.forget": ("不用這裡的設定", "不用这里的设置", "Undo what is set here"),
    "setup.fixed": (
        "不能在這裡這樣改，請看它旁邊的說明。", "不能在这里这样改，请看它旁边的说明。",
        "It cannot be changed so; see what is said beside it.",
    ),
    "setup.unwritten": (
        "設定存不進去（{error}），一切照舊；請確認索引資料夾可以寫入、磁碟還有空間，再存一次。",
        "设置存不进去（{error}），一切照旧；请确认索引文件夹可以写入、磁盘还有空间，再存一次。",
        "The settings could not be kept ({error}), all is as it was; see that the folder of the index can be written "
        "and the disk has room, then save again.",
    ),
    "setup.model": ("大模型", "大模型", "Language model"),
    "setup.model.now": ("使用中：", "使用中：", "In use:"),
    "setup.model.first": (
        "（伺服器列出的第一個模型）", "（服务器列出的第一个模型）", "(the first model that the server lists)"
    ),
    "setup.find": ("找這部電腦上的模型伺服器", "找这台电脑上的模型服务器", "Find model servers on this machine"),
    "setup.found.none": (
        "在常用的埠號上沒有找到；請先啟動 Ollama、llama.cpp、vLLM 或 LM Studio 的伺服器，或在下面填位址。",
        "在常用的端口上没有找到；请先启动 Ollama、llama.cpp、vLLM 或 LM Studio 的服务器，或在下面填地址。",
        "None was found at the usual ports; start the server of Ollama, llama.cpp, vLLM or LM Studio, or write an "
        "address below.",
    ),
    "setup.found.port": ("{program} 常用的埠號", "{program} 常用的端口", "the usual port of {program}"),
    "setup.address": ("位址", "地址", "Address"),
    "setup.name": ("模型", "模型", "Model"),
    "setup.key": ("金鑰（如果要）", "密钥（如果要）", "Key (if wanted)"),
    "setup.key.kept": (
        "已存，不會再顯示；換位址時要重填", "已存，不会再显示；换地址时要重填",
        "Kept and never shown again; write it anew for another address",
    ),
    "setup.key.note": (
        "金鑰存在索引資料夾裡只有您能讀的檔案，不會出現在匯出與紀錄中。",
        "密钥存在索引文件夹里只有您能读的文件，不会出现在导出与日志中。",
        "The key is kept beside the index in a file that only you can read, and is in no export or log.",
    ),
    "setup.list": ("列出模型", "列出模型", "List models"),
    "setup.test": ("測試", "测试", "Test"),
    "setup.save": ("儲存並使用", "保存并使用", "Save and use"),
    "setup.off": ("不用大模型", "不用大模型", "Use no model"),
    "setup.trying": ("正在等它回答…", "正在等它回答…", "Waiting for it …"),
    "setup.trial": (
        "請只用一句話回答：一天有幾個小時？", "请只用一句话回答：一天有几个小时？",
        "Answer in one sentence: how many hours does a day have?",
    ),
    "setup.trial.took": (
        "{model} 在 {seconds} 秒內回答：", "{model} 在 {seconds} 秒内回答：", "{model} answered in {seconds} s:"
    ),
    "setup.bad_address": (
        "位址或金鑰不能用；位址要像 http://127.0.0.1:11434/v1（到 /chat/completions 之前），金鑰不能有空格或中文。",
        "地址或密钥不能用；地址要像 http://127.0.0.1:11434/v1（到 /chat/completions 之前），密钥不能有空格或中文。",
        "The address or the key cannot be used; an address is like http://127.0.0.1:11434/v1, what stands before "
        "/chat/completions, and a key has neither spaces nor characters outside ASCII.",
    ),
    "setup.step.open": (
        "請確認伺服器開著，位址與埠號正確。", "请确认服务器开着，地址与端口正确。",
        "See that the server runs, and that address and port are right.",
    ),
    "setup.step.key": ("請填它的金鑰，再測試一次。", "请填它的密钥，再测试一次。", "Write its key, then test again."),
    "setup.step.address": (
        "請確認位址是 OpenAI 相容的伺服器，多半以 /v1 結尾。", "请确认地址是 OpenAI 兼容的服务器，多半以 /v1 结尾。",
        "See that it is the address of an OpenAI-compatible server; most end in /v1.",
    ),
    "setup.step.log": (
        "請確認模型在它的清單裡，看看伺服器的紀錄，再測試一次。",
        "请确认模型在它的清单里，看看服务器的日志，再测试一次。",
        "See that the server lists this model, look into its log, then test again.",
    ),
    "setup.failed": ("沒有成功：{fault}。", "没有成功：{fault}。", "That did not work: {fault}."),
    "setup.told": ("詳細", "详细", "Details"),
    "setup.encoder": ("怎麼找段落", "怎么找段落", "How passages are found"),
    "setup.encoder.auto": (
        "字詞與意思；二萬段以內（auto）", "字词与意思；两万段以内（auto）",
        "Words and meaning, up to 20,000 passages (auto)",
    ),
    "setup.encoder.yinju": ("字詞為主，最省時（yinju）", "字词为主，最省时（yinju）", "Mostly words, quickest (yinju)"),
    "setup.encoder.yinju_deep": (
        "字詞與意思，不論多少（yinju-deep）", "字词与意思，不论多少（yinju-deep）",
        "Words and meaning, however many passages (yinju-deep)",
    ),
    "setup.encoder.other": (
        "別的編碼器要重建索引，所以不在這裡選：在終端機執行下面這行，之後啟動時也設同一個變數。",
        "别的编码器要重建索引，所以不在这里选：在终端运行下面这行，之后启动时也设同一个变量。",
        "Another encoder needs the index made anew, so it is not chosen here: run the line below in a terminal, and "
        "set the same variable when you start Yinju.",
    ),
    "setup.next_start": (
        "下次啟動引據時生效（make chat）。", "下次启动引据时生效（make chat）。",
        "Counts from the next start (make chat).",
    ),
    "setup.ocr": ("掃描件的文字辨識", "扫描件的文字识别", "Text recognition of scans"),
    "setup.ocr.on": ("辨識沒有文字的頁面", "识别没有文字的页面", "Recognise pages without text"),
    "setup.ocr.installed": ("已安裝。", "已安装。", "Installed."),
    "setup.ocr.missing": (
        "還沒安裝；在引據的資料夾執行：", "还没安装；在引据的文件夹运行：", "Not installed; in Yinju's folder, run:"
    ),
    "setup.refuse": ("拒答的嚴格程度", "拒答的严格程度", "How strictly Yinju refuses"),
    "setup.refuse.about": (
        "信心低於此值的答案不給，只給最接近的段落。改了立刻生效。",
        "信心低于此值的答案不给，只给最接近的段落。改了立刻生效。",
        "An answer of less confidence is not given, only the closest passages. A change counts at once.",
    ),
    "setup.refuse.lenient": ("寬鬆", "宽松", "Lenient"),
    "setup.refuse.balanced": ("適中", "适中", "Balanced"),
    "setup.refuse.strict": ("嚴格", "严格", "Strict"),
    "setup.refuse.at": (
        "在 {value}：文件答得了的問題回答 {answered}，文件答不了的擋下 {refused}。",
        "在 {value}：文档答得了的问题回答 {answered}，文档答不了的挡下 {refused}。",
        "At {value}: of questions that the documents answer {answered} are answered, of others {refused} refused.",
    ),
    "setup.refuse.answered": ("答得了而回答", "答得了而回答", "answerable, answered"),
    "setup.refuse.refused": ("答不了而擋下", "答不了而挡下", "unanswerable, refused"),
    "setup.refuse.measured": (
        "以另外幾份文件的 {answerable} 個答得了、{unanswerable} 個相近卻答不了的問題測得；換了文件會有出入。",
        "以另外几份文档的 {answerable} 个答得了、{unanswerable} 个相近却答不了的问题测得；换了文档会有出入。",
        "Measured on {answerable} questions that other documents answer and {unanswerable} that they nearly do; with "
        "yours it will differ somewhat.",
    ),
    "setup.storage": ("儲存空間", "存储空间", "Storage"),
    "setup.storage.originals": ("文件", "文档", "Documents"),
    "setup.storage.index": ("索引", "索引", "Index"),
    "setup.storage.conversations": ("對話", "对话", "Chats"),
    "setup.storage.deleted": ("已刪除、還留著的檔案", "已删除、还留着的文件", "Deleted files that are kept"),
    "setup.storage.deleted_libraries": (
        "已刪除、還留著的文件庫", "已删除、还留着的文档库", "Deleted libraries that are kept"
    ),
    "setup.storage.cache": ("快取", "缓存", "Cache"),
    "setup.empty": ("清空已刪除的檔案", "清空已删除的文件", "Empty deleted files"),
    "setup.empty.title": ("清空已刪除的檔案？", "清空已删除的文件？", "Empty the deleted files?"),
    "setup.empty.note": (
        "這個文件庫裡刪除與取代過的檔案，和刪除的文件庫，從此不能復原。",
        "这个文档库里删除与替换过的文件，和删除的文档库，从此不能恢复。",
        "Files of this library that were deleted or replaced, and deleted libraries, can then not be brought back.",
    ),
    "setup.empty.yes": ("清空", "清空", "Empty"),
    "setup.emptied": ("已清空，釋出 {size}。", "已清空，释放 {size}。", "Emptied; {size} are free again."),
}  # fmt: skip
