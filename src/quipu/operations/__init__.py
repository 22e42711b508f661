"""What a person does: one verb, one function, one transaction, one Outcome, with no Qt and no SQL."""
