"""The tables as this version reads and writes them; `migrations` makes them.

Short texts that repeat are numbers of `term`, values' texts are rows of `text`, so that `op` and
`fact` are integers only. A register's number is its item's and its spot's (see `registers`). A
revision's key is `session << 32 | n`: one integer, unique over all registers, so that a name used
twice is always seen. `arrival` numbers the writes of this workspace: one for each transaction's
own revisions, one for each bundle merged; `span` tells between which keys those lie.
`session.top` is the greatest number held of a session, `session.ahead` the greatest that some
bundle's revision replaces.
"""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, MetaData, Table, Text
from sqlalchemy.schema import PrimaryKeyConstraint, UniqueConstraint

metadata = MetaData()

BIG = BigInteger().with_variant(Integer, "sqlite")


def _key(name: str) -> "Column[int]":
    return Column(name, BIG, primary_key=True)


def _number(name: str) -> "Column[int]":
    return Column(name, BIG, nullable=False)


def _text(name: str, *, unique: bool = False) -> "Column[str]":
    return Column(name, Text, nullable=False, unique=unique)


schema_version = Table("schema_version", metadata, _number("version"))
meta = Table("meta", metadata, Column("key", Text, primary_key=True), _text("value"))

term = Table("term", metadata, _key("no"), _text("text", unique=True))
text = Table("text", metadata, _key("no"), _text("body"))

device = Table(
    "device",
    metadata,
    _key("no"),
    _text("id", unique=True),
    _text("office"),
    _text("public_key"),
    _text("chain"),
    _text("state"),
)
session = Table(
    "session",
    metadata,
    _key("no"),
    _text("id", unique=True),
    _text("nonce"),
    Column("device", BIG, ForeignKey("device.no")),
    *(_number(name) for name in ("top", "ahead")),
    Index("session_device", "device"),
)

spot = Table(
    "spot",
    metadata,
    _key("no"),
    *(_number(name) for name in ("field", "period", "unit")),
    UniqueConstraint("field", "period", "unit"),
)
fact = Table(
    "fact",
    metadata,
    _key("reg"),
    *(_number(name) for name in ("kind", "num", "shown")),
)
op = Table(
    "op",
    metadata,
    _key("op"),
    *(_number(name) for name in ("reg", "kind", "num", "base", "more", "depth", "at", "author")),
    *(_number(name) for name in ("grp", "reason", "arrival")),
    Index("op_reg", "reg", "base"),
)
span = Table(
    "span",
    metadata,
    *(_number(name) for name in ("arrival", "low", "high")),
    PrimaryKeyConstraint("arrival", "low"),
    sqlite_with_rowid=False,
)
op_base = Table(
    "op_base",
    metadata,
    *(_number(name) for name in ("reg", "base", "op")),
    PrimaryKeyConstraint("reg", "base", "op"),
    sqlite_with_rowid=False,
)
multi = Table("multi", metadata, _key("reg"), _number("heads"), _number("differ"))

granted = Table(
    "granted",
    metadata,
    _number("unit"),
    _text("office"),
    PrimaryKeyConstraint("unit", "office"),
    sqlite_with_rowid=False,
)
refused = Table(
    "refused",
    metadata,
    *(_number(name) for name in ("op", "refusal", "code")),
    PrimaryKeyConstraint("op", "refusal"),
    Index("refused_refusal", "refusal"),
    sqlite_with_rowid=False,
)

bundle = Table(
    "bundle",
    metadata,
    _key("arrival"),
    _text("manifest"),
    Column("device", BIG, ForeignKey("device.no"), nullable=False),
    _text("audience"),
    _number("seq"),
    *(_text(name) for name in ("prev", "made_at", "received_at", "file_name")),
    *(_number(name) for name in ("revisions", "fresh")),
    *(_text(name) for name in ("state", "reason", "extra", "file_sha256")),
    Index("bundle_manifest", "manifest"),
    Index("bundle_file", "file_sha256"),
    Index("bundle_device", "device", "audience", "seq"),
)
blob = Table(
    "blob",
    metadata,
    Column("sha256", Text, primary_key=True),
    _number("size"),
    _text("state"),
)

scope = Table("scope", metadata, _key("no"), _text("digest", unique=True))
scope_item = Table(
    "scope_item",
    metadata,
    Column("scope", BIG, ForeignKey("scope.no"), nullable=False),
    _number("item"),
    PrimaryKeyConstraint("scope", "item"),
    sqlite_with_rowid=False,
)
sent = Table(
    "sent",
    metadata,
    _key("no"),
    _text("audience"),
    Column("device", BIG, ForeignKey("device.no"), nullable=False),
    _number("seq"),
    *(_text(name) for name in ("prev", "manifest", "at")),
    _number("revisions"),
    _number("mark"),
    Column("scope", BIG, ForeignKey("scope.no"), nullable=False),
    _text("acknowledged"),
    _number("counts"),
    UniqueConstraint("device", "audience", "seq"),
    Index("sent_audience", "audience"),
)
acked = Table(
    "acked",
    metadata,
    _text("audience"),
    Column("scope", BIG, ForeignKey("scope.no"), nullable=False),
    _number("mark"),
    PrimaryKeyConstraint("audience", "scope"),
)
holding = Table(
    "holding",
    metadata,
    _text("audience"),
    Column("session", BIG, ForeignKey("session.no"), nullable=False),
    _number("upto"),
    PrimaryKeyConstraint("audience", "session"),
)
