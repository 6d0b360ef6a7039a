"""Why the system refuses, in its own words → the same in the language read; other words stay as they are."""

import errno
import os
from pathlib import Path

from yinju.reasons.reason import Reason

_CAUSES: dict[int, tuple[str, str]] = {
    errno.ENOENT: ("沒有這個檔案或資料夾", "没有这个文件或文件夹"),
    errno.EACCES: ("沒有權限", "没有权限"),
    errno.EPERM: ("不被允許", "不被允许"),
    errno.EISDIR: ("是資料夾", "是文件夹"),
    errno.ENOTDIR: ("不是資料夾", "不是文件夹"),
    errno.EEXIST: ("已經存在", "已经存在"),
    errno.ENOTEMPTY: ("資料夾不是空的", "文件夹不是空的"),
    errno.ENOSPC: ("磁碟已滿", "磁盘已满"),
    errno.EDQUOT: ("超過了磁碟配額", "超过了磁盘配额"),
    errno.EROFS: ("檔案系統是唯讀的", "文件系统是只读的"),
    errno.ENAMETOOLONG: ("名稱太長", "名称太长"),
    errno.ELOOP: ("連結繞成了圈", "链接绕成了圈"),
    errno.EIO: ("讀寫時裝置出錯", "读写时设备出错"),
    errno.EMFILE: ("開著的檔案太多", "打开的文件太多"),
    errno.ENOMEM: ("記憶體不足", "内存不足"),
    errno.EADDRINUSE: ("已經有程式在用", "已经有程序在用"),
    errno.EADDRNOTAVAIL: ("不是這台電腦的位址", "不是这台电脑的地址"),
    errno.ECONNREFUSED: ("連線被拒絕", "连接被拒绝"),
    errno.ENETUNREACH: ("沒有網路", "没有网络"),
    errno.ETIMEDOUT: ("等得太久", "等得太久"),
}

CAUSES = {os.strerror(number): (*said, os.strerror(number)) for number, said in _CAUSES.items()}
"""The fact `why` of a reason → how it is said."""


def cause_of(error: BaseException) -> str:
    """Why something failed, in one line: the system's words alone, where it was the system that refused."""
    return getattr(error, "strerror", None) or " ".join(str(error).split()) or type(error).__name__


def remedy_for(path: Path, error: OSError, otherwise: Reason) -> Reason:
    """What lets a file be read: rights on the way to it, a folder moved from its place, or what helps otherwise."""
    closed = next((place for place in (*reversed(path.parents), path) if _is_closed(place)), None)
    if closed or isinstance(error, PermissionError):
        return Reason("remedy.open", {"path": str(closed or path)})
    return Reason("remedy.move_away", {"path": str(path), "then": otherwise}) if os.path.isdir(path) else otherwise


def _is_closed(place: Path) -> bool:
    """Whether something is there that this user may not read or, being a folder, not enter."""
    return os.path.lexists(place) and not os.access(place, os.R_OK | (os.X_OK if os.path.isdir(place) else 0))
