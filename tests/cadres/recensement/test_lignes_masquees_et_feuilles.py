"""A filter forgotten in the sheet, and a workbook with several lists: said, and left to choose."""

import io
import struct

import olefile
import pytest
from openpyxl import Workbook

from cadres.recensement.diagnostic import diagnostiquer
from cadres.recensement.erreurs import FichierIllisible
from cadres.recensement.fichiers.lecture import Classeur, lire
from cadres.recensement.resultat import Diagnostic
from tests.cadres.recensement.aide import FICHIERS, JOUR, octets_ods, octets_zip

ENTETE = ["Nom", "Prénom", "Direction"]
AGENTS = [["MARTIN", "Agathe", "Culture"], ["PETIT", "Luc", "Sport"], ["ROUX", "Zoé", "Sport"]]


def octets(classeur: Workbook) -> bytes:
    tampon = io.BytesIO()
    classeur.save(tampon)
    return tampon.getvalue()


def filtre(lignes: tuple[int, ...] = (3, 4)) -> bytes:
    classeur = Workbook()
    feuille = classeur.active
    for ligne in [ENTETE, *AGENTS]:
        feuille.append(ligne)
    feuille.auto_filter.ref = "A1:C4"
    for numero in lignes:
        feuille.row_dimensions[numero].hidden = True
    return octets(classeur)


def diagnostic(classeur: Classeur, **options: object) -> Diagnostic:
    return diagnostiquer(classeur, existants=[], aujourdhui=JOUR, **options)  # type: ignore[arg-type]


def test_les_personnes_que_le_filtre_cache_sont_prises_et_c_est_dit_en_premier() -> None:
    diag = diagnostic(lire(filtre(), "x.xlsx"))
    assert [c.nom for c in diag.nouveaux] == ["Martin", "Petit", "Roux"]
    assert diag.masquees == (3, 4)
    assert (diag.avertissements[0].code, diag.avertissements[0].lignes) == ("masquee", (3, 4))
    assert diag.phrase_masquees == (
        "2 lignes masquées dans le fichier, par un filtre ou à la main, sont reprises comme les autres."
    )


def test_le_drh_peut_les_laisser_de_cote() -> None:
    diag = diagnostic(lire(filtre(), "x.xlsx"), sans_masquees=True)
    assert [c.nom for c in diag.nouveaux] == ["Martin"]
    assert (diag.masquees, diag.sans_masquees, diag.nb_lignes) == ((3, 4), True, 1)
    assert "laissées de côté" in diag.phrase_masquees
    assert "masquee" not in [a.code for a in diag.avertissements]
    assert Diagnostic.depuis_json(diag.vers_json()) == diag


def test_sans_ligne_masquee_rien_n_est_dit() -> None:
    diag = diagnostic(lire(filtre(()), "x.xlsx"))
    assert (diag.masquees, diag.phrase_masquees) == ((), "")


@pytest.mark.parametrize("visibilite", ["filter", "collapse"])
def test_un_filtre_de_libreoffice_aussi(visibilite: str) -> None:
    def ligne(mots: list[str], attribut: str = "") -> str:
        cellules = "".join(
            f'<table:table-cell office:value-type="string"><text:p>{m}</text:p></table:table-cell>'
            for m in mots
        )
        return f"<table:table-row {attribut}>{cellules}</table:table-row>"

    cachee = f'table:visibility="{visibilite}"'
    corps = ligne(ENTETE) + ligne(AGENTS[0]) + ligne(AGENTS[1], cachee)
    assert diagnostic(lire(octets_ods(corps), "x.ods")).masquees == (3,)


