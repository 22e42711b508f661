"""The panels under the sheet: the cell that a person is at, and what the checks found."""
