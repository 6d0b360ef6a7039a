"""Archives of documents with one member changed."""

import io
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
