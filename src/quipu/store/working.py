"""The working tables of a writer, which no file keeps, and the statements for many values."""

# The same text runs on SQLite and PostgreSQL. CROSS JOIN fixes the order of joining on SQLite,
# whose planner knows nothing of working tables and would rather read the ledger whole.

TABLES = (
    """
CREATE TEMPORARY TABLE IF NOT EXISTS draft (
    place INTEGER PRIMARY KEY, n INTEGER, item INTEGER, field INTEGER, period INTEGER,
    unit INTEGER, kind INTEGER, num INTEGER, body TEXT, reg INTEGER
)
""",
)

FIND_REGISTERS = """
UPDATE draft SET reg = (
    SELECT f.reg FROM fact f
    WHERE f.item = draft.item AND f.field = draft.field
      AND f.period = draft.period AND f.unit = draft.unit
)
"""

DROP_NEEDLESS_BLANKS = "DELETE FROM draft WHERE reg IS NULL AND kind = 0"

DROP_SAME = """
DELETE FROM draft
WHERE EXISTS (
    SELECT 1 FROM fact f LEFT JOIN text t ON f.kind >= 3 AND t.no = f.num
    WHERE f.reg = draft.reg AND f.kind = draft.kind
      AND ((draft.body IS NULL AND f.num = draft.num) OR t.body = draft.body)
)
AND NOT EXISTS (SELECT 1 FROM multi m WHERE m.reg = draft.reg AND m.differ = 1)
"""

SEVERAL_HEADS = """
SELECT d.place FROM draft d CROSS JOIN multi m WHERE m.reg = d.reg ORDER BY d.place
"""

DROP_SEVERAL_HEADS = """
DELETE FROM draft WHERE EXISTS (SELECT 1 FROM multi m WHERE m.reg = draft.reg)
"""

NUMBER_AGAIN = """
UPDATE draft SET n = r.n
FROM (SELECT place, row_number() OVER (ORDER BY place) AS n FROM draft) AS r
WHERE r.place = draft.place
"""

KEEP_TEXTS = "INSERT INTO text (no, body) SELECT num, body FROM draft WHERE body IS NOT NULL"

ADD_REVISIONS = """
INSERT INTO op (op, reg, kind, num, base, more, depth, at, author, grp, reason, arrival)
SELECT :start + d.n, coalesce(d.reg, :registers + d.n), d.kind, d.num, coalesce(f.shown, 0), 0,
    CASE WHEN d.depth >= :deepest THEN :deepest ELSE coalesce(d.depth, 0) + 1 END,
    :at, :author, :grp, 0, :arrival
FROM (
    SELECT draft.*, (SELECT max(o.depth) FROM op o WHERE o.reg = draft.reg) AS depth FROM draft
) AS d
LEFT JOIN fact f ON f.reg = d.reg
ORDER BY d.n
"""

SHOW_KNOWN = """
UPDATE fact SET kind = d.kind, num = d.num, shown = :start + d.n
FROM draft d WHERE fact.reg = d.reg
"""

ADD_REGISTERS = """
INSERT INTO fact (reg, item, field, period, unit, kind, num, shown)
SELECT :registers + n, item, field, period, unit, kind, num, :start + n
FROM draft WHERE reg IS NULL ORDER BY n
"""
