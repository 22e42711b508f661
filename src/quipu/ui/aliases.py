"""Other names of units (S0-16): proposed, confirmed, rejected and taken away on their page."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject

from quipu.domain.aliases import Proposal
from quipu.operations.aliases import (
    KnownAlias,
    confirm_alias,
    forget_alias,
    known_aliases,
    propose_aliases,
    reject_alias,
)
from quipu.operations.house import House
from quipu.operations.outcome import Outcome
from quipu.ui.pages.aliases import AliasesPage
from quipu.ui.stage import Stage


@dataclass(frozen=True, slots=True)
class Names:
    """What the page shows: names that may be a unit's, and those that are."""

    proposals: tuple[Proposal, ...] = ()
    known: tuple[KnownAlias, ...] = ()


class AliasKeeping(QObject):
    """Keeps the page of other names true, and carries out what it wants."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage.window)
        self._stage = stage
        self.page = AliasesPage(stage.words)
        self.page.shown.connect(self.refresh)
        self.page.confirmed.connect(self._confirm)
        self.page.rejected.connect(self._reject)
        self.page.removed.connect(self._remove)

    def refresh(self) -> None:
        """Look at the names again, while their page is in view."""
        if not self.page.isVisible():
            return
        seen = self._stage.seen()
        plan = seen.plan.item if seen is not None and seen.plan is not None else ""
        self._stage.desk.read(lambda house, _: take(house, plan), self._show, key="aliases")

    def _show(self, names: Names) -> None:
        self.page.show_names(
            names.proposals, names.known, read_only=self._stage.desk.read_only is not None
        )

    def _confirm(self, found: Proposal) -> None:
        unit = found.unit or found.name
        self._write(
            lambda house, author: confirm_alias(house, unit=unit, alias=found.alias, author=author)
        )

    def _reject(self, found: Proposal) -> None:
        self._write(
            lambda house, author: reject_alias(
                house, name=found.name, alias=found.alias, author=author
            )
        )

    def _remove(self, known: KnownAlias) -> None:
        self._write(
            lambda house, author: forget_alias(
                house, unit=known.unit, alias=known.alias, author=author
            )
        )

    def _write(self, verb: Callable[[House, str], Outcome]) -> None:
        author = self._stage.desk.author
        self._stage.desk.write(lambda house, _: verb(house, author))


def take(house: House, plan: str) -> Names:
    """Give the names of a plan's rows that may be a unit's, and the names that units have."""
    proposals = tuple(propose_aliases(house, plan=plan)) if plan else ()
    return Names(proposals, tuple(known_aliases(house)))
