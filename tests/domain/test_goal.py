import pytest

from quipu.domain.goal import read_goals, threshold_text

PUBLISHED = {
    "Al menos 463 organizaciones empoderadas": "≥ 463 organizaciones",
    "Que al menos el 90% de los recursos sean ejecutados": "≥ 90% recursos",
    "Cincuenta mil familias y 25% de comunidades.": "50000 familias + 25% comunidades",
    "El 75% de los proyectos propuestos son financiados.": "75% proyectos",
    "En dos años, el sistema estará estructurado y será aplicado en un 100% .": "100% en 2 años",
    "Ingresos propios y reales incrementados en un 10% anual.": "+10% anual",
    "Al menos 1000 investigaciones, diagnósticos u otros estudios": "≥ 1000 investigaciones",
    "Producción de 20 Documentos.": "20 Documentos",
    "Desempeño e involucramiento de otros actores, superior al 80%": "> 80%",
    "Reducir en un 50% los trámites y los tiempos": "-50% trámites",
    "Cada uno de los procesos del nuevo modelo, operando al menos, en un 90%.": "c/u ≥ 90%",
    "El 100 % de los funcionarios capacitados": "100% funcionarios",
    "Satisfacer en un 100% las necesidades": "100% necesidades",
}
OTHERS = {
    "Como máximo 5 quejas": "≤ 5 quejas",
    "Menos de 10 días": "≤ 10 días",
    "Más de cien escuelas en 6 meses": "> 100 escuelas en 6 meses",
    "En un año, 1.500 viviendas": "1500 viviendas en 1 año",
    "2,5% de ahorro": "2.5% ahorro",
    "Veinte por ciento de las familias": "20% familias",
    "1 234 567,5 metros": "1234567.5 metros",
    "Para el año 2011, 30 talleres": "30 talleres a 2011",
    "Al menos una vez por año": "≥ 1 vez anual",
    "Aumentar la cobertura a 300 distritos": "300 distritos",
    "La normativa revisada": "",
    "12 .": "12",
    "30 de la y: los": "30",
}


@pytest.mark.parametrize(("text", "short"), [*PUBLISHED.items(), *OTHERS.items()])
def test_targets_in_words(text: str, short: str) -> None:
    assert threshold_text(read_goals(text)) == short


def test_what_a_goal_is_measured_by() -> None:
    def measures(text: str) -> list[str]:
        return [goal.measure for goal in read_goals(text)]

    assert measures("Al menos 20 talleres") == ["minimum"]
    assert measures("Superior al 80%") == ["minimum"]
    assert measures("Reducir en un 50% los trámites") == ["reduction"]
    assert measures("Cincuenta mil familias y 25% de comunidades") == ["count", "rate"]


def test_changes_need_a_baseline() -> None:
    assert read_goals("Reducir en un 50% los trámites")[0].needs_baseline
    assert read_goals("Incrementar el ingreso en un 10% anual")[0].needs_baseline
    assert not read_goals("El 100% de los trámites")[0].needs_baseline