def test_un_filtre_d_un_ancien_xls_aussi() -> None:
    """The bit « height is zero » of the row of the second agent, set in a real file."""
    brut = (FICHIERS / "ancien.xls").read_bytes()
    with olefile.OleFileIO(io.BytesIO(brut)) as conteneur:
        flux = conteneur.openstream("Workbook").read()
    position, modifie = 0, bytearray(brut)
    while position + 4 <= len(flux):
        genre, taille = struct.unpack_from("<HH", flux, position)
        rangee = struct.unpack_from("<H", flux, position + 4)[0] if taille else 0
        if genre == 0x208 and rangee == 4:  # row 5
            entier = flux[position : position + 4 + taille]
            place = brut.index(entier)
            modifie[place + 4 + 12] |= 0x20
        position += 4 + taille
    assert bytes(modifie) != brut
    assert diagnostic(lire(bytes(modifie), "x.xls")).masquees == (5,)


# --- Which sheet --------------------------------------------------------------------------------


def deux_annees(active: int) -> bytes:
    classeur = Workbook()
    classeur.active.title = "Effectif 2025"
    actuelle = classeur.create_sheet("Effectif 2026")
    notes = classeur.create_sheet("Notes")
    for ligne in [ENTETE, *AGENTS]:
        classeur["Effectif 2025"].append(ligne)
    for ligne in [ENTETE, *AGENTS[:2]]:
        actuelle.append(ligne)
    notes.append(["Ne pas diffuser"])
    classeur.active = active
    return octets(classeur)


@pytest.mark.parametrize(("active", "lue"), [(0, "Effectif 2025"), (1, "Effectif 2026")])
def test_la_feuille_sur_laquelle_le_classeur_s_ouvre_est_lue(active: int, lue: str) -> None:
    classeur = lire(deux_annees(active), "x.xlsx")
    assert classeur.feuille == lue
    assert [(f.nom, f.nb_lignes, f.active, f.lue) for f in classeur.feuilles] == [
        ("Effectif 2025", 3, active == 0, active == 0),
        ("Effectif 2026", 2, active == 1, active == 1),
    ]


def test_la_page_dit_laquelle_est_lue_et_lesquelles_pourraient_l_etre() -> None:
    (message,) = lire(deux_annees(1), "x.xlsx").messages
    assert message.replace("\u00a0", " ") == (
        "Feuille lue : « Effectif 2026 », celle sur laquelle le classeur s’ouvre. "
        "Peut aussi être lue : « Effectif 2025 » (3 lignes). Non lue : « Notes »."
    )


def test_le_drh_choisit_une_autre_feuille() -> None:
    assert lire(deux_annees(1), "x.xlsx", feuille="Effectif 2025").feuille == "Effectif 2025"


@pytest.mark.parametrize("feuille", ["Notes", "Effectif 1999"])
def test_une_feuille_qui_n_est_pas_une_liste_est_refusee_clairement(feuille: str) -> None:
    with pytest.raises(FichierIllisible, match=feuille):
        lire(deux_annees(1), "x.xlsx", feuille=feuille)


def test_une_feuille_active_qui_n_est_pas_une_liste_ne_l_emporte_pas() -> None:
    assert lire(deux_annees(2), "x.xlsx").feuille == "Effectif 2025"


def test_l_ods_dit_aussi_sur_quelle_feuille_il_s_ouvre() -> None:
    def table(nom: str, mots: list[list[str]]) -> str:
        lignes = "".join(
            "<table:table-row>"
            + "".join(
                f'<table:table-cell office:value-type="string"><text:p>{m}</text:p></table:table-cell>'
                for m in ligne
            )
            + "</table:table-row>"
            for ligne in mots
        )
        return f'<table:table table:name="{nom}">{lignes}</table:table>'

    contenu = (
        '<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x"><office:body>'
        f"<office:spreadsheet>{table('2025', [ENTETE, *AGENTS])}{table('2026', [ENTETE, *AGENTS])}"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    reglages = (
        '<office:document-settings xmlns:office="o" xmlns:config="c"><config:config-item '
        'config:name="ActiveTable" config:type="string">2026</config:config-item>'
        "</office:document-settings>"
    )
    parties = {
        "mimetype": b"",
        "content.xml": contenu.encode(),
        "settings.xml": reglages.encode(),
        "META-INF/manifest.xml": b"<m/>",
    }
    assert lire(octets_zip(parties), "x.ods").feuille == "2026"
