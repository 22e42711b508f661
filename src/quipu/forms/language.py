"""The form language: reads `forms/<institution>/<form>.toml`, or tells every mistake in it.

Documents of sections and methods lie in the same folders and are read by the same rules.
"""

import hashlib
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from quipu.domain.errors import InputError
from quipu.forms.definition import Form
from quipu.forms.language_build import build_form
from quipu.forms.language_keys import FORM
from quipu.forms.language_lines import KeyPath, find_lines, key_text, line_of
from quipu.forms.language_values import Fault, Table, table_faults
from quipu.forms.language_whole import whole_faults
from quipu.forms.method import Method, build_method, is_method, method_faults
from quipu.forms.template import Template
from quipu.forms.template_language import build_template, is_document, template_faults


@dataclass(frozen=True, slots=True)
class FormMistake:
    """One mistake in a form file: where it stands, and what is wrong.

    `line` counts from 1 and is `None` where nothing of the kind stands in the file. `key` is the
    way to it (`column[3].header`), `""` when the file as a whole is meant. `code` names a sentence
    (`mistake.<code>`), which `params` fill.
    """

    file: str
    line: int | None
    key: str
    code: str
    params: Mapping[str, object] = field(default_factory=dict)


def mistakes(path: Path) -> list[FormMistake]:
    """Find all mistakes of a form file, in the order of its lines; none means that it loads."""
    return _read(path)[1]


def load_form(path: Path, *, root: Path) -> Form:
    """Read one form; its id is its path below `root`, without the ending.

    Raises `InputError("form-invalid")` with the first mistake's file, line and key, its code as
    `why` and the number of mistakes as `count`.
    """
    content = _sound(path)
    return build_form(content, name=_name(path, root), digest=_digest(path))


def load_template(path: Path, *, root: Path) -> Template:
    """Read one document of sections; else as `load_form`."""
    content = _sound(path)
    return build_template(content, name=_name(path, root), digest=_digest(path))


def load_method(path: Path, *, root: Path) -> Method:
    """Read an institution's method; its id is the folder's. Else as `load_form`."""
    content = _sound(path)
    return build_method(content, name=_folder(path, root), digest=_digest(path))


def _folder(path: Path, root: Path) -> str:
    return path.parent.relative_to(root).as_posix()


def _sound(path: Path) -> Table:
    content, found = _read(path)
    if content is None or found:
        raise _refusal(found)
    return content


def _refusal(found: list[FormMistake]) -> InputError:
    first = found[0]
    return InputError(
        "form-invalid",
        file=first.file,
        line=first.line or 1,
        key=first.key or "-",
        why=first.code,
        count=len(found),
        **{name: value for name, value in first.params.items() if name != "why"},
    )


def _name(path: Path, root: Path) -> str:
    return path.relative_to(root).with_suffix("").as_posix()


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def load_forms(root: Path) -> dict[str, Form]:
    """Read all forms below a folder, by id; raises as `load_form` does."""
    files = [path for path in sorted(root.rglob("*.toml")) if _of_rows(path)]
    forms = [load_form(path, root=root) for path in files]
    return _in_order(forms)


def _in_order(forms: Iterable[Form]) -> dict[str, Form]:
    ordered = sorted(forms, key=lambda form: (form.id.rpartition("/")[0], form.order, form.id))
    return {form.id: form for form in ordered}


def load_sound_forms(root: Path) -> tuple[dict[str, Form], tuple[InputError, ...]]:
    """Read the forms below a folder, and give the refusals of those that are no forms beside them.

    One broken file must not take all the others away.
    """
    forms: list[Form] = []
    refused: list[InputError] = []
    for path in sorted(root.rglob("*.toml")):
        try:
            if _of_rows(path):
                forms.append(load_form(path, root=root))
        except InputError as error:
            refused.append(error)
        except OSError:
            refused.append(_refusal([FormMistake(str(path), None, "", "unreadable")]))
    return _in_order(forms), tuple(refused)


def load_templates(root: Path) -> dict[str, Template]:
    """Read all documents of sections below a folder, by id; raises as `load_form` does."""
    files = [path for path in sorted(root.rglob("*.toml")) if _of_sections(path)]
    found = [load_template(path, root=root) for path in files]
    return {template.id: template for template in found}


def load_sound_methods(root: Path) -> tuple[dict[str, Method], tuple[InputError, ...]]:
    """Read the methods below a folder by institution, and give the refusals of broken ones."""
    found: dict[str, Method] = {}
    refused: list[InputError] = []
    for path in sorted(root.rglob("*.toml")):
        try:
            if is_method(path):
                method = load_method(path, root=root)
                found[method.id] = method
        except InputError as error:
            refused.append(error)
    return found, tuple(refused)


def _of_rows(path: Path) -> bool:
    return not is_method(path) and not _of_sections(path)


def _of_sections(path: Path) -> bool:
    # What cannot be read is left to those who tell what is wrong with it.
    return is_document(path.read_text(encoding="utf-8", errors="replace"))


def choose(forms: Mapping[str, Form], name: str) -> tuple[Form, ...]:
    """Give the form of an id, or all forms of an institution's folder in their order.

    Raises `InputError("form-unknown")` with the names that there are.
    """
    wanted = name.strip().strip("/")
    if wanted in forms:
        return (forms[wanted],)
    found = [form for form in forms.values() if form.id.rpartition("/")[0] == wanted]
    if not wanted or not found:
        raise InputError("form-unknown", form=name, known=", ".join(_names(forms.values())))
    return tuple(sorted(found, key=lambda form: (form.order, form.id)))


def _names(forms: Iterable[Form]) -> list[str]:
    ids = [form.id for form in forms]
    folders = {name.rpartition("/")[0] for name in ids} - {""}
    return [*sorted(folders), *sorted(ids)]


def _read(path: Path) -> tuple[Table | None, list[FormMistake]]:
    file = str(path)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return None, [FormMistake(file, None, "", "file-missing")]
    except (OSError, UnicodeDecodeError):
        return None, [FormMistake(file, None, "", "unreadable")]
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as mistake:
        return None, [_syntax_mistake(file, text, str(mistake))]
    lines = find_lines(text)
    found = [_placed(file, lines, fault) for fault in _file_faults(path, text, content)]
    found.sort(key=lambda mistake: mistake.line or 0)
    return content, found


def _file_faults(path: Path, text: str, content: Table) -> Iterator[Fault]:
    if is_method(path):
        return method_faults(content)
    return template_faults(content, path.parent) if is_document(text) else _faults(content)


def _placed(file: str, lines: dict[KeyPath, int], fault: Fault) -> FormMistake:
    line, key = line_of(lines, fault.path), key_text(fault.path)
    return FormMistake(file, line, key, fault.code, fault.params)


def _faults(content: Table) -> Iterator[Fault]:
    faults = list(table_faults(content, FORM, ()))
    yield from faults
    if not faults:
        # Only values of the right types can be compared with each other.
        yield from whole_faults(content)


def _syntax_mistake(file: str, text: str, message: str) -> FormMistake:
    """Place a mistake of TOML itself; the parser tells its line only within its sentence."""
    why, _, place = message.partition(" (at ")
    words = place.replace(",", " ").split()
    if place.startswith("line ") and words[1].isdigit():
        line = int(words[1])
    else:
        line = max(1, len(text.splitlines()))
    return FormMistake(file, line, "", "syntax", {"why": why})
