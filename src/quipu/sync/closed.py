"""An enrolment file closed with a code: the outside says where it goes, and nothing more."""

import os
from collections.abc import Callable
from pathlib import Path

import msgspec

from quipu.disk import replacing
from quipu.domain.errors import BundleError, InputError
from quipu.sync.canonical import canonical
from quipu.sync.codes import same_code
from quipu.sync.container import (
    CLOSED_BODY,
    CLOSED_SEAL,
    ROUTE,
    Container,
    member,
    new_container,
    open_container,
)
from quipu.sync.limits import PLAIN
from quipu.sync.sealed import CODE_COST, Randomness, SealError, WrongSecret, close, unclose

CODE = "code"
"""What the outside says of how it is closed."""

_LARGEST = 4 * PLAIN
_SMALL = 10_000
_ABOUT = b"quipu enrolment 1\0"


def write_closed(
    path: Path,
    content: bytes,
    code: str,
    verify: Callable[[Path, str], object],
    randomness: Randomness,
) -> None:
    """Write a container closed with a code, and read it back with `verify` before it counts.

    Raises `InputError` `file-not-written` or `file-not-verified`.
    """
    with open_container(path, content) as inner:
        told = msgspec.json.decode(inner.read(ROUTE, _SMALL))
    route = canonical({**told, "encryption": CODE})
    seal, body = close(
        content, same_code(code), about=_ABOUT + route, cost=CODE_COST, randomness=randomness
    )
    members = {ROUTE: route, CLOSED_SEAL: canonical(seal), CLOSED_BODY: body}
    try:
        with replacing(path) as file:
            with new_container(file) as archive:
                for name, data in members.items():
                    archive.writestr(member(name, len(data)), data)
            file.flush()
            os.fsync(file.fileno())
            verify(Path(file.name), code)
    except BundleError as error:
        raise InputError("file-not-verified", file=path.name, found=error.code) from error
    except OSError as error:
        raise InputError("file-not-written", file=path, reason=error.strerror) from error


def closed_content(path: Path, code: str | None) -> bytes | None:
    """Give what a code opens, `None` for a file that is not closed with one.

    Raises `BundleError` `enrolment-code-missing`, `enrolment-code-wrong`, and those of
    `open_container`.
    """
    with open_container(path, closed=True) as container:
        if CLOSED_BODY not in container.sizes:
            return None
        return _opened(container, same_code(code or ""))


def _opened(container: Container, code: str) -> bytes:
    route = container.read(ROUTE, _SMALL)
    seal = container.read(CLOSED_SEAL, _SMALL)
    try:
        told = msgspec.json.decode(seal, type=dict[str, object])
        if not code:
            raise container.refusal("enrolment-code-missing")
        body = container.read(CLOSED_BODY, _LARGEST)
        return unclose(told, body, code, about=_ABOUT + route)
    except (ValueError, RecursionError, SealError) as error:
        raise container.refusal("bundle-damaged", part=CLOSED_SEAL) from error
    except WrongSecret:
        raise container.refusal("enrolment-code-wrong") from None
