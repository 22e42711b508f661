"""The working tables of a writer, which no file keeps, and the statements of bulk work."""

# The same text runs on SQLite and PostgreSQL. CROSS JOIN fixes the order of joining on SQLite,
# whose planner knows nothing of working tables and would rather read the ledger whole.

TABLES = (
    """
CREATE TEMPORARY TABLE IF NOT EXISTS draft (
    place INTEGER PRIMARY KEY, n INTEGER, item INTEGER, field INTEGER, period INTEGER,
    unit INTEGER, kind INTEGER, num INTEGER, body TEXT, reg INTEGER
)
""",
    """
CREATE TEMPORARY TABLE IF NOT EXISTS inc (
    op INTEGER PRIMARY KEY, item INTEGER, field INTEGER, period INTEGER, unit INTEGER,
    kind INTEGER, num INTEGER, body TEXT, base INTEGER, more INTEGER, depth INTEGER,
    at INTEGER, author INTEGER, grp INTEGER, reason INTEGER, why TEXT,
    reg INTEGER, fresh INTEGER NOT NULL DEFAULT 1
)
""",
    "CREATE TEMPORARY TABLE IF NOT EXISTS inc_base (op INTEGER, base INTEGER)",
    "CREATE TEMPORARY TABLE IF NOT EXISTS slow (reg INTEGER PRIMARY KEY)",
    "CREATE TEMPORARY TABLE IF NOT EXISTS office_field (field INTEGER PRIMARY KEY)",
    """
CREATE TEMPORARY TABLE IF NOT EXISTS head (
    reg INTEGER, op INTEGER, kind INTEGER, num INTEGER,
    steward INTEGER, depth INTEGER, session TEXT
)
""",
    "CREATE TEMPORARY TABLE IF NOT EXISTS wanted (item INTEGER PRIMARY KEY, mark INTEGER)",
    "CREATE TEMPORARY TABLE IF NOT EXISTS outgoing (op INTEGER PRIMARY KEY)",
    "CREATE TEMPORARY TABLE IF NOT EXISTS telling (field INTEGER PRIMARY KEY)",
)

# ---------------------------------------------------------------- many values of one's own

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

# ---------------------------------------------------------------- a bundle

ADD_INCOMING_REGISTERS = """
INSERT INTO fact (reg, item, field, period, unit, kind, num, shown)
SELECT :registers + row_number() OVER (ORDER BY i.op), i.item, i.field, i.period, i.unit,
    i.kind, i.num, i.op
FROM inc i WHERE true
ON CONFLICT (item, field, period, unit) DO NOTHING
"""

FIND_INCOMING_REGISTERS = """
UPDATE inc SET reg = (
    SELECT f.reg FROM fact f
    WHERE f.item = inc.item AND f.field = inc.field
      AND f.period = inc.period AND f.unit = inc.unit
)
"""

ADD_INCOMING = """
INSERT INTO op (op, reg, kind, num, base, more, depth, at, author, grp, reason, arrival)
SELECT i.op, i.reg, i.kind, i.num, i.base, i.more, i.depth, i.at, i.author, i.grp, i.reason,
    :arrival
FROM inc i WHERE true
ON CONFLICT (op) DO NOTHING
"""

TELL_KNOWN = """
UPDATE inc SET fresh = 0
WHERE NOT EXISTS (SELECT 1 FROM op o WHERE o.op = inc.op AND o.arrival = :arrival)
"""

KNOWN_OTHERWISE = """
SELECT i.op FROM inc i
CROSS JOIN op o
LEFT JOIN text t ON o.kind >= 3 AND t.no = o.num
LEFT JOIN text w ON o.reason > 0 AND w.no = o.reason
WHERE i.fresh = 0 AND o.op = i.op AND (
    o.reg <> i.reg OR o.kind <> i.kind OR o.base <> i.base OR o.more <> i.more
    OR o.depth <> i.depth OR o.at <> i.at OR o.author <> i.author OR o.grp <> i.grp
    OR (i.body IS NULL AND o.num <> i.num) OR coalesce(t.body, '') <> coalesce(i.body, '')
    OR coalesce(w.body, '') <> coalesce(i.why, '')
    OR EXISTS (
        SELECT 1 FROM inc_base b WHERE i.more > 0 AND b.op = i.op AND NOT EXISTS (
            SELECT 1 FROM op_base k WHERE k.reg = o.reg AND k.base = b.base AND k.op = o.op
        )
    )
)
LIMIT 1
"""

