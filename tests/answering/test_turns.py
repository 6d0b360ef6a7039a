"""Turns: what is small talk, what asks about Yinju, what is declined, and what stays a question."""

from dataclasses import replace

import pytest

from yinju.answering import turns as turns_module
from yinju.answering.declined import why_declined
from yinju.answering.turns import TurnKind, reply_to_turn, turn_of
from yinju.messages import LANGUAGES
from yinju.protocols import Encoder
from yinju.retrieval import Retriever
from yinju.settings import Settings
from yinju.store.protocol import Snapshot
from yinju.store.scoped import ScopedSnapshot
from yinju.types import Scope, Verdict

TURNS = {
    TurnKind.GREETING: """
        你好|您好|妳好啊～|嗨|嗨嗨！|哈囉|哈囉你好|哈喽|大家好|早|早安☀️|早上好呀|午安|晚上好|在嗎？|在吗|
        有人在嗎|你們好|泥好|好久不見|hello|Hi there!|hey|good morning|Good evening, everyone|helloooo|引據你好|
        小助手你好|安安|喂""",
    TurnKind.THANKS: """
        謝謝|谢谢你！|多謝 幫了大忙|太感谢了！|感恩|辛苦了|好的，謝謝|知道了，谢谢啦|非常感謝你的解答|thx|
        Thank you so much|thanks a lot|3Q|蟹蟹|真的很有幫助|太棒了|你好厲害|真不錯|great, thanks|OK|好的|了解|
        收到|明白了|原來如此|嗯，好|got it|谢谢 再问一下""",
    TurnKind.FAREWELL: """
        再見|拜拜|掰掰囉|bye|Goodbye!|see you later|晚安|辛苦了 今天先這樣|謝謝，再見|先这样吧|好的 那就這樣 掰|
        我先下班了|下次再聊|88|good night""",
    TurnKind.WHO: """
        你是誰|您是？谁|你是谁啊|你到底是誰|你叫什麼名字|怎麼稱呼你|你是AI还是真人|你是機器人嗎|你是不是真人|
        你是ChatGPT嗎|請問你是真人客服嗎|介紹一下你自己|自我介紹一下|你是什麼|誰開發的你|你是谁做的|你是什么模型|
        你用什麼模型|你幾歲|你好，你是誰|who are you|What are you?|are you human|Are you an AI or a human?|
        what's your name|who made you|你是睡""",
    TurnKind.HELP: """
        你能做什麼|你会做什么|你會幹嘛|你可以幫我做什麼|你能回答什么问题|你有什麼功能|你有什麼用|
        這是什麼網站 怎麼用|这个系统怎么用|這個網站是做什麼的|怎麼用你|請問要怎麼使用這個系統|我可以問你什麼|
        可以问什么|我該怎麼問|怎麼用|這是什麼|help|帮助|可以幫我嗎|你能帮帮我吗|我有問題想問|可以問你一個問題嗎|
        what can you do|What can I ask you?|how do I use this|how does this work|can you help me|哈囉 你會做什麼|
        這個怎麼用""",
    TurnKind.UPLOAD: """
        怎麼上傳文件|如何上传资料|怎么上传pdf|檔案要從哪裡上傳|文件怎么放进来|可以上傳自己的文件嗎|我要上傳檔案|
        可以加文件吗|支援哪些格式|支持什么文件格式|你能讀哪些格式的檔案|怎麼上傳|文件在哪裡上傳|上傳文件|
        怎么删除文件|how do I upload a file|can I upload my own documents|upload|怎麼新增資料|能上传word吗""",
    TurnKind.DOCUMENTS: """
        有哪些文件|目前收了哪些资料|你有哪些資料|现在有几份文件|這裡有什麼文件|收錄了哪些文件|你讀過哪些文件|
        資料庫裡有什麼|列出所有文件|文件清單|给我看文件列表|有什么资料可以查|文件有哪些|你們有多少份文件|
        知識庫裡有哪些資料|which documents do you have|What files are in the library?|list all documents|
        show me the documents|how many documents are there|你好，請問有哪些文件""",
    TurnKind.DECLINED: """
        asdfgh|qwerty|jkljkl|？？？|。。。|嗯嗯|哈哈哈|啊啊啊|😀😀|aaaa|test|測試一下|sdfghjkl|1+1|1+1等於多少|
        1234乘以5678等於多少|三加五是多少|計算 25*4|100-30=?|what is 12 times 12|9的平方是多少|帮我算一下 300÷7|
        幫我寫一封辭職信|帮我写首诗|寫一篇關於春天的作文|講個笑話|讲个冷笑话来听听|說個故事吧|唱首歌|翻譯成英文|
        幫我把這段話翻譯成日文|翻译一下|tell me a joke|write me a poem about cats|Translate this into French|
        陪我聊天|好無聊|我愛你|推薦一部電影|現在幾點|今天星期幾|今天天气怎么样|明天會下雨嗎|what time is it|
        你答錯了|不對|乱说|that's wrong|帮我画一张图|写一段Python代码""",
    TurnKind.QUESTION: """
        你好，請問年假幾天|您好 想問一下試用期多久|謝謝卡怎麼寫|謝師宴在哪一天|早安會幾點開始|晚安曲什麼時候播|
        早上幾點開門|文件名稱怎麼命名|請假要附哪些文件|需要哪些資料|報名要準備什麼文件|發票怎麼上傳|
        照片要上傳到哪裡|請假單怎麼用|咖啡機怎麼用|微信怎麼用|系統有哪些錯誤碼|系统管理员是谁|辭職信怎麼寫|
        辞职要写什么|翻譯費怎麼算|翻譯社的電話|英文名稱是什麼|1+1方案多少錢|3+2郎是什麼|2024-09-03|7-11在哪裡|
        0800-123-456|第三條|故事屋幾點開|笑話大賽怎麼報名|你們幾點關門|你們公司在哪裡|你們有哪些服務|這個可以退嗎|
        可以上傳幾張照片|檔案大小有限制嗎|備份檔怎麼還原|怎麼删除帳號|誰負責採購|誰是店長|再見面要等多久|
        好的作文怎麼寫|天氣不好會取消嗎|下雨怎麼辦|幾點|多少錢|人工客服電話幾號|機器人社在哪裡上課|AI課程多少錢|
        測試環境怎麼申請|測試多久|你好牌奶粉多少錢|感謝函的格式|拜拜用品要準備什麼|HTTP|gpt-4o多少钱|
        what is the refund policy|hello kitty展幾號開始|寫一份報告需要多久|幫我寫一份手冊的摘要|這些文件講什麼|
        總結一下家長手冊|不對稱加密是什麼|錯誤碼2041|功能比較|加入會員要多少錢|power""",
}


