"""The timeline as pages, each a value. Knows no MkDocs."""
