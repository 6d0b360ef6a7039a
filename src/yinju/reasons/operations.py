"""What is said of a record of changes that is not whole, and of backups that cannot be made or restored."""

SENTENCES: dict[str, tuple[str, str, str]] = {
    "audit.broken": (
        "變更紀錄有 {count} 行不是接著前一行寫的（{found}）：有人改過、刪過或磁碟損壞；請和備份裡的比對："
        "yinju audit --json",
        "变更记录有 {count} 行不是接着前一行写的（{found}）：有人改过、删过或磁盘损坏；请和备份里的比对："
        "yinju audit --json",
        "{count} lines of the record of changes do not follow the line before them ({found}): somebody changed or "
        "removed some, or the disk is damaged; compare with that of a backup: yinju audit --json",
    ),
    "audit.line": ("{path} 第 {number} 行", "{path} 第 {number} 行", "{path} line {number}"),
    "backup.exists": (
        "{path} 已經有了，不會蓋掉；請換一個檔名：yinju backup 備份檔",
        "{path} 已经有了，不会盖掉；请换一个文件名：yinju backup 备份文件",
        "{path} is there already and is not replaced; name another file: yinju backup FILE",
    ),
    "backup.no_folder": (
        "{path} 不是資料夾；請先建立：mkdir -p {path}",
        "{path} 不是文件夹；请先建立：mkdir -p {path}",
        "{path} is no folder; make it first: mkdir -p {path}",
    ),
    "backup.inside": (
        "{path} 在要備份的 {folder} 裡面；請放到外面：yinju backup 備份檔",
        "{path} 在要备份的 {folder} 里面；请放到外面：yinju backup 备份文件",
        "{path} is inside {folder}, which is to be backed up; put it elsewhere: yinju backup FILE",
    ),
    "backup.busy": (
        "另一個程序正在寫 {path}；請等它結束，再執行同一個指令",
        "另一个进程正在写 {path}；请等它结束，再运行同一个命令",
        "Another process is writing {path}; wait until it ends, then run the same command again",
    ),
    "backup.milvus": (
        "YINJU_STORE={found} 的段落在 Milvus 裡，備份不了；請備份 Milvus 與文件資料夾，還原後執行 yinju index",
        "YINJU_STORE={found} 的段落在 Milvus 里，备份不了；请备份 Milvus 与文档文件夹，还原后运行 yinju index",
        "With YINJU_STORE={found} passages are in Milvus and cannot be backed up here; back up Milvus and the folder "
        "of documents, and run yinju index after restoring them",
    ),
    "backup.full": (
        "{path} 放不下：需要 {needed} MB，還有 {free} MB；請清出空間或換一個磁碟，再執行一次",
        "{path} 放不下：需要 {needed} MB，还有 {free} MB；请清出空间或换一个磁盘，再运行一次",
        "There is no room for {path}: {needed} MB are needed, {free} MB are free; make room or name another disk, "
        "then run the command again",
    ),
    "backup.unwritten": (
        "{path} 沒有寫成（{why}），沒有留下半份；請清出空間或讓自己能讀寫，再執行同一個指令",
        "{path} 没有写成（{why}），没有留下半份；请清出空间或让自己能读写，再运行同一个命令",
        "{path} was not written ({why}), and no half of it is left; make room or give this user the rights, then run "
        "the same command again",
    ),
    "backup.source_damaged": (
        "{path} 已損壞，備份沒有寫成；請檢查：yinju verify",
        "{path} 已损坏，备份没有写成；请检查：yinju verify",
        "{path} is damaged, so that no backup was written; check it: yinju verify",
    ),
    "backup.damaged": (
        "{path} 不是完整的備份（{why}），什麼都沒有動；請用另一份：yinju restore 備份檔",
        "{path} 不是完整的备份（{why}），什么都没有动；请用另一份：yinju restore 备份文件",
        "{path} is not a whole backup ({why}), and nothing was touched; use another: yinju restore FILE",
    ),
    "backup.format": (
        "{path} 的格式是第 {found} 版（引據 {version} 所做），這個引據讀第 {expected} 版；請用那一版的引據還原",
        "{path} 的格式是第 {found} 版（引据 {version} 所做），这个引据读第 {expected} 版；请用那一版的引据还原",
        "{path} has format {found} (made by Yinju {version}), this Yinju reads format {expected}; restore it with that "
        "version",
    ),
    "backup.part": (
        "{path} 裡有一部分這個引據用不了，什麼都沒有動：{why}",
        "{path} 里有一部分这个引据用不了，什么都没有动：{why}",
        "A part of {path} cannot be used by this Yinju, and nothing was touched: {why}",
    ),
    "backup.occupied": (
        "{path} 裡已經有東西；要換掉它（原來的會留在旁邊）：yinju restore {file} --replace",
        "{path} 里已经有东西；要换掉它（原来的会留在旁边）：yinju restore {file} --replace",
        "{path} is there already; to replace it, the old put aside: yinju restore {file} --replace",
    ),
    "backup.restoring": (
        "另一個程序正在還原 {index}；請等它結束，再執行同一個指令",
        "另一个进程正在还原 {index}；请等它结束，再运行同一个命令",
        "Another process is restoring {index}; wait until it ends, then run the same command again",
    ),
    "backup.nested": (
        "{path} 在文件資料夾 {corpus} 裡面，還原不了；請把索引移到外面：yinju restore 備份檔 --index 資料夾",
        "{path} 在文档文件夹 {corpus} 里面，还原不了；请把索引移到外面：yinju restore 备份文件 --index 文件夹",
        "{path} is inside the folder of documents {corpus}, where nothing can be restored; keep the index elsewhere: "
        "yinju restore FILE --index FOLDER",
    ),
    "backup.no_room": (
        "{path} 的磁碟放不下：需要 {needed} MB，還有 {free} MB；請清出空間再執行一次，什麼都沒有動",
        "{path} 的磁盘放不下：需要 {needed} MB，还有 {free} MB；请清出空间再运行一次，什么都没有动",
        "There is no room on the disk of {path}: {needed} MB are needed, {free} MB are free; make room, then run the "
        "command again; nothing was touched",
    ),
    "backup.not_undone": (
        "還原中途停下，{index} 還沒有全部回到原樣（{why}）；請清出空間，再執行 yinju verify，它會先回到原樣",
        "还原中途停下，{index} 还没有全部回到原样（{why}）；请清出空间，再运行 yinju verify，它会先回到原样",
        "Restoring was cut off, and {index} is not all as it was yet ({why}); make room, then run yinju verify, which "
        "goes back first",
    ),
    "backup.unrestored": (
        "{path} 沒有還原成（{why}），一切照舊；請清出空間或讓自己能讀寫，再執行同一個指令",
        "{path} 没有还原成（{why}），一切照旧；请清出空间或让自己能读写，再运行同一个命令",
        "{path} was not restored ({why}), and all is as it was; make room or give this user the rights, then run the "
        "same command again",
    ),
}
