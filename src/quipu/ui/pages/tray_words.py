"""What the tray says of one bundle: from whom, what is in it, what would become of it."""

from collections.abc import Iterator
from html import escape

from quipu.operations.merging import BundleResult
from quipu.operations.preview import Preview
from quipu.operations.sentences import code_sentence
from quipu.ui.speech import field_name, moment, period_name, quiet_name
from quipu.words import Words

_MOST_LINES = 60
_UNREAD = ("refused", "kept", "waiting", "carried")


def sender_words(words: Words, one: BundleResult) -> str:
    """Say who sent a bundle; of one that cannot be read, or not yet, nobody knows."""
    if not one.sender and one.state in _UNREAD:
        return "—"
    return one.sender or words.text("ui.centre")


def result_reason(words: Words, one: BundleResult) -> str:
    """Say in one line why a bundle did not go in whole, `""` where it does."""
    return " ".join(reason_words(words, one, plain=True))


def reason_words(words: Words, one: BundleResult, *, plain: bool = False) -> list[str]:
    """Say why a bundle does not go in whole, a sentence each; marked up unless `plain`."""
    said = [code_sentence(words, one.reason, one.params)] if one.reason else []
    for name in ("refused", "missing", "disputes"):
        count = getattr(one, name)
        if count:
            said.append(words.plural(f"ui.merge.count.{name}", count))
    return said if plain else [escape(line) for line in said]


def refusal_words(words: Words, code: str) -> str:
    """Say why something does not count."""
    key = f"refusal.{code}"
    return words.text(key) if words.has(key) else code


def describe(words: Words, seen: Preview) -> list[str]:
    """Say everything that is known of a bundle before it is merged, as lines with mark-up."""
    return list(_lines(words, seen))


def describe_result(words: Words, result: BundleResult, seen: Preview) -> list[str]:
    """Say what became of a bundle, with what was seen in it beforehand."""
    said = [f"<b>{line}</b>" for line in reason_words(words, result)]
    who = [_who(words, seen)] if seen.sequence else []
    inside = list(_contents(words, seen)) if result.state in ("merged", "partly") else []
    return [*said, *who, *inside]


def _who(words: Words, seen: Preview) -> str:
    sender, at = sender_words(words, seen.result), moment(seen.made_at)
    return escape(words.text("ui.preview.who", number=seen.sequence, sender=sender, at=at))


def _lines(words: Words, seen: Preview) -> Iterator[str]:
    one = seen.result
    if one.reason:
        yield f"<b>{escape(code_sentence(words, one.reason, one.params))}</b>"
    if seen.sequence:
        yield _who(words, seen)
    if one.state == "already":
        yield escape(words.text("ui.preview.again"))
    yield from _contents(words, seen)
    yield from _troubles(words, seen)
    if seen.attachments:
        yield escape(words.plural("ui.preview.attachments", seen.attachments))
    if one.missing:
        yield escape(words.plural("ui.merge.count.missing", one.missing))
    if seen.missing_before:
        numbers = ", ".join(map(str, seen.missing_before))
        yield escape(words.text("ui.preview.gap", numbers=numbers))


def _contents(words: Words, seen: Preview) -> Iterator[str]:
    if not seen.contents:
        if seen.sequence and seen.result.state in ("merged", "partly"):
            yield escape(words.text("ui.preview.nothing-new"))
        return
    yield f"<b>{escape(words.plural('ui.preview.contents', seen.result.new))}</b>"
    for one in seen.contents[:_MOST_LINES]:
        period = period_name(words, one.period) if one.period else ""
        place = " · ".join(part for part in (quiet_name(one.unit), period) if part)
        group = words.text(f"ui.preview.group.{one.group}")
        yield f"&nbsp;&nbsp;· {escape(f'{place}: ' if place else '')}{escape(group)} ({one.count})"
    if len(seen.contents) > _MOST_LINES:
        yield escape(words.text("ui.preview.more", n=len(seen.contents) - _MOST_LINES))


def _troubles(words: Words, seen: Preview) -> Iterator[str]:
    for code, count in sorted(seen.refusals.items()):
        head = words.plural("ui.preview.refused-count", count)
        yield f"<b>{escape(head)}</b> {escape(refusal_words(words, code))}"
    if not seen.clashes:
        return
    yield f"<b>{escape(words.plural('ui.preview.clashes', seen.result.disputes))}</b>"
    for one in seen.clashes:
        period = period_name(words, one.address.period) if one.address.period else ""
        row = one.code or one.activity[:60]
        parts = (quiet_name(one.unit), row, field_name(words, one.address.field), period)
        yield "&nbsp;&nbsp;· " + escape(" · ".join(part for part in parts if part))
