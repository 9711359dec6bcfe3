"""Reading the table of the registre as a person does."""

import re

from django.contrib.messages import get_messages

URL = "/registre/"


def noms(reponse):
    """The names of the rows, in order; a search marks its words in them."""
    titres = re.findall(r'<th scope="row">\s*<a[^>]*>\s*(.*?)\s*</a>', reponse.content.decode())
    return [re.sub("</?mark>", "", titre) for titre in titres]


def dit(reponse):
    return " ".join(str(m) for m in get_messages(reponse.wsgi_request))


def vus(client, **parametres):
    return noms(client.get(URL, parametres))
