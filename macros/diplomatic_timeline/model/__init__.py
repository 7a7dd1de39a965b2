"""The record's types: what an editor may write, and what is wrong with it."""