def turns() -> list[tuple[str, TurnKind]]:
    """Every turn with its kind."""
    return [(turn.strip(), kind) for kind, written in TURNS.items() for turn in written.split("|")]


@pytest.mark.parametrize(("turn", "kind"), turns())
def test_a_turn_is_of_its_kind(turn: str, kind: TurnKind) -> None:
    assert turn_of(turn) is kind


def test_what_was_asked_before_may_be_gone_on_with() -> None:
    """「怎麼用」 asks how to use this page where nothing was asked before, and else the thing that was asked about."""
    assert turn_of("怎麼上傳", [("發票怎麼報銷", "貼在單子上。")]) is TurnKind.QUESTION
    assert turn_of("怎麼用", [("除濕機多少錢", "三千元。")]) is TurnKind.QUESTION
    assert turn_of("怎麼用", [("你好", "你好。")]) is TurnKind.HELP
    assert turn_of("怎麼上傳文件", [("發票怎麼報銷", "貼在單子上。")]) is TurnKind.UPLOAD


@pytest.mark.parametrize(
    ("turn", "why"),
    [
        ("zxcvbn", "nonsense"),
        ("12 × 3 = ?", "sum"),
        ("三千除以五", "sum"),
        ("替我擬一份演講稿", "task"),
        ("明天天氣如何", "now"),
        ("你又答錯了！", "wrong"),
        ("2025/3/4", None),
        ("3-2", None),
        ("123", None),
        ("可以寫信給你們嗎", None),
        ("幫我寫一份重點", None),
        ("tower", None),
    ],
)
def test_why_a_turn_is_declined(turn: str, why: str | None) -> None:
    assert why_declined(turn) == why


@pytest.fixture(scope="module")
def retriever(generation: Snapshot, real_encoder: Encoder) -> Retriever:
    """Over three documents about cats, dogs and tea."""
    return Retriever(generation, real_encoder, Settings())


def test_every_kind_has_a_reply_in_three_languages(retriever: Retriever) -> None:
    for turn, kind in turns():
        if kind is not TurnKind.QUESTION:
            replies = [reply_to_turn(kind, turn, retriever, language) for language in LANGUAGES]
            assert len({reply.statements[0].text for reply in replies}) == 3, turn
            for reply in replies:
                assert (reply.verdict is Verdict.NOTHING) == (kind is TurnKind.DECLINED)
                assert not reply.citations
                assert "{" not in reply.statements[0].text


def test_a_greeting_is_returned_as_it_was_given(retriever: Retriever) -> None:
    said = [reply_to_turn(turn_of(one), one, retriever, "zh-Hant").statements[0].text for one in ("早安", "嗨", "晚安")]
    assert [text[:2] for text in said] == ["早安", "你好", "晚安"]


def test_thanks_and_praise_are_answered_each_in_its_way(retriever: Retriever) -> None:
    said = [
        reply_to_turn(TurnKind.THANKS, one, retriever, "zh-Hans").statements[0].text
        for one in ("谢谢", "太棒了", "好的")
    ]
    assert [text[:2] for text in said] == ["不客", "谢谢", "好的"]


def test_the_documents_are_counted_and_named(retriever: Retriever) -> None:
    reply = reply_to_turn(TurnKind.DOCUMENTS, "有哪些文件", retriever, "zh-Hant")
    lines = [statement.text for statement in reply.statements]
    assert lines == ["目前收錄了 3 份文件：", "1. 狗", "2. 茶", "3. 貓的照顧"]
    assert [statement.new_line for statement in reply.statements] == [False, True, True, True]


def test_the_documents_of_a_scope_alone_are_named(retriever: Retriever) -> None:
    scoped = replace(retriever, generation=ScopedSnapshot(retriever.generation, Scope(frozenset({"茶.txt"}))))
    reply = reply_to_turn(TurnKind.DOCUMENTS, "有哪些文件", scoped, "en")
    assert [statement.text for statement in reply.statements] == ["Documents indexed so far: 1.", "1. 茶"]


def test_of_many_documents_the_rest_is_counted(retriever: Retriever, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns_module, "LISTED", 2)
    reply = reply_to_turn(TurnKind.DOCUMENTS, "有哪些文件", retriever, "zh-Hant")
    assert reply.statements[-1].text == "其餘 1 份，請看「文件」頁。"


def test_where_nothing_may_be_uploaded_that_is_said(retriever: Retriever) -> None:
    closed = replace(retriever, settings=Settings(read_only=True))
    said = reply_to_turn(TurnKind.UPLOAD, "怎麼上傳", closed, "zh-Hant").statements[0].text
    assert "不能自行上傳" in said
