"""What is said of a call that cannot be carried out: its options, and the files of questions that it names."""

SENTENCES: dict[str, tuple[str, str, str]] = {
    "remedy.open": (
        "讓自己能讀：chmod u+rX {path}",
        "让自己能读：chmod u+rX {path}",
        "make it readable: chmod u+rX {path}",
    ),
    "remedy.move_away": (
        "先把這個資料夾移開：mv {path} {path}.old，再{then}",
        "先把这个文件夹移开：mv {path} {path}.old，再{then}",
        "move that folder away: mv {path} {path}.old, then {then}",
    ),
    "remedy.again": (
        "檢查磁碟，再執行同一個指令",
        "检查磁盘，再运行同一个命令",
        "check the disk and run the same command again",
    ),
    "call.system": (
        "{path}：{why}；請檢查路徑與權限，再執行同一個指令",
        "{path}：{why}；请检查路径与权限，再运行同一个命令",
        "{path}: {why}; check the path and its rights, then run the same command again",
    ),
    "call.system_alone": (
        "系統不允許：{why}；請改正，再執行同一個指令",
        "系统不允许：{why}；请改正，再运行同一个命令",
        "The system refuses: {why}; mend that, then run the same command again",
    ),
    "call.wrong": (
        "{problem}；用法：{help}",
        "{problem}；用法：{help}",
        "{problem}; for help: {help}",
    ),
    "call.as_told": ("{told}", "{told}", "{told}"),
    "call.of_option": ("{option}：{problem}", "{option}：{problem}", "{option}: {problem}"),
    "call.value": (
        "{found} 不能用，應為：{expected}",
        "{found} 不能用，应为：{expected}",
        "{found} cannot be used, expected {expected}",
    ),
    "call.day": (
        "日、月或年，例如 2026-11-30、2026-11、2026",
        "日、月或年，例如 2026-11-30、2026-11、2026",
        "a day, month or year such as 2026-11-30, 2026-11 or 2026",
    ),
    "call.share": ("0 到 1 的比例，例如 .98", "0 到 1 的比例，例如 .98", "a share from 0 to 1 such as .98"),
    "call.required": ("少了：{names}", "少了：{names}", "missing: {names}"),
    "call.which": (
        "沒有指令，應為其一：{expected}",
        "没有命令，应为其一：{expected}",
        "no command, expected one of {expected}",
    ),
    "call.no_command": (
        "沒有 {found} 這個指令，應為其一：{expected}",
        "没有 {found} 这个命令，应为其一：{expected}",
        "{found} is no command, expected one of {expected}",
    ),
    "call.nearest_command": (
        "沒有 {found} 這個指令，最接近的是：{again}",
        "没有 {found} 这个命令，最接近的是：{again}",
        "{found} is no command, the nearest is: {again}",
    ),
    "call.no_option": (
        "沒有 {found} 這個選項",
        "没有 {found} 这个选项",
        "{found} is no option",
    ),
    "call.nearest_option": (
        "沒有 {found} 這個選項，最接近的是：{again}",
        "没有 {found} 这个选项，最接近的是：{again}",
        "{found} is no option, the nearest is: {again}",
    ),
    "call.too_many": (
        "多了：{found}；有空格的要加引號",
        "多了：{found}；有空格的要加引号",
        "too much: {found}; what has spaces needs quotes",
    ),
    "call.wants_value": ("後面少了值", "后面少了值", "its value is missing"),
    "call.wants_none": ("不收值，卻有 {found}", "不收值，却有 {found}", "takes no value, found {found}"),
    "call.ambiguous": (
        "{found} 可以是 {names}，請寫完整",
        "{found} 可以是 {names}，请写完整",
        "{found} may be {names}, write it whole",
    ),
    "call.one_question": (
        '沒有問題，或問題與問題檔都給了；應為其一：yinju ask "微商是什麼？"，或 yinju ask --questions 檔案.jsonl',
        '没有问题，或问题与问题文件都给了；应为其一：yinju ask "微商是什么？"，或 yinju ask --questions 文件.jsonl',
        'There is no question, or both one and a file of them; give either: yinju ask "How high does tea grow?", or '
        "yinju ask --questions FILE.jsonl",
    ),
    "call.libraries": (
        "yinju libraries 後面的 {found} 看不懂；應為：add 名稱、rename 文件庫 新名稱、remove 文件庫、restore 文件庫",
        "yinju libraries 后面的 {found} 看不懂；应为：add 名称、rename 文档库 新名称、remove 文档库、restore 文档库",
        "yinju libraries {found} is not understood; give add TITLE, rename LIBRARY TITLE, remove LIBRARY or restore "
        "LIBRARY",
    ),
    "call.library_corpus": (
        "--library 的文件在它自己的資料夾，不能另給 {found}；請去掉其中一個",
        "--library 的文档在它自己的文件夹，不能另给 {found}；请去掉其中一个",
        "the documents of --library stand in a folder of its own, found {found} as well; leave out one of them",
    ),
    "call.scope": (
        "--only {found}：沒有文件或資料夾叫這個名字；有哪些文件：yinju documents",
        "--only {found}：没有文档或文件夹叫这个名字；有哪些文档：yinju documents",
        "--only {found}: no document or folder is called so; yinju documents lists what is there",
    ),
    "call.top_k": (
        "top_k={found} 超出範圍，應為 1 以上",
        "top_k={found} 超出范围，应为 1 以上",
        "top_k={found} is out of range; give 1 or more",
    ),
    "call.tune_local": (
        "yinju index --tune 只用於 YINJU_STORE=local，現在是 milvus，看多遠由 Milvus 決定；請設 YINJU_STORE=local",
        "yinju index --tune 只用于 YINJU_STORE=local，现在是 milvus，看多远由 Milvus 决定；请设 YINJU_STORE=local",
        "yinju index --tune is for YINJU_STORE=local, found milvus, which decides by itself how far it looks; set "
        "YINJU_STORE=local",
    ),
    "questions.unreadable": (
        '{path} 讀不了（{why}），應為每行一個 {{"question": …}} 的檔案',
        '{path} 读不了（{why}），应为每行一个 {{"question": …}} 的文件',
        '{path} cannot be read ({why}); expected lines of {{"question": …}}',
    ),
    "questions.no_json": (
        '{path} 第 {line} 行不是 JSON，應為 {{"question": …}}；看那一行：sed -n {line}p {path}',
        '{path} 第 {line} 行不是 JSON，应为 {{"question": …}}；看那一行：sed -n {line}p {path}',
        '{path} line {line} is no JSON; expected {{"question": …}}; see it: sed -n {line}p {path}',
    ),
    "questions.question": (
        '{path} 第 {line} 行沒有問題，應為 {{"question": …}}；看那一行：sed -n {line}p {path}',
        '{path} 第 {line} 行没有问题，应为 {{"question": …}}；看那一行：sed -n {line}p {path}',
        '{path} line {line} has no question; expected {{"question": …}}; see it: sed -n {line}p {path}',
    ),
    "questions.history": (
        '{path} 第 {line} 行的 history 不能用，應為 [["問題", "回答"], …]；看那一行：sed -n {line}p {path}',
        '{path} 第 {line} 行的 history 不能用，应为 [["问题", "回答"], …]；看那一行：sed -n {line}p {path}',
        '{path} line {line} has another history than [["question", "answer"], …]; see it: sed -n {line}p {path}',
    ),
    "questions.scope": (
        '{path} 第 {line} 行的 scope 不能用，應為 {{"only": ["名稱"], "tag": [], "format": [], '
        '"since": "YYYY-MM-DD", "until": ""}}；看那一行：sed -n {line}p {path}',
        '{path} 第 {line} 行的 scope 不能用，应为 {{"only": ["名称"], "tag": [], "format": [], '
        '"since": "YYYY-MM-DD", "until": ""}}；看那一行：sed -n {line}p {path}',
        '{path} line {line} has another scope than {{"only": ["NAME"], "tag": [], "format": [], '
        '"since": "YYYY-MM-DD", "until": ""}}; see it: sed -n {line}p {path}',
    ),
    "free.unreadable": (
        "{path} 讀不了（{why}），應為自由問題的 JSONL 檔",
        "{path} 读不了（{why}），应为自由问题的 JSONL 文件",
        "{path} cannot be read ({why}); expected JSONL of free questions",
    ),
    "free.line": (
        '{path} 第 {line} 行不能用（{why}），應為 {{"question": …, "kind": …, "expect": "answer"（或 refuse、'
        'chat、clarify）, "must": [[…], …], …}}；看那一行：sed -n {line}p {path}',
        '{path} 第 {line} 行不能用（{why}），应为 {{"question": …, "kind": …, "expect": "answer"（或 refuse、'
        'chat、clarify）, "must": [[…], …], …}}；看那一行：sed -n {line}p {path}',
        '{path} line {line} cannot be used ({why}); expected {{"question": …, "kind": …, "expect": "answer" '
        '(refuse, chat, clarify), "must": [[…], …], …}}; see it: sed -n {line}p {path}',
    ),
    "labelled.unusable": (
        '{path} 不能用（{why}），應為 SQuAD 格式的 JSON，或每行一個 {{"question": …, "document": …, "gold": …}}',
        '{path} 不能用（{why}），应为 SQuAD 格式的 JSON，或每行一个 {{"question": …, "document": …, "gold": …}}',
        "{path} cannot be used ({why}); expected SQuAD-format JSON, or lines of "
        '{{"question": …, "document": …, "gold": …}}',
    ),
    "evaluate.mixed": (
        "{path} 是自由問題，其他的不是；請分開量：yinju evaluate {path}",
        "{path} 是自由问题，其他的不是；请分开量：yinju evaluate {path}",
        "{path} holds free questions and others do not; evaluate them apart: yinju evaluate {path}",
    ),
    "evaluate.not_free": (
        "{option} 只用於有標準答案的問題，不用於自由問題；請去掉 {option}",
        "{option} 只用于有标准答案的问题，不用于自由问题；请去掉 {option}",
        "{option} is for questions with a gold phrase, not for free ones; leave out {option}",
    ),
    "evaluate.only_free": (
        "好幾個檔案、--documents 和 --out 只用於自由問題；有標準答案的一次只給一個檔案：yinju evaluate {path}",
        "好几个文件、--documents 和 --out 只用于自由问题；有标准答案的一次只给一个文件：yinju evaluate {path}",
        "several files, --documents and --out are for free questions; give one file of those with a gold phrase: "
        "yinju evaluate {path}",
    ),
    "evaluate.no_answerable": (
        "{path} 裡沒有答得出的問題，至少要有一個",
        "{path} 里没有答得出的问题，至少要有一个",
        "{path} holds no answerable question; expected at least one",
    ),
    "evaluate.passages": (
        "--passages 是加到 SQuAD 格式檔案的段落裡的；請改為對那個資料夾建索引：yinju index 資料夾",
        "--passages 是加到 SQuAD 格式文件的段落里的；请改为对那个文件夹建索引：yinju index 文件夹",
        "--passages adds to the paragraphs of a SQuAD-format file; index the folder instead: yinju index FOLDER",
    ),
    "plot.needed": (
        "--plot 需要 matplotlib，它在選裝的 plots 裡；請安裝：make plots，或 pip install 'yinju[plots]'",
        "--plot 需要 matplotlib，它在选装的 plots 里；请安装：make plots，或 pip install 'yinju[plots]'",
        "--plot needs matplotlib, which the extra `plots` brings; install it: make plots, or "
        "pip install 'yinju[plots]'",
    ),
    "plot.unanswerable": (
        "--plot 也需要答不出的問題；請用 --unanswerable 檔案 給",
        "--plot 也需要答不出的问题；请用 --unanswerable 文件 给",
        "--plot needs questions that are not answered too; give them by --unanswerable FILE",
    ),
    "plot.unwritten": (
        "圖寫不進 {file}（{why}）；請給 curve.png 之類的路徑",
        "图写不进 {file}（{why}）；请给 curve.png 之类的路径",
        "the curve cannot be written to {file} ({why}); give a path such as curve.png",
    ),
}
