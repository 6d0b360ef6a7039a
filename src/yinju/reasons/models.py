"""What is said of models that cannot be used: those that are loaded, and a language model's server."""

SENTENCES: dict[str, tuple[str, str, str]] = {
    "shipped.unreadable": (
        "隨附的模型 {path} 讀不了（{why}）；請重新安裝 yinju：pip install --force-reinstall yinju",
        "随附的模型 {path} 读不了（{why}）；请重新安装 yinju：pip install --force-reinstall yinju",
        "The model in {path} cannot be read ({why}); reinstall yinju: pip install --force-reinstall yinju",
    ),
    "shipped.deep": (
        "隨附的 transformer {path} 載入不了（{why}）；請重新安裝 yinju，或不用它：export YINJU_REREAD=0",
        "随附的 transformer {path} 加载不了（{why}）；请重新安装 yinju，或不用它：export YINJU_REREAD=0",
        "the transformer in {path} cannot be loaded ({why}); install yinju anew, or do without: export YINJU_REREAD=0",
    ),
    "model.trouble": (
        "{setting}={name} {problem}；{instead}：unset {setting}",
        "{setting}={name} {problem}；{instead}：unset {setting}",
        "{setting}={name} {problem}; {instead}: unset {setting}",
    ),
    "model.shipped_instead": ("要用隨附的模型", "要用随附的模型", "to use the model that ships with Yinju"),
    "model.do_without": ("不用它", "不用它", "to do without"),
    "model.lacks": (
        "是資料夾，但裡面沒有 {missing}，應為 sentence-transformers 存下的資料夾",
        "是文件夹，但里面没有 {missing}，应为 sentence-transformers 存下的文件夹",
        "is a folder without {missing}; expected one that sentence-transformers saved",
    ),
    "model.configuration": (
        "modules.json 或 config.json", "modules.json 或 config.json", "modules.json or config.json",
    ),
    "model.weights": (
        "權重（*.safetensors 或 *.bin）", "权重（*.safetensors 或 *.bin）", "weights (*.safetensors or *.bin)",
    ),
    "model.is_file": (
        "是檔案，應為模型的資料夾", "是文件，应为模型的文件夹", "is a file; expected the folder of a model",
    ),
    "model.type": (
        "是 {found}，應為 {expected}", "是 {found}，应为 {expected}", "is a {found}, expected a {expected}",
    ),
    "model.bare": ("單純的 transformer", "单纯的 transformer", "bare transformer"),
    "model.type.other": (
        "是 {found}，應為 {expected}；它可以用作 {other}",
        "是 {found}，应为 {expected}；它可以用作 {other}",
        "is a {found}, expected a {expected}; it can be used as {other}",
    ),
    "model.no_config": (
        "在 {folder}，但那裡的 config.json 讀不了",
        "在 {folder}，但那里的 config.json 读不了",
        "lies in {folder}, whose config.json cannot be read",
    ),
    "model.not_there": (
        "不存在，應為模型的資料夾，或 BAAI/bge-m3 這樣的 hub 代號",
        "不存在，应为模型的文件夹，或 BAAI/bge-m3 这样的 hub 代号",
        "is not there; expected the folder of a model, or a hub id such as BAAI/bge-m3",
    ),
    "model.cached_lacks": (
        "在快取 {cache} 裡，但沒有 {missing}", "在缓存 {cache} 里，但没有 {missing}",
        "is cached in {cache} without {missing}",
    ),
    "model.not_cached": (
        "不是資料夾，快取 {cache} 裡也沒有", "不是文件夹，缓存 {cache} 里也没有",
        "is neither a folder nor cached in {cache}",
    ),
    "model.offline": (
        "{found}，而 HF_HUB_OFFLINE 不許下載；要准許：unset HF_HUB_OFFLINE",
        "{found}，而 HF_HUB_OFFLINE 不许下载；要准许：unset HF_HUB_OFFLINE",
        "{found}, and HF_HUB_OFFLINE forbids to fetch it; to allow it: unset HF_HUB_OFFLINE",
    ),
    "model.out_of_reach": (
        "{found}，而 {hub} 連不上（{host}：{why}）；請在有網路時再執行同一個指令，或給別處帶來的模型的資料夾",
        "{found}，而 {hub} 连不上（{host}：{why}）；请在有网络时再运行同一个命令，或给别处带来的模型的文件夹",
        "{found}, and {hub} cannot be reached ({host}: {why}); run this command again with a network, or name the "
        "folder of a model brought from elsewhere",
    ),
    "model.no_answer": (
        "{seconds:g} 秒內沒有回應", "{seconds:g} 秒内没有响应", "no answer within {seconds:g} s",
    ),
    "model.gated": (
        "只給接受條款的人：見 {page}，然後 hf auth login",
        "只给接受条款的人：见 {page}，然后 hf auth login",
        "is given only to who accepts its terms: see {page}, then hf auth login",
    ),
    "model.not_public": (
        "不是資料夾，{page} 也沒有人人可以下載的模型",
        "不是文件夹，{page} 也没有人人可以下载的模型",
        "is neither a folder nor a model that anyone may fetch from {page}",
    ),
    "model.unfetched": (
        "無法從 {page} 下載（{why}）；再執行同一個指令會接著下載",
        "无法从 {page} 下载（{why}）；再运行同一个命令会接着下载",
        "cannot be fetched from {page} ({why}); run this command again to go on",
    ),
    "model.page_lacks": (
        "在 {page} 上沒有 {missing}，應為 sentence-transformers 的模型",
        "在 {page} 上没有 {missing}，应为 sentence-transformers 的模型",
        "is without {missing} on {page}; expected a sentence-transformers model",
    ),
    "model.fetching": (
        "下載 {page}，只需一次，共 {size:,.1f} MB；不會送出文件的任何內容。",
        "下载 {page}，只需一次，共 {size:,.1f} MB；不会送出文档的任何内容。",
        "Fetching {page} once, {size:,.1f} MB; nothing of your documents is sent.",
    ),
    "model.needs": (
        "需要 {parts}，它們在選裝的 models 裡；請安裝：make models，或 pip install 'yinju[models]'",
        "需要 {parts}，它们在选装的 models 里；请安装：make models，或 pip install 'yinju[models]'",
        "needs {parts}, which the extra `models` brings; install it: make models, or pip install 'yinju[models]'",
    ),
    "model.unloaded": (
        "在 {folder}，但載入不了（{why}）；請換一個，或重新下載：hf download 名稱 --force-download",
        "在 {folder}，但加载不了（{why}）；请换一个，或重新下载：hf download 名称 --force-download",
        "lies in {folder}, but cannot be loaded ({why}); replace it, or fetch it anew: "
        "hf download NAME --force-download",
    ),
    "model.memory": (
        "需要的記憶體比 {device} 有的多", "需要的内存比 {device} 有的多", "needs more memory than {device} has",
    ),
    "model.no_numbers": (
        "在 {device} 上算出的不是數值", "在 {device} 上算出的不是数值",
        "gives values that are no numbers, on {device}",
    ),
    "model.unusable": (
        "不能用（{why}），應為{expected}", "不能用（{why}），应为{expected}",
        "cannot be used ({why}); expected {expected}",
    ),
    "model.pools": (
        "把各個 token 合成一個向量的模型", "把各个 token 合成一个向量的模型", "a model that pools its tokens",
    ),
    "model.cross": ("cross-encoder", "cross-encoder", "a cross-encoder"),
    "model.scores": (
        "對一對文字給 {found} 個分數，應為 1 個", "对一对文字给 {found} 个分数，应为 1 个",
        "gives {found} scores for a pair of texts, expected 1",
    ),
}  # fmt: skip
