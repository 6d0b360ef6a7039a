"""What an answer says in Yinju's own words: verdicts, and what leads in to what was found."""

SENTENCES = {
    "near": (
        "文件沒有直接寫到這一點，最接近的是：",
        "文档没有直接写到这一点，最接近的是：",
        "The documents do not say this directly; the closest is:",
    ),
    "near.missing": (
        "文件裡沒有提到「{missing}」，最接近的是：",
        "文档里没有提到“{missing}”，最接近的是：",
        "The documents do not mention “{missing}”; the closest is:",
    ),
    "replaced": (
        "這取代了文件裡較早的寫法。",
        "这取代了文档里较早的写法。",
        "This takes the place of what was written before.",
    ),
    "nothing": (
        "文件裡沒有找到這個問題的答案。",
        "文档里没有找到这个问题的答案。",
        "The documents do not answer this question.",
    ),
    "nothing.missing": (
        "文件裡沒有找到答案，也沒有提到「{missing}」。",
        "文档里没有找到答案，也没有提到“{missing}”。",
        "The documents do not answer this question and do not mention “{missing}”.",
    ),
}
