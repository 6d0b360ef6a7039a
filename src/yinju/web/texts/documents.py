"""The documents: their table, what changes them and how far that is, and a file's report; words in three languages."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DocumentsTexts:
    """The documents; names in braces are filled in by `str.format`."""

    label: str
    totals: str
    left_out: str
    hint: str
    drop: str
    upload: str
    none: str
    none_to_read: str
    none_to_ask: str
    nothing: str
    filter: str
    between: str
    previous: str
    next: str
    # what a table's columns and a report's lines are called
    name: str
    title: str
    state: str
    format: str
    size: str
    pages: str
    passages: str
    encoding: str
    encoding_found: str
    encoding_choice: str
    added: str
    message: str
    characters: str
    some_characters: str
    textless: str
    seconds: str
    some_seconds: str
    version: str
    issued: str
    effective: str
    replaces: str
    language: str
    in_hant: str
    in_hans: str
    in_english: str
    outline: str
    # how a file ended, and how far a change is
    indexed: str
    warned: str
    skipped: str
    failed: str
    queued: str
    sending: str
    waiting: str
    reading: str
    indexing: str
    removed: str
    unfollowed: str
    # what can be done
    acts: str
    reread: str
    delete: str
    download: str
    undo: str
    retry: str
    cancel: str
    clear: str
    delete_title: str
    delete_note: str
    progress: str
    done: str
    # a file's report
    back: str
    report: str
    preview: str
    page: str
    unknown: str


HANT = DocumentsTexts(
    label="文件",
    totals="{documents} 份文件，{passages} 段，共 {size}",
    left_out="{number} 個檔案沒有收錄",
    hint="把檔案或資料夾拖進這個畫面就能上傳：PDF、Word、PowerPoint、Excel、EPUB、ODT、RTF、網頁、郵件、CSV、JSON、"
    "Markdown、純文字，或裝著這些的 ZIP，每個最多 {limit} MB。",
    drop="放開滑鼠，上傳這些檔案",
    upload="上傳檔案",
    none="還沒有文件。把檔案拖到這裡，或按「上傳檔案」，收錄之後就能提問。",
    none_to_read="還沒有文件。",
    none_to_ask="還沒有文件可以回答。請先到上方的「文件」加入。",
    nothing="沒有符合的檔案。",
    filter="篩選標題或檔名",
    between="第 {first}–{last} 個，共 {total} 個",
    previous="上一頁",
    next="下一頁",
    name="檔名",
    title="標題",
    state="狀態",
    format="格式",
    size="大小",
    pages="頁數",
    passages="段落",
    encoding="編碼",
    encoding_found="自動辨認",
    encoding_choice="改用這個編碼重新讀取",
    added="加入時間",
    message="說明",
    characters="字數",
    some_characters="讀到 {read}，收錄 {indexed}，略去 {dropped}",
    textless="沒有文字的頁",
    seconds="讀取時間",
    some_seconds="{number} 秒",
    version="版本",
    issued="發布日期",
    effective="生效日期",
    replaces="取代",
    language="語言",
    in_hant="繁體中文",
    in_hans="簡體中文",
    in_english="英文",
    outline="大綱",
    indexed="已收錄",
    warned="有提醒",
    skipped="略過",
    failed="失敗",
    queued="排隊中",
    sending="傳送中",
    waiting="等候讀取",
    reading="讀取中",
    indexing="建立索引",
    removed="已刪除",
    unfollowed="未完成",
    acts="動作",
    reread="重新讀取",
    delete="刪除",
    download="下載原檔",
    undo="復原",
    retry="再試一次",
    cancel="取消",
    clear="清除",
    delete_title="刪除這份文件？",
    delete_note="之後的回答不再引用它。檔案會另外保留，刪除後可以馬上復原。",
    progress="進度",
    done="完成 {done} / {total}",
    back="所有文件",
    report="閱讀報告",
    preview="段落預覽",
    page="第 {number} 頁",
    unknown="沒有這個檔案，可能已經刪除或改名。",
)


HANS = DocumentsTexts(
    label="文档",
    totals="{documents} 份文档，{passages} 段，共 {size}",
    left_out="{number} 个文件没有收录",
    hint="把文件或文件夹拖进这个画面就能上传：PDF、Word、PowerPoint、Excel、EPUB、ODT、RTF、网页、邮件、CSV、JSON、"
    "Markdown、纯文本，或装着这些的 ZIP，每个最多 {limit} MB。",
    drop="松开鼠标，上传这些文件",
    upload="上传文件",
    none="还没有文档。把文件拖到这里，或点“上传文件”，收录之后就能提问。",
    none_to_read="还没有文档。",
    none_to_ask="还没有文档可以回答。请先到上方的“文档”加入。",
    nothing="没有符合的文件。",
    filter="筛选标题或文件名",
    between="第 {first}–{last} 个，共 {total} 个",
    previous="上一页",
    next="下一页",
    name="文件名",
    title="标题",
    state="状态",
    format="格式",
    size="大小",
    pages="页数",
    passages="段落",
    encoding="编码",
    encoding_found="自动识别",
    encoding_choice="改用这个编码重新读取",
    added="加入时间",
    message="说明",
    characters="字数",
    some_characters="读到 {read}，收录 {indexed}，略去 {dropped}",
    textless="没有文字的页",
    seconds="读取时间",
    some_seconds="{number} 秒",
    version="版本",
    issued="发布日期",
    effective="生效日期",
    replaces="取代",
    language="语言",
    in_hant="繁体中文",
    in_hans="简体中文",
    in_english="英文",
    outline="大纲",
    indexed="已收录",
    warned="有提醒",
    skipped="跳过",
    failed="失败",
    queued="排队中",
    sending="传送中",
    waiting="等候读取",
    reading="读取中",
    indexing="建立索引",
    removed="已删除",
    unfollowed="未完成",
    acts="操作",
    reread="重新读取",
    delete="删除",
    download="下载原文件",
    undo="恢复",
    retry="再试一次",
    cancel="取消",
    clear="清除",
    delete_title="删除这份文档？",
    delete_note="之后的回答不再引用它。文件会另外保留，删除后可以马上恢复。",
    progress="进度",
    done="完成 {done} / {total}",
    back="所有文档",
    report="阅读报告",
    preview="段落预览",
    page="第 {number} 页",
    unknown="没有这个文件，可能已经删除或改名。",
)


ENGLISH = DocumentsTexts(
    label="Documents",
    totals="{documents} documents, {passages} passages, {size}",
    left_out="{number} files not included",
    hint="Drop files or folders anywhere here to upload them: PDF, Word, PowerPoint, Excel, EPUB, ODT, RTF, "
    "web pages, mail, CSV, JSON, Markdown, plain text or ZIP archives of these, up to {limit} MB each.",
    drop="Let go to upload these files",
    upload="Upload files",
    none="No documents yet. Drop files here or press “Upload files”; then you can ask about them.",
    none_to_read="No documents yet.",
    none_to_ask="There are no documents to answer from. Add some under “Documents” above.",
    nothing="No file matches.",
    filter="Filter by title or name",
    between="{first}–{last} of {total}",
    previous="Previous",
    next="Next",
    name="File",
    title="Title",
    state="State",
    format="Format",
    size="Size",
    pages="Pages",
    passages="Passages",
    encoding="Encoding",
    encoding_found="as recognised",
    encoding_choice="Read again in this encoding",
    added="Added",
    message="Remark",
    characters="Characters",
    some_characters="{read} read, {indexed} indexed, {dropped} left out",
    textless="Pages without text",
    seconds="Reading took",
    some_seconds="{number} s",
    version="Version",
    issued="Issued",
    effective="In force from",
    replaces="Replaces",
    language="Language",
    in_hant="Traditional Chinese",
    in_hans="Simplified Chinese",
    in_english="English",
    outline="Outline",
    indexed="included",
    warned="with a note",
    skipped="skipped",
    failed="failed",
    queued="queued",
    sending="sending",
    waiting="waiting",
    reading="reading",
    indexing="indexing",
    removed="deleted",
    unfollowed="not finished",
    acts="Actions",
    reread="Read again",
    delete="Delete",
    download="Download the file",
    undo="Undo",
    retry="Try again",
    cancel="Cancel",
    clear="Clear",
    delete_title="Delete this document?",
    delete_note="Answers will not cite it any more. The file is kept aside, and you can undo this right afterwards.",
    progress="Progress",
    done="{done} of {total} done",
    back="All documents",
    report="Reading report",
    preview="Passages",
    page="page {number}",
    unknown="There is no such file; it may have been deleted or renamed.",
)
