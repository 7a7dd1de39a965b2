"""Events from other programs: one module for each format, and one that writes what was read."""
