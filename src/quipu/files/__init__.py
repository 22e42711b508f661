"""Tables on other people's desks: the only room that knows openpyxl, calamine, reportlab and python-docx."""
