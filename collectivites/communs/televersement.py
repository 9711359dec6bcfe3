"""Uploaded files stay in memory until a form has looked at them: a staff list never lies in clear in
a temporary file, and what is too large for any form costs no memory.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler

#: Bytes, of all the files of a request. Above the largest that a form takes (20 MB): it is the form
#: that says so, beside its field.
GARDES_MAX = 21 * 1024 * 1024


class EnMemoire(FileUploadHandler):
    """Keeps the files of a request in memory; of what is too large, the size alone."""

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self._gardes = 0
        self._octets = BytesIO()

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self._octets = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self._gardes += len(raw_data)
        if self._gardes > GARDES_MAX:
            self._octets = BytesIO()
        else:
            self._octets.write(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        self._octets.seek(0)
        return InMemoryUploadedFile(
            file=self._octets,
            field_name=self.field_name,
            name=self.file_name,
            content_type=self.content_type,
            size=file_size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )
