"""What is said of questions and of changes to the documents, in the three languages' order."""

SENTENCES: dict[str, tuple[str, str, str]] = {
    "question.empty": (
        "請輸入問題：至少要有一個字或一個詞。",
        "请输入问题：至少要有一个字或一个词。",
        "Please write a question of at least one word.",
    ),
    "question.long": (
        "問題有 {length} 個字，上限是 {limit} 個字；請縮短後再問一次。",
        "问题有 {length} 个字，上限是 {limit} 个字；请缩短后再问一次。",
        "The question has {length} characters, at most {limit} are taken; shorten it, then ask again.",
    ),
    "name.empty": (
        "檔名是空的；請取一個名字再上傳。",
        "文件名是空的；请取一个名字再上传。",
        "The file has no name; give it one, then upload it.",
    ),
    "name.outside": (
        "檔名「{name}」指向資料夾之外，不能使用。",
        "文件名“{name}”指向文件夹之外，不能使用。",
        "The name “{name}” leads out of the folder of documents and cannot be used.",
    ),
    "name.hidden": (
        "檔名「{name}」以「.」開頭，是隱藏檔案；請改名後再上傳。",
        "文件名“{name}”以“.”开头，是隐藏文件；请改名后再上传。",
        "The name “{name}” begins with a dot, as hidden files do; rename it, then upload it.",
    ),
    "name.characters": (
        "檔名含有控制字元、反斜線或改變書寫方向的字元；請改名後再上傳。",
        "文件名含有控制字符、反斜杠或改变书写方向的字符；请改名后再上传。",
        "The name holds control characters, a backslash, or marks that turn the direction of writing; rename it.",
    ),
    "name.long": (
        "檔名太長：每一段最多 {limit} 位元組（約 {characters} 個中文字）；請改名後再上傳。",
        "文件名太长：每一段最多 {limit} 字节（约 {characters} 个汉字）；请改名后再上传。",
        "The name is too long: {limit} bytes (about {characters} Chinese characters) at most for each part; "
        "rename it, then upload it.",
    ),
    "name.deep": (
        "資料夾太多層，最多 {limit} 層；請移到較淺的資料夾再上傳。",
        "文件夹层数太多，最多 {limit} 层；请移到较浅的文件夹再上传。",
        "There are more than {limit} folders around it; move it up, then upload it.",
    ),
    "name.taken": (
        "已經有同名的資料夾或連結，不能放在那裡；請改名後再上傳。",
        "已经有同名的文件夹或链接，不能放在那里；请改名后再上传。",
        "A folder or a link of that name is in the way; rename the file, then upload it.",
    ),
    "move.taken": (
        "「{name}」已經有檔案了，沒有移動；請換一個名字，或先把它改名。",
        "“{name}”已经有文件了，没有移动；请换一个名字，或先把它改名。",
        "There is a file called “{name}” already, so nothing was moved; choose another name, or rename that one first.",
    ),
    "tag.long": (
        "標籤「{found}…」太長，最多 {limit} 個字；請縮短後再試。",
        "标签“{found}…”太长，最多 {limit} 个字；请缩短后再试。",
        "The tag “{found}…” is too long: {limit} characters at most; shorten it, then try again.",
    ),
    "tag.characters": (
        "標籤「{found}」裡有不能用的字元：#、逗號、分號、頓號、反斜線或看不見的字元；請去掉後再試。",
        "标签“{found}”里有不能用的字符：#、逗号、分号、顿号、反斜杠或看不见的字符；请去掉后再试。",
        "The tag “{found}” holds a #, a comma, a semicolon, a backslash or what cannot be shown; leave these out.",
    ),
    "too_many": (
        "文件資料夾裡最多放 {limit:,} 個檔案，已經滿了；請先刪除不用的。",
        "文档文件夹里最多放 {limit:,} 个文件，已经满了；请先删除不用的。",
        "The folder of documents holds {limit:,} files, as many as it may; delete some first.",
    ),
    "quota": (
        "文件最多 {limit:,} MB（刪除後留著的佔 {deleted} MB），放不下這個檔案；請刪除不用的，再到設定清空已刪除的。",
        "文档最多 {limit:,} MB（删除后留着的占 {deleted} MB），放不下这个文件；请删除不用的，再到设置清空已删除的。",
        "Documents may take {limit:,} MB ({deleted} MB are deleted files that are kept), and this one does not fit in; "
        "delete some, then empty the deleted files in the settings.",
    ),
    "cut_off": (
        "上傳中斷，檔案沒有收完，已捨棄；請再上傳一次。",
        "上传中断，文件没有收完，已丢弃；请再上传一次。",
        "The upload broke off and was dropped; upload the file again.",
    ),
    "no_space": (
        "磁碟空間不足，沒有寫入；原有的文件都還在。請清出空間後再試。",
        "磁盘空间不足，没有写入；原有的文档都还在。请清出空间后再试。",
        "The disk is full and nothing was written; all documents are as they were. Make room, then try again.",
    ),
    "not_writable": (
        "文件資料夾無法寫入；原有的文件都還在。請檢查權限後再試。",
        "文档文件夹无法写入；原有的文档都还在。请检查权限后再试。",
        "The folder of documents cannot be written; all documents are as they were. Check the rights.",
    ),
    "no_folder": (
        "這個索引不是從一個資料夾建立的，不能在這裡增刪文件；請先執行 yinju index 資料夾。",
        "这个索引不是从一个文件夹建立的，不能在这里增删文档；请先运行 yinju index 文件夹。",
        "This index was not built from a folder that is there, so nothing can be added or deleted; run yinju "
        "index FOLDER.",
    ),
    "not_there": (
        "資料夾裡沒有這個檔案，可能已經刪除或改名。",
        "文件夹里没有这个文件，可能已经删除或改名。",
        "There is no such file in the folder of documents; it may have been deleted or renamed.",
    ),
    "not_kept": (
        "找不到刪除時留下的檔案，無法復原。",
        "找不到删除时留下的文件，无法恢复。",
        "The deleted file is not kept any more and cannot be brought back.",
    ),
    "occupied": (
        "同名的檔案已經在了，沒有復原；請先改名或刪除它。",
        "同名的文件已经在了，没有恢复；请先改名或删除它。",
        "A file of that name is there again, so nothing was brought back; rename or delete it first.",
    ),
    "read_only": (
        "這個引據是唯讀的，不能增刪文件。",
        "这个引据是只读的，不能增删文档。",
        "This Yinju is read-only: documents cannot be added or deleted.",
    ),
    "meaning_read": ("意義讀了 {share} %。", "意义读了 {share} %。", "Meaning read: {share} %."),
    "recognizing": (
        "正在辨識掃描頁：第 {number} 頁，共 {pages} 頁。",
        "正在识别扫描页：第 {number} 页，共 {pages} 页。",
        "Recognising scanned pages: {number} of {pages}.",
    ),
    "index_busy": (
        "另一個程式正在寫入索引，等它結束就會繼續。",
        "另一个程序正在写入索引，等它结束就会继续。",
        "Another program is writing the index; this goes on once it ends.",
    ),
    "index_unwritten": (
        "檔案已存好，但索引寫不進去：空間不足或沒有權限。處理後請再試一次。",
        "文件已存好，但索引写不进去：空间不足或没有权限。处理后请再试一次。",
        "The file is stored, but the index cannot be written for want of space or rights; mend that, then try again.",
    ),
    "index_failed": (
        "檔案已存好，但建立索引時出錯，請看引據的執行紀錄；處理後請再試一次。",
        "文件已存好，但建立索引时出错，请看引据的运行记录；处理后请再试一次。",
        "The file is stored, but indexing failed; see Yinju's log, then try again.",
    ),
    "stopped": (
        "引據正在關閉；檔案已存好，下次啟動時會建立索引。",
        "引据正在关闭；文件已存好，下次启动时会建立索引。",
        "Yinju is closing; the file is stored and will be indexed at the next start.",
    ),
    "encodings.open": (
        "編碼設定檔 .yinju-encodings 打不開（{why}），索引沒有更新；檢查權限後請再試一次。",
        "编码设置文件 .yinju-encodings 打不开（{why}），索引没有更新；检查权限后请再试一次。",
        "The file of encodings, .yinju-encodings, cannot be opened ({why}), so the index stays as it was; check its "
        "rights, then try again.",
    ),
    "encodings.bytes": (
        "編碼設定檔 .yinju-encodings 不是 UTF-8（位元組 {first}），索引沒有更新；另存為 UTF-8 後請再試一次。",
        "编码设置文件 .yinju-encodings 不是 UTF-8（字节 {first}），索引没有更新；另存为 UTF-8 后请再试一次。",
        "The file of encodings, .yinju-encodings, is no UTF-8 (at byte {first}), so the index stays as it was; save it "
        "as UTF-8, then try again.",
    ),
    "encodings.line": (
        "編碼設定檔 .yinju-encodings 第 {line} 行「{found}」看不懂，索引沒有更新；請寫成「檔名 = 編碼」，"
        "例如 notes/*.txt = gb18030，再試一次。",
        "编码设置文件 .yinju-encodings 第 {line} 行“{found}”看不懂，索引没有更新；请写成“文件名 = 编码”，"
        "例如 notes/*.txt = gb18030，再试一次。",
        "Line {line} of the file of encodings, .yinju-encodings, is “{found}”, so the index stays as it was; write it "
        "as name = encoding, such as notes/*.txt = gb18030, then try again.",
    ),
    "encodings.name": (
        "編碼設定檔 .yinju-encodings 第 {line} 行的編碼「{found}」不存在，索引沒有更新；請改用 gb18030、big5、utf-8 "
        "之類的名稱，再試一次。",
        "编码设置文件 .yinju-encodings 第 {line} 行的编码“{found}”不存在，索引没有更新；请改用 gb18030、big5、utf-8 "
        "之类的名称，再试一次。",
        "Line {line} of the file of encodings, .yinju-encodings, names the encoding “{found}”, which there is not, so "
        "the index stays as it was; give one such as gb18030, big5 or utf-8, then try again.",
    ),
    "replaced": (
        "處理前檔案又被換掉或刪除了。",
        "处理前文件又被换掉或删除了。",
        "The file was replaced or deleted before it was read.",
    ),
}
