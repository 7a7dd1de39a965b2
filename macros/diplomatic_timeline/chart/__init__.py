"""The overview: lanes across time, where marks stand, and the same as data for the script."""
