"""Where a key leads on a sheet; places are (row, column), merged cells count as one."""

from collections.abc import Iterator

from quipu.ui.sheet.model import SheetModel

Place = tuple[int, int]


def step(model: SheetModel, place: Place, direction: Place) -> Place:
    """Give the next cell in a direction, past the whole of a merged one; the edge stays."""
    row, column = model.cover(*place)
    cell = model.cell(row, column)
    down, right = (cell.down, cell.across) if cell is not None else (1, 1)
    target = (
        place[0] if direction[0] == 0 else (row + down if direction[0] > 0 else row - 1),
        place[1] if direction[1] == 0 else (column + right if direction[1] > 0 else column - 1),
    )
    return target if _inside(model, target) else place


def _inside(model: SheetModel, place: Place) -> bool:
    return 0 <= place[0] < model.rowCount() and 0 <= place[1] < model.columnCount()


def edge(model: SheetModel, place: Place, direction: Place) -> Place:
    """Give where Ctrl and an arrow lead: the end of a filled stretch, or the next filled cell."""
    first = _beyond(place, direction)
    if not _inside(model, first):
        return place
    stretch = _filled(model, place) and _filled(model, first)
    here = place
    for there in _line(model, place, direction):
        if stretch and not _filled(model, there):
            return here
        here = there
        if not stretch and _filled(model, there):
            return there
    return here


def _beyond(place: Place, direction: Place) -> Place:
    return place[0] + direction[0], place[1] + direction[1]


def _line(model: SheetModel, place: Place, direction: Place) -> Iterator[Place]:
    there = _beyond(place, direction)
    while _inside(model, there):
        yield there
        there = _beyond(there, direction)


def _filled(model: SheetModel, place: Place) -> bool:
    return bool(model.text_at(*model.cover(*place)))


def next_place(model: SheetModel, place: Place, direction: int) -> Place:
    """Give the next place that can be typed into, row by row; the next place where none can."""
    columns = model.columnCount()
    if not columns or not model.rowCount():
        return place
    start = place[0] * columns + place[1]
    last = model.rowCount() * columns - 1
    ahead = range(start + 1, last + 1) if direction > 0 else range(start - 1, -1, -1)
    for number in ahead:
        if model.writable(*divmod(number, columns)):
            return divmod(number, columns)
    anywhere = any(model.writable(*divmod(number, columns)) for number in range(last + 1))
    if anywhere:
        return place
    row, column = divmod(min(max(start + direction, 0), last), columns)
    return row, column
