"""All that libraries hold → one file, made while they are served; and that file → libraries again."""

from yinju.backup.archive import Summary, check
from yinju.backup.making import back_up
from yinju.backup.restoring import recover, restore

__all__ = ["Summary", "back_up", "check", "recover", "restore"]
