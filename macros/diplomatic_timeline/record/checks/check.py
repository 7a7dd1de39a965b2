"""What a check is: a rule of the record, and how much of the record it has to see."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from diplomatic_timeline.record.reading import Findings, Reading

Scope = Literal["event", "record"]
"""What decides what a check says of an event: that event and the registries, or other events too."""


@dataclass(frozen=True, slots=True)
class Check:
    """A rule: `find` yields a finding for whatever in a reading breaks it. Its docstring says what holds."""

    find: Callable[[Reading], Findings]
    scope: Scope

    def __call__(self, reading: Reading) -> Findings:
        return self.find(reading)


def check(scope: Scope = "record") -> Callable[[Callable[[Reading], Findings]], Check]:
    """Make a function a check.

    One with the scope `event` may be given a part of a record: while serving, only the edited events. What
    looks from event to event there would miss what it is for.
    """
    return lambda find: Check(find, scope)
