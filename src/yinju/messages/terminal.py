"""What the command line says of answers, files and builds; the documents' own words come from elsewhere."""

SENTENCES = {
    "hurried": (
        "同時提問的人多，這次細讀的段落比平時少。",
        "同时提问的人多，这次细读的段落比平时少。",
        "Many are asking at once: fewer passages than usual were read closely.",
    ),
    "understood": ("理解為：{question}", "理解为：{question}", "Understood as: {question}"),
    "unsupported": ("（來源未能證實）", "（来源未能证实）", " (not confirmed by the source)"),
    "unfinished": ("{said}（回答未完成）", "{said}（回答未完成）", "{said} (unfinished answer)"),
    "unused": ("{said}（模型的回答，未採用）", "{said}（模型的回答，未采用）", "{said} (the model's answer, not used)"),
    "stopped": ("（已停止）", "（已停止）", "(stopped)"),
    "no_model": (
        "未使用大模型：{fault}。", "未使用大模型：{fault}。", "Without the language model: {fault}."
    ),
    "no_model.instead": (
        "以下是文件裡的原句：", "以下是文档里的原句：", " The documents' own sentences:"
    ),
    "fault.unreachable": ("連不上模型伺服器", "连不上模型服务器", "its server cannot be reached"),
    "fault.unauthorised": (
        "模型伺服器的金鑰不對或沒有設定", "模型服务器的密钥不对或没有设置",
        "its server wants another key or any at all",
    ),
    "fault.busy": ("模型伺服器忙碌中", "模型服务器繁忙", "its server is busy"),
    "fault.failed": ("模型伺服器出錯", "模型服务器出错", "its server failed"),
    "fault.slow": ("模型太久沒有回應", "模型太久没有响应", "it took too long to respond"),
    "fault.malformed": ("模型的回覆無法使用", "模型的回复无法使用", "its reply cannot be used"),
    "fault.interrupted": (
        "連線中斷，回答不完整", "连接中断，回答不完整",
        "the connection broke and the answer is incomplete",
    ),
    "fault.unsupported": (
        "模型說的多半在文件裡沒有根據", "模型说的多半在文档里没有根据",
        "the documents do not bear out most of what it said",
    ),
    "page": ("第 {number} 頁", "第 {number} 页", "page {number}"),
    "file.indexed": ("已入庫", "已入库", "indexed"),
    "file.indexed_with_warning": ("已入庫（有提醒）", "已入库（有提醒）", "indexed with a warning"),
    "file.skipped": ("略過", "跳过", "skipped"),
    "file.failed": ("失敗", "失败", "failed"),
    "file.removed": ("已移除", "已移除", "removed"),
    "passages": ("{count} 段", "{count} 段", "{count} passages"),
    "passages.unchanged": ("{count} 段，未變動", "{count} 段，未变动", "{count} passages, unchanged"),
    "passages.dropped": (
        "{count} 段，略去 {dropped} 字", "{count} 段，略去 {dropped} 字",
        "{count} passages, {dropped} characters left out",
    ),
    "report": (
        "共 {files} 個檔案：{states}；{passages}，第 {generation} 代，{seconds:.1f} 秒",
        "共 {files} 个文件：{states}；{passages}，第 {generation} 代，{seconds:.1f} 秒",
        "{files} files: {states}; {passages}, generation {generation}, {seconds:.1f} s",
    ),
    "report.comma": ("，", "，", ", "),
    "document.size": ("{format}，{characters} 字", "{format}，{characters} 字", "{format}, {characters} characters"),
    "document.pages": ("，{pages} 頁", "，{pages} 页", ", {pages} pages"),
    "index.rolled_back": (
        "已回到第 {number} 代，問答都依它。下次入庫會再跟上資料夾。",
        "已回到第 {number} 代，问答都依它。下次入库会再跟上文件夹。",
        "Back at publication {number}; questions are answered from it. The next yinju index follows the folder again.",
    ),
    "index.compacted": (
        "已合併整理，這是第 {number} 代。", "已合并整理，这是第 {number} 代。",
        "Put together; this is publication {number}.",
    ),
    "index.as_it_was": ("沒有要整理的。", "没有要整理的。", "There was nothing to put together."),
    "index.unread": (
        "{left} 段的意義還沒有讀，超過 {most} 段要說一聲才讀：YINJU_ENCODER=yinju-deep yinju index …",
        "{left} 段的意义还没有读，超过 {most} 段要说一声才读：YINJU_ENCODER=yinju-deep yinju index …",
        "What {left} passages mean was not read: of more than {most} it is when asked for, YINJU_ENCODER=yinju-deep "
        "yinju index …",
    ),
    "index.tuned": (
        "一問在每個區塊看 {effort} 段的整個向量，最近的二十段找得到 {recall:.1%}（要 {wanted:.1%}）。",
        "一问在每个区块看 {effort} 段的整个向量，最近的二十段找得到 {recall:.1%}（要 {wanted:.1%}）。",
        "Weighing {effort} vectors of each segment finds {recall:.1%} of the nearest twenty ({wanted:.1%} wanted).",
    ),
    "index.exact": (
        "這個索引有 {passages} 段，每一段的向量都看（YINJU_EXACT_PASSAGES={exact}），沒有要調的。",
        "这个索引有 {passages} 段，每一段的向量都看（YINJU_EXACT_PASSAGES={exact}），没有要调的。",
        "All vectors of {passages} passages are looked at (YINJU_EXACT_PASSAGES={exact}); there is nothing to tune.",
    ),
    "trade": (
        "| 看的段數 | 找到最近二十段的 | 毫秒一次 |", "| 看的段数 | 找到最近二十段的 | 毫秒一次 |",
        "| vectors weighed | of the nearest 20 found | ms a search |",
    ),
    "index.tagged": (
        "標籤記下了，這是第 {number} 代。", "标签记下了，这是第 {number} 代。",
        "Tags kept; this is publication {number}.",
    ),
    "interrupted": (
        "停下了；沒做完的不算，請再執行同一個指令。", "停下了；没做完的不算，请再运行同一个命令。",
        "stopped; what was not finished does not count: run the same command again.",
    ),
    "progress.read": ("讀檔", "读取文件", "reading"),
    "progress.recognize": ("辨識掃描頁", "识别扫描页", "recognising scans"),
    "progress.embed": ("計算向量", "计算向量", "embedding"),
    "progress.meaning": ("讀意義", "读意义", "reading for meaning"),
    "progress.backup": ("備份（KB）", "备份（KB）", "backing up (KB)"),
    "progress.restore": ("讀備份（KB）", "读备份（KB）", "reading the backup (KB)"),
    "progress.evaluate": ("問題", "问题", "questions asked"),
    "indexed": (
        "收錄 {kept} 份文件，略過 {skipped}，失敗 {failed}。", "收录 {kept} 份文档，跳过 {skipped}，失败 {failed}。",
        "{kept} documents, {skipped} files skipped, {failed} failed.",
    ),
    "ready": ("引據已就緒：{address}", "引据已就绪：{address}", "Yinju is ready: {address}"),
    "search.none": ("沒有找到段落。", "没有找到段落。", "No passage was found."),
    "verified.generation": ("第 {value} 代", "第 {value} 代", "generation {value}"),
    "verified.documents": ("{value} 份文件", "{value} 份文档", "{value} documents"),
    "verified.passages": ("{value} 段", "{value} 段", "{value} passages"),
    "verified.encoder": ("向量模型 {value}", "向量模型 {value}", "encoder {value}"),
    "verified.chats": ("{value} 段對話", "{value} 段对话", "{value} chats"),
    "verified.effort": ("每個區塊看 {value} 段", "每个区块看 {value} 段", "effort {value}"),
    "verified.recall": ("找得到 {value:.1%}", "找得到 {value:.1%}", "recall {value:.1%}"),
    "verified.reranker": ("重排模型 {value}", "重排模型 {value}", "re-ranker {value}"),
    "verified.device": ("在 {value} 上", "在 {value} 上", "on {value}"),
    "verified": ("索引完好：{found}", "索引完好：{found}", "The index is whole: {found}"),
}  # fmt: skip
