"""Sums and plain arithmetic, and nothing else."""

from decimal import Decimal

import pytest

from quipu.files.formulas import Arithmetic, NotComputable, column_letters, column_number, moved

CELLS: dict[tuple[int, int], Decimal | str] = {
    (0, 0): Decimal(1),
    (0, 1): Decimal("2.5"),
    (0, 2): "palabra",
    (1, 0): Decimal("0.1"),
    (1, 1): Decimal("0.2"),
}


def sheet(steps: int = 1000) -> Arithmetic:
    return Arithmetic(lambda row, column: CELLS.get((row, column)), 1, 2, steps)


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("SUM(A1:C2)", "3.8"),
        ("=sum($A$1:$B$2)", "3.8"),
        ("SUM(A1,B1,C1)", "3.5"),
        ("SUM(A1*2, B1:B2, 10%)", "4.8"),
        ("SUM(XFD1:A1048576)", "3.8"),
        ("SUM(Z9)", "0"),
        ("A1+B1*2", "6"),
        ("(A1+B1)*2", "7"),
        ("-A1-+-B1", "1.5"),
        ("A2+B2", "0.3"),
        ("+A1/B1", "0.4"),
        ("1/3", "0.333333333333333"),
        ("50%+50%", "1"),
        ("2^3^2", "64"),
        ("1E2 + .5", "100.5"),
        ("A1 + Z9", "1"),
    ],
)
def test_plain_arithmetic(formula: str, value: str) -> None:
    assert sheet().value(formula) == Decimal(value)


@pytest.mark.parametrize(
    "formula",
    [
        "",
        "A1/0",
        "A1/Z9",
        "C1+1",
        "IF(A1,1,2)",
        "Hoja!A1",
        "SUM(Hoja!A1:A2)",
        '"1"+1',
        "A1:B2",
        "SUM(A1:B2+1)",
        "(A1",
        "SUM(A1",
        "A1 B1",
        "A0",
        "1+",
        "2^1000",
        "(" * 60 + "1" + ")" * 60,
        "1+" * 5000 + "1",
        "9^99*9^99*9^99*9^99",
    ],
)
def test_the_rest_is_left_alone(formula: str) -> None:
    with pytest.raises(NotComputable):
        sheet().value(formula)


def test_endless_sums_stop() -> None:
    with pytest.raises(NotComputable):
        sheet(steps=3).value("SUM(A1:C2)")


@pytest.mark.parametrize(
    ("formula", "rows", "columns", "there"),
    [
        ("SUM(A1:$B$2)", 1, 1, "SUM(B2:$B$2)"),
        ("$A1+A$1", 2, 3, "$A3+D$1"),
        ('A1&"B2"', 1, 0, 'A2&"B2"'),
        ("A1", 0, -1, "#REF!"),
        ("A1", -1, 0, "#REF!"),
        ("LOG10(A1)", 1, 0, "LOG10(A2)"),
    ],
)
def test_a_shared_formula_moves(formula: str, rows: int, columns: int, there: str) -> None:
    assert moved(formula, rows, columns) == there


@pytest.mark.parametrize(("letters", "number"), [("A", 0), ("Z", 25), ("AA", 26), ("XFD", 16383)])
def test_columns_have_letters(letters: str, number: int) -> None:
    assert column_number(letters) == number
    assert column_letters(number) == letters
