"""What is true: values and rules of planning, with nothing but Python's own library."""
