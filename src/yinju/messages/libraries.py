"""The libraries: the menu in the header, the view that lists them, and what is said where there is none."""

SENTENCES = {
    "frame.library": ("文件庫", "文档库", "Library"),
    "frame.libraries": ("文件庫", "文档库", "Libraries"),
    "libraries.first": ("我的文件", "我的文档", "My documents"),
    "libraries.new": ("新增文件庫…", "新增文档库…", "New library…"),
    "libraries.manage": ("管理文件庫…", "管理文档库…", "Manage libraries…"),
    "libraries.all": ("所有文件庫", "所有文档库", "All libraries"),
    "libraries.about": (
        "每個文件庫有自己的文件和對話，互不相通；設定是共用的。",
        "每个文档库有自己的文档和对话，互不相通；设置是共用的。",
        "Each library has documents and chats of its own, and nothing of another; the settings are those of all.",
    ),
    "libraries.documents": ("{count} 份文件", "{count} 份文档", "Documents: {count}"),
    "libraries.holds": (
        "{documents} 份文件 · {chats} 個對話", "{documents} 份文档 · {chats} 个对话",
        "Documents: {documents} · chats: {chats}",
    ),
    "libraries.unread": (
        "索引讀不出來；打開它就會說明原因。", "索引读不出来；打开它就会说明原因。",
        "Its index cannot be read; open it to see why.",
    ),
    "libraries.made": ("建立於", "建立于", "Made"),
    "libraries.name": ("名稱", "名称", "Name"),
    "libraries.create": ("新增", "新增", "Create"),
    "libraries.rename_title": ("重新命名文件庫", "重命名文档库", "Rename the library"),
    "libraries.delete_title": ("刪除這個文件庫？", "删除这个文档库？", "Delete this library?"),
    "libraries.delete_note": (
        "裡面的文件和對話會一起移走。刪除後可以復原，直到在設定裡清空已刪除的檔案。",
        "里面的文档和对话会一起移走。删除后可以恢复，直到在设置里清空已删除的文件。",
        "Its documents and chats go along. It can be brought back until deleted files are emptied in the settings.",
    ),
    "libraries.deleted": ("已刪除", "已删除", "Deleted"),
    "libraries.deleted_note": (
        "文件和對話都還在，可以復原；在設定的「儲存空間」清空後才真正刪除。",
        "文档和对话都还在，可以恢复；在设置的“存储空间”清空后才真正删除。",
        "Documents and chats are still kept and can be brought back, until Storage in the settings is emptied.",
    ),
    "libraries.open_to": ("開放給：", "开放给：", "Open to:"),
    "libraries.open_to_admins": ("管理員", "管理员", "admins"),
    "libraries.allow": ("誰能開", "谁能打开", "Who may open it"),
    "libraries.allow_title": ("誰能開這個文件庫", "谁能打开这个文档库", "Who may open this library"),
    "libraries.allow_note": (
        "使用者的名稱或 @群組，以逗號分隔；@everyone 是所有人。管理員都能開。",
        "用户的名称或 @群组，以逗号分隔；@everyone 是所有人。管理员都能打开。",
        "Names of users or @groups, parted by commas; @everyone is all users. Admins may open every library.",
    ),
    "libraries.restore": ("復原", "恢复", "Undo"),
    "libraries.unknown": (
        "沒有這個文件庫，可能已經刪除。", "没有这个文档库，可能已经删除。",
        "There is no such library; it may have been deleted.",
    ),
    "libraries.shut": ("這個文件庫打不開。", "这个文档库打不开。", "This library cannot be opened."),
}  # fmt: skip
