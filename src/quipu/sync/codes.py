"""Codes that are read out on the telephone: short groups of signs that nobody takes for another."""

import hashlib
import re
from collections.abc import Callable

SIGNS = "34679ACDEFGHJKMNPQRTWXY"
"""No 0 O, 1 I L, 2 Z, 5 S, 8 B, U V."""

_GROUPS, _GROUP = 4, 4
_FAIR = 256 - 256 % len(SIGNS)


def new_code(randomness: Callable[[int], bytes]) -> str:
    """Draw a code of 72 bits: `A3CD-9KMN-…`."""
    signs = ""
    while len(signs) < _GROUPS * _GROUP:
        # Only bytes below a multiple of the signs, or the first ones would come more often.
        signs += "".join(SIGNS[byte % len(SIGNS)] for byte in randomness(16) if byte < _FAIR)
    return _grouped(signs[: _GROUPS * _GROUP])


def same_code(typed: str) -> str:
    """Give a code as it is used, however a person wrote it: small letters, spaces, no hyphens."""
    return re.sub(r"[\s\-–—_.]+", "", typed).upper()


def check_code(public: str) -> str:
    """Give the short code by which two people compare a public key (hex): three groups."""
    number = int.from_bytes(hashlib.sha256(bytes.fromhex(public)).digest())
    signs = ""
    while len(signs) < 3 * _GROUP:
        number, place = divmod(number, len(SIGNS))
        signs += SIGNS[place]
    return _grouped(signs)


def _grouped(signs: str) -> str:
    return "-".join(signs[start : start + _GROUP] for start in range(0, len(signs), _GROUP))
