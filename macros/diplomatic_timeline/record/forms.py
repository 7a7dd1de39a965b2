"""How ids, addresses and codes are written, as remedies say it."""

from __future__ import annotations

import re
from urllib.parse import quote

from diplomatic_timeline.model.links import is_web
from diplomatic_timeline.model.vocabulary import as_id

ID_FORM = "an id has small letters, digits and single hyphens"


def address_help(value: str) -> str:
    """Return how an address is written: the nearest one, or else an example."""
    whole = value if re.match(r"[\w+.-]+:", value) else f"https://{value}"
    bare = re.sub(r"^(https?://)[^/?#\\]*@", r"\1", whole)
    near = re.sub(r"""[\s\\"<>]""", lambda sign: quote(sign[0]), bare)
    return f"write it whole, as in '{near if is_web(near) else 'https://example.org/page'}'"


def id_help(value: str) -> str:
    """Return how an id is written, with the nearest one where there is one."""
    proposal = as_id(value)
    return f"{ID_FORM}, as in '{proposal}'" if proposal else ID_FORM


def code_help(name: str, value: str) -> str:
    """Return how the code in a field of that name is written: a DOI, an item of Wikidata, a language."""
    if name == "doi":
        found = re.search(r"10\.[0-9]{4,9}/\S+", value)
        return f"write it as '{found[0]}'" if found else "write it as in '10.1000/182'"
    if name != "wikidata":
        return "write it as in 'en', 'zh' or 'zh-Hant'"
    found = re.search(r"Q[1-9][0-9]*", value)
    return f"write it as '{found[0]}'" if found else "write the item's number, as in 'Q865'"
