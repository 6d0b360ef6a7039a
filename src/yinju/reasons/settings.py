"""What is said of a setting that cannot be used: what was set, where, what is expected, and what to do next."""

SENTENCES: dict[str, tuple[str, str, str]] = {
    "setting.wrong.variable": (
        "環境變數 {name}={found} 不能用，應為：{expected}；請改正，例如 export {name}={example}，或不設：unset {name}",
        "环境变量 {name}={found} 不能用，应为：{expected}；请改正，例如 export {name}={example}，或不设：unset {name}",
        "the environment variable {name}={found} cannot be used, expected {expected}; set it right, such as "
        "export {name}={example}, or unset it: unset {name}",
    ),
    "setting.wrong.env_file": (
        "{file} 裡的 {name}={found} 不能用，應為：{expected}；"
        "請改成 {name}={example} 之類，或刪去那一行：grep -n {name} {file}",
        "{file} 里的 {name}={found} 不能用，应为：{expected}；"
        "请改成 {name}={example} 之类，或删去那一行：grep -n {name} {file}",
        "{name}={found} in {file} cannot be used, expected {expected}; make it {name}={example} or the like, or delete "
        "the line: grep -n {name} {file}",
    ),
    "setting.wrong.toml": (
        "{file} 裡的 {name} = {found} 不能用，應為：{expected}；"
        "請改成 {name} = {example} 之類，或刪去那一行：grep -n {name} {file}",
        "{file} 里的 {name} = {found} 不能用，应为：{expected}；"
        "请改成 {name} = {example} 之类，或删去那一行：grep -n {name} {file}",
        "{name} = {found} in {file} cannot be used, expected {expected}; make it {name} = {example} or the like, or "
        "delete the line: grep -n {name} {file}",
    ),
    "setting.wrong.page": (
        "在網頁選的 {name}={found} 不能用，應為：{expected}；請刪去那些選擇，再到網頁的「設定」選一次：rm {file}",
        "在网页选的 {name}={found} 不能用，应为：{expected}；请删去那些选择，再到网页的“设置”选一次：rm {file}",
        "{name}={found}, chosen at the page, cannot be used, expected {expected}; remove what was chosen, then choose "
        "it anew in the page's settings: rm {file}",
    ),
    "setting.wrong.argument": (
        "Settings({name}=…) 的 {found} 不能用，應為：{expected}；例如 Settings({name}={example})",
        "Settings({name}=…) 的 {found} 不能用，应为：{expected}；例如 Settings({name}={example})",
        "{found} of Settings({name}=…) cannot be used, expected {expected}; such as Settings({name}={example})",
    ),
    "setting.unknown.toml": (
        "{file} 裡的 {name} 不是設定，最接近的是 {nearest}；請改成它，或刪去那一行；所有的設定見 docs/settings.md",
        "{file} 里的 {name} 不是设置，最接近的是 {nearest}；请改成它，或删去那一行；所有的设置见 docs/settings.md",
        "{name} in {file} is no setting, the nearest is {nearest}; make it that, or delete the line; all settings are "
        "in docs/settings.md",
    ),
    "setting.unknown.argument": (
        "Settings({name}=…) 不是設定，最接近的是 {nearest}；所有的設定見 docs/settings.md",
        "Settings({name}=…) 不是设置，最接近的是 {nearest}；所有的设置见 docs/settings.md",
        "Settings({name}=…) is no setting, the nearest is {nearest}; all settings are in docs/settings.md",
    ),
    "setting.no_toml": (
        "{file} 第 {line} 行不是 TOML，應為「名稱 = 值」，文字要加引號，"
        '例如 encoder = "BAAI/bge-m3"；看那一行：sed -n {line}p {file}',
        "{file} 第 {line} 行不是 TOML，应为“名称 = 值”，文字要加引号，"
        '例如 encoder = "BAAI/bge-m3"；看那一行：sed -n {line}p {file}',
        '{file} line {line} is no TOML, expected NAME = VALUE with text in quotes, such as encoder = "BAAI/bge-m3"; '
        "see it: sed -n {line}p {file}",
    ),
    "setting.no_utf8": (
        "{file} 不是 UTF-8（第 {byte} 個位元組）；請另存成 UTF-8",
        "{file} 不是 UTF-8（第 {byte} 个字节）；请另存为 UTF-8",
        "{file} is no UTF-8 (byte {byte}); save it as UTF-8",
    ),
    "setting.no_json": (
        "{file} 存著在網頁選的設定，卻不是 JSON；請刪去它，再到網頁的「設定」選一次：rm {file}",
        "{file} 存着在网页选的设置，却不是 JSON；请删去它，再到网页的“设置”选一次：rm {file}",
        "{file}, which keeps what was chosen at the page, is no JSON; remove it, then choose anew in the page's "
        "settings: rm {file}",
    ),
    "setting.unreadable": (
        "{file} 讀不了（{why}）；請{remedy}",
        "{file} 读不了（{why}）；请{remedy}",
        "{file} cannot be read ({why}); {remedy}",
    ),
    "setting.no_file": (
        "YINJU_CONFIG={file} 不是檔案，應為寫著設定的 TOML 檔；請改正，或不設：unset YINJU_CONFIG",
        "YINJU_CONFIG={file} 不是文件，应为写着设置的 TOML 文件；请改正，或不设：unset YINJU_CONFIG",
        "YINJU_CONFIG={file} is no file, expected a TOML file of settings; set it right, or unset it: "
        "unset YINJU_CONFIG",
    ),
    "setting.int": ("{least} 到 {most} 的整數", "{least} 到 {most} 的整数", "a whole number from {least} to {most}"),
    "setting.float": ("{least} 到 {most} 的數", "{least} 到 {most} 的数", "a number from {least} to {most}"),
    "setting.switch": (
        "1（開）或 0（關），在 TOML 檔裡寫 true 或 false", "1（开）或 0（关），在 TOML 文件里写 true 或 false",
        "1 (on) or 0 (off), in a TOML file true or false",
    ),
    "setting.one_of": ("{words} 之一", "{words} 之一", "one of {words}"),
    "setting.text": ("加引號的文字", "加引号的文字", "text in quotes"),
    "setting.least": (
        "{name} 是 {found}，至少應為 {least}", "{name} 是 {found}，至少应为 {least}",
        "{name} is {found}, expected at least {least}",
    ),
    "dictionary.no_utf8": (
        "YINJU_DICTIONARY={path} 不是 UTF-8（第 {byte} 個位元組）；請另存成 UTF-8，或不用它：unset YINJU_DICTIONARY",
        "YINJU_DICTIONARY={path} 不是 UTF-8（第 {byte} 个字节）；请另存为 UTF-8，或不用它：unset YINJU_DICTIONARY",
        "YINJU_DICTIONARY={path} is no UTF-8 (byte {byte}); save it as UTF-8, or do without: unset YINJU_DICTIONARY",
    ),
    "dictionary.unreadable": (
        "YINJU_DICTIONARY={path} 讀不了（{why}），應為每行「詞 [詞頻] [詞性]」的文字檔；"
        "請改正，或不用它：unset YINJU_DICTIONARY",
        "YINJU_DICTIONARY={path} 读不了（{why}），应为每行“词 [词频] [词性]”的文本文件；"
        "请改正，或不用它：unset YINJU_DICTIONARY",
        "YINJU_DICTIONARY={path} cannot be read ({why}); expected a text file with lines of `word [frequency] [tag]`; "
        "mend it, or do without: unset YINJU_DICTIONARY",
    ),
    "dictionary.empty": (
        "YINJU_DICTIONARY={path} 裡沒有詞，應為每行「詞 [詞頻] [詞性]」；請改正，或不用它：unset YINJU_DICTIONARY",
        "YINJU_DICTIONARY={path} 里没有词，应为每行“词 [词频] [词性]”；请改正，或不用它：unset YINJU_DICTIONARY",
        "YINJU_DICTIONARY={path} holds no word; expected lines of `word [frequency] [tag]`; mend it, or do without: "
        "unset YINJU_DICTIONARY",
    ),
    "dictionary.line": (
        "YINJU_DICTIONARY={path} 第 {line} 行是 {found}，應為「詞 [詞頻] [詞性]」，詞裡沒有空白，"
        "例如 雲端硬碟 或 雲端硬碟 100 nz；請改正，或不用它：unset YINJU_DICTIONARY",
        "YINJU_DICTIONARY={path} 第 {line} 行是 {found}，应为“词 [词频] [词性]”，词里没有空格，"
        "例如 云端硬盘 或 云端硬盘 100 nz；请改正，或不用它：unset YINJU_DICTIONARY",
        "YINJU_DICTIONARY={path} line {line} is {found}; expected `word [frequency] [tag]`, a word without spaces, "
        "such as iPhone or iPhone 100 nz; mend it, or do without: unset YINJU_DICTIONARY",
    ),
    "host.open": (
        "YINJU_HOST={found} 不是本機，又沒有使用者：連得到這台電腦的人都能看、加、刪文件；請先建一個："
        "yinju users add 名稱 --role admin，或不設：unset YINJU_HOST；真要對誰都開放就 YINJU_PUBLIC=1 make chat",
        "YINJU_HOST={found} 不是本机，又没有用户：连得到这台电脑的人都能看、加、删文档；请先建一个："
        "yinju users add 名称 --role admin，或不设：unset YINJU_HOST；真要对谁都开放就 YINJU_PUBLIC=1 make chat",
        "YINJU_HOST={found} is not loopback and there are no users: whoever reaches this machine could read, add and "
        "delete documents; make one: yinju users add NAME --role admin, or stay on loopback: unset YINJU_HOST; to let "
        "everybody in: YINJU_PUBLIC=1 make chat",
    ),
    "host.listed": (
        "YINJU_HOSTS 裡的 {found} 不是名稱、名稱:埠號或 IP 位址；應為網址列裡的寫法，不帶 http://，以逗號分隔："
        "YINJU_HOSTS=docs.example,192.168.1.5:7860 make chat",
        "YINJU_HOSTS 里的 {found} 不是名称、名称:端口或 IP 地址；应为地址栏里的写法，不带 http://，以逗号分隔："
        "YINJU_HOSTS=docs.example,192.168.1.5:7860 make chat",
        "YINJU_HOSTS has {found}, which is no name, name:port or IP address; expected names as people write them in "
        "the address bar, without http://, parted by commas: YINJU_HOSTS=docs.example,192.168.1.5:7860 make chat",
    ),
    "port.taken": (
        "{host}:{port} 開不了（{why}），應為這台電腦空著的埠號；請試試：make chat PORT={other}，"
        "或 yinju chat --port {other}",
        "{host}:{port} 开不了（{why}），应为这台电脑空着的端口；请试试：make chat PORT={other}，"
        "或 yinju chat --port {other}",
        "cannot serve on {host}:{port}: {why}; expected a free port of this machine; try: make chat PORT={other}, or "
        "yinju chat --port {other}",
    ),
}  # fmt: skip
