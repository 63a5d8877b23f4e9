"""The directory's tables."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth import get_backends
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from hezou.kernel.ids import uuid7


class Agency(models.Model):
    """One tenant: its zone, its counters for human numbers, and the revision its caches are keyed by.

    `second_factor_roles`: codes of the roles whose holders must log in with a second factor.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=100)
    short_name = models.CharField(max_length=40)
    zone = models.CharField(max_length=40, default="Asia/Shanghai")
    counters = models.JSONField(default=dict)
    second_factor_roles = models.JSONField(default=list)
    revision = models.IntegerField(default=1)

    def __str__(self) -> str:
        return self.short_name

    @property
    def agency_id(self) -> Any:
        """An agency belongs to itself; lets every check ask the same question."""
        return self.pk


class AgencyRow(models.Model):
    """Base of every table of ours from this storey up: the agency comes first."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        abstract = True


class Unit(AgencyRow):
    """A department in the tree; the root unit (no parent) is the agency itself."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="children")
    name = models.CharField(max_length=100)
    sort_key = models.CharField(max_length=200)
    position = models.IntegerField(default=0)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "name"], condition=Q(retired_at=None), name="unit_name"
            ),
            models.UniqueConstraint(fields=["agency"], condition=Q(parent=None), name="unit_one_root"),
        ]
        indexes = [models.Index(fields=["agency", "position", "sort_key"], name="unit_order")]

    def __str__(self) -> str:
        return self.name


class Person(AgencyRow):
    """Somebody who works here. `unit` is the home unit; a person needs no account."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="persons")
    name = models.CharField(max_length=60)
    sort_key = models.CharField(max_length=200)
    post = models.CharField(max_length=60, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    staff_number = models.CharField(max_length=40, blank=True)
    is_system = models.BooleanField(default=False)
    revision = models.IntegerField(default=1)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "staff_number"], condition=~Q(staff_number=""), name="person_staff_number"
            ),
            models.UniqueConstraint(fields=["agency"], condition=Q(is_system=True), name="person_one_system"),
        ]
        indexes = [
            models.Index(fields=["agency", "sort_key", "id"], name="person_order"),
            models.Index(fields=["agency", "unit"], name="person_unit"),
        ]

    def __str__(self) -> str:
        return self.name

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Whether this person may do `perm` (to `obj`); answered from above by the room `access`."""
        backends: list[Any] = get_backends()
        return any(backend.has_perm(self, perm, obj) for backend in backends)


class AccountManager(BaseUserManager["Account"]):
    """Looks accounts up by their log-in name; account, person, agency and unit come in one query."""

    def get_queryset(self) -> models.QuerySet[Account]:
        return super().get_queryset().select_related("person__agency", "person__unit")


class Account(AgencyRow, AbstractBaseUser):
    """The log-in of one person; its name is unique over the installation.

    `language`: the code of the one its holder chose to read; empty for the installation's.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="account")
    username = models.CharField(max_length=60, unique=True)
    email = models.EmailField(blank=True)
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=False)
    language = models.CharField(max_length=10, blank=True, default="")
    created_at = models.DateTimeField()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[AccountManager] = AccountManager()

    def __str__(self) -> str:
        return self.username


class OpenSession(AgencyRow):
    """An account that is logged in at a browser; what Django keeps of the session bears the same key.

    `device` names browser and system coarsely; where somebody sits is not kept.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="open_sessions")
    session_key = models.CharField(max_length=40)
    device = models.CharField(max_length=40)
    begun_at = models.DateTimeField()
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "session_key"], name="open_session_key"),
        ]
        indexes = [models.Index(fields=["agency", "account", "-seen_at"], name="open_session_list")]


class Grant(AgencyRow):
    """A role held by a person over a unit (with what is below it), from a day and until a day."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="grants")
    role = models.CharField(max_length=40)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="grants")
    starts = models.DateField(null=True)
    ends = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "person", "role", "unit"], condition=Q(ends=None), name="grant_once"
            )
        ]
        indexes = [models.Index(fields=["agency", "role", "unit"], name="grant_role")]


class Absence(AgencyRow):
    """Somebody is away from `starts` to `ends`, both days included; `deputy` stands in on all of them.

    `kind`: a code of `rules.absences.KINDS`. One that is over early ends the day before; see `Deputy`.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="absences", db_index=False)
    kind = models.CharField(max_length=20)
    starts = models.DateField()
    ends = models.DateField()
    deputy = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["agency", "person", "ends"], name="absence_person"),
            models.Index(fields=["agency", "ends", "starts"], name="absence_days"),
        ]


class Deputy(AgencyRow):
    """`deputy` signs in the name of `principal` from `starts` to `ends`, both days included.

    One that is taken back before it began ends before it starts, and so never holds. One that was named for
    an `absence` ends with it.
    """

    principal = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="deputies")
    deputy = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="principals")
    starts = models.DateField()
    ends = models.DateField()
    absence = models.ForeignKey(
        Absence, on_delete=models.PROTECT, null=True, related_name="deputies", db_index=False
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(principal=models.F("deputy")), name="deputy_other"),
        ]
        indexes = [
            models.Index(fields=["agency", "deputy", "starts"], name="deputy_deputy"),
            models.Index(fields=["agency", "principal", "starts"], name="deputy_principal"),
        ]


class CrossReviewer(AgencyRow):
    """Who takes the seat of `role` over `unit` when its holder is an author (R2)."""

    role = models.CharField(max_length=40)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="cross_reviewers")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "role", "unit"], name="cross_reviewer_once")]


class Duty(AgencyRow):
    """One place of the duty roster (值班表): who leads or keeps watch on a day, and the telephone.

    `part`: leader or staff. A place that nobody holds any more keeps its row with an empty `person`.
    """

    day = models.DateField()
    part = models.CharField(max_length=10)
    position = models.IntegerField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    phone = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "day", "part", "position"], name="duty_place")
        ]
        indexes = [models.Index(fields=["agency", "person", "day"], name="duty_person")]


class Body(AgencyRow):
    """Whom the agency reports to; `nature` is a code of the pack."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=100)
    sort_key = models.CharField(max_length=200)
    nature = models.CharField(max_length=40)
    position = models.IntegerField(default=0)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "name"], condition=Q(retired_at=None), name="body_name")
        ]

    def __str__(self) -> str:
        return self.name


class Journal(AgencyRow):
    """What a body publishes for its readers, a column of it included."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="journals")
    name = models.CharField(max_length=100)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "body", "name"], condition=Q(retired_at=None), name="journal_name"
            )
        ]

    def __str__(self) -> str:
        return self.name
