"""What is said around a question is not searched, and what only looks so stays."""

import pytest

from yinju.courtesies import without_courtesies
from yinju.folding import fold
from yinju.text import content_tokens, without_courtesy

LEFT = """
大佬，麻烦问一下微信怎么申请=微信怎么申请|想請問一下押金多少=押金多少|各位您好 請問營業時間=营业时间
老師，請問請假怎麼辦=请假怎么办|您好 想先試一次 可以待多久=想先试一次 可以待多久|退款多久到账 急=退款多久到账
露营要带什么，谢谢大家=露营要带什么|嗨 門票多少錢 thx=门票多少钱|退款多久到账，在线等，急急急！！=退款多久到账
不好意思打扰一下，押金退不退=押金退不退|帮我查一下订单到哪了=订单到哪了|亲，包邮吗=包邮吗
能不能帮我看看保修多久=保修多久|有人知道几点关门吗=几点关门吗|谁知道密码怎么改=密码怎么改
麻烦了，怎么改密码=怎么改密码|我也想问运费=运费|那个 我想问下发票能不能补开=发票能不能补开
请教各位，什么是私域=什么是私域|弱弱问一句可以带狗吗=可以带狗吗|求解，什么是私域？=什么是私域?
知道的人告诉一下，怎么泡茶？=怎么泡茶?|hi, how much is the ticket? thanks=how much is the ticket?
哈哈哈什么是私域=什么是私域|麻煩大家了 停車場在哪=停车场在哪
"""
STAYS = """
老师请假怎么办|客服电话多少|大家都几点下班|感谢信怎么写|急诊几点开|加急要多少钱|着急用怎么办|帮工有工资吗
问卷什么时候交|老板是谁|亲子票多少钱|小编是谁|线上等候多久|麻烦的客户要怎么处理|在下雨天能开放吗|抱歉信怎么写
小妹妹要买票吗|请教师节放假吗|history of the museum|道歉信怎么写|打扰邻居罚多少|谢谢|在吗
"""


@pytest.mark.parametrize("pair", LEFT.replace("\n", "|").strip("|").split("|"))
def test_openings_and_chatter_go(pair: str) -> None:
    asked, left = pair.split("=")
    assert without_courtesies(fold(asked)) == left


@pytest.mark.parametrize("question", STAYS.replace("\n", "|").strip("|").split("|"))
def test_what_is_part_of_the_question_stays(question: str) -> None:
    assert without_courtesies(fold(question)) == fold(question)


def test_only_the_question_is_searched() -> None:
    assert content_tokens("大佬們好，麻煩問一下押金，在線等，急") == ["押金"]


@pytest.mark.parametrize(
    ("asked", "left"),
    [
        ("你好，請問年假幾天", "年假幾天"),
        ("嗨請問幾點開門", "幾點開門"),
        ("您好 試用期多久 謝謝", "試用期多久"),
        ("幾點開門？謝謝！", "幾點開門？"),
        ("hi, what is the fee? thanks", "what is the fee?"),
        ("大佬們，麻煩問一下押金多少？在線等，急", "押金多少？"),
        ("謝謝卡怎麼寫", "謝謝卡怎麼寫"),
        ("早安會幾點開始", "早安會幾點開始"),
        ("謝謝", "謝謝"),
        ("", ""),
    ],
)
def test_a_question_is_asked_without_its_courtesy(asked: str, left: str) -> None:
    assert without_courtesy(asked) == left
