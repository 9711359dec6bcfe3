"""Ten staff lists as Ciril, Sedit, Cegid and Eksaé export them, and what must be read in each.

All names are invented. Each list: its bytes, the people as (nom, prénom, poste, direction), and what
the diagnosis says beside.
"""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.cadres.recensement.aide import FICHIERS, octets_csv, octets_ods, octets_xlsx_brut

Personne = tuple[str, str, str, str]


@dataclass(frozen=True)
class Liste:
    nom: str
    octets: bytes
    personnes: list[Personne]
    ignorees: dict[str, int] = field(default_factory=dict)
    ecartees: dict[str, str] = field(default_factory=dict)  # heading -> code
    a_corriger: list[tuple[int, str]] = field(default_factory=list)
    laissees: list[tuple[int, str]] = field(default_factory=list)
    dits: set[str] = field(default_factory=set)  # codes of warnings, among others
    feuille: str = ""
    masquees: tuple[int, ...] = ()
    autres: dict[str, int] = field(default_factory=dict)


def _octets(classeur: Workbook) -> bytes:
    tampon = io.BytesIO()
    classeur.save(tampon)
    return tampon.getvalue()


def _remplir(feuille: Worksheet, lignes: Sequence[Sequence[object]]) -> None:
    for ligne in lignes:
        feuille.append(list(ligne))


def ciril_csv() -> Liste:
    """Columns padded with blanks, pages, totals, NIR and indices; the name in use is often blank."""
    entete = ["MATRICULE", "NOM USUEL", "NOM PATRONYMIQUE", "PRENOM", "NO SS", "LIB_GRADE",
              "IB", "IM", "LIB EMPLOI", "LIB DIRECTION", "DATE_AFFECT"]  # fmt: skip
    nir = "185057800608436"

    def agent(*valeurs: str) -> list[str]:
        return [v.ljust(24) for v in valeurs]

    lignes = [
        ["VILLE DE SAINT-AUBIN", "", "", "Liste des agents de catégorie A"],
        [],
        entete,
        agent("000123", "", "LECOINTRE", "HELENE", nir, "ATTACHE PAL", "830", "680", "CHEFFE DE SERVICE", "FINANCES", "01/03/2019"),
        agent("000124", "VASSEUR", "PRIGENT", "MARC", nir, "ING PRINCIPAL", "750", "610", "DIRECTEUR DES ROUTES", "VOIRIE", "15/09/2021"),
        ["Page 2"],
        entete,
        agent("000125", "", "DE LA BORDERIE", "ANNE", nir, "ATTACHE", "600", "500", "RESPONSABLE PAIE", "RH", "01/01/2020"),
        ["TOTAL", "", "", "3"],
    ]  # fmt: skip
    return Liste(
        "ciril.csv",
        octets_csv(lignes, "cp1252"),
        [
            ("Lecointre", "Helene", "CHEFFE DE SERVICE", "FINANCES"),
            ("Vasseur", "Marc", "DIRECTEUR DES ROUTES", "VOIRIE"),
            ("de La Borderie", "Anne", "RESPONSABLE PAIE", "RH"),
        ],
        ignorees={"page": 1, "entete": 1, "total": 1},
        ecartees={
            "NO SS": "minimisation",
            "IB": "minimisation",
            "IM": "minimisation",
            "NOM PATRONYMIQUE": "secours",
        },
    )


def sedit_xlsx() -> Liste:
    """Two rows of merged headings, the direction as a merged row above its people, subtotals."""
    classeur = Workbook()
    feuille = classeur.active
    _remplir(
        feuille,
        [
            ["Agent", None, None, "Carrière", None, "Affectation", None],
            [
                "Matricule",
                "Nom",
                "Prénom",
                "Grade",
                "Échelon",
                "Fonction",
                "Date début affectation",
            ],
            ["Finances et commande publique"],
            ["S1", "KERVELLA", "Yann", "Attaché", 5, "Chef du budget", "01/09/2022"],
            ["S2", "ABGRALL", "Lucie", "Attaché principal", 3, "Cheffe des marchés", "01/02/2018"],
            ["Sous-total", None, None, None, None, None, 2],
            ["DIRECTION DES SPORTS"],
            ["S3", "MORVAN", "Paul", "Rédacteur", 7, "Directeur de la piscine", "12/05/2016"],
            ["Total général", None, None, None, None, None, 3],
        ],
    )
    for plage in ("A1:C1", "D1:E1", "F1:G1", "A3:G3", "A7:G7"):
        feuille.merge_cells(plage)
    return Liste(
        "sedit.xlsx",
        _octets(classeur),
        [
            ("Kervella", "Yann", "Chef du budget", "Finances et commande publique"),
            ("Abgrall", "Lucie", "Cheffe des marchés", "Finances et commande publique"),
            ("Morvan", "Paul", "Directeur de la piscine", "DIRECTION DES SPORTS"),
        ],
        ignorees={"section": 2, "total": 2},
        dits={"section"},
    )


