"""What is said of files: Traditional Chinese as in Taiwan, Simplified as on the mainland, English."""

_READABLE = (
    "可讀的格式有 PDF、Word（docx）、PowerPoint（pptx）、Excel（xlsx）、ODT、EPUB、RTF、HTML、Markdown、CSV、JSON、"
    "郵件（eml）、純文字、圖片（PNG、JPEG、WebP、TIFF、BMP、GIF），以及裝著這些的 ZIP；請轉換後再加入。",
    "可读的格式有 PDF、Word（docx）、PowerPoint（pptx）、Excel（xlsx）、ODT、EPUB、RTF、HTML、Markdown、CSV、JSON、"
    "邮件（eml）、纯文本、图片（PNG、JPEG、WebP、TIFF、BMP、GIF），以及装着这些的 ZIP；请转换后再加入。",
    "PDF, Word (docx), PowerPoint (pptx), Excel (xlsx), ODT, EPUB, RTF, HTML, Markdown, CSV, JSON, mail (eml), plain "
    "text, pictures (PNG, JPEG, WebP, TIFF, BMP, GIF) and ZIP archives of these can be read; convert it, then add "
    "it again.",
)

KINDS: dict[str, tuple[str, str, str]] = {
    "elf": ("ELF 執行檔", "ELF 可执行文件", "an ELF program"),
    "exe": ("Windows 執行檔", "Windows 可执行文件", "a Windows program"),
    "riff": ("RIFF 影音", "RIFF 音视频", "a RIFF recording"),
    "ole": (
        "舊版 Office 檔（doc、xls、ppt）或加密的 Office 檔", "旧版 Office 文件（doc、xls、ppt）或加密的 Office 文件",
        "an old (doc, xls, ppt) or encrypted Office file",
    ),
    "gzip": ("gzip 壓縮檔", "gzip 压缩文件", "a gzip archive"),
    "bzip2": ("bzip2 壓縮檔", "bzip2 压缩文件", "a bzip2 archive"),
    "xz": ("xz 壓縮檔", "xz 压缩文件", "an xz archive"),
    "7z": ("7z 壓縮檔", "7z 压缩文件", "a 7z archive"),
    "rar": ("RAR 壓縮檔", "RAR 压缩文件", "a RAR archive"),
    "sqlite": ("SQLite 資料庫", "SQLite 数据库", "an SQLite database"),
    "mp3": ("MP3 音訊", "MP3 音频", "an MP3 recording"),
    "mp4": ("MP4 影片或 HEIC 圖片", "MP4 视频或 HEIC 图片", "an MP4 film or a HEIC picture"),
    "ogg": ("Ogg 影音", "Ogg 音视频", "an Ogg recording"),
    "postscript": ("PostScript 文件", "PostScript 文档", "a PostScript document"),
    "odf": ("OpenDocument 文件", "OpenDocument 文档", "an OpenDocument file"),
}  # fmt: skip
"""What a file that cannot be read turned out to be."""

INSIDE = ("「{inside}」：", "“{inside}”：", "“{inside}”: ")
"""Begins the sentence of a reason that is about a file within the file; the fact `inside` has its name."""

