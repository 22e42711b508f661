"""The words of a drawn document: titles with places, periods in words, names of tabs."""

import re
from collections.abc import Callable
from datetime import date

from quipu.domain.facts import Facts
from quipu.domain.period import Period
from quipu.domain.value import PUBLISHED
from quipu.forms.definition import Heading
from quipu.forms.document import View
from quipu.forms.recognise_words import plain_words

Paper = Callable[..., str]
"""Gives the words of a key of the paper's catalogue (without `paper.`), its places filled."""

_PLACE = re.compile(r"\{(\w+)\}")
_NOT_IN_TABS = re.compile(r"[\[\]:*?/\\\x00-\x1f]+")
_TAB_LENGTH = 31


def fill_title(pattern: str, **places: str) -> str:
    """Fill a heading's places; the brackets around what readers may miss are not printed."""
    plain = pattern.replace("[", "").replace("]", "")
    return " ".join(_PLACE.sub(lambda found: places.get(found[1], ""), plain).split())


def period_words(text: str, paper: Paper) -> str:
    """Give a period in words: `julio de 2024`, `tercer trimestre de 2024`."""
    period = Period.parse(text)
    key = f"period-{period.kind}"
    if period.kind in ("month", "quarter", "semester"):
        key += f"-{period.index}"
    return paper(key, year=period.year, last=period.last_year)


def short_period(period: Period, paper: Paper) -> str:
    """Give the word over a period's column: `Ene`, `1.er trim.`, `2024`."""
    if period.kind in ("month", "quarter", "semester"):
        return paper(f"short-{period.kind}-{period.index}")
    return str(period.year) if period.kind == "year" else f"{period.year}-{period.last_year}"


def printed_date(text: str) -> str:
    """Write a date of the ledger (ISO) as forms print it; any other text stays as it is."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return text
    return day.strftime("%d/%m/%Y")


def printed_state(heading: Heading, facts: Facts, plan: str, view: View) -> str:
    """Give what `{state}` stands for: as the signed document printed it, else as the plan is."""
    if view != "published":
        return heading.state_words(facts.text(plan, "state"))
    printed = facts.text(plan, f"state{PUBLISHED}")
    title = plain_words(facts.text(plan, f"title{PUBLISHED}"))
    # A plan that was loaded before Quipu knew of such words has them in its title.
    return printed or next((said for said in heading.state if plain_words(said) in title), "")


def sheet_name(words: str, taken: set[str]) -> str:
    """Give a tab's name that is short, allowed and not taken yet, and note it as taken."""
    base = " ".join(_NOT_IN_TABS.sub(" ", words).split()).strip("'") or "-"
    name, count = _cut(base, _TAB_LENGTH), 1
    while name.casefold() in taken:
        count += 1
        name = f"{_cut(base, _TAB_LENGTH - len(str(count)) - 1)} {count}"
    taken.add(name.casefold())
    return name


def _cut(words: str, length: int) -> str:
    if len(words) <= length:
        return words
    whole = words[: length + 1].rpartition(" ")[0]
    # A cut between words reads better, unless it would take away most of the name.
    return (whole if len(whole) > length // 2 else words[:length]).strip("' ")
