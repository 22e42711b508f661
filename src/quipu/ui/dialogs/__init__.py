"""The few dialogs: what a person must say before a piece of work can begin."""
