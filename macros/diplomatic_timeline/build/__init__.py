"""Makes only what changed: knows no record."""
