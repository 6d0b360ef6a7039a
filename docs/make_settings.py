"""The settings → docs/settings.md, in English and Chinese: make docs-settings."""

from pathlib import Path
from typing import get_args

from pydantic import SecretStr
from pydantic.fields import FieldInfo

from yinju.configuration import as_written, limits_of, variable_of
from yinju.settings import Settings

ENGLISH = """# Settings · 設定

[繁體中文](#設定)

Made from [settings.py](../src/yinju/settings.py) by `make docs-settings`; a test says when it is old.

A setting is looked for in five places, and the first that has it counts:

1. an environment variable: `export YINJU_TOP_K=7`
2. what was chosen in the page's settings, for the few that stand there; kept in `settings.json` in the folder of the
   index
3. the same as 1 in a file `.env` in the folder you work in: `YINJU_TOP_K=7`
4. `yinju.toml` in that folder, or the file that `YINJU_CONFIG` names, under its name without `YINJU_`, in lower case:
   `top_k = 7`, `encoder = "BAAI/bge-m3"`, `reread = false`
5. the default

In Python, what `Settings(top_k=7)` is given goes before all of them. On and off are 1 and 0, in TOML true and false. An
empty variable counts as none where no text is wanted. What cannot be used is told with its place in the language of
`YINJU_LANGUAGE`, else of the locale; so is a key of `yinju.toml` that is no setting. `.env` may hold variables of other
programs.

| variable | values | default | what it is |
|---|---|---|---|
"""
CHINESE = """
## 設定

由 [settings.py](../src/yinju/settings.py) 產生：`make docs-settings`；過期時測試會說。

每一項依序找五處，先找到的算數：

1. 環境變數：`export YINJU_TOP_K=7`
2. 在網頁的「設定」選的（只有列在那裡的幾項），存在索引資料夾的 `settings.json`
3. 工作資料夾裡的 `.env`，寫法同 1：`YINJU_TOP_K=7`
4. 工作資料夾裡的 `yinju.toml`，或 `YINJU_CONFIG` 所指的檔案；名稱不帶 `YINJU_`，用小寫：
   `top_k = 7`、`encoder = "BAAI/bge-m3"`、`reread = false`
5. 預設值

在 Python 裡，`Settings(top_k=7)` 給的優先於以上各處。開與關寫 1 與 0，在 TOML 裡寫 true 與 false。
不是文字的設定，變數留空等於沒設。不能用的值會連同所在之處，用 `YINJU_LANGUAGE`（或系統語系）的語言說出來；
`yinju.toml` 裡不是設定的名稱也是。`.env` 裡可以有別的程式的變數。

| 變數 | 值 | 預設 | 是什麼 |
|---|---|---|---|
"""
IN_CHINESE = {
    "config": "寫著設定的 TOML 檔，由變數指定；留空則用工作資料夾裡的 yinju.toml（如果有）。",
    "corpus": "app.py 建索引的文件資料夾。",
    "index": "app.py 所用的索引資料夾。",
    "libraries": "在網頁裡新增的文件庫放在哪個資料夾；留空則放在索引資料夾旁邊的 libraries。",
    "store": "由什麼找段落：索引資料夾裡的檔案，或 Milvus（make milvus）。",
    "milvus_uri": "Milvus 伺服器或叢集的位址，或 Milvus Lite 的 .db 檔；留空則是索引資料夾裡的一個。",
    "milvus_token": "那台伺服器要的 token 或 user:password。",
    "conversations": "保存對話及其引文的檔案；留空則是索引資料夾裡的 conversations.sqlite。",
    "users": "保存使用者、權限與登入的檔案；留空則是索引資料夾裡的 users.sqlite。",
    "session_idle_days": "使用者幾天沒有用就要再登入。",
    "session_days": "使用者登入幾天後無論如何要再登入。",
    "trusted_proxies": "反向代理的位址或網段，以逗號分隔；它們說是替誰、用 http 還是 https 來問，才相信。",
    "login_header": "受信任的代理用哪個標頭說誰在它那裡登入了，例如 X-Forwarded-User；留空則沒有。",
    "login_groups_header": "它用哪個標頭說這個人的群組，以逗號分隔；留空則不動群組與角色。",
    "login_adds": "代理或登入服務說的人不是使用者時，是否加為讀者，而不是拒絕。",
    "login_roles": "他們的群組給什麼角色：staff=editor，以逗號分隔，有幾個時取最高的；留空則不動角色。",
    "oidc_issuer": "使用者可以經由它登入的 OpenID Connect 服務的位址，例如 https://login.example；留空則沒有。",
    "oidc_client_id": "那個服務用什麼代號認這個網頁。",
    "oidc_client_secret": "與代號成對的密鑰；公開用戶端留空。",
    "oidc_scopes": "向那個服務要什麼，以空白分隔。",
    "oidc_name_claim": "使用者的名稱在那個服務的哪個 claim；應是使用者自己不能改的。",
    "oidc_groups_claim": "使用者的群組在哪個 claim；留空則不動群組與角色。",
    "host": "網頁服務的位址；本機以外的位址要先有使用者，或由 `public` 允許。",
    "port": "網頁服務的埠號；`yinju chat --port 0` 取任一空著的埠。",
    "public": "沒有使用者時，`host` 是否可以把網頁（包括上傳與刪除）對別人開放。",
    "hosts": "除了本機與 `host`，別人用哪些名稱或 IP 位址連到網頁，可帶 :埠號；以逗號分隔。",
    "questions_at_once": "同時為幾個問題查找；其餘排隊，並看得到自己排第幾。",
    "answers_at_once": "同時有幾個答案在寫，包括等語言模型慢慢說的。",
    "questions_waiting": "排隊的問題最多幾個；再來問的人會知道幾秒後再來。",
    "questions_per_minute": "一位訪客一分鐘最多問幾個問題；本機以外的同一個位址十倍。",
    "stop_seconds": "停止服務時，寫到一半的答案最多再寫幾秒；再收到一次訊號就立刻結束。",
    "metrics": "坐在這台機器前的人以外，/metrics 是否也回答。",
    "language": "網頁與終端機的語言：zh-Hant、zh-Hans 或 en；"
    "留空則網頁照各人的瀏覽器，終端機照 LC_ALL、LC_MESSAGES 或 LANG。",
    "encoder": "在字詞之外靠什麼找。auto：隨附的向量，以及隨附的 transformer 在 20,000 段以內讀出的意義；"
    "yinju-deep：多少段都讀；yinju：都不讀；否則是 sentence-transformers 模型的 hub 代號或資料夾。",
    "reread": "隨附的 transformer 是否重讀最好的幾段的意思。",
    "reread_passages": "它讀最好的幾段。",
    "reranker": "cross-encoder 的 hub 代號或資料夾，用來重讀最好的幾段；留空則不用。",
    "rerank_candidates": "重排模型讀最好的幾段。",
    "dictionary": "不可切開的詞的檔案，一行一個，寫法同 jieba；不能在 Python 裡給。",
    "passage_characters": "段落最長幾個字。",
    "exact_passages": "不超過這麼多段時，每個向量都看；索引更大時看 `yinju index --tune` 選定的那麼多。",
    "candidates": "關鍵字與向量搜尋各交出幾段去排序。",
    "top_k": "沒有說要幾段時，一次搜尋給幾段。",
    "refuse_below": "信心（0 … 1）低於此值的答案不給。",
    "answer_characters": "摘自文件的答案最多幾個字；第一句無論多長都給整句。",
    "llm_base_url": "OpenAI 相容伺服器的位址，例如 http://127.0.0.1:11434/v1；留空則不用語言模型回答。",
    "llm_model": "那台伺服器所知的模型名稱；留空則用它列出的第一個。",
    "llm_api_key": "那台伺服器的金鑰（如果它要）。",
    "llm_passages": "模型讀最好的幾段。",
    "llm_evidence_characters": "模型一共讀幾個字：整份清單、整條、整列，放得下多少就多少。",
    "llm_connect_seconds": "最多等幾秒讓伺服器接受連線。",
    "llm_first_token_seconds": "最多等幾秒讓答案開始出現，包括重試。",
    "llm_between_seconds": "之後每一小段最多等幾秒。",
    "llm_answer_seconds": "整個答案最多幾秒。",
    "llm_answer_characters": "模型的答案最多幾個字；超過的不讀。",
    "question_characters": "問題最長幾個字。",
    "file_megabytes": "所讀的檔案最大幾 MB。",
    "file_seconds": "讀一個檔案最多幾秒。",
    "file_memory_megabytes": "讀一個檔案最多用幾 MB 記憶體。",
    "ocr": "沒有文字的頁面是否辨識；須裝有辨識用的套件（make ocr）。",
    "corpus_files": "文件資料夾滿幾個檔案，網頁就不再收。",
    "corpus_megabytes": "文件、上傳中的與刪除後留著的一共滿幾 MB，網頁就不再收。",
    "deleted_days": "在網頁刪除或換掉的檔案留幾天。",
    "deleted_megabytes": "這些檔案一共最多幾 MB；超過時從最舊的清起。",
    "read_only": "文件是否只能看和問，不能新增或刪除。",
    "audit": "每項變更及其人所記的檔案；留空則是索引資料夾裡的 audit.jsonl。",
    "audit_megabytes": "這個檔案到幾 MB 就收起來，另開一個。",
    "audit_files": "收起來的留幾個；更多時從最舊的清起。",
    "log_format": "標準錯誤輸出的紀錄：給人看的文字，或給程式讀的一行一個 JSON。",
    "log_level": "從哪個程度起記錄；info 會為每個請求記一行。",
    "log_questions": "紀錄裡是否可以有問題的內容與意外錯誤的說明。",
    "cache": "存放 jieba 備好的詞典的資料夾，設了 `dictionary` 才會建；留空則是使用者快取資料夾裡的 yinju。",
    "data": "標註過的問題所在的資料夾，供評測與訓練用；對話用不到。",
}


def page() -> str:
    """The whole page."""
    fields = Settings.model_fields
    english = (_row(name, field, str(field.description), ("text", "or")) for name, field in fields.items())
    chinese = (_row(name, field, IN_CHINESE[name], ("文字", "或")) for name, field in fields.items())
    return ENGLISH + "".join(english) + CHINESE + "".join(chinese)


def _row(name: str, field: FieldInfo, about: str, words: tuple[str, str]) -> str:
    text, either = words
    default = field.default.get_secret_value() if isinstance(field.default, SecretStr) else as_written(field.default)
    if isinstance(field.default, bool):
        values = f"1 {either} 0"
    elif isinstance(field.default, int | float):
        values = " … ".join(f"{end:,}" for end in limits_of(field))
    else:
        values = ", ".join(filter(None, get_args(field.annotation))) or text
    return f"| `{variable_of(name)}` | {values} | {f'`{default}`' if default else '–'} | {about} |\n"


if __name__ == "__main__":
    Path(__file__).with_name("settings.md").write_text(page(), "utf-8")
