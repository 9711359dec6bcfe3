"""One object of each kind, the Département's or the named cadre's."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from allauth.mfa.models import Authenticator
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from cadres.fiche.fusion import reunir
from cadres.imports.actions import diagnostiquer_import
from cadres.imports.lecture import sceller_le_fichier
from cadres.models import DemandeCorrection, Fusion, ImportCadres, VueRegistre
from collectivites.journal import journaliser
from collectivites.models import Delegation, Tache
from collectivites.mots import Acte, Actes
from opportunites.dossier.actions.suivi import ouvrir_les_suivis
from opportunites.dossier.droit import checklist
from opportunites.models import (
    Avis,
    Demande,
    DossierASigner,
    Element,
    Estimation,
    FicheRemuneration,
    Fournee,
    Impact,
    Mobilite,
    ModeleWord,
    Opportunite,
    Proposition,
    Question,
    ReponseOrigine,
    Reserve,
    RetourSigne,
    Simulation,
    Sollicitation,
    Suivi,
    Voeu,
)
from parcours.models import (
    Accompagnement,
    CreneauCoaching,
    DemandeMentor,
    EtapeProgramme,
    Evaluation,
    Immersion,
    Inscription,
    InscriptionSession,
    NoteCoaching,
    NotePrivee,
    Objectif,
    OffreImmersion,
    PresenceReseau,
    Prestation,
    Promotion,
    RendezVousCoaching,
    Session,
    SuiviEtape,
    Synthese,
)
from parcours.sessions.actions.abonnements import creer_abonnement
from parcours.sessions.actions.reponses import jeton
from pilotage.cadrage.regles.actions import proposer
from pilotage.indicateurs.protection.arretes import arreter
from pilotage.models import ChangementRegle, DocumentCabinet, DocumentElus
from pilotage.mots import Regle
from tests import fabriques
from tests.acces.scene_cadrage import Cadrage, monter_le_cadrage
from tests.fabriques import coaching
from tests.fabriques.paie import faire_fiche_signee, ouvrir_fiche, remplir_fiche
from tests.outils.cle import donner_un_second_facteur
from tests.troupe import Troupe

NOTE = "Je doute de rester dans ce service."
NOTE_PRIVEE = "Elle hésite, je la sens fatiguée."
OBJECTIF = "Oser dire non à mon directeur"
SYNTHESE = "Brouillon de synthèse, entre nous deux."
MOTS_DU_BILAN = "Je ne veux plus de réunions le soir."
LIEU = "Cabinet Jourdan, troisième étage"
SYNTHESE_PUBLIEE = "Prête à encadrer une équipe plus large."


@dataclass
class Coaching:
    """Behind the wall, `cadre` and `accompagnateur`; then somebody whose parcours is complete."""

    rendez_vous: RendezVousCoaching
    rendez_vous_passe: RendezVousCoaching
    note: NoteCoaching
    note_privee: NotePrivee
    creneau: CreneauCoaching
    objectif: Objectif
    synthese: Synthese
    precedent: Accompagnement
    synthese_publiee: Synthese
    inscription_achevee: Inscription


@dataclass
class Scene:
    """See `monter`. What is « entrante » concerns the Département as host."""

    troupe: Troupe
    cle: Authenticator
    delegation: Delegation
    tache: Tache
    cadre_recense: Any
    cadre_accord: Any
    importation: ImportCadres
    reunion: Fusion
    correction: DemandeCorrection
    vue: VueRegistre
    promotion: Promotion
    inscription: Inscription
    suivi: SuiviEtape
    suivi_planifie: SuiviEtape
    opportunite: Opportunite
    opportunite_urgente: Opportunite
    brouillon: Opportunite
    ouverte_ailleurs: Opportunite
    voeu: Voeu
    voeu_recu: Voeu
    avis: Avis
    demande: Demande
    proposition_a_valider: Proposition
    proposition_validee: Proposition
    proposition_recue: Proposition
    proposition_expiree: Proposition
    proposition_refusee: Proposition
    proposition_soumise: Proposition
    question: Question
    sollicitation: Sollicitation
    demande_faite: Demande
    estimation: Estimation
    demande_tenue: Demande
    reserve: Reserve
    reserve_a_completer: Reserve
    fiche_signee: FicheRemuneration
    fiche_a_signer: FicheRemuneration
    mobilite: Mobilite
    element: Element
    element_ajoute: Element
    reponse_origine: ReponseOrigine
    suivi_mobilite: Suivi
    modele: ModeleWord
    fournee: Fournee
    dossier_a_signer: DossierASigner
    retour_signe: RetourSigne
    simulation: Simulation
    document_elus: DocumentElus
    cadrage: Cadrage
    changement: ChangementRegle
    document: DocumentCabinet
    coaching: Coaching
    prestation: Prestation
    session: Session
    session_libre: Session
    session_passee: Session
    place: InscriptionSession
    place_passee: InscriptionSession
    evaluation: Evaluation
    evaluation_publiee: Evaluation
    presence_ancienne: PresenceReseau
    demande_de_mentor: DemandeMentor
    immersion: Immersion
    immersion_cachee: Immersion
    offre_immersion: OffreImmersion
    immersion_accordee: Immersion
    immersion_signee: Immersion
    jeton_agenda: str
    jeton_place: str
    #: a text → the personas who may read it, on whatever page
    secrets: dict[str, set[str]]


LES_DEUX = {"cadre", "accompagnateur"}
EMPLOYEUR = {"dgs", "drh", "gestionnaire"}
VOISINS = {"autre_dgs", "autre_drh", "autre_gest"}
SOLLICITATION = "Votre goût des projets nous intéresse."
QUESTION = "Dites-moi ce qu’il en est des astreintes."
COMMENTAIRE = "Mon conjoint change de ville."
EQUIPE_QUITTEE = "L’adjoint tient le service seul."
SUIVI_DE_L_ACCUEIL = "Arrivée réussie, vue de l’accueil."
CORRECTION = "Je dirige ce service depuis mars."
MOTIVATION = "Approcher les lycées avant de choisir."
PAROLE = "Trop long, mais très concret."
RECIT = "L’immersion m’a décidée, allez-y."
MOT_AU_MENTOR = "Je prends le service que vous avez connu."
PAROLE_SCELLEE = "Je le dis à l’urne, et à personne."
IFSE_SIGNEE = "1\u00a0234,56\u00a0€"
MUTUELLE = "987,65\u00a0€"
COUT = "Ce que le poste coûtera"
RESERVE_A_LA_PERSONNE = "Ce que moi seule dois lire."


def monter(troupe: Troupe) -> Scene:
    """The cadre of the Département is in a promotion, ranked a poste of the Région, received a
    proposition for it, and moves to the Ville. The Département opens two postes, and prepares two
    propositions for cadres of the Région."""
    f = fabriques
    departement, region = troupe.departement, troupe.region
    f.faire_delegation(troupe.dgs_departement, troupe.drh_departement, Acte.FRANCHIR_ETAPE)
    promotion = f.faire_promotion(troupe.demarche, nom="Promotion 2027")
    inscription = f.faire_inscription(troupe.fiche_du_cadre, promotion)
    f.faire_inscription(troupe.fiche_de_l_autre_cadre, promotion)
    opportunite = f.faire_opportunite(departement, piece=_piece("postes"), nom_piece="fiche.pdf")
    ouverte_ailleurs = f.faire_opportunite(region)
    voeu = f.faire_voeu(troupe.fiche_du_cadre, ouverte_ailleurs)
    voeu_recu = f.faire_voeu(troupe.fiche_de_l_autre_cadre, opportunite)
    deuxieme = f.faire_cadre(region, "retenu")
    f.faire_inscription(deuxieme, promotion)
    recue = f.faire_proposition(ouverte_ailleurs, troupe.fiche_du_cadre)
    refusee = f.faire_proposition(
        f.faire_opportunite(region),
        troupe.fiche_du_cadre,
        "refusee",
        repondue_le=f.il_y_a(0),
        motif=Proposition.Motif.FAMILLE,
        commentaire=COMMENTAIRE,
    )
    journaliser(
        acteur=troupe.cadre,
        acte=Actes.DELEGATION_DONNEE,
        libelle=RESERVE_A_LA_PERSONNE,
        objet=voeu,
        collectivite=departement,
        cadre_ref=troupe.fiche_du_cadre.pk,
        reserve_a_la_personne=True,
    )
    acceptee = f.faire_proposition(
        f.faire_opportunite(troupe.ville), troupe.fiche_du_cadre, "acceptee"
    )
    mobilite, reponse_origine, suivi_mobilite = _dossier(troupe, acceptee)
    modele = f.faire_modele(troupe.drh_departement)
    a_signer = f.faire_dossier_a_signer(troupe.drh_departement, mobilite, _piece_deposee())
    prestation = f.faire_prestation(departement)
    session, passee = f.faire_session(prestation), f.faire_session(prestation, debut=f.il_y_a(2))
    place = f.faire_place(session, troupe.fiche_du_cadre)
    place_passee = f.faire_place(passee, troupe.fiche_du_cadre, "present")
    deja_dit = f.faire_session(prestation, debut=f.il_y_a(9))
    f.faire_place(deja_dit, troupe.fiche_du_cadre, "present")
    evaluation = f.faire_evaluation(passee)
    f.mettre_dans_l_urne(evaluation, texte=PAROLE_SCELLEE)
    presence, demande_de_mentor = _reseau(troupe, promotion)
    return Scene(
        troupe=troupe,
        cle=donner_un_second_facteur(troupe.cadre.utilisateur),
        delegation=Delegation.objects.get(),
        tache=Tache.objects.create(
            nom="x", libelle="Import", mandat=troupe.drh_departement.mandat, etat="en_cours"
        ),
        cadre_recense=f.faire_cadre(departement, "recense", nom="Silencieux"),
        cadre_accord=f.faire_cadre(departement, "accord"),
        importation=_importation(troupe),
        reunion=_reunion(troupe),
        correction=DemandeCorrection.objects.create(
            cadre=troupe.fiche_du_cadre, champ="poste", explication=CORRECTION
        ),
        vue=VueRegistre.objects.create(mandat=troupe.drh_departement.mandat, nom="Mes A"),
        promotion=promotion,
        inscription=inscription,
        suivi=inscription.suivis.get(etape__nature=EtapeProgramme.Nature.ENTRETIEN),
        suivi_planifie=_planifier(inscription),
        opportunite=opportunite,
        opportunite_urgente=f.faire_urgence(troupe.drh_departement),
        brouillon=f.faire_opportunite(departement, publiee=False),
        ouverte_ailleurs=ouverte_ailleurs,
        voeu=voeu,
        voeu_recu=voeu_recu,
        avis=f.faire_avis(opportunite, troupe.fiche_de_l_autre_cadre),
        demande=f.faire_demande(troupe.fiche_de_l_autre_cadre, opportunite),
        proposition_a_valider=f.faire_proposition(
            opportunite, troupe.fiche_de_l_autre_cadre, "brouillon"
        ),
        proposition_validee=f.faire_proposition(opportunite, deuxieme, "validee"),
        proposition_recue=recue,
        proposition_expiree=_expiree(troupe, promotion),
        proposition_refusee=refusee,
        proposition_soumise=f.faire_proposition(
            f.faire_opportunite(region),
            troupe.fiche_du_cadre,
            "brouillon",
            accord_dgs="demande",
            accord_demande_le=f.il_y_a(1),
        ),
        question=_question(troupe, opportunite, promotion),
        sollicitation=Sollicitation.objects.create(
            opportunite=f.faire_opportunite(region),
            cadre=troupe.fiche_du_cadre,
            message=SOLLICITATION,
        ),
        demande_faite=f.faire_demande(troupe.fiche_du_cadre, ouverte_ailleurs),
        estimation=Estimation.objects.create(
            cadre=troupe.fiche_du_cadre, opportunite=ouverte_ailleurs
        ),
        demande_tenue=f.faire_demande(
            deuxieme,
            opportunite,
            etat="acceptee",
            reponse="Avec plaisir.",
            repondue_le=f.il_y_a(1),
            rendez_vous_le=f.il_y_a(-3),
        ),
        reserve=f.faire_reserve(recue, troupe.drh_departement),
        reserve_a_completer=f.faire_reserve(
            recue,
            troupe.drh_departement,
            sujet="statut",
            etat="complement",
            complement_demande="Combien de semaines ?",
            complement_demande_le=f.il_y_a(1),
            piece=_piece(),
            nom_piece="note.pdf",
        ),
        **_fiches(troupe, recue, acceptee),
        mobilite=mobilite,
        element=mobilite.elements.get(code="ANNONCE"),
        element_ajoute=f.faire_point(mobilite, troupe.drh_departement),
        reponse_origine=reponse_origine,
        suivi_mobilite=suivi_mobilite,
        modele=modele,
        dossier_a_signer=a_signer,
        retour_signe=f.faire_retour_signe(troupe.drh_departement, a_signer, _piece_deposee()),
        fournee=f.faire_fournee(troupe.drh_departement, modele, troupe.fiche_du_cadre),
        prestation=prestation,
        session=session,
        session_libre=f.faire_session(prestation, debut=f.il_y_a(-20)),
        session_passee=deja_dit,
        place=place,
        place_passee=place_passee,
        evaluation=evaluation,
        presence_ancienne=presence,
        demande_de_mentor=demande_de_mentor,
        evaluation_publiee=f.faire_evaluation_publiee(deja_dit, [PAROLE]),
        immersion=f.faire_immersion(troupe.fiche_du_cadre, region, motivation=MOTIVATION),
        immersion_cachee=f.faire_immersion(
            troupe.fiche_du_cadre,
            region,
            offre=f.faire_offre_immersion(region),
            montree_le=None,
        ),
        offre_immersion=f.faire_offre_immersion(region, service="Direction des transports"),
        immersion_accordee=f.faire_immersion(troupe.fiche_du_cadre, region, "accordee"),
        immersion_signee=f.faire_immersion(
            troupe.fiche_du_cadre, region, "convention", debut=f.dans(-9), fin=f.dans(-7)
        ),
        jeton_agenda=creer_abonnement(acteur=troupe.cadre),
        jeton_place=jeton(place),
        simulation=_simulation(troupe),
        document_elus=_document_elus(troupe),
        cadrage=monter_le_cadrage(troupe, _piece("cadrage")),
        document=DocumentCabinet.objects.create(
            demarche=troupe.demarche,
            titre="Note stratégique",
            piece=_piece("cabinet"),
            nom_piece="note.pdf",
            depose_par=troupe.cabinet.mandat,
        ),
        changement=proposer(
            acteur=troupe.dgs_departement,
            regle=Regle.OBJECTIF,
            valeurs={"objectif_mobilites": 40},
            motif="La première promotion a tardé.",
        ),
        coaching=_coaching(troupe, inscription, promotion),
        secrets={
            # Not told yet, or no answer yet: their own employer alone.
            "Silencieux": EMPLOYEUR,
            troupe.fiche_du_cadre_muet.nom: EMPLOYEUR,
            # Their yes holds: the démarche knows who they are, and nobody else.
            troupe.fiche_du_cadre.nom: EMPLOYEUR | VOISINS | {"accompagnateur", "cadre"},
            # The person, their employer, and the one that would receive them.
            MOTIVATION: EMPLOYEUR | VOISINS | {"cadre"},
            # Said without a name, and published to the démarche.
            PAROLE: EMPLOYEUR | VOISINS | {"cadre", "autre_cadre"},
            # In the network of a promotion: its people, and those of the next. No employer.
            RECIT: {"cadre", "autre_cadre"},
            MOT_AU_MENTOR: {"cadre"},
            # In an urn that is not closed: nobody.
            PAROLE_SCELLEE: set(),
            # Between the person and the host: their own employer never reads it.
            SOLLICITATION: {"cadre"},
            QUESTION: EMPLOYEUR,
            # Why somebody refused, and what the journal keeps for them.
            COMMENTAIRE: {"cadre"},
            # Of the team that is left, its own employer alone reads.
            EQUIPE_QUITTEE: EMPLOYEUR,
            # How it goes, six months later: the host for itself.
            SUIVI_DE_L_ACCUEIL: EMPLOYEUR,
            RESERVE_A_LA_PERSONNE: {"cadre"},
            # What somebody asks to be corrected: their HR direction alone.
            CORRECTION: {"cadre", "drh", "gestionnaire"},
            # Pay: the person and the two DRH; what is the person's own, herself; the cost, employers.
            IFSE_SIGNEE: {"drh", "autre_drh", "cadre"},
            MUTUELLE: {"cadre"},
            COUT: {"drh", "autre_drh"},
            # Behind the wall: the two, nobody else.
            **dict.fromkeys((NOTE, OBJECTIF, SYNTHESE, MOTS_DU_BILAN, LIEU), LES_DEUX),
            # The coach's own.
            NOTE_PRIVEE: {"accompagnateur"},
            # The person published it, for their own DRH and DGS.
            SYNTHESE_PUBLIEE: {"dgs", "drh", "accompagnateur"},
        },
    )


def _fiches(
    troupe: Troupe, recue: Proposition, acceptee: Proposition
) -> dict[str, FicheRemuneration]:
    """Signed by both for the proposition of the Région; filled in, unsigned, for that of the Ville."""
    signee = faire_fiche_signee(
        recue,
        troupe.drh_departement,
        troupe.drh_region,
        accueil={"ifse_bas": Decimal("1234.56"), "avantages": {"mutuelle": Decimal("987.65")}},
    )
    autre = ouvrir_fiche(troupe.drh_departement, acceptee)
    return {
        "fiche_signee": signee,
        "fiche_a_signer": remplir_fiche(autre, troupe.drh_departement, troupe.drh_ville),
    }


def _coaching(troupe: Troupe, inscription: Inscription, promotion: Promotion) -> Coaching:
    f, c = fabriques, coaching
    fiche, coach = troupe.fiche_du_cadre, troupe.accompagnateur
    precedent = c.faire_accompagnement(
        fiche,
        troupe.autre_accompagnateur.mandat,
        debut=f.il_y_a(60),
        fin=f.il_y_a(30),
        motif_fin="changement",
    )
    c.faire_note(precedent, troupe.cadre.utilisateur, "Avec la précédente, nous avions commencé.")
    actuel = c.faire_accompagnement(fiche)
    c.faire_bilan(inscription, MOTS_DU_BILAN, domaines=["Finances"])
    autre = f.faire_cadre(
        troupe.departement, "retenu", avancee="acheve", accompagnateur=coach.mandat
    )
    achevee = f.faire_inscription(autre, promotion, "achevee")
    return Coaching(
        rendez_vous=c.faire_coaching(actuel, 3, lieu=LIEU),
        rendez_vous_passe=c.faire_coaching(actuel, -2, lieu=LIEU),
        note=c.faire_note(actuel, coach.utilisateur, NOTE),
        note_privee=c.faire_note_privee(actuel, NOTE_PRIVEE),
        creneau=c.faire_creneau(coach.mandat, 4),
        objectif=c.faire_objectif(actuel, coach.utilisateur, OBJECTIF),
        synthese=c.faire_synthese(actuel, coach.utilisateur, SYNTHESE),
        precedent=precedent,
        synthese_publiee=c.faire_synthese(
            c.faire_accompagnement(autre), coach.utilisateur, SYNTHESE_PUBLIEE, troupe.departement
        ),
        inscription_achevee=achevee,
    )


def _piece(dossier: str = "reserves") -> str:
    """A deposited file, where the settings say."""
    return default_storage.save(f"{dossier}/essai.pdf", ContentFile(b"%PDF-1.4 essai"))


def _question(troupe: Troupe, opportunite: Opportunite, promotion: Promotion) -> Question:
    """On a proposition of the Département to somebody of the Région."""
    qui = fabriques.faire_cadre(troupe.region, "retenu")
    fabriques.faire_inscription(qui, promotion)
    envoyee = fabriques.faire_proposition(opportunite, qui)
    return Question.objects.create(proposition=envoyee, texte=QUESTION)


def _expiree(troupe: Troupe, promotion: Promotion) -> Proposition:
    """Of a poste of the Département that somebody else has ranked: the next may be proposed it."""
    opportunite = fabriques.faire_opportunite(troupe.departement)
    silencieux = fabriques.faire_cadre(troupe.region, "retenu")
    fabriques.faire_voeu(fabriques.faire_cadre(troupe.region, "retenu"), opportunite)
    return fabriques.faire_proposition(opportunite, silencieux, "expiree")


def _piece_deposee() -> str:
    """Under MEDIA_ROOT, once for all the scenes."""
    chemin = "mobilites/essais/refus.pdf"
    if not default_storage.exists(chemin):
        default_storage.save(chemin, ContentFile(b"%PDF-1.7"))
    return chemin


def _dossier(troupe: Troupe, acceptee: Proposition) -> tuple[Mobilite, ReponseOrigine, Suivi]:
    """The move of the cadre, from the Département: asked for, refused on its legal ground, with a
    team that is left. And one that arrived at the Département seven months ago."""
    f = fabriques
    mobilite = f.faire_mobilite(
        acceptee, voie="MUTATION", demande_recue_le=f.dans(-4), date_effet=f.dans(100)
    )
    checklist.mettre_a_jour(mobilite)
    reponse = ReponseOrigine.objects.create(
        mobilite=mobilite,
        sens="refus",
        motif="service",
        texte="Budget.",
        piece=_piece_deposee(),
        nom_piece="refus.pdf",
        par=troupe.drh_departement.mandat,
    )
    Mobilite.objects.filter(pk=mobilite.pk).update(reponse_origine="refus")
    Impact.objects.create(
        mobilite=mobilite,
        plan="interim",
        risque="moyen",
        precision=EQUIPE_QUITTEE,
        maj_par=troupe.drh_departement.mandat,
    )
    arrivee = f.faire_mobilite(
        f.faire_proposition(
            f.faire_opportunite(troupe.departement),
            f.faire_cadre(troupe.ville, "retenu"),
            "realisee",
        ),
        "effective",
        date_effet=f.dans(-220),
    )
    suivis = {(s.mois, s.cote): s for s in ouvrir_les_suivis(arrivee)}
    suivi = suivis[6, "accueil"]
    suivi.en_poste, suivi.bilan, suivi.note = True, "bien", SUIVI_DE_L_ACCUEIL
    suivi.renseigne_le, suivi.renseigne_par = f.il_y_a(1), troupe.drh_departement.mandat
    suivi.save()
    return mobilite, reponse, suivi


LISTE = """Matricule;Nom;Prénom;Courriel;Catégorie;Poste;En poste depuis
D-9001;Valette;Yann;yann.valette@loiret.example;A;Chef de service;01/09/2020
D-9002;Wagner;Zoé;pas-un-courriel;A+;Directrice;31/02/2021
D-9003;;Sans-Nom;;A;Chargé de mission;
"""


def _reunion(troupe: Troupe) -> Fusion:
    """Two files that were one person's, made one yesterday."""
    un, deux = (fabriques.faire_cadre(troupe.departement, nom="Double") for _ in range(2))
    garde = reunir(acteur=troupe.drh_departement, un=un, deux=deux)
    return Fusion.objects.get(garde=garde)


