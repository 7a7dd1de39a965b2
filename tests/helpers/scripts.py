"""What data scripts hand over."""

from __future__ import annotations

import json
import re
from typing import Any

_STRING = re.compile(r"""("(?:[^"\\]|\\.)*")|'((?:[^'\\]|\\.)*)'""")


def handed(script: str) -> list[Any]:
    """Return the values with which a script calls a function; a text that it parses stays one."""
    found = re.fullmatch(r"[\w.]+\((.*)\);?\n", script, re.DOTALL)
    assert found
    values = re.sub(r"JSON\.parse\((.*)\)$", r"\1", found[1])
    read: list[Any] = json.loads(f"[{_STRING.sub(lambda s: s[1] or _double(s[2]), values)}]")
    return read


def _double(text: str) -> str:
    return '"' + text.replace("\\'", "'").replace('"', '\\"') + '"'
