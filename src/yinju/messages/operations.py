"""What is said of what was changed, of backups and of restoring them."""

SENTENCES: dict[str, tuple[str, str, str]] = {
    "audited": (
        "變更紀錄完好：{count} 行，最後一行的 SHA-256 是 {last}",
        "变更记录完好：{count} 行，最后一行的 SHA-256 是 {last}",
        "The record of changes is whole: {count} lines; the SHA-256 of the last is {last}",
    ),
    "audit.in_library": ("（文件庫 {library}）", "（文档库 {library}）", "(library {library})"),
    "audit.refused": ("未完成：{outcome}", "未完成：{outcome}", "not done: {outcome}"),
    "audit.serve": ("開始服務", "开始服务", "began to serve"),
    "audit.index_build": ("建立索引", "建立索引", "indexed"),
    "audit.index_rollback": ("退回前一代", "退回前一代", "went back a generation"),
    "audit.document_add": ("加入文件", "加入文档", "added"),
    "audit.document_remove": ("刪除文件", "删除文档", "deleted"),
    "audit.document_move": ("移動文件", "移动文档", "moved"),
    "audit.document_tag": ("改標籤", "改标签", "tagged"),
    "audit.document_restore": ("復原文件", "恢复文档", "brought back"),
    "audit.document_reread": ("重讀文件", "重读文档", "read again"),
    "audit.document_encoding": ("指定編碼", "指定编码", "read in an encoding"),
    "audit.document_retry": ("重試變更", "重试变更", "tried again"),
    "audit.deleted_empty": ("清空已刪除的檔案", "清空已删除的文件", "emptied the deleted files"),
    "audit.library_create": ("新增文件庫", "新增文档库", "made a library"),
    "audit.library_rename": ("重新命名文件庫", "重命名文档库", "renamed a library"),
    "audit.library_delete": ("刪除文件庫", "删除文档库", "deleted a library"),
    "audit.library_restore": ("復原文件庫", "恢复文档库", "brought back a library"),
    "audit.libraries_empty": ("清空已刪除的文件庫", "清空已删除的文档库", "emptied the deleted libraries"),
    "audit.settings_change": ("更改設定", "更改设置", "changed settings"),
    "audit.settings_forget": ("取消設定", "取消设置", "undid settings"),
    "audit.backup": ("備份", "备份", "backed up"),
    "audit.restore": ("從備份還原", "从备份还原", "restored a backup"),
    "backed_up": (
        "已備份到 {path}：{files} 個檔案，{megabytes} MB（壓縮前）",
        "已备份到 {path}：{files} 个文件，{megabytes} MB（压缩前）",
        "Backed up to {path}: {files} files, {megabytes} MB before they were packed",
    ),
    "backup.left_out": (
        "；{count} 個讀不了的檔案不在裡面",
        "；{count} 个读不了的文件不在里面",
        "; {count} files that cannot be read are not in it",
    ),
    "backup.whole": (
        "備份完好：{made} 由引據 {version} 所做，{files} 個檔案",
        "备份完好：{made} 由引据 {version} 所做，{files} 个文件",
        "The backup is whole: made {made} by Yinju {version}, {files} files",
    ),
    "restored": (
        "已還原 {made} 的備份，{files} 個檔案；原有的留在旁邊，名稱以 .before- 加時間結尾。設定從下次啟動起算",
        "已还原 {made} 的备份，{files} 个文件；原有的留在旁边，名称以 .before- 加时间结尾。设置从下次启动起算",
        "Restored the backup of {made}, {files} files; what was there is beside it under names that end in .before- "
        "and the time. Settings count from the next start",
    ),
    "restoration.undone": (
        "上次還原中途停下，已回到還原前的樣子；要再還原：yinju restore 備份檔 --replace",
        "上次还原中途停下，已回到还原前的样子；要再还原：yinju restore 备份文件 --replace",
        "The last restoration was cut off; all is as it was before it. To restore again: yinju restore FILE --replace",
    ),
}
