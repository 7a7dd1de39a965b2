"""Text files in; a verified, browsable, printable record of diplomacy out.

`from diplomatic_timeline import load` is all that a notebook needs; see docs/data/notebook.md.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from diplomatic_timeline.notebook import RecordView

__version__ = "0.1.0"

__all__ = ["load"]


def load(folder: str | Path = "events") -> RecordView:
    """Return the record in `folder`, checked and typed. Raises `notebook.RecordError`."""
    # Imported here: whoever imports one module of the package does not pay for all of them.
    from diplomatic_timeline.notebook import load_record

    return load_record(folder)
