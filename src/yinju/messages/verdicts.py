"""What stands around an answer, wherever it is read: what it is worth, and what else there is."""

SENTENCES = {
    "verdict.answered": ("文件裡有答案", "文档里有答案", "Answered from the documents"),
    "verdict.nothing": ("文件裡沒有答案", "文档里没有答案", "Not answered by the documents"),
    "verdict.near": ("不是直接的答案", "不是直接的答案", "Not a direct answer"),
    "verdict.missing": (
        "文件裡沒有提到：{missing}", "文档里没有提到：{missing}", "Not mentioned in the documents: {missing}"
    ),
    "nearest": ("最接近的段落（{count}）", "最接近的段落（{count}）", "The closest passages ({count})"),
    "options": ("你是想問：", "你是想问：", "Did you mean:"),
    "comma": ("、", "、", ", "),
}  # fmt: skip
