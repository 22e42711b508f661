"""What a person does: one verb, one function, one transaction, one Outcome; no Qt, no SQL."""
