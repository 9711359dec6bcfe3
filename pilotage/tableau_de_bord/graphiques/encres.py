"""How a drawing is printed. The engine of PDFs applies no style sheet to it: what graphiques.css says, as
attributes."""

_SANS = {"font-family": "Source Sans 3"}
_ENCRE, _ENCRE_2, _FILET, _FILET_FORT = "#221d17", "#5a5146", "#ddd3c2", "#857969"
STYLES: dict[str, dict[str, str]] = {
    "g-t": {**_SANS, "font-size": "14", "fill": _ENCRE},
    "g-t2": {**_SANS, "font-size": "13", "fill": _ENCRE_2},
    "g-m": {"font-weight": "600"},
    "g-g": {"font-size": "17", "font-weight": "700"},
    "g-fin": {"text-anchor": "end"},
    "g-mil": {"text-anchor": "middle"},
    "g-grille": {"stroke": _FILET, "stroke-width": "1"},
    "g-axe": {"stroke": _FILET_FORT, "stroke-width": "1"},
    "g-trait": {
        "fill": "none",
        "stroke": _ENCRE,
        "stroke-width": "2.5",
        "stroke-linejoin": "round",
    },
    "g-cible": {
        "fill": "none",
        "stroke": _ENCRE,
        "stroke-width": "1.5",
        "stroke-dasharray": "2 4",
    },
    "g-proj": {
        "fill": "none",
        "stroke": _ENCRE_2,
        "stroke-width": "1.5",
        "stroke-dasharray": "7 4",
    },
    "g-engage": {
        "fill": "none",
        "stroke": _ENCRE,
        "stroke-width": "2.5",
        "stroke-dasharray": "4 3",
    },
    "g-aire": {"fill": "#fbefd3"},
    "g-eventail": {"fill": "#f1eadd"},
    "g-jour": {"stroke": "#855600", "stroke-width": "1.5"},
    "g-point": {"fill": _ENCRE, "stroke": "#ffffff", "stroke-width": "2"},
    "g-point-v": {"fill": "#ffffff", "stroke": _ENCRE, "stroke-width": "2"},
}
