"""Replies to the parts of one question made one: markers go on, each part begins a line, the best verdict counts."""

from yinju.answering.reply import Reply, joined
from yinju.messages import language_of
from yinju.types import Citation, Statement, Verdict


def cited(marker: int, document: str) -> Citation:
    return Citation(marker, document, document, "", None, 0, 2, "甲。", "甲。")


ONE = Reply(Verdict.ANSWERED, (Statement("甲。", (1,)), Statement("乙。", (2,))), (cited(1, "a"), cited(2, "b")), 0.7)
TWO = Reply(
    Verdict.NEAR, (Statement("沒有。", ()), Statement("丙。", (1,), new_line=True)), (cited(1, "c"),), 0.3, ("丁",)
)


def test_markers_go_on_over_the_parts() -> None:
    reply = joined([ONE, TWO])
    assert [statement.markers for statement in reply.statements] == [(1,), (2,), (), (3,)]
    assert [(citation.marker, citation.document) for citation in reply.citations] == [(1, "a"), (2, "b"), (3, "c")]


def test_each_part_begins_a_line() -> None:
    assert [statement.new_line for statement in joined([ONE, TWO]).statements] == [True, False, True, True]


def test_the_best_verdict_counts_and_nothing_is_lost() -> None:
    nothing = Reply(Verdict.NOTHING, (Statement("無。", ()),), (), 0.1, ("戊",), ("問？",))
    for parts in ([ONE, TWO, nothing], [nothing, TWO, ONE]):
        reply = joined(parts)
        assert (reply.verdict, reply.confidence) == (Verdict.ANSWERED, 0.7)
        assert set(reply.missing) == {"丁", "戊"} and reply.options == ("問？",)
    assert joined([nothing, TWO]).verdict is Verdict.NEAR


def test_one_part_is_left_as_it_is() -> None:
    assert joined([TWO]) is TWO


def test_the_language_is_the_asker_s() -> None:
    assert [language_of(q) for q in ("how much?", "多少钱", "多少錢", "iPhone 手冊", "12?")] == [
        "en", "zh-Hans", "zh-Hant", "zh-Hant", "zh-Hant",
    ]  # fmt: skip


def test_what_two_parts_say_is_said_once() -> None:
    again = Reply(Verdict.ANSWERED, (Statement("乙。", (1,)),), (cited(1, "b"),), 0.9)
    reply = joined([ONE, again, TWO])
    assert [statement.text for statement in reply.statements] == ["甲。", "乙。", "沒有。", "丙。"]
    assert reply.confidence == 0.9
    assert joined([ONE, again]) is ONE


def test_of_a_later_part_only_what_is_new_is_said() -> None:
    later = Reply(
        Verdict.ANSWERED, (Statement("乙。", (1,)), Statement("己。", (2,))), (cited(1, "b"), cited(2, "d")), 0.9
    )
    row = Statement("價：甲", (1,), row=(("價", "甲"), ("量", "乙")))
    reply = joined([ONE, later, Reply(Verdict.ANSWERED, (row,), (cited(1, "e"),), 0.5)])
    assert [(s.text, s.markers) for s in reply.statements] == [("甲。", (1,)), ("乙。", (2,)), ("己。", (3,))]
    assert [citation.document for citation in reply.citations] == ["a", "b", "d"]


def test_an_opening_is_not_said_without_what_it_opens() -> None:
    near = Reply(Verdict.NEAR, (Statement("最接近的是：", ()), Statement("甲。", (1,))), (cited(1, "a"),), 0.3)
    assert joined([ONE, near]) is ONE
