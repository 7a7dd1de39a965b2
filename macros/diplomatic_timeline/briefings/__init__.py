"""The printed record: what is in a briefing, and the PDFs."""
