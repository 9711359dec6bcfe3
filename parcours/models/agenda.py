"""What stands in people's calendars."""

import uuid

from django.db import models


class Datable(models.Model):
    """Something that has a date in calendars, under one identity for life: the UID of RFC 5545. It is
    drawn, so that nobody guesses that of a meeting to which they were not invited."""

    uid_agenda = models.UUIDField(
        "identité dans les agendas", default=uuid.uuid4, unique=True, editable=False
    )

    class Meta:
        abstract = True