SENTENCES: dict[str, tuple[str, str, str]] = {
    "empty.text": (
        "檔案是空的，或只有空白；請確認內容後再加入。",
        "文件是空的，或只有空白；请确认内容后再加入。",
        "The file is empty or blank; check it, then add it again.",
    ),
    "empty.html": (
        "網頁裡沒有看得見的文字；請確認內容後再加入。",
        "网页里没有看得见的文字；请确认内容后再加入。",
        "The web page shows no text; check it, then add it again.",
    ),
    "empty.docx": (
        "文件裡沒有文字，可能只有圖片；請確認內容後再加入。",
        "文档里没有文字，可能只有图片；请确认内容后再加入。",
        "The document holds no text, perhaps only pictures; check it, then add it again.",
    ),
    "empty.pdf": (
        "文件裡沒有文字；請確認內容後再加入。",
        "文档里没有文字；请确认内容后再加入。",
        "The document holds no text; check it, then add it again.",
    ),
    "empty.zip": (
        "壓縮檔裡沒有可讀的文件；請確認內容後再加入。",
        "压缩文件里没有可读的文档；请确认内容后再加入。",
        "The archive holds no document that can be read; check it, then add it again.",
    ),
    "empty.passages": (
        "檔案裡沒有文字，未建立索引。",
        "文件里没有文字，未建立索引。",
        "The file holds no text and was not indexed.",
    ),
    "too_large": (
        "檔案有 {size:,} 位元組，超過上限 {limit:,}；請拆成較小的檔案。",
        "文件有 {size:,} 字节，超过上限 {limit:,}；请拆成较小的文件。",
        "The file has {size:,} bytes, more than the limit of {limit:,}; split it into smaller ones.",
    ),
    "too_large.upload": (
        "檔案超過 {limit:,} MB 的上限；請拆成較小的檔案。",
        "文件超过 {limit:,} MB 的上限；请拆成较小的文件。",
        "The file is larger than the limit of {limit:,} MB; split it into smaller ones.",
    ),
    "too_large.unpacked": (
        "檔案解壓後有 {size:,} 位元組，超過上限 {limit:,}；請拆成較小的檔案。",
        "文件解压后有 {size:,} 字节，超过上限 {limit:,}；请拆成较小的文件。",
        "The file unpacks to {size:,} bytes, more than the limit of {limit:,}; split it into smaller ones.",
    ),
    "too_large.member": (
        "檔案解壓後過大：其中一部分由 {packed:,} 位元組膨脹為 {size:,}，不像正常文件；請拆成較小的檔案。",
        "文件解压后过大：其中一部分由 {packed:,} 字节膨胀为 {size:,}，不像正常文档；请拆成较小的文件。",
        "A part of the file swells from {packed:,} bytes to {size:,}, as in no usual document; split it.",
    ),
    "too_large.text": (
        "檔案裡的文字太多：讀出的內容有 {size:,} 位元組，超過上限 {limit:,}；請拆成較小的檔案。",
        "文件里的文字太多：读出的内容有 {size:,} 字节，超过上限 {limit:,}；请拆成较小的文件。",
        "The file holds too much text: what was read has {size:,} bytes, more than the limit of {limit:,}; split it.",
    ),
    "too_large.members": (
        "壓縮檔裡有 {count:,} 個檔案，超過上限 {limit:,}；請拆成較小的壓縮檔。",
        "压缩文件里有 {count:,} 个文件，超过上限 {limit:,}；请拆成较小的压缩文件。",
        "The archive holds {count:,} files, more than the limit of {limit:,}; split it into smaller ones.",
    ),
    "too_large.nested": (
        "檔案裡一層套一層，超過上限 {limit} 層；請把裡面的檔案取出後再加入。",
        "文件里一层套一层，超过上限 {limit} 层；请把里面的文件取出后再加入。",
        "Files lie in files more than {limit} deep; take the inner ones out, then add them.",
    ),
    "unknown_format": (
        f"檔案內容是 {{kind}}，無法讀取；{_READABLE[0]}",
        f"文件内容是 {{kind}}，无法读取；{_READABLE[1]}",
        f"The file is {{kind}} and cannot be read. {_READABLE[2]}",
    ),
    "unknown_format.xml": (
        f"檔案內容是 XML 資料，無法讀取；{_READABLE[0]}",
        f"文件内容是 XML 数据，无法读取；{_READABLE[1]}",
        f"The file is XML data and cannot be read. {_READABLE[2]}",
    ),
    "unknown_format.binary": (
        f"檔案內容是二進位資料，不是文字，無法讀取；{_READABLE[0]}",
        f"文件内容是二进制数据，不是文字，无法读取；{_READABLE[1]}",
        f"The file is binary data, not text, and cannot be read. {_READABLE[2]}",
    ),
    "undecodable": (
        "{size} 個位元組中有 {bad} 處無法以 {encoding} 解碼（第一處在位元組 {first}），超過 5 %；請另存為 UTF-8 再試。",
        "{size} 个字节中有 {bad} 处无法以 {encoding} 解码（第一处在字节 {first}），超过 5 %；请另存为 UTF-8 再试。",
        "{bad} places in {size} bytes cannot be decoded as {encoding} (the first at byte {first}), over 5 %; "
        "save it as UTF-8, then try again.",
    ),
    "unreadable.zip": (
        "檔案開頭是 zip（docx 也是），但壓縮結構已損壞（{why}）；請重新取得或另存後再加入。",
        "文件开头是 zip（docx 也是），但压缩结构已损坏（{why}）；请重新获取或另存后再加入。",
        "The file begins as a zip, as docx does, but is damaged ({why}); get or save it anew, then add it again.",
    ),
    "unreadable.file": (
        "檔案已損壞，無法開啟（{kind}：{why}）；請重新取得或用原來的軟體另存後再加入。",
        "文件已损坏，无法打开（{kind}：{why}）；请重新获取或用原来的软件另存后再加入。",
        "The file is damaged and cannot be opened ({kind}: {why}); get it or save it anew, then add it again.",
    ),
    "unreadable.pdf": (
        "PDF 已損壞，無法開啟（{why}）；請重新取得或另存後再加入。",
        "PDF 已损坏，无法打开（{why}）；请重新获取或另存后再加入。",
        "The PDF is damaged and cannot be opened ({why}); get or save it anew, then add it again.",
    ),
    "unreadable.page": (
        "PDF 的這一頁無法顯示（{why}）。",
        "PDF 的这一页无法显示（{why}）。",
        "This page of the PDF cannot be shown ({why}).",
    ),
    "unreadable.open": (
        "檔案打不開（{why}）；請檢查路徑與權限後再試。",
        "文件打不开（{why}）；请检查路径与权限后再试。",
        "The file cannot be opened ({why}); check its path and rights, then try again.",
    ),
    "unreadable.changing": (
        "讀取時被修改；請等檔案寫完再試。",
        "读取时被修改；请等文件写完再试。",
        "The file was changed while it was read; wait until it is written, then try again.",
    ),
    "unreadable": (
        "讀不到：沒有權限，或路徑太長；請檢查後重新執行。",
        "读不到：没有权限，或路径太长；请检查后重新运行。",
        "It cannot be read: the right is missing or the path too long; check it, then run it again.",
    ),
    "encrypted": (
        "這份 PDF 需要密碼才能開啟；請解除密碼後再加入。",
        "这份 PDF 需要密码才能打开；请解除密码后再加入。",
        "This PDF opens only with its password; take that off, then add it again.",
    ),
    "encrypted.epub": (
        "這本電子書有加密保護，無法讀取；請改用沒有加密的版本。",
        "这本电子书有加密保护，无法读取；请改用没有加密的版本。",
        "This book is encrypted and cannot be read; add a copy without protection.",
    ),
    "encrypted.odt": (
        "這份文件需要密碼才能開啟；請解除密碼後再加入。",
        "这份文档需要密码才能打开；请解除密码后再加入。",
        "This document opens only with its password; take that off, then add it again.",
    ),
    "no_text": (
        "{pages} 頁都沒有可提取的文字，疑似掃描件；執行 make ocr 裝上文字辨識後會自動讀取，或先自行辨識再加入。",
        "{pages} 页都没有可提取的文字，疑似扫描件；运行 make ocr 装上文字识别后会自动读取，或先自行识别再加入。",
        "None of its {pages} pages holds text: it looks scanned. It is read once text recognition is installed by "
        "make ocr; or have its text recognised, then add it again.",
    ),
    "no_text.recognized": (
        "{pages} 頁都沒有可提取的文字，文字辨識也沒有在圖上找到字；請確認內容後再加入。",
        "{pages} 页都没有可提取的文字，文字识别也没有在图上找到字；请确认内容后再加入。",
        "None of its {pages} pages holds text, and none was recognised on their images; check it, then add it again.",
    ),
    "changed": (
        "檔案在建立索引之後更新過，無法顯示原頁。",
        "文件在建立索引之后更新过，无法显示原页。",
        "The file changed after it was indexed, so its page cannot be shown.",
    ),
    "no_page": (
        "沒有第 {number} 頁，這份文件有 {pages} 頁。",
        "没有第 {number} 页，这份文档有 {pages} 页。",
        "There is no page {number}; this document has {pages} pages.",
    ),
    "not_a_file": (
        "這不是一般檔案（可能是目錄、管線或裝置），無法讀取。",
        "这不是普通文件（可能是目录、管道或设备），无法读取。",
        "This is no plain file but perhaps a folder, pipe or device, and cannot be read.",
    ),
    "timed_out": (
        "讀取超過 {seconds:g} 秒仍未完成，已停止；檔案可能已損壞或過於複雜。",
        "读取超过 {seconds:g} 秒仍未完成，已停止；文件可能已损坏或过于复杂。",
        "Reading was stopped after {seconds:g} seconds; the file may be damaged or too complex.",
    ),
    "crashed": (
        "解析程式在讀取這個檔案時意外結束（狀態 {status}）；檔案可能已損壞。",
        "解析程序在读取这个文件时意外结束（状态 {status}）；文件可能已损坏。",
        "The parser ended unexpectedly on this file (status {status}); the file may be damaged.",
    ),
    "out_of_memory": (
        "讀取時記憶體用量超過上限 {limit:,} 位元組；請拆成較小的檔案。",
        "读取时内存用量超过上限 {limit:,} 字节；请拆成较小的文件。",
        "Reading took more memory than the limit of {limit:,} bytes; split it into smaller files.",
    ),
    "textless_pages": (
        "第 {pages} 頁沒有可提取的文字，疑似掃描頁；執行 make ocr 裝上文字辨識後會自動讀取。",
        "第 {pages} 页没有可提取的文字，疑似扫描页；运行 make ocr 装上文字识别后会自动读取。",
        "No text on page {pages}: it looks scanned, and is read once text recognition is installed by make ocr.",
    ),
    "textless_inside": (
        "第 {pages} 頁沒有可提取的文字，疑似掃描頁；把這個 PDF 取出單獨加入，裝上文字辨識（make ocr）就能讀取。",
        "第 {pages} 页没有可提取的文字，疑似扫描页；把这个 PDF 取出单独加入，装上文字识别（make ocr）就能读取。",
        "No text on page {pages}: it looks scanned. Take this PDF out, add it by itself, and make ocr reads it.",
    ),
    "recognized_pages": (
        "第 {pages} 頁是掃描頁，文字由辨識得來，可能有錯字。",
        "第 {pages} 页是扫描页，文字由识别得来，可能有错字。",
        "Page {pages} is scanned; its text was recognised and may hold errors.",
    ),
    "blank_pages": (
        "第 {pages} 頁沒有文字，圖上也沒有辨識到字。",
        "第 {pages} 页没有文字，图上也没有识别到字。",
        "Page {pages} holds no text, and none was recognised on its image.",
    ),
    "unrecognized_pages": (
        "第 {pages} 頁是掃描頁，文字辨識沒有完成；可以重新讀取。",
        "第 {pages} 页是扫描页，文字识别没有完成；可以重新读取。",
        "Page {pages} is scanned and its text could not be recognised; read the file again to try once more.",
    ),
    "little_text": (
        "可提取的文字很少，可能只有浮水印。",
        "可提取的文字很少，可能只有水印。",
        "There is hardly any text, perhaps only a watermark.",
    ),
    "formulas_without_values": (
        "有 {count} 個公式沒有存下計算結果，這裡也算不出來：{cells}；請用試算表軟體開啟、重新存檔後再加入。",
        "有 {count} 个公式没有存下计算结果，这里也算不出来：{cells}；请用电子表格软件打开、重新保存后再加入。",
        "{count} formulas keep no value and could not be worked out: {cells}; save the file anew, then add it again.",
    ),
    "bad_bytes": (
        "以 {encoding} 解碼時有 {bad} 處無法辨認（第一處在位元組 {first}），已用 � 代替。",
        "以 {encoding} 解码时有 {bad} 处无法识别（第一处在字节 {first}），已用 � 代替。",
        "{bad} places could not be decoded as {encoding} (the first at byte {first}) and show as �.",
    ),
    "inner_unread": (
        "裡面有讀不了的檔案，已略過：{names}。",
        "里面有读不了的文件，已跳过：{names}。",
        "Files inside that could not be read were left out: {names}.",
    ),
    "more_warnings": (
        "裡面的檔案另有 {count} 項提醒，沒有一一列出。",
        "里面的文件另有 {count} 项提醒，没有一一列出。",
        "There are {count} more warnings about files inside, which are not listed.",
    ),
    "doubtful_encoding": (
        "無法確定編碼：以 {encoding} 讀取，但全文或其中一段也可能是 {other}；若顯示為亂碼，請另存為 UTF-8 再試。",
        "无法确定编码：以 {encoding} 读取，但全文或其中一段也可能是 {other}；若显示为乱码，请另存为 UTF-8 再试。",
        "The encoding is in doubt: read as {encoding}, but all or a part of it may be {other}; if it shows as "
        "gibberish, save it as UTF-8, then try again.",
    ),
    "unknown_encoding": (
        "沒有名為「{name}」的編碼；請改用 gb18030、big5、utf-8 之類的名稱。",
        "没有名为“{name}”的编码；请改用 gb18030、big5、utf-8 之类的名称。",
        "There is no encoding called “{name}”; give a name such as gb18030, big5 or utf-8.",
    ),
    "hidden": (
        "隱藏檔案，未讀取。",
        "隐藏文件，未读取。",
        "A hidden file, not read.",
    ),
    "link": (
        "連結指向資料夾之外、指向自己，或指向不存在的位置，未讀取。",
        "链接指向文件夹之外、指向自己，或指向不存在的位置，未读取。",
        "A link that leads out of the folder, to itself or nowhere; not read.",
    ),
    "linked_folder": (
        "連結到同一資料夾裡的另一個資料夾；內容已在原位置讀取。",
        "链接到同一文件夹里的另一个文件夹；内容已在原位置读取。",
        "A link to another folder below the same one, which is read in its own place.",
    ),
    "special": (
        "不是一般檔案（裝置、管線或通訊端），未讀取。",
        "不是普通文件（设备、管道或套接字），未读取。",
        "No plain file (a device, pipe or socket); not read.",
    ),
}
