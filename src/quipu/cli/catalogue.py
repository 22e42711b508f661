"""Every command that there is, in the order in which a person meets them."""

from __future__ import annotations

from quipu.cli import (
    asking,
    catalogue_evaluation,
    dependencies,
    devices,
    disputes,
    document,
    entry,
    evaluation,
    exchange,
    keeping,
    letters,
    names,
    observations,
    offices,
    paper,
    plan,
    reading,
    refusals,
    relay,
    review,
    sealing,
    year,
)
from quipu.cli.demo import command as demo
from quipu.cli.syntax import Command, Option, Place
from quipu.domain.plan_states import PLAN_STEPS
from quipu.domain.roles import ROLES

_DIR = Place("dir")
_FILE = Place("file")
_FORM = Option("form", "form", required=True)
_YEAR = Option("year", "year", kind="number")
_OUTPUT = Option("output", "file", short="o", required=True)
_UNIT = Option("unit", "name", short="u")
_UNITS = Option("unit", "name", short="u", many=True)
_REPORT = (
    Option("unit", "name", short="u", required=True),
    Option("period", "period", short="p", required=True),
)
_PERIOD = Option("period", "period", short="p")
_TEXTS_OF = Option("period", "period", short="p", words="option.section-period")
_ACTIVITY = Option("activity", "activity", short="a")
_NOTE = Option("note", "text")
_ACT = (
    Option("act", "text"),
    Option("number", "text"),
    Option("date", "date", words="option.act-date"),
)

COMMON = (
    Option("as", "name"),
    Option("role", choices=ROLES),
    Option("json", kind="flag"),
    Option("lang", "lang", choices=("es", "en")),
    Option("help", short="h", kind="flag"),
)
"""What every command takes."""


def _command(name: str, run: object, *parts: Place | Option) -> Command:
    places = tuple(part for part in parts if isinstance(part, Place))
    options = tuple(part for part in parts if isinstance(part, Option))
    assert callable(run)
    own = {option.name for option in options}
    common = (option for option in COMMON if option.name not in own)
    return Command(name, run, places, (*options, *common))


