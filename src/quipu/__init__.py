"""Quipu keeps facts at addresses, sees them through official forms, and sends them in bundles."""

__version__ = "0.1.0"
