"""The memory: the only room that knows SQLAlchemy and SQLite, and it knows no planning rule."""
