"""Step 2: registers are numbered by what they are, so that none has to be looked up.

A register was a number of its own in `fact`; now it is its item's number and its spot's (field,
period and unit), and the facts of an item lie side by side. `session.ahead` is the greatest number
of a session that something kept here replaces. Where an arrival's revisions lie is told by spans
of keys, and a bundle is known again by its file. `refused` has what does not count, and `granted`
which units the centre gave to offices; both are read from the ledger after this step.
"""

from sqlalchemy import Connection

from quipu.store.migrations.m0001_ledger import WORDS

TABLES = """
ALTER TABLE fact RENAME TO old_fact;
ALTER TABLE op RENAME TO old_op;
ALTER TABLE op_base RENAME TO old_op_base;
ALTER TABLE multi RENAME TO old_multi;
DROP INDEX op_reg;
DROP INDEX op_arrival;
CREATE TABLE spot (
    no {serial},
    field {integer} NOT NULL,
    period {integer} NOT NULL,
    unit {integer} NOT NULL,
    UNIQUE (field, period, unit)
);
CREATE TABLE moved (old {serial}, reg {integer} NOT NULL);
CREATE TABLE fact (
    reg {serial},
    kind {integer} NOT NULL,
    num {integer} NOT NULL,
    shown {integer} NOT NULL
);
CREATE TABLE op (
    op {serial},
    reg {integer} NOT NULL,
    kind {integer} NOT NULL,
    num {integer} NOT NULL,
    base {integer} NOT NULL,
    more {integer} NOT NULL,
    depth {integer} NOT NULL,
    at {integer} NOT NULL,
    author {integer} NOT NULL,
    grp {integer} NOT NULL,
    reason {integer} NOT NULL,
    arrival {integer} NOT NULL
);
CREATE TABLE op_base (
    reg {integer} NOT NULL,
    base {integer} NOT NULL,
    op {integer} NOT NULL,
    PRIMARY KEY (reg, base, op)
) {rowless};
CREATE TABLE multi (
    reg {serial},
    heads {integer} NOT NULL,
    differ {integer} NOT NULL
);
INSERT INTO spot (no, field, period, unit)
    SELECT row_number() OVER (ORDER BY field, period, unit), field, period, unit
    FROM (SELECT DISTINCT field, period, unit FROM old_fact) AS places;
INSERT INTO moved (old, reg)
    SELECT f.reg, (f.item << 28) | s.no FROM old_fact f
    JOIN spot s ON s.field = f.field AND s.period = f.period AND s.unit = f.unit;
INSERT INTO fact (reg, kind, num, shown)
    SELECT m.reg, f.kind, f.num, f.shown FROM moved m JOIN old_fact f ON f.reg = m.old
    ORDER BY m.reg;
INSERT INTO op (op, reg, kind, num, base, more, depth, at, author, grp, reason, arrival)
    SELECT o.op, coalesce(m.reg, 0), o.kind, o.num, o.base, o.more, o.depth, o.at, o.author,
        o.grp, o.reason, o.arrival
    FROM old_op o LEFT JOIN moved m ON m.old = o.reg ORDER BY o.op;
INSERT INTO op_base (reg, base, op)
    SELECT m.reg, b.base, b.op FROM old_op_base b JOIN moved m ON m.old = b.reg;
INSERT INTO multi (reg, heads, differ)
    SELECT m.reg, t.heads, t.differ FROM old_multi t JOIN moved m ON m.old = t.reg;
DROP TABLE old_fact;
DROP TABLE old_op;
DROP TABLE old_op_base;
DROP TABLE old_multi;
DROP TABLE moved;
CREATE TABLE granted (
    unit {integer} NOT NULL,
    office TEXT NOT NULL,
    PRIMARY KEY (unit, office)
) {rowless};
CREATE TABLE refused (
    op {integer} NOT NULL,
    refusal {integer} NOT NULL,
    code {integer} NOT NULL,
    PRIMARY KEY (op, refusal)
) {rowless};
CREATE INDEX refused_refusal ON refused (refusal);
CREATE INDEX op_reg ON op (reg, base);
CREATE TABLE span (
    arrival {integer} NOT NULL,
    low {integer} NOT NULL,
    high {integer} NOT NULL,
    PRIMARY KEY (arrival, low)
) {rowless};
INSERT INTO span (arrival, low, high)
    SELECT arrival, min(op), max(op) FROM op GROUP BY arrival, op >> 32;
ALTER TABLE bundle ADD COLUMN file_sha256 TEXT NOT NULL DEFAULT '';
CREATE INDEX bundle_file ON bundle (file_sha256);
ALTER TABLE session ADD COLUMN ahead {integer} NOT NULL DEFAULT 0;
UPDATE session SET ahead = b.ahead FROM (
    SELECT base >> 32 AS session, max(base & 4294967295) AS ahead
    FROM (SELECT base FROM op WHERE base > 0 UNION SELECT base FROM op_base) AS bases
    GROUP BY base >> 32
) AS b WHERE session.no = b.session
"""

# The ledger grows and never changes; nor does the address that a register's number stands for.
SQLITE_GUARDS = [
    ("op", "UPDATE"),
    ("op", "DELETE"),
    ("op_base", "UPDATE"),
    ("op_base", "DELETE"),
    ("spot", "UPDATE"),
    ("spot", "DELETE"),
    ("fact", "UPDATE OF reg"),
    ("fact", "DELETE"),
]


def upgrade(connection: Connection) -> None:
    """Number the registers anew in a database of step 1."""
    for statement in TABLES.format(**WORDS[connection.dialect.name]).split(";"):
        connection.exec_driver_sql(statement)
    if connection.dialect.name == "sqlite":
        for table, deed in SQLITE_GUARDS:
            verb = deed.split()[0].lower()
            connection.exec_driver_sql(
                f"CREATE TRIGGER {table}_never_{verb} BEFORE {deed} ON {table} "
                "BEGIN SELECT RAISE(ABORT, 'the ledger is only added to'); END"
            )
