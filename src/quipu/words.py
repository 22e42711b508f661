"""The words that people see, in Spanish and English, looked up by stable keys."""

from __future__ import annotations

import errno
import gettext
import os
from dataclasses import dataclass
from functools import cache

from quipu.settings import resources_dir

LANGUAGES = ("es", "en")
DOMAINS = ("cli", "ui", "problems", "paper")


_REASONS = {
    os.strerror(code): f"system.{name}"
    for name, code in (
        ("missing", errno.ENOENT),
        ("forbidden", errno.EACCES),
        ("forbidden", errno.EPERM),
        ("full", errno.ENOSPC),
        ("folder", errno.EISDIR),
        ("no-folder", errno.ENOTDIR),
        ("read-only", errno.EROFS),
        ("disk", errno.EIO),
        ("busy", errno.EBUSY),
        ("long-name", errno.ENAMETOOLONG),
        ("exists", errno.EEXIST),
        ("not-empty", errno.ENOTEMPTY),
    )
}


class UnknownWord(KeyError):
    """A key that no catalogue has: a mistake of ours, never shown to a person as words."""


class CatalogueMissing(RuntimeError):
    """A compiled catalogue that is not where it should be: set-up has not run."""


class _Nothing(gettext.NullTranslations):
    """The end of the chain of catalogues, where gettext would answer with the key itself."""

    def gettext(self, message: str) -> str:
        raise UnknownWord(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        raise UnknownWord(msgid1)


@dataclass(frozen=True)
class Words:
    """All catalogues of one language."""

    lang: str
    _catalogues: gettext.NullTranslations

    @staticmethod
    def load(lang: str) -> Words:
        """The words of a language, named as `es`, `es-SV` or `es_SV.UTF-8`."""
        return _load(known_language(lang))

    def text(self, key: str, /, **params: object) -> str:
        """The words under a key, with the parameters put in.

        What the system gives as its reason (`OSError.strerror`) is put in in this language.
        """
        said = {name: self._reason(value) for name, value in params.items()}
        return self._catalogues.gettext(key).format(**said)

    def _reason(self, value: object) -> object:
        key = _REASONS.get(value) if isinstance(value, str) else None
        return self._catalogues.gettext(key) if key is not None else value

    def plural(self, key: str, n: int, /, **params: object) -> str:
        """The words under a key with a plural form, for n things; `{n}` is the number."""
        return self._catalogues.ngettext(key, key, n).format(n=n, **params)

    def has(self, key: str) -> bool:
        """Whether a catalogue has the key."""
        try:
            self._catalogues.gettext(key)
        except UnknownWord:
            return False
        return True


def known_language(tag: str) -> str:
    """The language of ours that a tag such as `en_US.UTF-8` means; Spanish where it means none."""
    primary = tag.replace("-", "_").split("_")[0].split(".")[0].lower()
    return primary if primary in LANGUAGES else LANGUAGES[0]


@cache
def _load(lang: str) -> Words:
    first, *others = (_catalogue(domain, lang) for domain in DOMAINS)
    for other in (*others, _Nothing()):
        first.add_fallback(other)
    return Words(lang, first)


def _catalogue(domain: str, lang: str) -> gettext.GNUTranslations:
    path = resources_dir() / "locale" / lang / "LC_MESSAGES" / f"{domain}.mo"
    try:
        with path.open("rb") as file:
            return gettext.GNUTranslations(file)
    except OSError as error:
        raise CatalogueMissing(f"{path}: run `make setup` to compile the catalogues") from error
