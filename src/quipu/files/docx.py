"""Tables of Word documents (.docx) as a person sees them who has accepted all changes.

They are read as a stream, like sheets, and not by python-docx: it holds the whole document, which
for a hundred thousand rows takes more memory than an office's computer should give, repeats a
merged cell's text in every column, and passes over tracked changes and content controls. Tests
compare with it.
"""

from quipu.files.docx_numbers import read_numbering
from quipu.files.docx_reader import Reader
from quipu.files.flow import Flow
from quipu.files.package import Package
from quipu.forms.raw import RawTable

_MAX_PARTS = 50
_HEADERS = "header"


def document_part(package: Package) -> str | None:
    """Give the part of the text in a package, `None` when it holds something else."""
    for kind, target in package.related("").values():
        if kind == "officeDocument" and target in package:
            folder, _, base = target.rpartition("/")
            return target if folder == "word" or base.startswith("document") else None
    return None


def read_docx(package: Package, part: str) -> list[RawTable]:
    """Read all tables, with the paragraphs between them as rows of one cell above.

    The headers of pages, where letterheads and the boxes of controlled documents are, come first.
    Raises `InputError`: `file-damaged`, `file-too-large-inside`, `file-empty`.
    """
    related = package.related(part).values()

    def of_kind(wanted: str) -> str | None:
        return next((to for kind, to in related if kind == wanted and to in package), None)

    numbering = read_numbering(package, of_kind("numbering"), of_kind("styles"))
    flow = Flow.of(package.name)
    headers = [target for kind, target in related if kind == _HEADERS and target in package]
    for header in headers[:_MAX_PARTS]:
        Reader(flow, numbering, f"{package.name}, encabezado").read(package, header)
    flow.drop_repeated()
    Reader(flow, numbering).read(package, part)
    return flow.finish()
