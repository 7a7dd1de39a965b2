"""Under which name and at which address the record is published, in which language, and on what terms."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit
from uuid import NAMESPACE_URL, uuid5

from diplomatic_timeline.views import urls
from diplomatic_timeline.views.wording import ENGLISH, Wording

LICENCE = "CC-BY-4.0"
LICENCE_TITLE = "Creative Commons Attribution 4.0"
LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/"


@dataclass(frozen=True, slots=True)
class Imprint:
    """The site's name, its address, and the words of its interface.

    The address is absolute, with a slash at its end, or empty where the site has none.
    """

    name: str
    address: str = ""
    words: Wording = ENGLISH

    @property
    def terms(self) -> str:
        """On what terms the data can be used, in a sentence."""
        return self.words("imprint.terms")

    def titled(self, title: str) -> str:
        """Return a title as it stands outside of the site."""
        return self.words("imprint.titled", title=title, site=self.name)

    def link(self, path: str, here: str) -> str:
        """Return the address of `path` as the file at `here` writes it: absolute where the site has one."""
        return self.address + path if self.address else urls.relative(path, here)

    def iri(self, path: str) -> str:
        """Return a name for `path` that is the same in every build: its address, or a UUID (RFC 9562)."""
        return self.address + path if self.address else uuid5(NAMESPACE_URL, f"{self.name}/{path}").urn

    @property
    def host(self) -> str:
        """The right-hand side of identifiers such as a calendar entry's."""
        return urlsplit(self.address).hostname or "timeline.invalid"
