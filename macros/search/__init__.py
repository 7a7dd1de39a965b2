"""The search index: the record as small script files that a reader's browser loads as it needs them.

`words` cuts text into words, `entries` says what can be found, `written` reads hand-written pages, `shards`
makes the files. Their counterpart in the browser is docs/assets/javascripts/search-engine.js.
"""
