"""Archives of documents with one member changed."""

import io
import re
import zipfile
from collections.abc import Callable


def edited(data: bytes, edit: Callable[[bytes], bytes], member: str) -> bytes:
    """The same archive but for what one member holds."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for info in source.infolist():
            content = source.read(info)
            target.writestr(info.filename, edit(content) if info.filename == member else content)
    return out.getvalue()


def as_strict(data: bytes) -> bytes:
    """An Office file in the namespaces of Strict Open XML."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name.endswith((".xml", ".rels")):
                content = _USUAL.sub(rb'"http://purl.oclc.org/ooxml/\1/\2', content)
            target.writestr(name, content)
    return out.getvalue()


_USUAL = re.compile(
    rb'"http://schemas\.openxmlformats\.org/(wordprocessingml|spreadsheetml|presentationml|drawingml|officeDocument)'
    rb"/2006/(main|relationships|math|chart|picture|wordprocessingDrawing|spreadsheetDrawing)"
)
