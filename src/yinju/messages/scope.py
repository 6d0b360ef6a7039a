"""Where to ask: the picker above the question box, its chips, and where a question was asked."""

SENTENCES = {
    "scope.where": ("在哪裡問", "在哪里问", "Where to ask"),
    "scope.everywhere": ("全部文件", "全部文档", "All documents"),
    "scope.add": ("再選文件、資料夾或標籤", "再选文档、文件夹或标签", "Choose more documents, folders or tags"),
    "scope.find": (
        "找文件、資料夾或標籤", "找文档、文件夹或标签", "Find documents, folders or tags",
    ),
    "scope.keys": (
        "上下鍵移動，Enter 選取或取消，Esc 關閉。選了多項時，合起來一起找。",
        "上下键移动，Enter 选取或取消，Esc 关闭。选了多项时，合起来一起找。",
        "Arrow keys move, Enter chooses or takes back, Esc closes. Several things chosen are searched together.",
    ),
    "scope.done": ("完成", "完成", "Done"),
    "scope.tags": ("標籤", "标签", "Tags"),
    "scope.folders": ("資料夾", "文件夹", "Folders"),
    "scope.documents": ("文件", "文档", "Documents"),
    "scope.count": ("{count} 份", "{count} 份", "{count}"),
    "scope.rest": ("還有 {count} 項", "还有 {count} 项", "and {count} more"),
    "scope.sum": ("共 {count} 份文件", "共 {count} 份文档", "{count} documents in all"),
    "scope.nothing": ("找不到，換個名字試試。", "找不到，换个名字试试。", "Nothing found; try another name."),
    "scope.more": ("再列一些（還有 {count} 項）", "再列一些（还有 {count} 项）", "Show more ({count} left)"),
    "scope.drop": ("不在「{name}」裡問", "不在“{name}”里问", "Do not ask in “{name}”"),
    "scope.gone": ("已不在", "已不在", "gone"),
    "scope.clear": ("改回全部文件", "改回全部文档", "All documents again"),
    "scope.nowhere": (
        "選的都已經不在了，沒有文件可問：請另外選，或改回全部文件。",
        "选的都已经不在了，没有文档可问：请另外选，或改回全部文档。",
        "What was chosen is gone, so there is nothing to ask: choose anew, or go back to all documents.",
    ),
    "scope.nothing_asked": (
        "沒有文件可以找：問的範圍（{names}）裡，現在一份文件也沒有。請另外選範圍再問，或在全部文件裡問。",
        "没有文档可以找：问的范围（{names}）里，现在一份文档也没有。请另外选范围再问，或在全部文档里问。",
        "There is nothing to look in: where this was asked ({names}) holds no document now. Choose anew and ask again, "
        "or ask in all documents.",
    ),
    "scope.ask_everywhere": ("在全部文件裡問", "在全部文档里问", "Ask in all documents"),
    "scope.asked_in": ("只問：{names}", "只问：{names}", "Asked in: {names}"),
    "scope.and_more": ("{names} 等 {count} 項", "{names} 等 {count} 项", "{names} and others, {count} in all"),
    "scope.about_this": ("問這份文件", "问这份文档", "Ask about this document"),
    "scope.only_this": ("只問這份文件", "只问这份文档", "Ask only this document"),
    "scope.about_these": ("問這些文件", "问这些文档", "Ask about these"),
    "scope.none_read": (
        "選的檔案都沒有讀出文字，沒有可以問的。", "选的文件都没有读出文字，没有可以问的。",
        "None of the chosen files could be read, so there is nothing to ask about.",
    ),
    "scope.mentioned": (
        "有 {count} 個名稱，用上下鍵選，Enter 確定", "有 {count} 个名称，用上下键选，Enter 确定",
        "{count} names; arrow keys choose, Enter takes one",
    ),
    "scope.unreadable": (
        "選的範圍讀不懂，請重新整理網頁後再選。", "选的范围读不懂，请刷新网页后再选。",
        "What was chosen could not be read; reload the page, then choose again.",
    ),
}  # fmt: skip
