"""Commands that measure. `make bench` runs them; no test asserts a time."""
