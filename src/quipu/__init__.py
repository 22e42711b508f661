"""Quipu keeps facts at addresses, sees them through official forms, and sends them in bundles."""
