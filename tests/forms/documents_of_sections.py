"""A document of an invented institution: its template, and its text as a file gives it."""

from pathlib import Path

from quipu.forms.language import load_template
from quipu.forms.template import Template

TEMPLATE = """
kind = "document"
version = "1"
title = { es = "Libro" }
institution = "Instituto de Caminos"
family = "pat"

[heading]
lines = ["{institution}", "PLAN {year}"]
capitals = true

[[heading.box]]
label = "Código"
field = "document_code"

[[section]]
key = "cover"
kind = "cover"
title = "PLAN {year}"
lines = ["{institution}", "PLAN {year}", "{years}", "{date}"]

[[section]]
key = "contents"
kind = "contents"
title = "Contenido"

[[section]]
key = "motto"
kind = "text"

[[section]]
key = "preface"
kind = "text"
title = "Prefacio"
new_page = true

[[section]]
key = "law"
kind = "list"
title = "MARCO NORMATIVO"
headings = ["Base legal"]

[[section]]
key = "values"
kind = "values"
title = "Valores"
level = 2

[[section]]
key = "swot"
kind = "swot"
title = "Análisis de contexto {year}"

[[section.part]]
key = "strengths"
title = "Fortalezas"
headings = ["Puntos fuertes"]

[[section.part]]
key = "opportunities"
title = "Oportunidades"

[[section.part]]
key = "weaknesses"
title = "Debilidades"

[[section.part]]
key = "threats"
title = "Amenazas"

[[section]]
key = "actions"
kind = "list"
title = "Acciones {year}"
forms = ["acciones-estrategicas"]
rows = "action"
marked = true

[[section]]
key = "money"
kind = "text"
title = "Presupuesto"
field = "budget"

[[section]]
key = "plans"
kind = "tables"
title = "Planes de trabajo"
forms = ["pat-programa", "pat-proceso", "pat-asesoras"]

[[section]]
key = "changes"
kind = "tables"
title = "CONTROL DE CAMBIOS"
forms = ["control-de-cambios"]

[[section]]
key = "review"
kind = "review"
title = "Revisión"

[[section]]
key = "end"
kind = "signatures"

[[signature]]
label = "Elaborado por:"
field = "prepared_by"

[[signature]]
label = "Revisado por:"
field = "reviewed_by"
"""

TEXT = """INSTITUTO DE CAMINOS
PLAN 2024
2024-2029
Julio 2024

Instituto\tPlan\tCódigo\tPAT-7

Elaborado por:\tRevisado por:
<p>Lic. Ana Paz Ing. Luis Sol</p>\tDra. Eva Mar
Planificación

Contenido
Prefacio\t3
BASE LEGAL ........ 4
Presupuesto 9

Un camino une a todos.

PREFACIO

Primera frase que es larga y que el archivo corta en dos renglones sin
motivo alguno.

Eva Mar
Directora

INSTITUTO DE CAMINOS

1. Base legal
- Ley de Caminos
- Ley \\$ de Obras

Valores:

UNIDAD

Vamos juntos.

QX-77 |

Analisis de contexto 2024

Se miró todo.

F

Puntos fuertes
- **Gente:** mucha

Oportunidades

Debilidades
- Poca agua

Amenazas
- Lluvia

Presupuesto

Son US$ 2.5 Millones para 2024

Planes de trabajo

Los planes de las unidades.

UNIDAD DE CAMINOS
N°\tActividad\tTotal
1\tVisitar\t4

Este texto ya es de las tablas.
"""


def template(folder: Path, text: str = TEMPLATE, house: str = "casa") -> Template:
    """Write a template into an institution's folder and read it."""
    path = folder / house / "libro.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return load_template(path, root=folder)
