"""The face made of commands: it turns arguments into operations and Outcomes into words, and decides nothing."""
