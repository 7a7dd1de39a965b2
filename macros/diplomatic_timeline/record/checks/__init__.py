"""Rules across fields and files: one module a family."""
