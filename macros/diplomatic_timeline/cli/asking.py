"""Questions on a terminal: each is an option, too, and Tab completes what is known."""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager

import click

from diplomatic_timeline.cli import options
from diplomatic_timeline.model.diagnostics import suggestion


def ask(
    question: str,
    option: str,
    *,
    default: str | None = None,
    known: Collection[str] = (),
    only_known: bool = True,
    check: Callable[[str], str] = str,
) -> str:
    """Return the answer to a question, which is asked again until it is one of `known` and `check` takes it.

    An empty answer gives `default`; without one, an answer is needed. `check` returns the answer as it is
    meant, and raises ClickException. Raises UsageError where nobody is there to answer: `option` is what
    answers instead.
    """

    def read(text: str) -> str:
        answer = options.line(text.strip()) or ""
        if answer and known and only_known and answer not in known:
            raise click.UsageError(
                f"{answer!r} is not known here; {suggestion(answer, known, 'Tab shows what is')}"
            )
        return check(answer) if answer else answer

    try:
        with _completing(known):
            answer: str = click.prompt(question, default=default, show_default=bool(default), value_proc=read)
    except click.Abort:
        if sys.stdin.isatty():
            raise
        raise click.UsageError(f"nobody is there to answer '{question}': give {option}") from None
    return answer


@contextmanager
def _completing(known: Collection[str]) -> Iterator[None]:
    """Have Tab complete the last word of an answer, where Python was built with readline."""
    try:
        import readline
    except ImportError:
        yield
        return

    def complete(text: str, number: int) -> str | None:
        return next(iter([word for word in sorted(known) if word.startswith(text)][number:]), None)

    before, delimiters = readline.get_completer(), readline.get_completer_delims()
    readline.set_completer(complete)
    readline.set_completer_delims(" ,")  # an id has hyphens in it
    is_libedit = "libedit" in (readline.__doc__ or "")  # what stands for it on macOS
    readline.parse_and_bind("bind ^I rl_complete" if is_libedit else "tab: complete")
    try:
        yield
    finally:
        readline.set_completer(before)
        readline.set_completer_delims(delimiters)
