"""Blocks of cells as text between spreadsheets: tab-separated, as Excel and Calc copy them."""

from collections.abc import Sequence

Block = list[list[str]]


def to_text(block: Sequence[Sequence[str]]) -> str:
    """Write a block as spreadsheets do: quoted where a cell has a tab, a break or a quote."""
    return "\n".join("\t".join(_quoted(text) for text in row) for row in block)


def _quoted(text: str) -> str:
    if any(sign in text for sign in '\t\n"'):
        return '"' + text.replace('"', '""') + '"'
    return text


def from_text(text: str) -> Block:
    """Read a block from the clipboard; a cell in quotes may hold tabs and line breaks."""
    rows: Block = [[]]
    rest = text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n")
    position = 0
    while True:
        cell, position = _next_cell(rest, position)
        rows[-1].append(cell)
        if position >= len(rest):
            return rows
        if rest[position] == "\n":
            rows.append([])
        position += 1


def _next_cell(text: str, start: int) -> tuple[str, int]:
    if text[start : start + 1] == '"':
        closed = _closing_quote(text, start + 1)
        if closed is not None:
            return text[start + 1 : closed].replace('""', '"'), closed + 1
    end = start
    while end < len(text) and text[end] not in "\t\n":
        end += 1
    return text[start:end], end


def _closing_quote(text: str, start: int) -> int | None:
    """Find the quote that closes a cell; `None` where the first quote was only a letter of it."""
    position = start
    while (position := text.find('"', position)) != -1:
        if text[position + 1 : position + 2] == '"':
            position += 2
            continue
        after = text[position + 1 : position + 2]
        return position if after in ("", "\t", "\n") else None
    return None


def spread(block: Block, rows: Sequence[int], columns: Sequence[int]) -> dict[tuple[int, int], str]:
    """Lay a block over places: from the first row and column on, and a smaller block repeated.

    `rows` and `columns` are those chosen; a block larger than them goes on beyond, and one cell
    (or a whole number of blocks) fills them.
    """
    height, width = len(block), max(len(row) for row in block)
    tall = len(rows) if len(rows) % height == 0 else height
    wide = len(columns) if len(columns) % width == 0 else width
    placed: dict[tuple[int, int], str] = {}
    for down in range(max(tall, height)):
        line = block[down % height]
        for right in range(max(wide, width)):
            if right % width < len(line):
                placed[(rows[0] + down, columns[0] + right)] = line[right % width]
    return placed
