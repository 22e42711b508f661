"""Official formats as data: a form reads a messy table, checks it, and draws it again."""
