"""The working tables of a writer, which no file keeps, and the statements of bulk work."""

# The same text runs on SQLite and PostgreSQL. CROSS JOIN fixes the order of joining on SQLite,
# whose planner knows nothing of working tables and would rather read the ledger whole.

TABLES = (
    "CREATE TEMPORARY TABLE IF NOT EXISTS asked (item INTEGER PRIMARY KEY)",
    "CREATE TEMPORARY TABLE IF NOT EXISTS draft (reg INTEGER PRIMARY KEY)",
    """
CREATE TEMPORARY TABLE IF NOT EXISTS inc (
    op INTEGER PRIMARY KEY, reg INTEGER, kind INTEGER, num INTEGER, body TEXT, base INTEGER,
    more INTEGER, depth INTEGER, at INTEGER, author INTEGER, grp INTEGER, why TEXT
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

# The numbers in a register are its item's and its spot's: see `registers`.
_OF_ITEM = "BETWEEN {item} << 28 AND ({item} << 28) + 268435455"

FACTS_ASKED = f"""
SELECT f.reg, f.kind, f.num, t.body FROM asked a CROSS JOIN fact f
LEFT JOIN text t ON f.kind >= 3 AND t.no = f.num
WHERE f.reg {_OF_ITEM.format(item="a.item")} AND f.kind <> 0
"""

_TEXT_OF = "LEFT JOIN fact {0} ON {0}.reg = (a.item << 28) + ? LEFT JOIN text {0}t "
_TEXT_OF += "ON {0}.kind = 3 AND {0}t.no = {0}.num"

ROWS_ASKED = f"""
SELECT a.item, coalesce(kt.body, ''), coalesce(pt.body, ''), coalesce(ut.body, '')
FROM asked a {" ".join(_TEXT_OF.format(one) for one in "kpu")}
"""

FACTS_AT = """
SELECT f.reg, f.kind, f.num, t.body FROM draft d CROSS JOIN fact f
LEFT JOIN text t ON f.kind >= 3 AND t.no = f.num
WHERE f.reg = d.reg AND f.kind <> 0
"""

# ---------------------------------------------------------------- many values of one's own

KNOWN_OF_DRAFT = """
SELECT d.reg, f.kind, f.num, f.shown, t.body, m.differ,
    (SELECT max(o.depth) FROM op o WHERE o.reg = d.reg) AS depth
FROM draft d CROSS JOIN fact f
LEFT JOIN text t ON f.kind >= 3 AND t.no = f.num
LEFT JOIN multi m ON m.reg = d.reg
WHERE f.reg = d.reg
"""

REMEMBER_SPAN = """
INSERT INTO span (arrival, low, high) VALUES (:arrival, :low, :high)
ON CONFLICT (arrival, low) DO UPDATE SET high = excluded.high
"""

SHOW_DRAFT = """
INSERT INTO fact (reg, kind, num, shown)
SELECT o.reg, o.kind, o.num, o.op FROM op o WHERE o.op BETWEEN :low AND :high
ON CONFLICT (reg) DO UPDATE SET kind = excluded.kind, num = excluded.num, shown = excluded.shown
"""

# ---------------------------------------------------------------- a bundle

# What an arrival brought lies between two keys of each session.
_ARRIVED = "o.op BETWEEN ? AND ? AND o.arrival = ?"

BROUGHT = f"SELECT o.op FROM op o WHERE {_ARRIVED}"

BROUGHT_BY = """
SELECT o.op FROM bundle b CROSS JOIN span n CROSS JOIN op o
WHERE b.manifest = ? AND n.arrival = b.arrival
  AND o.op BETWEEN n.low AND n.high AND +o.arrival = n.arrival
"""

LATEST = """
SELECT o.op FROM span n CROSS JOIN op o
WHERE n.arrival = :arrival AND o.op BETWEEN n.low AND n.high AND +o.arrival = n.arrival
"""

KNOWN_OTHERWISE = """
SELECT i.op FROM inc i
CROSS JOIN op o
LEFT JOIN text t ON o.kind >= 3 AND t.no = o.num
LEFT JOIN text w ON o.reason > 0 AND w.no = o.reason
WHERE o.op = i.op AND (
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

# Slow is what may be concurrent: a register that shows something else than what is replaced, that
# had several heads (also equal ones), that occurs twice, or whose revision was perhaps replaced
# before it came. All others only move on.
PLACE_SLOW = """
INSERT INTO fact (reg, kind, num, shown)
SELECT reg, 0, 0, 0 FROM slow WHERE true ON CONFLICT (reg) DO NOTHING
"""

CHOOSE_SEVERAL = f"""
INSERT INTO slow (reg)
SELECT o.reg FROM op o CROSS JOIN multi m
WHERE {_ARRIVED} AND m.reg = o.reg ON CONFLICT (reg) DO NOTHING
"""

MOVE_ON = f"""
INSERT INTO fact (reg, kind, num, shown)
SELECT o.reg, o.kind, o.num, o.op FROM op o WHERE {_ARRIVED}
ON CONFLICT (reg) DO UPDATE SET kind = excluded.kind, num = excluded.num, shown = excluded.shown
WHERE fact.shown > 0 AND fact.shown = (SELECT b.base FROM op b WHERE b.op = excluded.shown)
"""

MOVE_ON_BESIDE_SLOW = MOVE_ON.replace(
    _ARRIVED, f"{_ARRIVED} AND NOT EXISTS (SELECT 1 FROM slow w WHERE w.reg = o.reg)"
)

CHOOSE_LEFT_BEHIND = f"""
INSERT INTO slow (reg)
SELECT o.reg FROM op o CROSS JOIN fact f
WHERE {_ARRIVED} AND f.reg = o.reg AND f.shown <> o.op ON CONFLICT (reg) DO NOTHING
"""

# ---------------------------------------------------------------- what does not count

REFUSED_HERE = """
SELECT DISTINCT o.op FROM refused r CROSS JOIN op o WHERE o.op = r.op ORDER BY o.op
"""

VALUES_OF = """
SELECT o.op, o.kind, o.num, t.body FROM op o LEFT JOIN text t ON o.kind >= 3 AND t.no = o.num
WHERE o.op IN
"""

GRANTED = "SELECT t.text FROM granted g CROSS JOIN term t WHERE g.office = ? AND t.no = g.unit"

OFFICES_SAID = """
SELECT o.op, o.reg, o.kind, t.body FROM op o LEFT JOIN text t ON o.kind >= 3 AND t.no = o.num
WHERE o.reg IN ({})
"""

REGISTERS_OF_FIELD = """
SELECT f.reg FROM fact f CROSS JOIN spot p WHERE p.no = f.reg & 268435455 AND p.field = :field
ORDER BY f.reg
"""

# ---------------------------------------------------------------- registers read from the ledger

HEADS = """
INSERT INTO head (reg, op, kind, num, steward, depth, session)
SELECT o.reg, o.op, o.kind, o.num,
    CASE WHEN (d.office <> '') = (k.field IS NOT NULL) THEN 1 ELSE 0 END, o.depth, s.id
FROM slow w
CROSS JOIN op o
CROSS JOIN spot p
CROSS JOIN session s
CROSS JOIN device d
LEFT JOIN office_field k ON k.field = p.field
WHERE o.reg = w.reg AND p.no = w.reg & 268435455 AND s.no = o.op >> 32 AND d.no = s.device
  AND NOT EXISTS (SELECT 1 FROM refused r WHERE r.op = o.op)
  AND NOT EXISTS (
    SELECT 1 FROM op n WHERE n.reg = o.reg AND n.base = o.op
      AND NOT EXISTS (SELECT 1 FROM refused r WHERE r.op = n.op)
  )
  AND NOT EXISTS (
    SELECT 1 FROM op_base b WHERE b.reg = o.reg AND b.base = o.op
      AND NOT EXISTS (SELECT 1 FROM refused r WHERE r.op = b.op)
  )
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
WHERE reg IN (SELECT reg FROM slow EXCEPT SELECT reg FROM head)
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
    WHERE b.arrival = o.arrival AND d.no = b.device AND :office IN (d.office, d.id)
)
"""

# The plus keeps SQLite from making an index of all arrivals for one question.
_SINCE = """
span n CROSS JOIN op o
WHERE n.arrival > :mark AND o.op BETWEEN n.low AND n.high AND +o.arrival = n.arrival
"""

PENDING_OF_ALL = f"""
INSERT INTO outgoing (op)
SELECT o.op FROM {_SINCE} AND NOT {_CAME_FROM_IT}
"""

# An item of which nothing was acknowledged travels with its whole history.
PENDING_OF_NEW = f"""
INSERT INTO outgoing (op)
SELECT o.op FROM wanted w CROSS JOIN op o
WHERE w.mark = 0 AND o.reg {_OF_ITEM.format(item="w.item")} AND NOT {_CAME_FROM_IT}
"""

PENDING_OF_KNOWN = f"""
INSERT INTO outgoing (op)
SELECT o.op FROM {_SINCE} AND EXISTS (
    SELECT 1 FROM wanted w WHERE w.item = o.reg >> 28 AND w.mark > 0 AND o.arrival > w.mark
) AND NOT {_CAME_FROM_IT}
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

CHOSEN = """
SELECT o.op, o.reg, o.kind, o.num, o.base, o.depth, o.at, o.author, o.grp, t.body, w.body
FROM outgoing g CROSS JOIN op o
LEFT JOIN text t ON o.kind >= 3 AND t.no = o.num
LEFT JOIN text w ON o.reason > 0 AND w.no = o.reason
WHERE o.op = g.op ORDER BY o.op
"""

FURTHER_OF_CHOSEN = """
SELECT b.op, b.base FROM outgoing g CROSS JOIN op o CROSS JOIN op_base b
WHERE o.op = g.op AND o.more > 0 AND b.reg = o.reg AND b.op = o.op
"""

EVERYTHING = "INSERT INTO outgoing (op) SELECT op FROM op WHERE true ON CONFLICT (op) DO NOTHING"

EVERYTHING_WANTED = f"""
INSERT INTO outgoing (op)
SELECT o.op FROM wanted w CROSS JOIN op o
WHERE o.reg {_OF_ITEM.format(item="w.item")}
ON CONFLICT (op) DO NOTHING
"""

DROP_UNWANTED = """
DELETE FROM outgoing WHERE NOT EXISTS (
    SELECT 1 FROM op o, wanted w WHERE o.op = outgoing.op AND w.item = o.reg >> 28
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
CROSS JOIN op o
CROSS JOIN spot p
CROSS JOIN telling k
WHERE former.item NOT IN (SELECT item FROM wanted)
  AND o.reg {_OF_ITEM.format(item="former.item")}
  AND p.no = o.reg & 268435455 AND k.field = p.field AND o.arrival > :mark
  AND NOT {_CAME_FROM_IT}
ON CONFLICT (op) DO NOTHING
"""

# ---------------------------------------------------------------- verifying

SHOWN_OTHERWISE = f"""
SELECT f.reg FROM fact f LEFT JOIN ({SHOWN}) AS r ON r.reg = f.reg
WHERE coalesce(r.op, 0) <> f.shown OR coalesce(r.kind, 0) <> f.kind OR coalesce(r.num, 0) <> f.num
UNION
SELECT f.reg FROM fact f WHERE f.reg IN (
    SELECT reg FROM (SELECT reg, heads, differ FROM multi EXCEPT {SEVERAL}) AS more
    UNION
    SELECT reg FROM (SELECT * FROM ({SEVERAL}) AS s EXCEPT SELECT reg, heads, differ FROM multi)
        AS less
)
"""

INCOMPLETE = """
SELECT o.op FROM op o
LEFT JOIN fact f ON f.reg = o.reg
LEFT JOIN spot p ON p.no = o.reg & 268435455
LEFT JOIN term i ON i.no = o.reg >> 28
LEFT JOIN span n ON n.arrival = o.arrival AND o.op BETWEEN n.low AND n.high
LEFT JOIN session s ON s.no = o.op >> 32
LEFT JOIN text t ON t.no = o.num
WHERE f.reg IS NULL OR p.no IS NULL OR i.no IS NULL OR n.arrival IS NULL
   OR s.device IS NULL OR s.top < (o.op & 4294967295)
   OR (o.kind >= 3 AND t.no IS NULL)
ORDER BY o.op
"""

# ---------------------------------------------------------------- rebuilding

FORGET_SPANS = "DELETE FROM span"

READ_SPANS = """
INSERT INTO span (arrival, low, high)
SELECT arrival, min(op), max(op) FROM op GROUP BY arrival, op >> 32
"""

READ_AHEAD = """
UPDATE session SET ahead = b.ahead FROM (
    SELECT base >> 32 AS session, max(base & 4294967295) AS ahead
    FROM (SELECT base FROM op WHERE base > 0 UNION SELECT base FROM op_base) AS bases
    GROUP BY base >> 32
) AS b WHERE session.no = b.session AND session.ahead < b.ahead
"""
