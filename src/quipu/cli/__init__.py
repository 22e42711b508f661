"""The face made of commands: arguments become operations, Outcomes become words, nothing more."""