KEEP_INCOMING_TEXTS = """
INSERT INTO text (no, body)
SELECT num, body FROM inc WHERE fresh = 1 AND body IS NOT NULL
UNION ALL
SELECT reason, why FROM inc WHERE fresh = 1 AND why IS NOT NULL
"""

KEEP_INCOMING_BASES = """
INSERT INTO op_base (reg, base, op)
SELECT i.reg, b.base, b.op FROM inc_base b CROSS JOIN inc i WHERE i.op = b.op AND i.fresh = 1
"""

# Slow is what may be concurrent: a register that shows something else than what is replaced, that
# had several heads (also equal ones), that occurs twice, or whose revision was replaced before it
# came. All others only move on.
CHOOSE_SLOW = """
INSERT INTO slow (reg)
SELECT i.reg FROM inc i
CROSS JOIN fact f
WHERE i.fresh = 1 AND i.reg <= :registers AND f.reg = i.reg AND (
    f.shown = 0 OR f.shown <> i.base OR i.more > 0
    OR EXISTS (SELECT 1 FROM multi m WHERE m.reg = i.reg)
    OR EXISTS (SELECT 1 FROM op o WHERE o.reg = i.reg AND o.base = i.op)
    OR EXISTS (SELECT 1 FROM op_base k WHERE k.reg = i.reg AND k.base = i.op)
)
UNION
SELECT reg FROM inc WHERE fresh = 1 GROUP BY reg HAVING count(*) > 1
"""

MOVE_ON = """
UPDATE fact SET kind = i.kind, num = i.num, shown = i.op
FROM inc i
WHERE fact.reg = i.reg AND i.fresh = 1 AND i.reg <= :registers
  AND NOT EXISTS (SELECT 1 FROM slow s WHERE s.reg = i.reg)
"""

# ---------------------------------------------------------------- registers read from the ledger

HEADS = """
INSERT INTO head (reg, op, kind, num, steward, depth, session)
SELECT o.reg, o.op, o.kind, o.num,
    CASE WHEN (d.office <> '') = (k.field IS NOT NULL) THEN 1 ELSE 0 END, o.depth, s.id
FROM slow w
CROSS JOIN op o
CROSS JOIN fact f
CROSS JOIN session s
CROSS JOIN device d
LEFT JOIN office_field k ON k.field = f.field
WHERE o.reg = w.reg AND f.reg = w.reg AND s.no = o.op >> 32 AND d.no = s.device
  AND NOT EXISTS (SELECT 1 FROM op p WHERE p.reg = o.reg AND p.base = o.op)
  AND NOT EXISTS (SELECT 1 FROM op_base b WHERE b.reg = o.reg AND b.base = o.op)
"""

SHOWN = """
SELECT reg, kind, num, op FROM (
    SELECT h.*, row_number() OVER (
        PARTITION BY reg ORDER BY steward DESC, depth DESC, session DESC, op DESC
    ) AS place
    FROM head h
) AS ranked
WHERE place = 1
"""

SHOW = f"""
UPDATE fact SET kind = r.kind, num = r.num, shown = r.op
FROM ({SHOWN}) AS r
WHERE fact.reg = r.reg
"""

SHOW_NOTHING = """
UPDATE fact SET kind = 0, num = 0, shown = 0
WHERE reg IN (
    SELECT s.reg FROM slow s WHERE NOT EXISTS (SELECT 1 FROM head h WHERE h.reg = s.reg)
)
"""

FORGET_SEVERAL = "DELETE FROM multi WHERE reg IN (SELECT reg FROM slow)"

SEVERAL = """
SELECT h.reg, count(*) AS heads, CASE WHEN count(DISTINCT
    CAST(h.kind AS TEXT) || ':' || coalesce(t.body, CAST(h.num AS TEXT))
) > 1 THEN 1 ELSE 0 END AS differ
FROM head h LEFT JOIN text t ON h.kind >= 3 AND t.no = h.num
GROUP BY h.reg HAVING count(*) > 1
"""

REMEMBER_SEVERAL = f"INSERT INTO multi (reg, heads, differ) {SEVERAL}"

COUNT_DISPUTES = """
SELECT count(*) FROM slow s CROSS JOIN multi m WHERE m.reg = s.reg AND m.differ = 1
"""

# ---------------------------------------------------------------- what an audience lacks

