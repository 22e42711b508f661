"""Short texts that repeat (items, fields, periods, authors) and the numbers that stand for them."""

from collections.abc import Collection, Iterable

from quipu.store.bulk import Bulk


class Terms:
    """The table `term`, remembered as far as it was asked for.

    Flat on purpose: asking for a few terms never reads the others, however many are held.
    """

    def __init__(self, bulk: Bulk) -> None:
        self._bulk = bulk
        self._numbers: dict[str, int] = {"": 0}
        self._texts: dict[int, str] = {0: ""}

    def forget(self) -> None:
        """Drop what is remembered, since a transaction was taken back."""
        self._numbers, self._texts = {"": 0}, {0: ""}

    def numbers(self, texts: Collection[str]) -> dict[str, int]:
        """Give the numbers of those texts that have one."""
        self._look_up(texts)
        known = self._numbers
        return {text: known[text] for text in texts if text in known}

    def take(self, texts: Iterable[str]) -> dict[str, int]:
        """Give the numbers of all these texts, new ones to those that had none.

        Gives the whole of what is remembered: a dictionary to read from, not to change.
        """
        asked = list(dict.fromkeys(texts))
        self._look_up(asked)
        new = [text for text in asked if text not in self._numbers]
        if new:
            last = self._bulk.one("SELECT max(no) FROM term") or 0
            rows = [(last + n, text) for n, text in enumerate(new, start=1)]
            self._bulk.insert("term", ("no", "text"), rows)
            for no, text in rows:
                self._remember(no, text)
        return self._numbers

    def texts(self, numbers: Iterable[int]) -> dict[int, str]:
        """Give the texts of numbers; the whole of what is remembered, as `take` does."""
        missing = [no for no in dict.fromkeys(numbers) if no not in self._texts]
        for no, text in self._bulk.among("SELECT no, text FROM term WHERE no IN", missing):
            self._remember(no, text)
        return self._texts

    def _look_up(self, texts: Iterable[str]) -> None:
        missing = [text for text in dict.fromkeys(texts) if text not in self._numbers]
        for no, text in self._bulk.among("SELECT no, text FROM term WHERE text IN", missing):
            self._remember(no, text)

    def _remember(self, no: int, text: str) -> None:
        self._numbers[text] = no
        self._texts[no] = text
