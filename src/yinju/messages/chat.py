"""The chat: what asks for a question, what stands around an answer, and what can be done with it."""

SENTENCES = {
    "chat.placeholder": ("輸入問題，按 Enter 送出", "输入问题，按 Enter 发送", "Ask in Chinese; Enter sends"),
    "chat.welcome": (
        "想知道什麼？問問這些文件。", "想知道什么？问问这些文件。",
        "What would you like to know from these documents?",
    ),
    "chat.ask": ("送出", "发送", "Send"),
    "chat.broken": (
        "剛才出了點問題，沒能回答。請再問一次；若一直如此，請看引據的執行紀錄。",
        "刚才出了点问题，没能回答。请再问一次；若一直如此，请看引据的运行记录。",
        "Something went wrong and there is no answer. Please ask again; if it persists, see Yinju's log.",
    ),
    "chat.guide": (
        "看這份文件的重點、大綱和可以問的問題", "看这份文档的重点、大纲和可以问的问题",
        "See its key points, its outline and questions to ask",
    ),
    "chat.stop": ("停止", "停止", "Stop"),
    "chat.reading": ("正在讀這些段落：", "正在读这些段落：", "Reading these passages:"),
    "chat.had_read": ("讀過的段落：", "读过的段落：", "The passages read:"),
    "chat.unsupported": ("來源未能證實", "来源未能证实", "not confirmed by the source"),
    "chat.unsupported_title": (
        "這句話請自行核對：{reason}。", "这句话请自行核对：{reason}。",
        "Please check this sentence yourself: {reason}.",
    ),
    "disagreement.unfound": ("文件裡沒有找到這個說法", "文件里没有找到这个说法", "the documents say nothing like it"),
    "disagreement.unchecked": (
        "這句話沒有說完，還沒核對", "这句话没有说完，还没核对",
        "it broke off before it could be checked",
    ),
    "disagreement.number": ("數字和出處對不上", "数字和出处对不上", "a number differs from the source"),
    "disagreement.date": ("日期和出處對不上", "日期和出处对不上", "a date differs from the source"),
    "disagreement.unit": ("單位和出處對不上", "单位和出处对不上", "a unit differs from the source"),
    "disagreement.negation": ("肯定或否定和出處相反", "肯定或否定和出处相反", "the source says the opposite"),
    "disagreement.name": ("名稱和出處對不上", "名称和出处对不上", "a name differs from the source"),
    "chat.unfinished": ("回答未完成", "回答未完成", "Unfinished answer"),
    "chat.not_used": ("模型的回答，未採用", "模型的回答，未采用", "The model's answer, not used"),
    "chat.stopped": ("已停止", "已停止", "Stopped"),
    "chat.retry": ("重試", "重试", "Try again"),
    "chat.undo": ("按原句重問", "按原句重问", "Ask exactly as typed"),
    "chat.unsaved": (
        "歷史未保存：寫不進紀錄檔，這段對話關閉後無法重新打開。請看引據的執行紀錄。",
        "历史未保存：写不进记录文件，这段对话关闭后无法重新打开。请看引据的运行记录。",
        "History not saved: its file cannot be written, so a closed chat cannot be reopened. See Yinju's log.",
    ),
    "chat.no_chat": (
        "找不到這段對話，已開始新的對話。", "找不到这段对话，已开始新的对话。",
        "There is no such chat; this is a new one.",
    ),
    "chat.unreadable_chat": (
        "對話紀錄讀取失敗，已開始新的對話。請看引據的執行紀錄。",
        "对话记录读取失败，已开始新的对话。请看引据的运行记录。",
        "The chat could not be read; this is a new one. See Yinju's log.",
    ),
    "chat.edit": ("編輯問題", "编辑问题", "Edit the question"),
    "chat.copy": ("複製答案與出處", "复制答案与出处", "Copy the answer with its sources"),
    "chat.copied": ("已複製", "已复制", "Copied"),
    "chat.helpful": ("有幫助", "有帮助", "Helpful"),
    "chat.unhelpful": ("沒有幫助", "没有帮助", "Not helpful"),
    "chat.again": ("重新回答", "重新回答", "Answer again"),
    "chat.next": ("接著可以問：", "接着可以问：", "You could ask next:"),
    "chat.sources": ("出處：", "出处：", "Sources:"),
}  # fmt: skip
