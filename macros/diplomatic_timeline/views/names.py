"""What a Presenter gives to those who prepare a part of a page: links, dates and labels by id."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from diplomatic_timeline.model.dates import Edtf
from diplomatic_timeline.model.records import Corpus
from diplomatic_timeline.views.models import DateView, Link, PartyView, QuoteView, SpeakerView
from diplomatic_timeline.views.timeline import Timeline
from diplomatic_timeline.views.wording import Wording


class Names(Protocol):
    """The record with its names in words, as a Presenter has it."""

    timeline: Timeline
    words: Wording
    corpus: Corpus
    parties: dict[str, PartyView]

    def date(self, when: Edtf) -> DateView: ...
    def speaker(self, id: str) -> SpeakerView: ...
    def named(self, id: str, when: Edtf) -> SpeakerView: ...
    def issue_link(self, id: str) -> Link: ...
    def issue_links(self, ids: Iterable[str]) -> tuple[Link, ...]: ...
    def event_link(self, id: str) -> Link: ...
    def source_link(self, id: str) -> Link: ...
    def quote_link(self, id: str) -> Link: ...
    def quote(self, id: str) -> QuoteView: ...
