"""What pages and briefings show, prepared: names resolved, dates in words, all in order."""
