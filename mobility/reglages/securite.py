"""What the browser is told: transport, cookies, content policy, permissions."""

import os

from mobility.reglages.environnement import LOCAL, drapeau

HTTPS = drapeau("QUATUOR_HTTPS", default=not LOCAL)
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
# Docker, an orchestrator and Prometheus ask from inside, where there is no TLS.
SECURE_REDIRECT_EXEMPT = [r"^sante/"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
# This host alone: other services of the domain are not ours to bind.
HSTS = os.environ.get("QUATUOR_HSTS", "hôte")
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS and HSTS in {"domaine", "preload"}
SECURE_HSTS_PRELOAD = HTTPS and HSTS == "preload"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
PROXY = drapeau("QUATUOR_PROXY")
if PROXY:
    ALLAUTH_TRUSTED_PROXY_COUNT = 1  # the login limits count each person's own address
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# Twelve hours from the password, whatever one does: a screen left open in the evening is closed in
# the morning, and a day's work is not cut. Two hours without use: longer than a meeting or a lunch,
# shorter than an afternoon away from a shared desk. `collectivites.comptes.session` holds both; the
# page warns five minutes before, and what was typed outlives either (static/js/session.js).
SESSION_COOKIE_AGE = 12 * 3600
SESSION_ENGINE = "collectivites.comptes.connexions.magasin"
SESSION_INACTIVITE = 2 * 3600
# The browser itself refuses such a cookie from another host, or without TLS.
_PREFIXE = "__Host-" if HTTPS else ""
SESSION_COOKIE_NAME = f"{_PREFIXE}quatuor_session"
CSRF_COOKIE_NAME = f"{_PREFIXE}quatuor_csrf"
#: A browser in which somebody has logged in before (`collectivites.comptes.essais`); what a page has to say.
APPAREIL_COOKIE_NAME = f"{_PREFIXE}quatuor_appareil"
MESSAGES_COOKIE_NAME = f"{_PREFIXE}quatuor_messages"
MESSAGE_STORAGE = "mobility.entetes.MessagesDeCetHote"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "collectivites.comptes.session.formulaire_perime"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "object-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
        "report-uri": "/rapports-de-securite/",
    }
}
#: What a page may ask of a device: nothing, but for the keys that one logs in with.
PERMISSIONS = {
    **dict.fromkeys(
        (
            *("accelerometer", "autoplay", "browsing-topics", "camera"),
            *(
                "display-capture",
                "encrypted-media",
                "fullscreen",
                "geolocation",
                "gyroscope",
                "hid",
            ),
            *("idle-detection", "local-fonts", "magnetometer", "microphone", "midi", "payment"),
            *("picture-in-picture", "screen-wake-lock", "serial", "usb", "xr-spatial-tracking"),
        ),
        "()",
    ),
    "publickey-credentials-create": "(self)",
    "publickey-credentials-get": "(self)",
}
