"""How large what is read may be, so that whatever it says, reading it takes a moment.

docs/contribute/errors.md has what an editor is told, under "Limits".
"""

from __future__ import annotations

FILE = 5_000_000
"""Bytes of a file: of the record, of text, of a web page, of slides or rows."""

DOCUMENT = 64_000_000
"""Bytes of a file that holds pictures, too (PDF, DOCX, XLSX), and of a part of it when unpacked."""

TEXT = 100_000
"""Bytes of one text in UTF-8."""

ID = 100
"""Characters of an id."""

DATE = 100
"""Characters of a date; what is longer is none."""

DEPTH = 32
"""How many lists, mappings, objects or issues stand in one another."""

TAGS = 256
"""How many elements of HTML do; browsers stop at 512."""

MESSAGE = 600
"""Characters of a finding's message, and of its help."""

FINDINGS = 100
"""Errors of one file that are told one by one."""

PLACES = 100
"""Places of a source at which a fragment of a quotation is looked at: one after another has its words."""

CELLS = 1_000_000
"""Cells of a sheet."""
