"""What is said of pictures, and of scans where recognition is off: as in Taiwan, as on the mainland, in English."""

SENTENCES: dict[str, tuple[str, str, str]] = {
    "unreadable.picture": (
        "圖片無法讀取（{why}），可能已損壞；請重新取得檔案。",
        "图片无法读取（{why}），可能已损坏；请重新获取文件。",
        "The picture cannot be read ({why}); it may be damaged. Get the file again.",
    ),
    "too_large.picture": (
        "圖片有 {across:,} × {down:,} 像素，超過 {limit:,} 像素的上限；請縮小後再加入。",
        "图片有 {across:,} × {down:,} 像素，超过 {limit:,} 像素的上限；请缩小后再加入。",
        "The picture has {across:,} × {down:,} pixels, over the limit of {limit:,}; make it smaller, then add it.",
    ),
    "no_text.picture": (
        "這是圖片，文字要靠文字辨識讀取；執行 make ocr 裝上之後會自動讀取。",
        "这是图片，文字要靠文字识别读取；运行 make ocr 装上之后会自动读取。",
        "This is a picture: its text is read once text recognition is installed by make ocr.",
    ),
    "no_text.picture_off": (
        "這是圖片，文字辨識已經安裝但關閉了；"
        "請在「所有設定」打開「辨識沒有文字的頁面」或設 YINJU_OCR=1，重新啟動後再重新讀取。",
        "这是图片，文字识别已经安装但关闭了；"
        "请在“所有设置”打开“识别没有文字的页面”或设 YINJU_OCR=1，重新启动后再重新读取。",
        "This is a picture. Text recognition is installed but switched off: turn on “Recognise pages without text” in "
        "All settings or set YINJU_OCR=1, start again, then read the file again.",
    ),
    "no_text.off": (
        "{pages} 頁都沒有可提取的文字，疑似掃描件；文字辨識已經安裝但關閉了，"
        "請在「所有設定」打開「辨識沒有文字的頁面」或設 YINJU_OCR=1，重新啟動後再重新讀取。",
        "{pages} 页都没有可提取的文字，疑似扫描件；文字识别已经安装但关闭了，"
        "请在“所有设置”打开“识别没有文字的页面”或设 YINJU_OCR=1，重新启动后再重新读取。",
        "None of its {pages} pages holds text: it looks scanned. Text recognition is installed but switched off: turn "
        "on “Recognise pages without text” in All settings or set YINJU_OCR=1, start again, then read the file again.",
    ),
    "textless_pages.off": (
        "第 {pages} 頁沒有可提取的文字，疑似掃描頁；文字辨識已經安裝但關閉了，"
        "請在「所有設定」打開「辨識沒有文字的頁面」或設 YINJU_OCR=1，重新啟動後再重新讀取。",
        "第 {pages} 页没有可提取的文字，疑似扫描页；文字识别已经安装但关闭了，"
        "请在“所有设置”打开“识别没有文字的页面”或设 YINJU_OCR=1，重新启动后再重新读取。",
        "No text on page {pages}: it looks scanned. Text recognition is installed but switched off: turn on “Recognise "
        "pages without text” in All settings or set YINJU_OCR=1, start again, then read the file again.",
    ),
    "no_text.picture_recognized": (
        "文字辨識在這張圖片上沒有找到字；請確認內容後再加入。",
        "文字识别在这张图片上没有找到字；请确认内容后再加入。",
        "No text was recognised in this picture; check it, then add it again.",
    ),
    "recognized_picture": (
        "圖片上的文字是辨識出來的，可能有誤。",
        "图片上的文字是识别出来的，可能有误。",
        "The text of the picture was recognised and may have errors.",
    ),
    "empty.picture": (
        "圖片太小（{across} × {down} 像素），上面不會有可讀的文字。",
        "图片太小（{across} × {down} 像素），上面不会有可读的文字。",
        "The picture is too small ({across} × {down} pixels) to hold text that can be read.",
    ),
    "no_figure": (
        "檔案裡找不到這張圖，或無法顯示（{why}）。",
        "文件里找不到这张图，或无法显示（{why}）。",
        "The file holds no such figure, or none that can be shown ({why}).",
    ),
}  # fmt: skip
