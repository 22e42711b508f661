"""The face for scripts and terminals: one command asks one operation and gives one answer."""
