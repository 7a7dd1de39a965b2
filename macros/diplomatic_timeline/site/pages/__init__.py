"""One module a kind of page, named as its template: what there is of it, and what each is made from."""

from diplomatic_timeline.site.pages import issue, lists, party, source, speaker, year

__all__ = ["issue", "lists", "party", "source", "speaker", "year"]