# What came by a bundle of the audience's own is not sent back to it.
_CAME_FROM_IT = """
EXISTS (
    SELECT 1 FROM bundle b, device d
    WHERE b.arrival = o.arrival AND d.no = b.device AND d.office = :office
)
"""

PENDING_OF_ALL = f"""
INSERT INTO outgoing (op)
SELECT o.op FROM op o WHERE o.arrival > :mark AND NOT {_CAME_FROM_IT}
"""

# An item of which nothing was acknowledged travels with its whole history.
PENDING_OF_NEW = f"""
INSERT INTO outgoing (op)
SELECT o.op FROM wanted w CROSS JOIN fact f CROSS JOIN op o
WHERE w.mark = 0 AND f.item = w.item AND o.reg = f.reg AND NOT {_CAME_FROM_IT}
"""

PENDING_OF_KNOWN = f"""
INSERT INTO outgoing (op)
SELECT o.op FROM op o CROSS JOIN fact f CROSS JOIN wanted w
WHERE o.arrival > :mark AND f.reg = o.reg AND w.item = f.item AND w.mark > 0
  AND o.arrival > w.mark AND NOT {_CAME_FROM_IT}
"""

# What the audience's own word of what it holds shows it to have lost: an office that came back
# from a backup gets its own work again.
LOST = """
INSERT INTO outgoing (op)
SELECT o.op
FROM device d
CROSS JOIN session s
LEFT JOIN holding h ON h.audience = :audience AND h.session = s.no
CROSS JOIN op o
WHERE d.office = :owner AND s.device = d.no AND s.top > coalesce(h.upto, 0)
  AND o.op > (s.no << 32) + coalesce(h.upto, 0) AND o.op <= (s.no << 32) + s.top
ON CONFLICT (op) DO NOTHING
"""

EVERYTHING = "INSERT INTO outgoing (op) SELECT op FROM op WHERE true ON CONFLICT (op) DO NOTHING"

EVERYTHING_WANTED = """
INSERT INTO outgoing (op)
SELECT o.op FROM wanted w CROSS JOIN fact f CROSS JOIN op o
WHERE f.item = w.item AND o.reg = f.reg
ON CONFLICT (op) DO NOTHING
"""

DROP_UNWANTED = """
DELETE FROM outgoing WHERE NOT EXISTS (
    SELECT 1 FROM op o, fact f, wanted w
    WHERE o.op = outgoing.op AND f.reg = o.reg AND w.item = f.item
)
"""

# Of items that were told once and are wanted no more: where they went, until that is acknowledged.
FAREWELLS = f"""
INSERT INTO outgoing (op)
SELECT o.op
FROM (
    SELECT DISTINCT i.item FROM sent t, scope_item i
    WHERE t.audience = :audience AND i.scope = t.scope
) AS former
CROSS JOIN telling k
CROSS JOIN fact f
CROSS JOIN op o
WHERE former.item NOT IN (SELECT item FROM wanted)
  AND f.item = former.item AND f.field = k.field AND o.reg = f.reg AND o.arrival > :mark
  AND NOT {_CAME_FROM_IT}
ON CONFLICT (op) DO NOTHING
"""

# ---------------------------------------------------------------- verifying

SHOWN_OTHERWISE = f"""
SELECT f.item, f.field, f.period, f.unit FROM fact f LEFT JOIN ({SHOWN}) AS r ON r.reg = f.reg
WHERE coalesce(r.op, 0) <> f.shown OR coalesce(r.kind, 0) <> f.kind OR coalesce(r.num, 0) <> f.num
UNION
SELECT f.item, f.field, f.period, f.unit FROM fact f
WHERE f.reg IN (
    SELECT reg FROM (SELECT reg, heads, differ FROM multi EXCEPT {SEVERAL}) AS more
    UNION
    SELECT reg FROM (SELECT * FROM ({SEVERAL}) AS s EXCEPT SELECT reg, heads, differ FROM multi)
        AS less
)
"""

INCOMPLETE = """
SELECT o.op FROM op o
LEFT JOIN fact f ON f.reg = o.reg
LEFT JOIN session s ON s.no = o.op >> 32
LEFT JOIN text t ON t.no = o.num
WHERE f.reg IS NULL OR s.device IS NULL OR s.top < (o.op & 4294967295)
   OR (o.kind >= 3 AND t.no IS NULL)
ORDER BY o.op
"""
