"""The pages beside the sheet: reports, disputes, the institution's tree, rows of the plan."""
