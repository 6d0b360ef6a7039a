"""The words of turns that are no questions → a turn spelled by what each of its words is, one letter a word.

「你會做什麼」 is YCDW, 「hi there」 is g. A turn that holds any other word is not spelled: it speaks of something.
"""

import re

from yinju.folding import fold

LONGEST = 60
"""Characters of a turn that is spelled."""

_WORDS = {
    "g": """
        你好 你号 泥好 泥嚎 你们好 大家好 各位好 老师好 哈喽 哈啰 哈罗 嗨 嘿 喂 安安 早安 早 早上好 上午好 中午好
        午安 下午好 晚上好 在吗 在么 在嘛 在不在 有人吗 有人在吗 好久不见 初次见面 打扰了 打扰一下 你好吗 最近好吗
        吃饭了吗 吃了吗 很高兴认识你 hello helo hellow hallo hi hey hiya yo morning goodmorning goodafternoon
        goodevening goodday greetings howareyou nicetomeetyou areyouthere""",
    "t": """
        谢谢 谢 谢了 谢啦 射射 蟹蟹 谢些 多谢 感谢 感恩 感激不尽 辛苦 帮了大忙 帮大忙 帮了我大忙 帮到我 帮上忙 有帮助
        麻烦你 3q 3x thx thanks thank thankyou thanku thankx thanx ty tks cheers muchappreciated appreciated
        appreciateit""",
    "p": """
        棒 厉害 牛 好用 不错 赞 聪明 完美 优秀 好厉害 真好 太好了 好极了 有用 great nice awesome perfect cool good
        goodjob goodbot welldone excellent amazing wonderful""",
    "n": """
        好的 好吧 好滴 好啊 好 ok okay okok 知道了 我知道 知道 明白 了解 收到 懂 懂了 原来如此 原来是这样 没问题
        可以了 行 对 对的 是的 没有 没事 不用 嗯好 嗯嗯好 gotit isee sure alright understood yes no fine right""",
    "f": """
        再见 再会 拜 掰 晚安 回头见 下次见 改天见 明天见 改天聊 改天再聊 下次再来 下次再聊 下次再问 先这样 就这样
        先到这 先到这里 到此为止 先走 我走 先下 下班 先下班 下线 先下线 去忙 先忙 睡觉 告辞 周末愉快 88 886 bye
        byebye goodbye goodnight seeyou seeya cya later takecare thatsall thatisall seeyoulater""",
    ".": """
        请问 想问 想问一下 问一下 我想知道 我想问 告诉我 话说 对了 请 了 啦 喇 很 非常 十分 真 真的 真是 太 超 超级
        这么 这样 那 那么 就 今天 现在 目前 想 都 到底 究竟 其实 吧 呀 啊 哦 喔 呢 哈 哟 唷 噢 耶 咯 啰 嘛 吗 么 的
        一下 又 再 还 给 让 也 到 亲爱的 亲 朋友 小助手 助手 助理 耐心 先 嗯 唔 解答 回复 指教 要 个 些 样 一个 几个
        主要 一共 总共 已经 各位 大家 不好意思 so very much alot forthe foryour again and or my friend dear everyone
        all the a an to please actually am today of any""",
    "I": "我 我们 i me",
    "Y": "你 自我 你们 引据 yinju you your",
    "S": "网站 系统 平台 工具 网页 软件 程序 程式 app 页面 地方 site website tool page",
    "P": "这里 这边 里面 里 库 资料库 数据库 知识库 文件库 手上 手边 手头 here there library in",
    "T": "这 这个 这些 it this",
    "W": "什么 啥 哪些 哪个 哪种 哪几种 什么样 甚么 what whats which",
    "H": "怎么 怎么样 如何 怎样 咋 咋样 该怎么 要怎么 how",
    "Q": "谁 睡 哪位 何方神圣 哪家公司 who whos",
    "K": "多少 几 几份 几个 多少份 多少个 哪几份 howmany",
    "G": "哪里 哪儿 在哪 在哪里 从哪里 从哪 到哪里 去哪里 where",
    "B": "是 叫 叫做 是不是 算是 算不算 还是 或 is are",
    "R": """
        真人 人 人类 活人 机器人 真的人 ai 人工智能 人工智慧 chatgpt gpt 客服 电脑 模型 语言模型 大模型 person human
        bot robot real machine""",
    "J": "名字 称呼 介绍 自己 几岁 多大 name introduce yourself old",
    "Z": "开发 创造 设计 训练 制作 写 made make created built trained",
    "C": "能 会 可以 可 能够 能不能 可不可以 会不会 支持 支援 can could may should",
    "D": "做 干 帮 帮忙 帮助 协助 回答 提供 教 干嘛 help answer do does",
    "U": "用 使用 操作 玩 问 提问 发问 开始 查 查询 use using work ask start begin",
    "E": """
        事 事情 问题 忙 功能 东西 用处 用途 能力 教学 教程 feature features function functions question questions
        something""",
    "V": "有 包括 包含 have got has",
    "A": """
        收 收录 收了 收录了 收集 收集了 存 存了 放 放了 装了 读 读了 读过 看了 看过 学了 学过 上传了 导入了 录入了
        收着 能查 可以查 可查 查得到 能看 能问 可以问 indexed loaded uploaded available read know""",
    "X": "添加 加 加入 新增 增加 导入 汇入 放 放进来 放进去 传 更新 删除 删掉 移除 进来 进去 add import delete remove",
    "x": "上传 上载 传上来 传上去 上传到 upload",
    "F": """
        文件 档案 文档 资料 附件 pdf word excel ppt 新文件 新资料 新的 别的 自己的 我的 更多 这些 file files document
        documents doc docs own new pdfs""",
    "L": "列 列出 列出来 列一下 显示 看 看一下 看看 查看 给我看 list show",
    "M": "清单 列表 目录 一览 名单 所有 全部",
    "O": "格式 类型 种类 format formats type types",
}  # fmt: skip
"""Letter → words, folded and without spaces. Small talk: g greets, t thanks, p praises, n takes note, f takes leave;
a dot stands between them. Others: I, you, the site, its place (P), this, what, how, who (Q), how many (K), where (G),
is (B), a person or a program (R), a name (J), made (Z), can, do, use, a thing (E), have (V), collected (A), add (X),
upload (x), files, list, a list (M), a format (O)."""

_LETTERS = {word: letter for letter, words in _WORDS.items() for word in words.split()}
_MOST = max(map(len, _LETTERS))
_STRETCHED = re.compile(r"([a-z~])\1{2,}")
_NO_WORD = re.compile(r"[\W_]+")
"""Marks, spaces and pictures."""


def plain(text: str) -> str:
    """A turn folded, without marks, spaces and pictures, the polite you as the plain one."""
    return _NO_WORD.sub("", _STRETCHED.sub(r"\1", re.sub("[您妳]", "你", fold(text))))


def spelled(said: str) -> str:
    """The letters of a turn, as `plain` gives it, read as the fewest words it can be, the first of them the longest.

    Empty where it holds other words.
    """
    if not 0 < len(said) <= LONGEST:
        return ""
    read: list[str | None] = ["", *[None] * len(said)]
    for place, before in enumerate(read):
        if before is None:
            continue
        for end in range(place + 1, min(len(said), place + _MOST) + 1):
            letter, known = _LETTERS.get(said[place:end]), read[end]
            if letter and (known is None or len(before) + 1 <= len(known)):
                read[end] = before + letter
    return read[-1] or ""