COMMANDS = (
    _command("demo", demo.demo, _DIR, Option("show", kind="flag")),
    _command("forms", reading.forms),
    _command("forms check", reading.forms_check, _FILE),
    _command("read", reading.read, _FILE, _FORM, _YEAR),
    _command("new", offices.new, _DIR, Option("institution", "name", required=True)),
    _command("load", plan.load, _DIR, _FILE, _FORM, _YEAR),
    _command("problems", plan.problems, _DIR, _UNITS, Option("closed", kind="flag")),
    _command(
        "decide",
        plan.decide,
        _DIR,
        _UNIT,
        Option("activity", "activity", short="a", required=True),
        Option("check", "check", required=True),
        Option("target", "target"),
        Option("accept", kind="flag"),
        Option("keep", kind="flag"),
        Option("edit", "value"),
        _NOTE,
    ),
    _command("sections", document.sections, _DIR, _FORM, _TEXTS_OF),
    _command(
        "section",
        document.write_section,
        _DIR,
        _FORM,
        Option("section", "section", required=True),
        _TEXTS_OF,
        Option("text", "text", words="option.section-text"),
        Option("from", "file", words="option.section-from"),
        Option("title", "text"),
    ),
    _command(
        "link",
        document.link,
        _DIR,
        _UNIT,
        Option("activity", "activity", short="a", required=True),
        Option("to", "action", words="option.link-to"),
        Option("none", kind="flag"),
    ),
    _command("coverage", document.coverage, _DIR),
    _command(
        "requires",
        dependencies.requires,
        _DIR,
        _ACTIVITY,
        Option("of", "activity", words="option.requires-of"),
        Option("remove", "activity", words="option.requires-remove"),
    ),
    _command(
        "aliases",
        names.aliases,
        _DIR,
        _UNIT,
        Option("add", "name"),
        Option("reject", "name", words="option.alias-reject"),
        Option("remove", "name"),
    ),
    _command(
        "enrol",
        offices.enrol,
        _DIR,
        Option("office", "name", required=True),
        Option("unit", "name", short="u", many=True, words="option.enrol-unit"),
        _OUTPUT,
        Option("role", "name", choices=("office", "relay", "auditor"), words="option.enrol-role"),
        Option("until", "date"),
        Option("no-code", kind="flag"),
    ),
    _command("devices", devices.devices, _DIR),
    _command("admit", devices.admit, _DIR, Option("device", "device", required=True)),
    _command(
        "revoke",
        devices.revoke,
        _DIR,
        Option("device", "device", required=True),
        Option("after", "number", kind="number", words="option.revoke-after"),
        Option("reason", "text", required=True, words="option.revoke-reason"),
    ),
    _command("join", offices.join, _DIR, _FILE, Option("code", "code")),
    _command(
        "enter",
        entry.enter,
        _DIR,
        _UNIT,
        _ACTIVITY,
        _PERIOD,
        Option("executed", "number", short="n"),
        Option("field", "field"),
        Option("value", "value"),
        _NOTE,
        Option("evidence", "file"),
        Option("from", "file"),
    ),
    _command("undo", entry.undo, _DIR, Place("revision")),
    _command("submit", entry.submit, _DIR, *_REPORT),
    _command("review", review.look, _DIR, *_REPORT),
    _command("accept", review.accept, _DIR, *_REPORT),
    _command(
        "return",
        review.give_back,
        _DIR,
        *_REPORT,
        Option("reason", "text", required=True),
    ),
    _command(
        "observe",
        observations.observe,
        _DIR,
        Option("unit", "name", short="u", required=True),
        _PERIOD,
        Option("text", "text", required=True),
        _ACTIVITY,
        Option("field", "field", words="option.observe-field"),
    ),
    _command("observations", observations.observations, _DIR, Option("open", kind="flag")),
    _command(
        "observations answer",
        observations.answer,
        _DIR,
        Option("observation", "id", required=True),
        Option("text", "text", required=True, words="option.answer-text"),
    ),
    _command(
        "observations resolve",
        observations.resolve,
        _DIR,
        Option("observation", "id", required=True),
    ),
    _command("consolidate", review.consolidate, _DIR, *_REPORT),
    _command(
        "due",
        year.due,
        _DIR,
        _PERIOD,
        Option("date", "date"),
        Option("task", "task"),
    ),
    _command(
        "calendar",
        year.calendar,
        _DIR,
        Option("year", "year", words="option.calendar-year"),
        Option("output", "file", short="o", words="option.calendar-output"),
    ),
    _command(
        "plan-state",
        year.plan_state,
        _DIR,
        Option("step", choices=PLAN_STEPS),
        Option("reason", "text"),
        *_ACT,
    ),
    _command("approve", year.approve, _DIR, *_ACT),
    _command(
        "request",
        letters.request,
        _DIR,
        Option("title", "text", required=True, words="option.request-title"),
        Option("due", "date", required=True),
        Option("unit", "name", short="u", many=True, words="option.request-unit"),
        _PERIOD,
        Option("text", "text", words="option.request-text"),
    ),
    _command("requests", letters.requests, _DIR),
    _command(
        "request answer",
        letters.answer,
        _DIR,
        Option("request", "id", required=True),
        Option("text", "text", required=True, words="option.answer-text"),
        _UNIT,
    ),
    _command("request close", letters.close, _DIR, Option("request", "id", required=True)),
    _command(
        "notice",
        letters.notice,
        _DIR,
        Option("title", "text", required=True, words="option.notice-title"),
        Option("text", "text", words="option.notice-text"),
        Option("unit", "name", short="u", many=True, words="option.request-unit"),
    ),
    _command("notices", letters.notices, _DIR),
    _command("read-notice", letters.read_notice, _DIR, _UNIT),
    _command(
        "export",
        exchange.export,
        _DIR,
        Option("output", "file", short="o", required=True, words="option.export-output"),
        Option("to", "name"),
        Option("all", kind="flag"),
        Option("full", kind="flag"),
        Option("part-size", "bytes", kind="number"),
        Option("attachments", "bytes", kind="number"),
        Option("with", "name", many=True, words="option.export-with"),
    ),
    _command(
        "relay",
        relay.relay,
        _DIR,
        Place("files", many=True, optional=True),
        Option("out", "folder"),
        Option("again", kind="flag"),
    ),
    _command("merge", exchange.merge, _DIR, Place("files", many=True)),
    _command("sealing", sealing.sealing, _DIR, Place("switch", optional=True)),
    _command("disputes", disputes.disputes, _DIR, _UNITS),
    _command(
        "settle",
        disputes.settle,
        _DIR,
        Option("dispute", "id"),
        Option("head", "revision"),
        Option("value", "value", words="option.settle-value"),
        Option("all", kind="flag", words="option.settle-all"),
        Option("rule", "rule", choices=("office", "centre", "latest-per-author")),
        _UNITS,
        Option("field", "field"),
        _NOTE,
    ),
    _command("refused", refusals.refused, _DIR, _UNITS),
    _command(
        "refused lift",
        refusals.lift,
        _DIR,
        Option("refusal", "id", required=True),
        Option("reason", "text", required=True, words="option.lift-reason"),
    ),
    _command(
        "conciliation",
        disputes.conciliation,
        _DIR,
        Option("dispute", "id"),
        _UNITS,
        Option("open", kind="flag"),
        Option("output", "file", short="o", required=True, words="option.print-output"),
    ),
    _command("status", asking.status, _DIR, _PERIOD),
    _command(
        "evaluate",
        evaluation.evaluate,
        _DIR,
        Option("period", "period", short="p", required=True),
        _UNITS,
    ),
    *(_command(*spec) for spec in catalogue_evaluation.SPECS),
    _command(
        "print",
        paper.print_out,
        _DIR,
        _FORM,
        _UNIT,
        Option("period", "period", short="p", words="option.print-period"),
        Option("as-published", kind="flag"),
        Option("clean", kind="flag"),
        Option("output", "file", short="o", required=True, words="option.print-output"),
    ),
    _command("history", asking.history, _DIR, _UNIT, _ACTIVITY, Option("field", "field"), _PERIOD),
    _command("dump", asking.dump, _DIR, _UNIT),
    _command(
        "verify",
        keeping.verify,
        Place("path"),
        Place("dir", optional=True),
        Option("page", "code", words="option.verify-page"),
        Option("code", "code"),
        Option("form", "form"),
        _UNIT,
        _PERIOD,
        Option("as-published", kind="flag"),
    ),
    _command("backup", keeping.backup, _DIR, _OUTPUT),
    _command("restore", keeping.restore, _FILE, _DIR),
    _command("backups", keeping.backups, _DIR),
    _command("backups restore", keeping.bring_back, _DIR, Place("backup")),
    _command(
        "handover",
        keeping.handover,
        _DIR,
        Option("to", "name", required=True, words="option.handover-to"),
        Option("output", "folder", short="o", required=True, words="option.folder-output"),
    ),
    _command(
        "publish",
        keeping.publish,
        _DIR,
        Option("output", "folder", short="o", required=True, words="option.folder-output"),
    ),
    _command("repair", keeping.repair, _DIR),
)

BY_NAME = {command.name: command for command in COMMANDS}
