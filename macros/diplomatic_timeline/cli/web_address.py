"""What stands at an address of the web: the only module that uses the network, and for commands alone."""

from __future__ import annotations

import http.client
import re
import urllib.error
import urllib.request
from dataclasses import dataclass

MOST = 32 << 20  # bytes: what is larger is no report
_SECONDS = 30
# Some servers answer nobody who does not say who asks.
_HEADERS = {"User-Agent": "Mozilla/5.0 (compatible; diplomatic-timeline)", "Accept": "*/*"}


class AddressError(ValueError):
    """An address that does not give what it should; the message says why."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address answered with: the bytes, the address after redirections, the media type."""

    data: bytes
    address: str
    kind: str

    @property
    def name(self) -> str:
        """A file's name for it, by which it is read."""
        is_page = self.kind in ("text/html", "application/xhtml+xml")
        return "page.html" if is_page else re.sub(r".*/|[?#].*", "", self.address) or "text.txt"


def is_address(text: str) -> bool:
    """Return whether a text is an address that can be fetched."""
    return re.match(r"https?://[^\s/]+", text, re.I) is not None


def fetch(address: str, *, most: int = MOST) -> Fetched:
    """Return what an http or https address answers with. Raises AddressError."""
    with _opened(address) as answer:
        said = answer.headers.get("Content-Length", "")
        try:
            data = b"" if said.isdecimal() and int(said) > most else answer.read(most + 1)
        except (OSError, http.client.HTTPException) as error:
            raise AddressError(f"{address} broke off: {error}") from error
        if len(data) > most or (said.isdecimal() and int(said) > most):
            raise AddressError(f"{address} answers with more than {most >> 20} MB")
        return Fetched(data, answer.geturl(), answer.headers.get_content_type())


def trouble_with(address: str) -> str:
    """Return why an address does not answer, or "" where it does."""
    try:
        with _opened(address):
            return ""
    except AddressError as error:
        return str(error).removeprefix(f"{address} ")


def _opened(address: str) -> http.client.HTTPResponse:
    if not is_address(address):
        raise AddressError(f"{address} is no http or https address")
    try:
        answer = urllib.request.urlopen(urllib.request.Request(address, headers=_HEADERS), timeout=_SECONDS)
    except urllib.error.HTTPError as error:
        error.close()
        raise AddressError(f"{address} answers {error.code} ({error.reason})") from error
    except (OSError, ValueError, http.client.HTTPException) as error:
        raise AddressError(f"{address} does not answer: {getattr(error, 'reason', error)}") from error
    if not is_address(answer.geturl()):
        answer.close()
        raise AddressError(f"{address} leads to {answer.geturl()}")
    assert isinstance(answer, http.client.HTTPResponse)
    return answer
