"""The search index: the record as small script files that a reader's browser loads as it needs them."""
