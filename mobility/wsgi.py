import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mobility.settings")

application = get_wsgi_application()

# Once the applications are ready, and before the first request.
from mobility.demarrage import verifier  # noqa: E402

verifier()
