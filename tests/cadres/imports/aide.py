"""A staff list of three people, and a row that asks for a correction."""

from django.core.files.uploadedfile import SimpleUploadedFile

from cadres.models import Cadre

ENTETES = (
    "Matricule;Nom;Prénom;Courriel;Catégorie;Grade;Direction;Poste;Date de naissance;Encadrant"
)


LIGNES = (
    "A1;AUBRÉMONT;Laurence;l.aubremont@loiret.example;A;Attaché principal;Solidarités;Cheffe de service;12/03/1970;O",
    "A2;Benhadria;Karim;k.benhadria@loiret.example;A;Attaché;Finances;Cheffe de service;01/01/1980;N",
    "A3;Costerin;Nadège;;A;Attaché;Finances;;01/01/1981;N",
)


MAUVAISE = "A7;Morlanne;Théo;t.morlanne@loiret.example;Z9;Attaché;Finances;Chargé de mission;;N"


def fichier(*lignes, nom="cadres.csv"):
    return SimpleUploadedFile(nom, "\n".join((ENTETES, *lignes)).encode())


def siens(troupe):
    return Cadre.objects.filter(
        collectivite=troupe.departement, matricule__startswith="A"
    ).order_by("matricule")
