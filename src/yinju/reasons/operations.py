"""What is said of a record of changes that is not whole, and of backups that cannot be made or restored."""

SENTENCES: dict[str, tuple[str, str, str]] = {
    "audit.broken": (
        "變更紀錄有 {count} 行不是接著前一行寫的（{found}）：有人改過、刪過或磁碟損壞；請和備份裡的比對："
        "yinju audit --json",
        "变更记录有 {count} 行不是接着前一行写的（{found}）：有人改过、删过或磁盘损坏；请和备份里的比对："
        "yinju audit --json",
        "{count} lines of the record of changes do not follow the line before them ({found}): somebody changed or "
        "removed some, or the disk is damaged; compare with that of a backup: yinju audit --json",
    ),
    "audit.line": ("{path} 第 {number} 行", "{path} 第 {number} 行", "{path} line {number}"),
}
