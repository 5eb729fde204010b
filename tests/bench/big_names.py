"""Names of made-up places in four languages, each with a number of its own."""

from __future__ import annotations

import numpy as np

FIRST = (
    *(("Kara", "Кара", "Qora", "Қара"), ("Ak", "Ак", "Oq", "Ақ"), ("Kyzyl", "Кызыл", "Qizil", "Қызыл")),
    *(("Sary", "Сары", "Sariq", "Сары"), ("Kok", "Кок", "Koʻk", "Көк"), ("Tas", "Тас", "Tosh", "Тас")),
    *(("Zhana", "Жана", "Yangi", "Жаңа"), ("Eski", "Эски", "Eski", "Ескі"), ("Uzun", "Узун", "Uzun", "Ұзын")),
    *(
        ("Besh", "Беш", "Besh", "Бес"),
        ("Altyn", "Алтын", "Oltin", "Алтын"),
        ("Temir", "Темир", "Temir", "Темір"),
    ),
)
SECOND = (
    *(("bulak", "булак", "buloq", "бұлақ"), ("su", "су", "suv", "су"), ("tau", "тау", "togʻ", "тау")),
    *(("kol", "коль", "koʻl", "көл"), ("dala", "дала", "dala", "дала"), ("say", "сай", "soy", "сай")),
    *(("tobe", "тобе", "tepa", "төбе"), ("kum", "кум", "qum", "құм"), ("agash", "агаш", "ogʻoch", "ағаш")),
    *(("kala", "кала", "qalʼa", "қала"), ("aryk", "арык", "ariq", "арық")),
)
KINDS = {
    "district": ("district", "район", "tumani", "ауданы"),
    "station": ("station", "станция", "stansiyasi", "станциясы"),
    "sez": ("economic zone", "экономическая зона", "iqtisodiy zonasi", "экономикалық аймағы"),
    "industrial-park": ("industrial park", "индустриальный парк", "sanoat parki", "индустриялық паркі"),
    "plant": ("plant", "завод", "zavodi", "зауыты"),
    "logistics-hub": ("logistics hub", "логистический центр", "logistika markazi", "логистика орталығы"),
    "trade-centre": ("trade centre", "торговый центр", "savdo markazi", "сауда орталығы"),
    "dry-port": ("dry port", "сухой порт", "quruq porti", "құрғақ порты"),
    "joint-cluster": ("cluster", "кластер", "klasteri", "кластері"),
}
LANGUAGES = ("en", "ru", "uz", "kk")


def made_up_names(count: int, kind: str | list[str]) -> dict[str, np.ndarray]:
    """So many names, "Karabulak plant 17", by the column they stand in; `kind` of all or of each."""
    kinds = [kind] * count if isinstance(kind, str) else kind
    columns: dict[str, list[str]] = {f"name_{language}": [] for language in LANGUAGES}
    for number, one in enumerate(kinds):
        first, second = FIRST[number % len(FIRST)], SECOND[number % len(SECOND)]
        for place, column in enumerate(columns.values()):
            column.append(f"{first[place]}{second[place]} {KINDS[one][place]} {number}")
    return {column: np.array(names, dtype=object) for column, names in columns.items()}
