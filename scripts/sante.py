"""Does this container’s server answer? For Docker’s HEALTHCHECK: its image has no curl.

Not whether its database does: to start a web server again would bring none back (`/sante/pret` says it).
"""

import http.client
import os
import sys

SITE = os.environ.get("QUATUOR_HOSTS", "localhost").split(",")[0].strip()


def main() -> int:
    liaison = http.client.HTTPConnection("127.0.0.1", 8000, timeout=4)
    try:
        liaison.request("GET", "/sante/vivant", headers={"Host": SITE})
        return 0 if liaison.getresponse().status == 200 else 1
    except OSError:
        return 1


if __name__ == "__main__":
    sys.exit(main())
