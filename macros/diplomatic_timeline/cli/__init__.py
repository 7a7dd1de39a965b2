"""The `timeline` command: one module a command."""