def _simulation(troupe: Troupe) -> Simulation:
    """A run, on the data of the scene, of a campaign whose opinions are over."""
    campagne = fabriques.faire_campagne(troupe.dgs_region)
    return fabriques.faire_simulation(campagne, troupe.dgs_region)


def _document_elus(troupe: Troupe) -> DocumentElus:
    """A draft of the Département, printed."""
    return DocumentElus.objects.create(
        arrete=arreter(acteur=troupe.dgs_departement, jour=timezone.localdate()),
        collectivite=troupe.departement,
        genre="note",
        retard="Le calendrier est tenu.",
        contact="Direction générale des services",
        signataire="Le directeur général",
        qualite="Direction générale",
        projet=b"%PDF-projet",
        cree_par=troupe.dgs_departement.mandat,
    )


def _importation(troupe: Troupe) -> ImportCadres:
    """A staff list that has been read, and waits to be confirmed: good rows and bad ones."""
    importation = ImportCadres.objects.create(
        collectivite=troupe.departement,
        mandat=troupe.drh_departement.mandat,
        nom_fichier="departement.csv",
        contenu=sceller_le_fichier(LISTE.encode()),
    )
    diagnostiquer_import(importation_id=importation.pk)
    importation.refresh_from_db()
    return importation


def _planifier(inscription: Inscription) -> SuiviEtape:
    """The last step, which had its hour yesterday: it may be marked."""
    suivi: SuiviEtape = inscription.suivis.order_by("-etape__ordre").first()
    suivi.etat, suivi.quand, suivi.lieu = suivi.Etat.PLANIFIEE, fabriques.il_y_a(1), "Orléans"
    suivi.save()
    return suivi


def _reseau(troupe, promotion):
    """Somebody of a former promotion shows themselves; somebody of the next asks Claire."""
    f, region = fabriques, troupe.region
    passee = f.faire_promotion(troupe.demarche, date_debut=f.dans(-500), date_fin=f.dans(-300))
    ancien, suivant = f.faire_cadre(region, "retenu"), f.faire_cadre(region, "retenu")
    f.faire_inscription(ancien, passee, "achevee")
    f.faire_inscription(suivant, f.faire_promotion(troupe.demarche, date_debut=f.dans(-2)))
    ancienne = f.faire_presence(ancien, passee, recit=RECIT, mentor=True)
    sienne = f.faire_presence(troupe.fiche_du_cadre, promotion, mentor=True)
    return ancienne, f.demander_un_mentor(suivant, sienne, MOT_AU_MENTOR)
