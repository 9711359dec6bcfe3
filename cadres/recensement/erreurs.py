"""The one exception that reading a staff list may raise, and what several readers say."""

from cadres.recensement.champs.texte import typographie

_ABIME = "Ce fichier est abîmé : il ne s'ouvre pas. Ouvrez-le dans votre tableur, enregistrez-le au format .xlsx, puis redéposez-le."
BOMBE = "Ce fichier est beaucoup trop gros une fois décompressé. Enregistrez seulement la liste des agents dans un nouveau classeur."
MACROS = "Ce classeur contient des macros : il n'est pas accepté. Dans votre tableur, enregistrez-le au format .xlsx (« Classeur Excel »), puis redéposez-le."
MOT_DE_PASSE = "Ce fichier est protégé par un mot de passe. Enregistrez-en une copie sans mot de passe, puis déposez-la."
PAS_UN_CLASSEUR = "Ce fichier n'est pas un classeur. Déposez un fichier .xlsx, .xls, .ods ou .csv."
TROP_DE_FEUILLES = "Ce classeur a trop de feuilles : 100 au plus."
VIDE = "Ce fichier est vide."


class FichierIllisible(Exception):
    """The file cannot be used at all; the message is French, for the screen."""

    def __init__(self, message: str) -> None:
        super().__init__(typographie(message))


class FichierAbime(FichierIllisible):
    """It cannot be opened, or one of its parts cannot be read to the end."""

    def __init__(self) -> None:
        super().__init__(_ABIME)
