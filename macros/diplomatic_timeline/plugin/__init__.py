"""The adapter to MkDocs."""
