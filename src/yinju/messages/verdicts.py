"""What stands around an answer, wherever it is read: what it is worth, and what else there is."""

SENTENCES = {
    "verdict.growing": ("逐句核對中", "逐句核对中", "Checking sentence by sentence"),
    "verdict.answered": ("文件裡有答案", "文档里有答案", "The documents answer this"),
    "verdict.near": ("不是直接的答案", "不是直接的答案", "Not a direct answer"),
    "verdict.nothing": ("文件裡沒有答案", "文档里没有答案", "The documents do not answer this"),
    "verdict.missing": (
        "文件裡沒有提到：{missing}", "文档里没有提到：{missing}", "Not mentioned in the documents: {missing}"
    ),
    "verdict.lacks": ("文件裡沒有提到", "文档里没有提到", "Not mentioned in the documents"),
    "nearest": ("最接近的段落（{count}）", "最接近的段落（{count}）", "The closest passages ({count})"),
    "options": ("你是想問：", "你是想问：", "Did you mean:"),
    "comma": ("、", "、", ", "),
}  # fmt: skip
