"""What hangs from what, as rows of several levels pass by in the document's order."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from quipu.domain.row import Row
from quipu.forms.definition import Form, Level
from quipu.forms.recognise_kinds import Named, level_of, numbers_in, series_of, split_code
from quipu.forms.recognise_rows import Draft
from quipu.forms.recognise_words import clean, plain_words


@dataclass(slots=True)
class Ladder:
    """The rows that the next row may hang from.

    `chain` has the last row of each outer level, outermost first, by kind and index. `series` is
    that of the rows already below the last of them. `known` finds again the rows that lines
    above tables name, `parts` the rows of the innermost level by code.
    """

    form: Form
    chain: list[tuple[str, int]] = field(default_factory=list)
    series: str = ""
    known: dict[tuple[int | None, str, str], int] = field(default_factory=dict)
    parts: dict[str, int] = field(default_factory=dict)

    def find(self, named: Named) -> tuple[int | None, int | None]:
        """Give the row that a line names, if it was named before, and the row above it."""
        above = self._above(self.form.level(named.context.level))
        return self.known.get(_key(above, named)), above

    def enter(self, named: Named, index: int) -> None:
        """Go on below the row that a line names; nothing changes where it is named again."""
        level = self.form.level(named.context.level)
        above = self._above(level)
        self.known[_key(above, named)] = index
        if (level.kind, index) not in self.chain:
            self._climb(level)
            self.chain.append((level.kind, index))
            self.series = ""

    def hang(self, row: Row, index: int, rows: Sequence[Row]) -> int | None:
        """Give the row above a new one, which is the next that others may hang from."""
        level = self.form.level(row.kind)
        if level is not self.form.levels[-1]:
            self._climb(level)
            parent = self._top()
            self.chain.append((level.kind, index))
            self.series = ""
            return parent
        whole = self._whole(row.code)
        self.parts[_bare(row.code)] = index
        if whole is not None:
            return whole
        self._leave(row, rows)
        self.series = series_of(row.code) or self.series
        return self._top()

    def _top(self) -> int | None:
        return self.chain[-1][1] if self.chain else None

    def _above(self, level: Level) -> int | None:
        kept = self._kept(level)
        return self.chain[kept - 1][1] if kept else None

    def _kept(self, level: Level) -> int:
        """Count the rows of the chain that a row of a level may hang below."""
        order = [other.kind for other in self.form.levels]
        ends = order.index(level.under) + 1 if level.under else order.index(level.kind)
        outer = set(order[:ends])
        count = 0
        while count < len(self.chain) and self.chain[count][0] in outer:
            count += 1
        return count

    def _climb(self, level: Level) -> None:
        del self.chain[self._kept(level) :]

    def _whole(self, code: str) -> int | None:
        """Give the row of the same level that a code goes on from: G1 of G1.1."""
        bare = _bare(code)
        return self.parts.get(bare.rpartition(".")[0]) if "." in bare else None

    def _leave(self, row: Row, rows: Sequence[Row]) -> None:
        """Climb out of an action or heading where codes of another series begin (S2-04)."""
        lines = {context.level for context in self.form.contexts}
        if not self.chain or self.chain[-1][0] in lines or not row.code:
            return
        if not self.series or series_of(row.code) == self.series:
            return
        ours, theirs = numbers_in(row.code), numbers_in(rows[self.chain[-1][1]].code)
        # A code as deep as the action's parts is one of them, however its letters are written.
        if not theirs or len(ours) <= len(theirs):
            while self.chain and self.chain[-1][0] not in lines:
                self.chain.pop()


def _key(above: int | None, named: Named) -> tuple[int | None, str, str]:
    # Codes of lines that are written otherwise are another plan's: OE.1 and objective 1 of the PQD.
    return above, named.context.code, plain_words(named.code) or plain_words(named.text)


def _bare(code: str) -> str:
    return clean(code).casefold().strip(" .")


def context_row(named: Named, form: Form) -> Row:
    """Make the row that a line above a table names."""
    return Row(
        form=form.id,
        kind=named.context.level,
        code=named.code,
        text=named.text,
        published={"text": named.line},
    )


def ranked_row(draft: Draft, form: Form) -> Row:
    """Make a row whose level its own words tell, code and text in one cell or in two.

    A text without code and figures is a heading, where the form has such a level.
    """
    said, text = (clean(draft.published.get(name, "")) for name in ("code", "text"))
    one = said if not text or text == said else text if not said else ""
    level = level_of(said or text, form)
    if level is None:
        headings = (other for other in form.levels if other.heading)
        bare = one if not (draft.targets or draft.published.get("total")) else ""
        heading = next(headings, None) if bare and len(bare.split()) > 2 else None
        level = heading or form.levels[-1]
    published = dict(draft.published)
    code = said
    if one:
        code, text = split_code(one, level.code) if not level.heading else ("", one)
        whole = published.pop("code", "") or published.get("text", "")
        published["text"] = whole
        if code == one:
            # A row of which only the code is printed.
            del published["text"]
            published["code"] = whole
    fields = {name: words for name, words in draft.fields.items() if name not in ("code", "text")}
    return Row(
        form=form.id,
        kind=level.kind,
        code=code,
        text=text,
        fields=fields,
        targets=draft.targets,
        total=draft.total,
        published=published,
        amounts=draft.amounts,
    )
