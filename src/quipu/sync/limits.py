"""How much a bundle may ask of the machine that reads it; the values are part of FORMAT.md."""

MIB = 1024 * 1024

MANIFEST = 1 * MIB
"""Bytes of a manifest, and of an enrolment's own words."""

PLAIN = 64 * MIB
"""Bytes of revisions once they are unpacked."""

RATIO = 200
"""How many times larger than packed they may be, beyond the first MiB."""

WINDOW = 8 * MIB
"""Bytes of history that unpacking may need."""

HEAD = 16 * MIB
"""Bytes of the first line of revisions, the one with the dictionaries."""

LINE = 4 * MIB
"""Bytes of each further line of revisions."""

BLOCK = 10_000
"""Revisions in one line."""

REVISIONS = 1_000_000
"""Revisions in one bundle."""

TEXT = 16 * 1024
"""Bytes of one text."""

UNREAD = 64 * 1024
"""Bytes of a value that only a newer version understands."""

MEMBERS = 4_096
"""Files in a container."""

DIRECTORY = 1 * MIB
"""Bytes of a container's directory."""

COUNTER = 2**53 - 1
"""Greatest number that every language's JSON reads exactly: for counts, depths and sequences."""

SEAL_HEADER = 16 * 1024
"""Bytes of the header of a sealed body, some 160 receivers: taking it in costs its square."""
