"""Data as scripts: from a folder, browsers read nothing else."""

from __future__ import annotations

import re

from pydantic_core import to_json

_STRING = re.compile(rb'"((?:[^"\\]|\\.)*)"')


def call(function: str, *values: object) -> bytes:
    """Return a script that calls a function with values.

    They are JSON, but texts full of double quotation marks, as HTML is, stand between single ones.
    """
    return function.encode() + b"(%s);\n" % b",".join(_STRING.sub(_quoted, to_json(v)) for v in values)


def _quoted(string: re.Match[bytes]) -> bytes:
    text = string[1]
    if b'\\"' not in text:
        return string[0]
    return b"'%s'" % text.replace(b'\\"', b'"').replace(b"'", b"\\'")
