"""Files → Documents, one parser for each format family.

`read_document` reads bytes in this process; `Reader` and `read_file` read a path in a child process with limits, which
is what anything that meets other people's files should use.
"""

from yinju.reading.documents import read_document
from yinju.reading.isolation import Reader, read_file
from yinju.reading.pages import Chart, PageBoxes, Pages

__all__ = ["Chart", "PageBoxes", "Pages", "Reader", "read_document", "read_file"]
