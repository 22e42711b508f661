"""Tables on other desks: the only room that knows openpyxl, calamine, reportlab, python-docx."""
