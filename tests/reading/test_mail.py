"""eml: headers, bodies in any encoding, attachments and attached mails."""

from email.message import EmailMessage

import pytest

from yinju.reading import read_document


def mail(subject: str = "特休通知", body: str = "各位同仁：\n滿一年七天。") -> EmailMessage:
    """A mail with the usual headers."""
    made = EmailMessage()
    made["Subject"] = subject
    made["From"] = "人事部 <hr@example.org>"
    made["To"] = "all@example.org"
    made["Date"] = "Mon, 01 Jan 2024 09:00:00 +0800"
    made.set_content(body)
    return made


def test_headers_and_body_are_lines_and_the_subject_is_the_title() -> None:
    document = read_document(mail("𠮷野家").as_bytes(), "a.eml")
    assert document.text.split("\n") == [
        "主旨：𠮷野家",
        "寄件人：人事部 <hr@example.org>",
        "收件人：all@example.org",
        "日期：Mon, 01 Jan 2024 09:00:00 +0800",
        "各位同仁：",
        "滿一年七天。",
    ]
    assert (document.title, document.format) == ("𠮷野家", "eml")


FROM = b"From 1275267068816858875@xxx Wed Jul 16 06:24:10 +0000 2008\r\nX-GM-THRID: 1274781836420152463\r\nX-Empty:\r\n"


@pytest.mark.parametrize("name", ["a.eml", "a.mbox", "a"])
@pytest.mark.parametrize("before", [FROM, FROM.replace(b"From", b">From", 1), b"\r\n" + FROM, FROM[63:]])
def test_a_mail_out_of_a_mailbox_is_one(name: str, before: bytes) -> None:
    document = read_document(before + mail().as_bytes(), name)
    assert document.text.split("\n")[0] == "主旨：特休通知" and document.text.endswith("滿一年七天。")
    assert (document.title, document.format) == ("特休通知", "eml")


def test_each_mail_of_a_mailbox_stands_below_its_subject() -> None:
    second = mail("第二封", "前言。\n\n>From 台北出發。\n>>From 甲\n")
    second.add_attachment("# 章\n\n內文。".encode(), maintype="application", subtype="x", filename="手冊.md")
    third = mail("", "From 這裡開始。")
    boxed = b"\n".join(FROM + one.as_bytes() + b"\n" for one in (mail(), second, third))
    document = read_document(boxed, "信.mbox")
    assert [section.headings for section in document.sections] == [
        ("特休通知",),
        ("第二封",),
        ("第二封", "手冊.md"),
        ("第二封", "手冊.md", "章"),
        ("（無主旨）",),
    ]
    assert "\nFrom 台北出發。\n>From 甲\n" in document.text and document.text.endswith("From 這裡開始。")
    assert document.title == "信"


def test_a_text_that_begins_with_from_is_none() -> None:
    for text in ("From the beginning: all.\n甲: 乙\n", "From: 甲\n\n乙"):
        assert read_document(text.encode(), "a.txt").format == "text"


@pytest.mark.parametrize("actual", ["gb18030", "big5", "utf-8"])
@pytest.mark.parametrize("stated", ["gb2312", "big5", "utf-8", "us-ascii", "no-such"])
def test_a_body_is_decoded_whatever_its_charset_says(actual: str, stated: str) -> None:
    text = "請假要先在系統填寫申請單，再由主管核准。"
    head = f"From: a@example.org\r\nSubject: x\r\nContent-Type: text/plain; charset={stated}\r\n\r\n"
    assert text in read_document(head.encode() + text.encode(actual), "a.eml").text


@pytest.mark.parametrize(
    "subject",
    [
        b"=?gbk?B?" + __import__("base64").b64encode("请假通知".encode("gbk")) + b"?=",
        b"=?utf-8?B?" + __import__("base64").b64encode("请假通知".encode("gbk")) + b"?=",
        "请假通知".encode(),
    ],
)
def test_a_subject_is_decoded(subject: bytes) -> None:
    document = read_document(b"From: a@example.org\r\nSubject: " + subject + b"\r\n\r\nx", "a.eml")
    assert document.title == "请假通知"


def test_html_is_the_body_only_without_a_plain_part() -> None:
    made = mail()
    made.add_alternative("<html><p>網頁版</p></html>", subtype="html")
    assert "網頁版" not in read_document(made.as_bytes(), "a.eml").text
    made = mail()
    made.set_content("<html><h1>題</h1><p>網頁版</p></html>", subtype="html")
    document = read_document(made.as_bytes(), "a.eml")
    assert document.text.endswith("題\n網頁版") and document.sections[-1].headings == ("題",)


def test_attachments_stand_below_their_names_and_unreadable_ones_are_named() -> None:
    made = mail()
    made.add_attachment("# 章\n\n內文。".encode(), maintype="application", subtype="x", filename="手冊.md")
    made.add_attachment(b"\x89PNG\r\n\x1a\n", maintype="image", subtype="png", filename="圖.png")
    document = read_document(made.as_bytes(), "a.eml")
    last = document.sections[-1]
    assert (last.headings, document.text[last.start : last.end].strip()) == (("手冊.md", "章"), "內文。")
    assert "圖.png" in document.message


def test_a_warning_names_the_attachment_that_it_is_about() -> None:
    made = mail()
    bad = "清楚的文字。".encode() * 10 + b"\xff"
    made.add_attachment(bad, maintype="application", subtype="x", filename="壞.txt")
    assert [reason.facts.get("inside") for reason in read_document(made.as_bytes(), "a.eml").reasons] == ["壞.txt"]


def test_halves_of_characters_in_names_are_replaced() -> None:
    data = (
        b"From: a@example.org\r\nTo: b@example.org\r\nSubject: =?utf-7?Q?x+2AA-y?=\r\nContent-Type: multipart/mixed; "
        b"boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\nContent-Disposition: attachment; "
        b"filename*=utf-7''+2AA-.txt\r\n\r\nhello\r\n--b--\r\n"
    )
    document = read_document(data, "a.eml")
    assert (document.title, document.sections[-1].headings) == ("x\ufffdy", ("\ufffd.txt",))


def test_attached_mails_are_read_five_deep() -> None:
    made = mail("最內", "深處。")
    for depth in range(6):
        outer = mail(f"外{depth}")
        outer.add_attachment(made)
        made = outer
        document = read_document(made.as_bytes(), "a.eml")
        assert ("深處。" in document.text) == (depth < 5)


@pytest.mark.parametrize("cut", [40, 120, 200, 300, 400])
def test_a_truncated_mail_gives_what_is_left(cut: int) -> None:
    made = mail()
    made.add_attachment(b"abc" * 50, maintype="application", subtype="x", filename="a.txt")
    assert "主旨" in read_document(made.as_bytes()[:cut], "a.eml").text


def test_parts_nested_without_end_do_not_crash() -> None:
    data = b"From: a@example.org\r\nSubject: x\r\n"
    for depth in range(3000):
        data += b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (depth, depth)
    try:
        read_document(data + b"\r\nx", "a.eml")
    except Exception as error:
        assert type(error).__name__ == "ReadingError"
