"""The `timeline` command: one module a command; `options` has what several take."""
