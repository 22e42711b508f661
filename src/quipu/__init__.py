"""Quipu keeps facts at addresses, looks at them through official forms, and exchanges them in bundles."""
