"""From files to a checked record, with every finding at its place."""
