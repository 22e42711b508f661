"""Tables on other desks: the only room that knows openpyxl and reportlab."""
