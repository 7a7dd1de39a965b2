"""The theme's templates without their indentation: a quarter of a page's shell is blanks.

Icons stand in the page itself, where a name space says nothing.
"""

from __future__ import annotations

import re

from jinja2 import Environment
from jinja2.ext import Extension

_BLANKS = re.compile(r"[ \t]*\n\s*")


class _Compact(Extension):
    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        return _BLANKS.sub("\n", source).replace(' xmlns="http://www.w3.org/2000/svg"', "")


def compact(env: Environment) -> None:
    """Have an environment, which has read no template yet, leave out blanks that say nothing.

    A line break stays one, so that words and scripts stay apart. What a template is given is not touched.
    """
    env.trim_blocks = env.lstrip_blocks = True
    env.add_extension(_Compact)
