"""The record for other programs: one module for each format, and `files`, which makes them all."""
