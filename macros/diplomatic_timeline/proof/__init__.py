"""Fingerprints of sources, and whether words stand in them."""
