"""The face made of windows: the only room that knows Qt, and it decides nothing."""
