"""Links by which others read a chat: the dialog that makes them, and the page that they open."""

SENTENCES = {
    "share.menu": ("分享…", "分享…", "Share…"),
    "share.title": ("分享這段對話", "分享这段对话", "Share this chat"),
    "share.all": ("分享的連結", "分享的链接", "Shared links"),
    "share.who": (
        "拿到連結、又能開這個文件庫的人都看得到這段對話和出處，但不能改；您的回饋和其他對話看不到。",
        "拿到链接、又能打开这个文档库的人都看得到这段对话和出处，但不能改；您的反馈和其他对话看不到。",
        "Whoever has the link and may open this library can read this chat and its sources, but change nothing; your "
        "feedback and other chats stay yours.",
    ),
    "share.days": ("有效期", "有效期", "Valid for"),
    "share.one_day": ("1 天", "1 天", "1 day"),
    "share.of_days": ("{days} 天", "{days} 天", "{days} days"),
    "share.for_good": ("不限期", "不限期", "No end"),
    "share.grows": ("之後的回答也給看", "之后的回答也给看", "Show later answers as well"),
    "share.growing": ("含之後的回答", "含之后的回答", "with later answers"),
    "share.make": ("建立連結", "创建链接", "Make a link"),
    "share.none": ("還沒有連結。", "还没有链接。", "No links yet."),
    "share.link": ("第 {number} 個連結", "第 {number} 个链接", "Link {number}"),
    "share.made": ("分享於", "分享于", "shared"),
    "share.ends": ("到期", "到期", "ends"),
    "share.copy": ("複製連結", "复制链接", "Copy link"),
    "share.revoke": ("撤銷", "撤销", "Revoke"),
    "share.too_many": (
        "分享的連結最多 {most} 個；請先撤銷不用的。",
        "分享的链接最多 {most} 个；请先撤销不用的。",
        "There can be at most {most} links; revoke some that are not needed.",
    ),
    "share.gone": (
        "沒有這個連結，或者已經撤銷、過期。",
        "没有这个链接，或者已经撤销、过期。",
        "There is no such link, or it was revoked or has ended.",
    ),
    "share.read_only": ("只能讀的對話", "只能读的对话", "A chat to be read"),
    "share.sources": ("出處", "出处", "Sources"),
    "share.print": ("列印", "打印", "Print"),
    "share.continue": ("在我的對話裡繼續", "在我的对话里继续", "Continue in a chat of my own"),
}
