"""What is said to a turn that is no question: a greeting, thanks, 你是誰, 有哪些文件, and what is kindly declined."""

SENTENCES = {
    "turn.greeting": (
        "{hail}，我是引據。想知道什麼，用平常的話問就好；我會從收錄的文件裡找答案，每一句都附上出處。",
        "{hail}，我是引据。想知道什么，用平常的话问就好；我会从收录的文档里找答案，每一句都附上出处。",
        "{hail}. I am Yinju. Ask me anything about the documents here, in your own words; I answer from them and show "
        "where each sentence comes from.",
    ),
    "turn.greeting.any": ("你好", "你好", "Hello"),
    "turn.greeting.morning": ("早安", "早上好", "Good morning"),
    "turn.greeting.noon": ("午安", "下午好", "Good afternoon"),
    "turn.greeting.evening": ("晚上好", "晚上好", "Good evening"),
    "turn.greeting.night": ("晚安", "晚安", "Good evening"),
    "turn.thanks": (
        "不客氣，能幫上忙就好。還想知道什麼，隨時再問。",
        "不客气，能帮上忙就好。还想知道什么，随时再问。",
        "You are welcome. Ask again any time.",
    ),
    "turn.praise": (
        "謝謝，能幫上忙很高興。還想知道什麼，隨時再問。",
        "谢谢，能帮上忙很高兴。还想知道什么，随时再问。",
        "Thank you, I am glad it helped. Ask again any time.",
    ),
    "turn.noted": (
        "好的。還想查什麼，隨時再問。",
        "好的。还想查什么，随时再问。",
        "All right. Ask again any time.",
    ),
    "turn.farewell": (
        "{hail}。下次想查文件裡的什麼，隨時再來。",
        "{hail}。下次想查文档里的什么，随时再来。",
        "{hail}. Come back whenever you want to look something up.",
    ),
    "turn.farewell.any": ("好的，再見", "好的，再见", "Goodbye"),
    "turn.farewell.morning": ("好的，再見", "好的，再见", "Goodbye"),
    "turn.farewell.noon": ("好的，再見", "好的，再见", "Goodbye"),
    "turn.farewell.evening": ("好的，再見", "好的，再见", "Goodbye"),
    "turn.farewell.night": ("晚安", "晚安", "Good night"),
    "turn.who": (
        "我是引據（Yinju），一個從文件裡找答案的程式，不是真人。我只說文件裡寫著的事，每一句都標明出處，"
        "點一下就能看原文；文件沒寫的，我會直說。",
        "我是引据（Yinju），一个从文档里找答案的程序，不是真人。我只说文档里写着的事，每一句都标明出处，"
        "点一下就能看原文；文档没写的，我会直说。",
        "I am Yinju, a program that finds answers in documents, not a person. I say only what the documents say, "
        "and each "
        "sentence names its source; where they are silent, I tell you so.",
    ),
    "turn.help": (
        "用平常的話問就好：一個數字、日期、步驟、原因，兩件事的差別，或是「某份文件講了什麼」，也可以接著追問。"
        "我從收錄的文件裡找答案，"
        "每一句都附出處，點一下就能看原文。想知道有哪些文件，就問「有哪些文件」。",
        "用平常的话问就好：一个数字、日期、步骤、原因，两件事的差别，或是“某份文档讲了什么”，也可以接着追问。"
        "我从收录的文档里找答案，"
        "每一句都附出处，点一下就能看原文。想知道有哪些文档，就问“有哪些文档”。",
        "Ask in your own words: for a figure, a date, the steps, a reason, how two things differ, or what a "
        "document says; "
        "you can also follow up. I answer from the documents here, and each sentence names its source. To see "
        "which there "
        "are, ask “which documents are there”.",
    ),
    "turn.upload": (
        "打開「文件」頁，把檔案或資料夾拖進去，或按「上傳檔案」。PDF、Word、PowerPoint、Excel、EPUB、ODT、網頁、"
        "郵件、CSV、純文字等都能讀；"
        "收錄完成就能提問。不要的文件，也在那一頁刪除。",
        "打开“文档”页，把文件或文件夹拖进去，或点“上传文件”。PDF、Word、PowerPoint、Excel、EPUB、ODT、网页、邮件、"
        "CSV、纯文本等都能读；"
        "收录完成就能提问。不要的文档，也在那一页删除。",
        "Open the “Documents” page and drop files or folders there, or press “Upload files”. PDF, Word, "
        "PowerPoint, Excel, "
        "EPUB, ODT, web pages, mail, CSV and plain text can be read. Ask as soon as they are indexed; delete them "
        "there too.",
    ),
    "turn.upload.closed": (
        "這裡的文件由管理的人收錄，不能自行上傳。想加入文件，請找管理這個網站的人。",
        "这里的文档由管理的人收录，不能自行上传。想加入文档，请找管理这个网站的人。",
        "The documents here are chosen by whoever runs this site, so nothing can be uploaded. Please ask them to "
        "add yours.",
    ),
    "turn.documents": (
        "目前收錄了 {count} 份文件：",
        "目前收录了 {count} 份文档：",
        "Documents indexed so far: {count}.",
    ),
    "turn.documents.more": (
        "其餘 {count} 份，請看「文件」頁。",
        "其余 {count} 份，请看“文档”页。",
        "The other {count} are listed on the “Documents” page.",
    ),
    "turn.documents.none": (
        "目前還沒有文件。到「文件」頁上傳，收錄完成就能提問。",
        "目前还没有文档。到“文档”页上传，收录完成就能提问。",
        "There are no documents yet. Upload some on the “Documents” page, then ask.",
    ),
    "turn.declined.nonsense": (
        "我看不出這是在問什麼。我能從收錄的文件裡找答案，也能列出一份文件的大綱；請換個說法再問一次。",
        "我看不出这是在问什么。我能从收录的文档里找答案，也能列出一份文档的大纲；请换个说法再问一次。",
        "I cannot tell what is asked. I can find answers in the documents here or outline one of them; please say "
        "it in "
        "other words.",
    ),
    "turn.declined.sum": (
        "單純的算術我不做，我只回答收錄的文件裡有的事。文件裡的數字，連同表格的合計與比較，都可以問我。",
        "单纯的算术我不做，我只回答收录的文档里有的事。文档里的数字，连同表格的合计与比较，都可以问我。",
        "I do not do plain arithmetic; I answer from the documents here. Ask me for figures in them, also for the "
        "sum of a "
        "table's column or how two values compare.",
    ),
    "turn.declined.task": (
        "寫作、翻譯和閒聊我做不來，我只從收錄的文件裡找答案，並附上出處。想查文件裡的什麼，直接問就好。",
        "写作、翻译和闲聊我做不来，我只从收录的文档里找答案，并附上出处。想查文档里的什么，直接问就好。",
        "Writing, translating and small talk are beyond me; I find answers in the documents here and name their "
        "source. "
        "Just ask what you want to look up.",
    ),
    "turn.declined.now": (
        "現在的日期、時間和天氣我看不到，我只知道收錄的文件裡寫了什麼。想查文件裡的什麼，直接問就好。",
        "现在的日期、时间和天气我看不到，我只知道收录的文档里写了什么。想查文档里的什么，直接问就好。",
        "I cannot see today's date, the time or the weather; I only know what the documents here say. Just ask "
        "what you "
        "want to look up.",
    ),
    "turn.declined.wrong": (
        "可能是我找錯了地方。請換個說法，或加上文件的名稱、裡面的用詞，我再找一次。",
        "可能是我找错了地方。请换个说法，或加上文档的名称、里面的用词，我再找一次。",
        "I may have looked in the wrong place. Please say it in other words, or name the document or a word in it, "
        "and I "
        "will look again.",
    ),
}
"""Key → its sentence in the three languages of the catalogue."""
