"""What is said of libraries, in the three languages' order."""

SENTENCES: dict[str, tuple[str, str, str]] = {
    "library.empty": (
        "文件庫要有名稱；請取一個再儲存。",
        "文档库要有名称；请取一个再保存。",
        "A library needs a name; give it one, then save.",
    ),
    "library.long": (
        "名稱有 {length} 個字，上限是 {limit} 個字；請取短一點的。",
        "名称有 {length} 个字，上限是 {limit} 个字；请取短一点的。",
        "The name has {length} characters, at most {limit} are taken; choose a shorter one.",
    ),
    "library.characters": (
        "名稱含有控制字元、反斜線或改變書寫方向的字元；請換一個名稱。",
        "名称含有控制字符、反斜杠或改变书写方向的字符；请换一个名称。",
        "The name holds control characters, a backslash, or marks that turn the direction of writing; choose another.",
    ),
    "library.taken": (
        "已經有一個文件庫叫「{title}」；請換一個名稱。",
        "已经有一个文档库叫“{title}”；请换一个名称。",
        "There is a library called “{title}” already; choose another name.",
    ),
    "library.unknown": (
        "沒有「{found}」這個文件庫，可能已經刪除或改名；yinju libraries 列出所有文件庫。",
        "没有“{found}”这个文档库，可能已经删除或改名；yinju libraries 列出所有文档库。",
        "There is no library “{found}”; it may have been deleted or renamed. yinju libraries lists them all.",
    ),
    "library.unknown.near": (
        "沒有「{found}」這個文件庫；名稱接近的有：{near}。yinju libraries 列出所有文件庫。",
        "没有“{found}”这个文档库；名称接近的有：{near}。yinju libraries 列出所有文档库。",
        "There is no library “{found}”; nearest are: {near}. yinju libraries lists them all.",
    ),
    "library.first": (
        "第一個文件庫是設定裡的文件資料夾和索引，不能刪除；可以改名，或刪除其中的文件。",
        "第一个文档库是设置里的文档文件夹和索引，不能删除；可以改名，或删除其中的文档。",
        "The first library is the folder and the index of the settings and cannot be deleted; rename it, or delete its "
        "documents.",
    ),
    "library.not_kept": (
        "刪除的文件庫已經清除，無法復原。",
        "删除的文档库已经清除，无法恢复。",
        "The deleted library is not kept any more and cannot be brought back.",
    ),
    "library.occupied": (
        "這個文件庫已經復原了。",
        "这个文档库已经恢复了。",
        "The library is there again already.",
    ),
    "library.inside": (
        "新文件庫會放在 {folder}，那裡屬於第一個文件庫的文件資料夾 {corpus}；請用 YINJU_LIBRARIES 指定別處再啟動。",
        "新文档库会放在 {folder}，那里属于第一个文档库的文档文件夹 {corpus}；请用 YINJU_LIBRARIES 指定别处再启动。",
        "New libraries would stand in {folder}, which belongs to the documents of the first, {corpus}; have "
        "YINJU_LIBRARIES name another folder, then start again.",
    ),
    "library.unwritten": (
        "寫不進 {folder}（{why}），一切照舊；請檢查權限與磁碟空間，再試一次。",
        "写不进 {folder}（{why}），一切照旧；请检查权限与磁盘空间，再试一次。",
        "{folder} cannot be written ({why}), all is as it was; check its rights and the room on the disk, then try "
        "again.",
    ),
    "library.unreadable": (
        "名稱讀不出來（library.json 不見了或壞了）；重新命名就會修好。",
        "名称读不出来（library.json 不见了或坏了）；重命名就会修好。",
        "Its name cannot be read (library.json is missing or damaged); renaming it mends that.",
    ),
    "library.closed": (
        "文件庫只能在執行引據的這部電腦上新增、改名和刪除，對外開放或唯讀時不能。",
        "文档库只能在运行引据的这台电脑上新增、重命名和删除，对外开放或只读时不能。",
        "Libraries are made, renamed and deleted at the machine that runs Yinju, where the page is neither public nor "
        "read-only.",
    ),
}