def cegid_xlsx() -> Liste:
    """Four sheets, the workbook opens on the one of the year; months in letters, two first names."""
    classeur = Workbook()
    entete = [
        "Code salarié",
        "Nom",
        "Prénom(s)",
        "Entité",
        "Libellé fonction",
        "Date d'affectation",
    ]
    classeur.active.title = "Effectif 2025"
    _remplir(classeur.active, [entete, ["C9", "ANCIEN", "Jean", "Siège", "Chef", "01/01/2010"]])
    _remplir(
        classeur.create_sheet("Effectif 2026"),
        [
            entete,
            ["C1", "TANGUY", "Marie, Anne", "Culture", "Cheffe du musée", "12-janv-08"],
            ["C2", "SAINT-EXUPÉRY (DE)", "Antoine", "Culture", "Chef de projet", "1er sept. 2020"],
        ],
    )
    _remplir(classeur.create_sheet("Codes"), [["Code", "Libellé"], ["01", "Titulaire"]])
    _remplir(classeur.create_sheet("Notes"), [["À relire avant envoi"]])
    classeur.active = 1
    return Liste(
        "cegid.xlsx",
        _octets(classeur),
        [
            ("Tanguy", "Marie Anne", "Cheffe du musée", "Culture"),
            ("de Saint-Exupéry", "Antoine", "Chef de projet", "Culture"),
        ],
        dits={"prenoms", "annee_courte"},
        feuille="Effectif 2026",
    )


def eksae_filtre() -> Liste:
    """A filter was left on: two rows are hidden."""
    classeur = Workbook()
    feuille = classeur.active
    _remplir(
        feuille,
        [
            ["Matric.", "Nom marital", "Prénom", "Structure", "Libellé emploi", "CATEG", "Statut"],
            [
                "E1",
                "LE BIHAN",
                "Zoé",
                "Petite enfance",
                "Directrice de crèche",
                "A",
                "01 - Titulaire",
            ],
            ["E2", "OGER", "Luc", "Petite enfance", "Coordonnateur", "A", "NT"],
            ["E3", "RIOU", "Ève", "Social", "Cheffe de service", "A", "S"],
        ],
    )
    feuille.auto_filter.ref = "A1:G4"
    for numero in (2, 4):
        feuille.row_dimensions[numero].hidden = True
    return Liste(
        "eksae.xlsx",
        _octets(classeur),
        [
            ("Le Bihan", "Zoé", "Directrice de crèche", "Petite enfance"),
            ("Oger", "Luc", "Coordonnateur", "Petite enfance"),
            ("Riou", "Ève", "Cheffe de service", "Social"),
        ],
        laissees=[(3, "Statut")],
        dits={"masquee"},
        masquees=(2, 4),
    )


def formules_xlsx() -> Liste:
    """E-mails by LIEN_HYPERTEXTE, directions by RECHERCHEV, one of which found nothing."""

    def cellule(valeur: str, formule: str = "") -> str:
        if not formule:
            return f'<c t="inlineStr"><is><t>{valeur}</t></is></c>'
        genre = "e" if valeur.startswith("#") else "str"
        return f'<c t="{genre}"><f>{formule}</f><v>{valeur}</v></c>'

    lignes = [
        [cellule(v) for v in ("Nom", "Prénom", "Courriel", "Direction", "Poste")],
        [
            cellule("QUERE", "UPPER(Z1)"),
            cellule("Anne"),
            cellule("anne.quere@ville.fr", "HYPERLINK(Z1)"),
            cellule("Eau", "VLOOKUP(A2,Z:Z,1,0)"),
            cellule("Cheffe"),
        ],
        [
            cellule("LUCAS"),
            cellule("Tom"),
            cellule("tom.lucas@ville.fr", "HYPERLINK(Z2)"),
            cellule("#N/A", "VLOOKUP(A3,Z:Z,1,0)"),
            cellule("Chef"),
        ],
    ]
    corps = "".join(f"<row>{''.join(ligne)}</row>" for ligne in lignes)
    return Liste(
        "formules.xlsx",
        octets_xlsx_brut(corps),
        [("Quere", "Anne", "Cheffe", "Eau"), ("Lucas", "Tom", "Chef", "")],
        laissees=[(3, "Direction")],
        dits={"formule", "erreur_calcul", "sans_direction"},
    )


