"""The client whose calls are awaited. The blocking one is made of it: see scripts/make_sync.py."""
