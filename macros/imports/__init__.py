"""Records from other programs: one module for each format that is read, and one that writes what was read."""
