import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mobility.settings")

application = get_asgi_application()

# Once the applications are ready, and before the first request.
from mobility.demarrage import verifier  # noqa: E402

verifier()
