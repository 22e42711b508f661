"""Bech32 (BIP 173): bytes as text with a check on every letter, as age writes its keys."""

_LETTERS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_VALUES = {letter: value for value, letter in enumerate(_LETTERS)}
_GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_LONGEST = 90


def encode(prefix: str, data: bytes) -> str:
    """Give bytes under a prefix, in lower case."""
    groups = _regroup(data, 8, 5)
    check = _remainder([*_expanded(prefix), *groups, *(0,) * 6]) ^ 1
    groups += [check >> 5 * (5 - place) & 31 for place in range(6)]
    return f"{prefix}1{''.join(_LETTERS[group] for group in groups)}"


def decode(text: str) -> tuple[str, bytes]:
    """Give the prefix (in lower case) and the bytes; raises `ValueError` for any other text."""
    prefix, groups = checked(text)
    data = _regroup(groups, 5, 8)
    if _regroup(bytes(data), 8, 5) != groups:
        raise ValueError("bits that belong to no byte")
    return prefix, bytes(data)


def checked(text: str) -> tuple[str, list[int]]:
    """Give the prefix and the groups of five bits of a text whose check is right.

    Raises `ValueError` for any other text.
    """
    if len(text) > _LONGEST or text not in (text.lower(), text.upper()):
        raise ValueError("too long, or in both cases")
    if not all("!" <= letter <= "~" for letter in text):
        raise ValueError("letters that are not printed")
    prefix, mark, rest = text.lower().rpartition("1")
    if not mark or not prefix or len(rest) < 6 or not set(rest) <= _VALUES.keys():
        raise ValueError("no prefix, no check, or other letters")
    groups = [_VALUES[letter] for letter in rest]
    if _remainder([*_expanded(prefix), *groups]) != 1:
        raise ValueError("wrong check")
    return prefix, groups[:-6]


def _remainder(groups: list[int]) -> int:
    """Divide by the code's generator."""
    check = 1
    for group in groups:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ group
        for place, term in enumerate(_GENERATOR):
            if top >> place & 1:
                check ^= term
    return check


def _expanded(prefix: str) -> list[int]:
    return [ord(letter) >> 5 for letter in prefix] + [0] + [ord(letter) & 31 for letter in prefix]


def _regroup(groups: bytes | list[int], wide: int, narrow: int) -> list[int]:
    """Cut the bits of groups into groups of another width; from 5 to 8 a short rest is dropped."""
    held, bits, found = 0, 0, []
    for group in groups:
        held, bits = held << wide | group, bits + wide
        while bits >= narrow:
            bits -= narrow
            found.append(held >> bits & (1 << narrow) - 1)
    if bits and wide > narrow:
        found.append(held << narrow - bits & (1 << narrow) - 1)
    return found
