"""What is said of an index, of the folder it is made from and of the file of chats that cannot be used."""

SENTENCES: dict[str, tuple[str, str, str]] = {
    "index.missing": (
        "{index} 裡沒有索引；請先建立：yinju index 資料夾 --index {index}",
        "{index} 里没有索引；请先建立：yinju index 文件夹 --index {index}",
        "There is no index in {index}; make one: yinju index CORPUS --index {index}",
    ),
    "index.no_folder": (
        "{index} 是檔案，應為索引的資料夾；請改用資料夾，例如 --index index",
        "{index} 是文件，应为索引的文件夹；请改用文件夹，例如 --index index",
        "{index} is a file, expected the folder of an index; name a folder, such as --index index",
    ),
    "index.rebuild": (
        "重建索引：yinju index 資料夾 --index {index} --rebuild",
        "重建索引：yinju index 文件夹 --index {index} --rebuild",
        "make the index anew: yinju index CORPUS --index {index} --rebuild",
    ),
    "index.is_folder": (
        "{path} 是資料夾，應為索引的檔案；請{remedy}",
        "{path} 是文件夹，应为索引的文件；请{remedy}",
        "{path} is a folder, expected a file of the index; {remedy}",
    ),
    "index.file_missing": (
        "{path} 不見了；請{remedy}",
        "{path} 不见了；请{remedy}",
        "{path} is missing; {remedy}",
    ),
    "index.file_damaged": (
        "{path} 已損壞：{size} 位元組，SHA-256 {found}…，應為 {expected_size} 位元組，{expected}…；請{remedy}",
        "{path} 已损坏：{size} 字节，SHA-256 {found}…，应为 {expected_size} 字节，{expected}…；请{remedy}",
        "{path} is damaged: {size} bytes, SHA-256 {found}…, expected {expected_size} bytes, {expected}…; {remedy}",
    ),
    "index.manifest_damaged": (
        "{path} 或指向它的檔案已損壞：它的 SHA-256 是 {found}，不是 {expected}；請{remedy}",
        "{path} 或指向它的文件已损坏：它的 SHA-256 是 {found}，不是 {expected}；请{remedy}",
        "{path} is damaged, or what names it: its SHA-256 is {found}, not {expected}; {remedy}",
    ),
    "index.unreadable": (
        "{path} 讀不了；請{remedy}",
        "{path} 读不了；请{remedy}",
        "{path} cannot be read; {remedy}",
    ),
    "index.unreadable.why": (
        "{path} 讀不了（{why}）；請{remedy}",
        "{path} 读不了（{why}）；请{remedy}",
        "{path} cannot be read ({why}); {remedy}",
    ),
    "index.format": (
        "索引的格式是第 {found} 版，這個引據讀的是第 {expected} 版；請{remedy}",
        "索引的格式是第 {found} 版，这个引据读的是第 {expected} 版；请{remedy}",
        "The index has format {found}, this Yinju reads format {expected}; {remedy}",
    ),
    "index.pointer_gone": (
        "{path} 不見了，發佈過的內容卻還在；請{remedy}",
        "{path} 不见了，发布过的内容却还在；请{remedy}",
        "{path} is gone though generations are there; {remedy}",
    ),
    "index.pointer_odd": (
        "{path} 沒有指明是哪一代；請{remedy}",
        "{path} 没有指明是哪一代；请{remedy}",
        "{path} does not name a generation; {remedy}",
    ),
    "index.unwritable": (
        "{index} 寫不進去（{why}）；請讓自己能寫，或換一個資料夾：yinju index 資料夾 --index 索引的資料夾",
        "{index} 写不进去（{why}）；请让自己能写，或换一个文件夹：yinju index 文件夹 --index 索引的文件夹",
        "{index} cannot be written ({why}); give this user the right to write it, or name another folder: "
        "yinju index CORPUS --index FOLDER",
    ),
    "index.unwritten": (
        "{index} 寫不進去（{why}；還有 {free} MB）；請清出空間或讓自己能寫，再執行同一個指令。原有的索引沒有變動。",
        "{index} 写不进去（{why}；还有 {free} MB）；请清出空间或让自己能写，再运行同一个命令。原有的索引没有变动。",
        "{index} cannot be written ({why}; {free} MB are free); make room or give this user the right to write, then "
        "run the same command again. The index there is as it was.",
    ),
    "index.full": (
        "{index} 寫不進去（{why}）：約需 {needed} MB，還有 {free} MB；請清出空間再執行一次。原有的索引沒有變動。",
        "{index} 写不进去（{why}）：约需 {needed} MB，还有 {free} MB；请清出空间再运行一次。原有的索引没有变动。",
        "{index} cannot be written ({why}): about {needed} MB are needed, {free} MB are free; make room, then run the "
        "same command again. The index there is as it was.",
    ),
    "index.unconfirmed": (
        "{index} 的新索引已經換上，但磁碟沒有確認寫好（{why}），斷電後可能回到舊的；請檢查磁碟，再執行同一個指令",
        "{index} 的新索引已经换上，但磁盘没有确认写好（{why}），断电后可能回到旧的；请检查磁盘，再运行同一个命令",
        "The new index is in place in {index}, but the disk did not confirm it ({why}); after a power cut the old one "
        "may be back. Check the disk, then run the same command again",
    ),
    "index.busy": (
        "程序 {process} 正在寫入 {index}；請等它結束，再執行同一個指令。",
        "进程 {process} 正在写入 {index}；请等它结束，再运行同一个命令。",
        "{index} is being written by process {process}; wait until it ends, then run the same command again.",
    ),
    "index.nothing_earlier": (
        "{index} 裡沒有更早的一代可以回去；要跟上資料夾：yinju index 資料夾 --index {index}",
        "{index} 里没有更早的一代可以回去；要跟上文件夹：yinju index 文件夹 --index {index}",
        "{index} keeps nothing earlier than what is live; bring it in line with its folder: "
        "yinju index CORPUS --index {index}",
    ),
    "index.store": (
        "建立索引時用的是 YINJU_STORE={found}，現在是 {expected}；請設 YINJU_STORE={found}，或{remedy}",
        "建立索引时用的是 YINJU_STORE={found}，现在是 {expected}；请设 YINJU_STORE={found}，或{remedy}",
        "The index was made with YINJU_STORE={found}, the store in use is {expected}; set YINJU_STORE={found}, or "
        "{remedy}",
    ),
    "index.names_no": (
        "索引的清單裡沒有 {folder} 的 {needed}；請{remedy}",
        "索引的清单里没有 {folder} 的 {needed}；请{remedy}",
        "The manifest names no {needed} in {folder}; {remedy}",
    ),
    "index.segment_count": (
        "{folder} 裡有 {held}，清單上是 {expected}；請{remedy}",
        "{folder} 里有 {held}，清单上是 {expected}；请{remedy}",
        "{folder} holds {held}, its manifest says {expected}; {remedy}",
    ),
    "index.count": (
        "{path} 裡有 {found} 段，清單上是 {expected} 段；請{remedy}",
        "{path} 里有 {found} 段，清单上是 {expected} 段；请{remedy}",
        "{path} holds {found} passages, its manifest says {expected}; {remedy}",
    ),
    "index.encoder": (
        "索引是用 {made}（{made_by}，{made_size} 維）建立的，現在用的是 {used}（{used_by}，{used_size} 維）；"
        "請把 YINJU_ENCODER 設回去，或{remedy}",
        "索引是用 {made}（{made_by}，{made_size} 维）建立的，现在用的是 {used}（{used_by}，{used_size} 维）；"
        "请把 YINJU_ENCODER 设回去，或{remedy}",
        "The index was made by {made} ({made_by}, {made_size} dimensions), the encoder in use is {used} ({used_by}, "
        "{used_size} dimensions); set YINJU_ENCODER back, or {remedy}",
    ),
    "index.dictionary": (
        "建立索引時用的是另一份自訂詞典（當時 {made}，現在 {used}）；請把 YINJU_DICTIONARY 設回去，"
        "或讓索引跟上：yinju index 資料夾 --index {index}",
        "建立索引时用的是另一份自定义词典（当时 {made}，现在 {used}）；请把 YINJU_DICTIONARY 设回去，"
        "或让索引跟上：yinju index 文件夹 --index {index}",
        "The index was made with another user dictionary ({made}) than the one in use ({used}); set YINJU_DICTIONARY "
        "back, or bring the index in line with it: yinju index CORPUS --index {index}",
    ),
    "index.no_dictionary": ("沒有", "没有", "none"),
    "index.regional": (
        "建立索引時用的是另一版的兩岸用詞表；請讓索引跟上：yinju index 資料夾 --index {index}",
        "建立索引时用的是另一版的两岸用词表；请让索引跟上：yinju index 文件夹 --index {index}",
        "The index was made with another table of regional words than this Yinju has; bring it in line: "
        "yinju index CORPUS --index {index}",
    ),
    "corpus.no_folder": (
        "{corpus} 不是資料夾；請給放文件的資料夾：yinju index 資料夾",
        "{corpus} 不是文件夹；请给放文档的文件夹：yinju index 文件夹",
        "{corpus} is not a folder; give the folder that holds the documents: yinju index FOLDER",
    ),
    "corpus.unreadable": (
        "{corpus} 讀不了；請讓自己能讀，再執行同一個指令",
        "{corpus} 读不了；请让自己能读，再运行同一个命令",
        "{corpus} cannot be read; give this user the right to read it, then run the command again",
    ),
    "corpus.empty": (
        "{corpus} 裡沒有檔案；請放進文件（PDF、Word、純文字等），再執行同一個指令",
        "{corpus} 里没有文件；请放进文档（PDF、Word、纯文本等），再运行同一个命令",
        "{corpus} holds no file; put documents (PDF, Word, text and others) there and run the command again",
    ),
    "corpus.nothing": (
        "{corpus} 裡的 {count} 個檔案都沒有可收錄的文字（{seen}）；請放進文件（PDF、Word、純文字等），再執行同一個指令",
        "{corpus} 里的 {count} 个文件都没有可收录的文字（{seen}）；请放进文档（PDF、Word、纯文本等），再运行同一个命令",
        "{corpus} holds {count} files, none with text to index ({seen}); put documents (PDF, Word, text and others) "
        "there and run the command again",
    ),
    "corpus.file": ("{name}：{told}", "{name}：{told}", "{name}: {told}"),
    "corpus.more": ("另有 {count} 個", "另有 {count} 个", "and {count} more"),
    "corpus.textless": (
        "{count} 份文件都沒有文字，至少要有一份可搜尋的",
        "{count} 份文档都没有文字，至少要有一份可搜索的",
        "None of {count} documents holds text; expected at least one to search",
    ),
    "tag.no_document": (
        "索引裡沒有 {found} 這份文件；有哪些文件：yinju documents",
        "索引里没有 {found} 这份文档；有哪些文档：yinju documents",
        "There is no document {found} in the index; those that there are: yinju documents",
    ),
    "conversations": (
        "{path} 不能用（{why}）；請清出空間或讓自己能寫，或換一個檔案：export YINJU_CONVERSATIONS=檔案",
        "{path} 不能用（{why}）；请清出空间或让自己能写，或换一个文件：export YINJU_CONVERSATIONS=文件",
        "{path} cannot be used ({why}); make room or give this user the right to write it, or name another file: "
        "export YINJU_CONVERSATIONS=FILE",
    ),
    "conversations.unreadable": (
        "{path} 讀不了（{why}）；請從備份還原：yinju restore 備份檔 --replace，"
        "或換一個檔案：export YINJU_CONVERSATIONS=檔案",
        "{path} 读不了（{why}）；请从备份还原：yinju restore 备份文件 --replace，"
        "或换一个文件：export YINJU_CONVERSATIONS=文件",
        "{path} cannot be read ({why}); restore a backup: yinju restore FILE --replace, or name another file: "
        "export YINJU_CONVERSATIONS=FILE",
    ),
    "conversations.answer": (
        "{path} 裡的答案 {message} 紀錄已損壞；請從備份還原：yinju restore 備份檔 --replace",
        "{path} 里的答案 {message} 记录已损坏；请从备份还原：yinju restore 备份文件 --replace",
        "The record of answer {message} in {path} is damaged; restore a backup: yinju restore FILE --replace",
    ),
    "conversations.damaged": (
        "{path} 裡有 {count} 筆紀錄已損壞（{found}）；請從備份還原：yinju restore 備份檔 --replace",
        "{path} 里有 {count} 条记录已损坏（{found}）；请从备份还原：yinju restore 备份文件 --replace",
        "{count} records in {path} are damaged ({found}); restore a backup: yinju restore FILE --replace",
    ),
    "conversations.of_answer": (
        "對話 {chat} 答案 {message}",
        "对话 {chat} 答案 {message}",
        "chat {chat} answer {message}",
    ),
    "conversations.of_chat": ("對話 {chat}", "对话 {chat}", "chat {chat}"),
    "milvus.address": (
        "YINJU_MILVUS_URI={address} 不是位址，也不是以 .db 結尾的檔名；請改正，例如 "
        "export YINJU_MILVUS_URI=http://127.0.0.1:19530，或不設：unset YINJU_MILVUS_URI",
        "YINJU_MILVUS_URI={address} 不是地址，也不是以 .db 结尾的文件名；请改正，例如 "
        "export YINJU_MILVUS_URI=http://127.0.0.1:19530，或不设：unset YINJU_MILVUS_URI",
        "YINJU_MILVUS_URI={address} is neither an address nor a name that ends in .db; set it right, such as "
        "export YINJU_MILVUS_URI=http://127.0.0.1:19530, or unset it: unset YINJU_MILVUS_URI",
    ),
    "milvus.needed": (
        "YINJU_STORE=milvus 需要 pymilvus，它在選裝的 milvus 裡；請安裝：make milvus，或 pip install 'yinju[milvus]'",
        "YINJU_STORE=milvus 需要 pymilvus，它在选装的 milvus 里；请安装：make milvus，或 pip install 'yinju[milvus]'",
        "YINJU_STORE=milvus needs pymilvus, which the extra `milvus` brings; install it: make milvus, or "
        "pip install 'yinju[milvus]'",
    ),
    "milvus.file": (
        "Milvus Lite 的檔案 {place} 不能用（{why}）；這種檔案一次只給一個程序用：請結束其他的（yinju chat、"
        "yinju index），或改用伺服器：export YINJU_MILVUS_URI=http://主機:19530",
        "Milvus Lite 的文件 {place} 不能用（{why}）；这种文件一次只给一个进程用：请结束其他的（yinju chat、"
        "yinju index），或改用服务器：export YINJU_MILVUS_URI=http://主机:19530",
        "The file of Milvus Lite {place} cannot be used ({why}); one process at a time has such a file: end the others "
        "(yinju chat, yinju index), or name a server: export YINJU_MILVUS_URI=http://HOST:19530",
    ),
    "milvus.server": (
        "{place} 的 Milvus 不能用（{why}）；請確認它開著，而且 YINJU_MILVUS_URI 與 YINJU_MILVUS_TOKEN 都對，再試一次",
        "{place} 的 Milvus 不能用（{why}）；请确认它开着，而且 YINJU_MILVUS_URI 与 YINJU_MILVUS_TOKEN 都对，再试一次",
        "Milvus at {place} cannot be used ({why}); see that it runs and that YINJU_MILVUS_URI and YINJU_MILVUS_TOKEN "
        "are right, then do the same again",
    ),
    "milvus.lacks": (
        "{place} 的集合 {collection} 少了 {count} 段發佈過的；請檢查：yinju verify",
        "{place} 的集合 {collection} 少了 {count} 段发布过的；请检查：yinju verify",
        "The collection {collection} at {place} lacks {count} passages that were published; check it: yinju verify",
    ),
    "milvus.gone": (
        "{place} 沒有集合 {collection}；請把 YINJU_MILVUS_URI 設成它所在之處，或{remedy}",
        "{place} 没有集合 {collection}；请把 YINJU_MILVUS_URI 设成它所在之处，或{remedy}",
        "The collection {collection} at {place} is not there; set YINJU_MILVUS_URI to where it is, or {remedy}",
    ),
    "milvus.count": (
        "{place} 的集合 {collection} 有 {found} 段，清單上是 {expected} 段；請把 YINJU_MILVUS_URI 設成它所在之處，"
        "或{remedy}",
        "{place} 的集合 {collection} 有 {found} 段，清单上是 {expected} 段；请把 YINJU_MILVUS_URI 设成它所在之处，"
        "或{remedy}",
        "The collection {collection} at {place} holds {found} passages, the manifest says {expected}; set "
        "YINJU_MILVUS_URI to where it is, or {remedy}",
    ),
    "milvus.passage_missing": (
        "{place} 的集合 {collection} 裡，{segment} 的第 {row} 段不見了；請{remedy}",
        "{place} 的集合 {collection} 里，{segment} 的第 {row} 段不见了；请{remedy}",
        "Passage {row} of segment {segment} in the collection {collection} at {place} is missing; {remedy}",
    ),
    "milvus.passage_changed": (
        "{place} 的集合 {collection} 裡，{segment} 的第 {row} 段和發佈時不同；請{remedy}",
        "{place} 的集合 {collection} 里，{segment} 的第 {row} 段和发布时不同；请{remedy}",
        "Passage {row} of segment {segment} in the collection {collection} at {place} is not as it was published; "
        "{remedy}",
    ),
}
