"""How long the main work takes, each time beside the least that it could take on this machine."""
