"""What is said of a language model's server: of its settings, of what came instead of an answer, of what to do."""

SENTENCES: dict[str, tuple[str, str, str]] = {
    "llm.no_address": (
        "設了 {name}，但沒有設 YINJU_LLM_BASE_URL；請把它設成伺服器的位址，例如 http://127.0.0.1:11434/v1，"
        "或不用模型回答：unset {name}",
        "设了 {name}，但没有设 YINJU_LLM_BASE_URL；请把它设成服务器的地址，例如 http://127.0.0.1:11434/v1，"
        "或不用模型回答：unset {name}",
        "{name} is set but YINJU_LLM_BASE_URL is not; set that to the server's address, such as "
        "http://127.0.0.1:11434/v1, or answer without a model: unset {name}",
    ),
    "llm.key": (
        "YINJU_LLM_API_KEY 裡有空白或 ASCII 以外的字元；請只設金鑰本身，或不設：unset YINJU_LLM_API_KEY",
        "YINJU_LLM_API_KEY 里有空格或 ASCII 以外的字符；请只设密钥本身，或不设：unset YINJU_LLM_API_KEY",
        "YINJU_LLM_API_KEY holds spaces or characters outside ASCII; set it to the key alone, or unset it: "
        "unset YINJU_LLM_API_KEY",
    ),
    "llm.url": (
        "YINJU_LLM_BASE_URL={found} 不是 http 或 https 的位址；請設成 http://127.0.0.1:11434/v1 這樣的位址，"
        "或不設：unset YINJU_LLM_BASE_URL",
        "YINJU_LLM_BASE_URL={found} 不是 http 或 https 的地址；请设成 http://127.0.0.1:11434/v1 这样的地址，"
        "或不设：unset YINJU_LLM_BASE_URL",
        "YINJU_LLM_BASE_URL={found} is no http or https address; set it to an address such as "
        "http://127.0.0.1:11434/v1, or unset it: unset YINJU_LLM_BASE_URL",
    ),
    "llm.url_more": (
        "YINJU_LLM_BASE_URL={found} 比 /chat/completions 之前的部分多；請設成 http://127.0.0.1:11434/v1 這樣的位址，"
        "或不設：unset YINJU_LLM_BASE_URL",
        "YINJU_LLM_BASE_URL={found} 比 /chat/completions 之前的部分多；请设成 http://127.0.0.1:11434/v1 这样的地址，"
        "或不设：unset YINJU_LLM_BASE_URL",
        "YINJU_LLM_BASE_URL={found} holds more than what stands before /chat/completions; set it to an address such as "
        "http://127.0.0.1:11434/v1, or unset it: unset YINJU_LLM_BASE_URL",
    ),
    "llm.no_thread": (
        "這部電腦開不了新的連線：{why}；請關掉別的程式，再問一次",
        "这台电脑开不了新的连接：{why}；请关掉别的程序，再问一次",
        "this machine has no room for another connection: {why}; end other programs, then ask again",
    ),
    "llm.unused.unsupported": (
        "沒有採用語言模型的回答：它說的多半在文件裡沒有根據；請換一個模型：YINJU_LLM_MODEL",
        "没有采用语言模型的回答：它说的多半在文件里没有根据；请换一个模型：YINJU_LLM_MODEL",
        "The language model's answer is not used: the documents do not bear out most of it; take another model: "
        "YINJU_LLM_MODEL",
    ),
    "llm.unused.malformed": (
        "沒有採用語言模型的回答：它沒有說出什麼，或一再重複；請換一個模型：YINJU_LLM_MODEL",
        "没有采用语言模型的回答：它没有说出什么，或一再重复；请换一个模型：YINJU_LLM_MODEL",
        "The language model's answer is not used: it says nothing, or the same over and over; take another model: "
        "YINJU_LLM_MODEL",
    ),
    "llm.trouble": (
        "語言模型（{address}）{found}；{remedy}",
        "语言模型（{address}）{found}；{remedy}",
        "The language model ({address}) {found}; {remedy}",
    ),
    "llm.with_report": ("{found}：{report}", "{found}：{report}", "{found}: {report}"),
    "llm.proxy": (
        "要經過的代理伺服器或憑證不能用",
        "要经过的代理服务器或证书不能用",
        "cannot be asked: a proxy or a certificate on the way cannot be used",
    ),
    "llm.kind": (
        "回覆的是 {kind}，不是 text/event-stream",
        "回复的是 {kind}，不是 text/event-stream",
        "replies with {kind}, not with text/event-stream",
    ),
    "llm.packed": ("{packed} 壓縮過的 {type}", "{packed} 压缩过的 {type}", "{type} packed by {packed}"),
    "llm.key_refused": (
        "不接受這把金鑰（HTTP {status}）",
        "不接受这个密钥（HTTP {status}）",
        "does not take this key (HTTP {status})",
    ),
    "llm.key_wanted": ("要金鑰（HTTP {status}）", "要密钥（HTTP {status}）", "wants a key (HTTP {status})"),
    "llm.status": ("回覆 HTTP {status}", "回复 HTTP {status}", "replies HTTP {status}"),
    "llm.moved": (
        "要轉到別的位址（HTTP {status}），引據不跟過去",
        "要转到别的地址（HTTP {status}），引据不跟过去",
        "sends one to another address (HTTP {status}), which Yinju does not follow",
    ),
    "llm.no_connection": (
        "{seconds:g} 秒內沒有接通",
        "{seconds:g} 秒内没有接通",
        "did not take the connection within {seconds:g} s",
    ),
    "llm.unreachable": ("連不上：{why}", "连不上：{why}", "cannot be reached: {why}"),
    "llm.broken": (
        "的連線中斷，回答不完整",
        "的连接中断，回答不完整",
        "broke off, and the answer is incomplete",
    ),
    "llm.hung_up": (
        "接了連線，沒有回覆就斷了",
        "接了连接，没有回复就断了",
        "took the connection and closed it without a reply",
    ),
    "llm.no_http": ("回覆的不是 HTTP：{why}", "回复的不是 HTTP：{why}", "replies with what is no HTTP: {why}"),
    "llm.unfinished": (
        "在 {seconds:g} 秒內沒有說完",
        "在 {seconds:g} 秒内没有说完",
        "was not done within {seconds:g} s",
    ),
    "llm.unlisted": (
        "在 {seconds:g} 秒內沒有列出模型",
        "在 {seconds:g} 秒内没有列出模型",
        "did not list its models within {seconds:g} s",
    ),
    "llm.paused": (
        "說到一半，停了 {seconds:g} 秒",
        "说到一半，停了 {seconds:g} 秒",
        "paused for {seconds:g} s in the middle",
    ),
    "llm.silent": (
        "在 {seconds:g} 秒內沒有開始回答",
        "在 {seconds:g} 秒内没有开始回答",
        "did not begin to answer within {seconds:g} s",
    ),
    "llm.reports": ("中途報告錯誤：{report}", "中途报告错误：{report}", "reports a fault in the middle: {report}"),
    "llm.odd": ("的回覆讀不懂：{found}", "的回复读不懂：{found}", "replies with what cannot be read: {found}"),
    "llm.long_line": (
        "一行超過 {limit:,} 位元組",
        "一行超过 {limit:,} 字节",
        "a line of more than {limit:,} bytes",
    ),
    "llm.odd_lines": (
        "{count} 行資料讀不懂，例如 {example}",
        "{count} 行数据读不懂，例如 {example}",
        "{count} lines of data that cannot be read, such as {example}",
    ),
    "llm.no_line": (
        "沒有一行合乎協定，例如 {example}",
        "没有一行合乎协议，例如 {example}",
        "no line is of the protocol, such as {example}",
    ),
    "llm.only_thought": (
        "只有思考或空白，沒有回答",
        "只有思考或空白，没有回答",
        "only thoughts or blanks, no answer",
    ),
    "llm.empty": ("回答是空的（{ended}）", "回答是空的（{ended}）", "the answer is empty ({ended})"),
    "llm.no_cause": ("沒有說明原因", "没有说明原因", "no cause is told"),
    "llm.lists_none": ("的 /models 沒有列出模型", "的 /models 没有列出模型", "lists no model at /models"),
    "llm.check_address": (
        "請確認伺服器開著，而且 YINJU_LLM_BASE_URL 設的是它的位址",
        "请确认服务器开着，而且 YINJU_LLM_BASE_URL 设的是它的地址",
        "see that the server runs and that YINJU_LLM_BASE_URL is its address",
    ),
    "llm.mend_proxy": (
        "請改正 HTTP_PROXY、HTTPS_PROXY、ALL_PROXY、SSL_CERT_FILE",
        "请改正 HTTP_PROXY、HTTPS_PROXY、ALL_PROXY、SSL_CERT_FILE",
        "set HTTP_PROXY, HTTPS_PROXY, ALL_PROXY, SSL_CERT_FILE right",
    ),
    "llm.set_key": (
        "請把它的金鑰設在 YINJU_LLM_API_KEY",
        "请把它的密钥设在 YINJU_LLM_API_KEY",
        "set its key as YINJU_LLM_API_KEY",
    ),
    "llm.ask_later": (
        "太忙或額度用完了，請稍後再問",
        "太忙或额度用完了，请稍后再问",
        "it is busy or its quota used up; ask again later",
    ),
    "llm.see_log_later": (
        "請看伺服器的紀錄，稍後再問",
        "请看服务器的记录，稍后再问",
        "see the server's log, and ask again later",
    ),
    "llm.see_log": (
        "請看伺服器的紀錄，再問一次",
        "请看服务器的记录，再问一次",
        "see the server's log, and ask again",
    ),
    "llm.other_model": (
        "請換一個模型：YINJU_LLM_MODEL",
        "请换一个模型：YINJU_LLM_MODEL",
        "take another model: YINJU_LLM_MODEL",
    ),
    "llm.set_address": (
        "請把最後的位址設在 YINJU_LLM_BASE_URL",
        "请把最后的地址设在 YINJU_LLM_BASE_URL",
        "set the last address as YINJU_LLM_BASE_URL",
    ),
    "llm.check_names": (
        "請確認 YINJU_LLM_BASE_URL（多半以 /v1 結尾）與 YINJU_LLM_MODEL；有哪些模型：curl {address}/models",
        "请确认 YINJU_LLM_BASE_URL（多半以 /v1 结尾）与 YINJU_LLM_MODEL；有哪些模型：curl {address}/models",
        "see that YINJU_LLM_BASE_URL (which mostly ends in /v1) and YINJU_LLM_MODEL are right; the models that there "
        "are: curl {address}/models",
    ),
    "llm.ask_again": ("請再問一次", "请再问一次", "ask again"),
    "llm.raise": (
        "請再問一次，或調高 {name}",
        "请再问一次，或调高 {name}",
        "ask again, or raise {name}",
    ),
    "llm.check_protocol": (
        "請確認 YINJU_LLM_BASE_URL 與 YINJU_LLM_MODEL 指的是 OpenAI 相容的對話模型",
        "请确认 YINJU_LLM_BASE_URL 与 YINJU_LLM_MODEL 指的是 OpenAI 兼容的对话模型",
        "see that YINJU_LLM_BASE_URL and YINJU_LLM_MODEL name an OpenAI-compatible chat model",
    ),
    "llm.set_name": (
        "請把模型的名字設在 YINJU_LLM_MODEL",
        "请把模型的名字设在 YINJU_LLM_MODEL",
        "set the model's name as YINJU_LLM_MODEL",
    ),
}
