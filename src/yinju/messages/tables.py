"""What an answer says of figures worked out of a table, and of what the table does not have."""

SENTENCES = {
    "table.count": ("共 {count} {unit}。", "共 {count} {unit}。", "{count} {unit} in all."),
    "table.rows": ("筆", "条", "rows"),
    "table.kinds": ("種", "种", "different ones"),
    "table.sum": (
        "{column}合計 {value}（{count} 筆）。",
        "{column}合计 {value}（{count} 条）。",
        "{column}: {value} in all ({count} rows).",
    ),
    "table.average": (
        "{column}平均 {value}（{count} 筆）。",
        "{column}平均 {value}（{count} 条）。",
        "{column}: {value} on average ({count} rows).",
    ),
    "table.difference": ("相差 {value}。", "相差 {value}。", "The difference is {value}."),
    "table.share": (
        "占 {share}（{value}／{whole}）。",
        "占 {share}（{value}／{whole}）。",
        "{share} of the whole ({value} of {whole}).",
    ),
    "table.share.count": (
        "占 {share}（{whole} 筆中的 {value} 筆）。",
        "占 {share}（{whole} 条中的 {value} 条）。",
        "{share} ({value} of {whole} rows).",
    ),
    "table.group": (
        "{name}：{column}合計 {value}（{count} 筆）。",
        "{name}：{column}合计 {value}（{count} 条）。",
        "{name}: {column} {value} in all ({count} rows).",
    ),
    "table.group.count": ("{name}：{count} {unit}。", "{name}：{count} {unit}。", "{name}: {count} {unit}."),
    "table.values": ("共 {count} {unit}：{values}。", "共 {count} {unit}：{values}。", "{count} {unit}: {values}."),
    "table.more": ("…其餘 {count} 筆", "…其余 {count} 条", "… and {count} more rows"),
    "table.empty": (
        "表格裡這一欄是空的，沒有寫「{missing}」：",
        "表格里这一栏是空的，没有写“{missing}”：",
        "The table leaves “{missing}” empty:",
    ),
    "table.lacks": (
        "表格裡沒有「{missing}」。",
        "表格里没有“{missing}”。",
        "The table does not have “{missing}”.",
    ),
    "table.none": (
        "表格裡沒有同時符合這些條件的資料。",
        "表格里没有同时符合这些条件的数据。",
        "No row of the table meets all of this.",
    ),
}