def ciril_statuts() -> Liste:
    """Codes before labels, contracts in the words of the code, functional posts among grades."""
    agents = [
        ["1", "HAMON", "01 - Titulaire", "ATTACHE HORS CLASSE"],
        ["2", "JEGOU", "S", "0012 - ATTACHE"],
        ["3", "CLOAREC", "Contractuel art. L332-8", "ATTACHE"],
        ["4", "GUEN", "MAD entrante", "ING EN CHEF"],
        ["5", "SALAUN", "CDI", "DGA 40 000 à 150 000 hab."],
        ["6", "FLOCH", "Emploi fonctionnel", "ADMINISTRATEUR"],
    ]
    lignes = [["MATRICULE", "NOM", "PRENOM", "STATUT", "GRADE / EMPLOI", "LIB SERVICE"]]
    lignes += [[m, n, "ANNE", s, g, "DGS"] for m, n, s, g in agents]
    return Liste(
        "statuts.csv",
        octets_csv(lignes, "cp1252"),
        [(n.capitalize(), "Anne", "", "DGS") for _, n, _, _ in agents],
        laissees=[(4, "STATUT"), (6, "GRADE / EMPLOI"), (7, "STATUT")],
        dits={"sans_poste", "sans_date"},
    )


def cegid_une_colonne() -> Liste:
    """« NOM Prénom » together, particles anywhere, tabs and UTF-16."""
    lignes = [
        ["Salarié", "Employeur", "Emploi", "Unité d'affectation"],
        ["ROCHEFOUCAULD (DE LA) Inès", "Ville", "Directrice", "Culture"],
        ["VAN DER MEERSCH Joost", "Ville", "Chef", "Culture"],
        ["D'ARTAGNAN Charles", "Ville", "Chef", "Sécurité"],
    ]
    return Liste(
        "salaries.txt",
        octets_csv(lignes, "utf-16", "\t"),
        [
            ("de La Rochefoucauld", "Inès", "Directrice", "Culture"),
            ("Van der Meersch", "Joost", "Chef", "Culture"),
            ("d'Artagnan", "Charles", "Chef", "Sécurité"),
        ],
    )


def sedit_ods() -> Liste:
    """« Direction : » then its name in the next cell, a row hidden by LibreOffice's filter."""

    def ligne(*mots: str, attribut: str = "") -> str:
        cellules = "".join(
            f'<table:table-cell office:value-type="string"><text:p>{m}</text:p></table:table-cell>'
            if m
            else "<table:table-cell/>"
            for m in mots
        )
        return f"<table:table-row {attribut}>{cellules}</table:table-row>"

    corps = (
        ligne("Matricule", "Nom", "Prénom", "Libellé poste", "En poste depuis")
        + ligne("Direction :", "Éducation")
        + ligne("O1", "BRIAND", "Léa", "Cheffe des écoles", "03/2019")
        + ligne("Service restauration")
        + ligne("O2", "COLIN", "Ali", "Chef de cuisine", "2019-09-01")
        + ligne("O3", "DANIEL", "Ida", "Cheffe", "-", attribut='table:visibility="filter"')
        + ligne("Effectif : 3 agents")
    )
    return Liste(
        "sedit.ods",
        octets_ods(corps),
        [
            ("Briand", "Léa", "Cheffe des écoles", "Éducation"),
            ("Colin", "Ali", "Chef de cuisine", "Éducation"),
            ("Daniel", "Ida", "Cheffe", "Éducation"),
        ],
        ignorees={"section": 2, "total": 1},
        dits={"section", "masquee", "mois_seul", "sans_date"},
        masquees=(6,),
    )


def ancien_xls() -> Liste:
    """A file of Excel 97 that opens on its notes; a name there is a formula without result."""
    return Liste(
        "ancien.xls",
        (FICHIERS / "ancien.xls").read_bytes(),
        [("Le Goff", "Éléonore", "", ""), ("Martin", "Agathe", "", "")],
        a_corriger=[(6, "Nom")],
        feuille="Cadres",
    )


def quatre_employeurs() -> Liste:
    """One list for the four employers of the démarche: one's own people alone are read."""
    lignes = [
        ["Collectivité", "Nom", "Prénom", "Poste", "Direction", "Domaine de métier", "E-mail"],
        ["VILLE", "GALLOU", "Nora", "Cheffe", "RH", "Ressources humaines", "drh@ville.fr"],
        ["RÉGION", "NICOL", "Max", "Chef", "RH", "", ""],
        ["REGION", "PERON", "Eva", "Cheffe", "RH", "", ""],
        ["Syndicat des eaux", "SIMON", "Guy", "Chef", "Eau", "Couture", "guy@eaux.fr"],
    ]
    return Liste(
        "quatre.csv",
        octets_csv(lignes),
        [("Gallou", "Nora", "Cheffe", "RH"), ("Simon", "Guy", "Chef", "Eau")],
        dits={"employeur_inconnu", "courriel_partage", "famille_hors_liste"},
        autres={"Région": 2},
    )


LISTES: tuple[Callable[[], Liste], ...] = (
    *(ciril_csv, sedit_xlsx, cegid_xlsx, eksae_filtre, formules_xlsx),
    *(ciril_statuts, cegid_une_colonne, sedit_ods, ancien_xls, quatre_employeurs),
)
