"""What a briefing holds: the selection, its contents as plain values, the shelf of finished files."""
