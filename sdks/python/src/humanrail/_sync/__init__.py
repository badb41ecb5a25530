# Written by scripts/make_sync.py; do not edit.
"""The client whose calls block, made of `_async`."""
