"""What every table keeps: keys point down and protect, and the agency stands first."""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models
from django.db.models import Field, ForeignKey, Model, UniqueConstraint

from tests.support.sources import storeys

AGENCY_STOREY = storeys()["people"]

WITHOUT_AGENCY = {
    "people.Agency": "it is the agency",
    "people.Account": "found before the agency is known, by a name unique over the installation",
}


def tables() -> list[type[Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("hezou.")]


def label(model: type[Model]) -> str:
    return f"{model._meta.app_label}.{model.__name__}"


def agency_tables() -> list[type[Model]]:
    return [
        model
        for model in tables()
        if storeys()[model._meta.app_label] >= AGENCY_STOREY and label(model) not in WITHOUT_AGENCY
    ]


def keys(model: type[Model]) -> Iterator[ForeignKey]:
    return (field for field in model._meta.local_fields if isinstance(field, ForeignKey))


def test_every_table_belongs_to_a_room_of_its_own_name() -> None:
    assert [label(m) for m in tables() if m.__module__.split(".")[1] != m._meta.app_label] == []


def test_foreign_keys_point_strictly_down_or_stay_in_the_room() -> None:
    offences = []
    for model in tables():
        own = model._meta.app_label
        for key in keys(model):
            other = key.related_model._meta.app_label
            if other != own and storeys().get(other, 99) >= storeys()[own]:
                offences.append(f"{label(model)}.{key.name} -> {other}")
    assert offences == []


def test_no_many_to_many_hides_a_table() -> None:
    assert [f"{label(m)}.{f.name}" for m in tables() for f in m._meta.local_many_to_many] == []


def test_every_foreign_key_protects() -> None:
    offences = [
        f"{label(model)}.{key.name}"
        for model in tables()
        for key in keys(model)
        if key.remote_field.on_delete is not models.PROTECT
    ]
    assert offences == []


def test_every_table_has_the_agency() -> None:
    columns = {label(m): {f.attname: f for f in m._meta.local_fields} for m in agency_tables()}
    without = [name for name, fields in columns.items() if "agency_id" not in fields]
    assert without == []
    assert [name for name, fields in columns.items() if fields["agency_id"].null] == []


def test_exceptions_to_the_agency_are_tables() -> None:
    assert set(WITHOUT_AGENCY) <= {label(m) for m in tables()}


def test_the_agency_is_first_in_every_unique_and_list_index() -> None:
    offences = []
    for model in agency_tables():
        for constraint in model._meta.constraints:
            if isinstance(constraint, UniqueConstraint) and constraint.fields[:1] not in {
                ("agency",),
                ("agency_id",),
            }:
                offences.append(f"{label(model)}: {constraint.name}")
        for index in model._meta.indexes:
            if index.fields[:1] not in (["agency"], ["agency_id"]):
                offences.append(f"{label(model)}: {index.name}")
    assert offences == []


def test_no_column_is_unique_or_indexed_by_itself() -> None:
    def is_alone(field: Field[Any, Any]) -> bool:
        if field.primary_key:
            return False
        # A foreign key's own index serves the check of the row it points to, not a list.
        return field.unique or (getattr(field, "db_index", False) and not isinstance(field, ForeignKey))

    offences = [f"{label(m)}.{f.name}" for m in agency_tables() for f in m._meta.local_fields if is_alone(f)]
    assert offences == []
    assert [label(m) for m in tables() if m._meta.unique_together] == []


def test_every_row_with_a_state_has_a_revision() -> None:
    columns = {label(m): {f.name for f in m._meta.local_fields} for m in tables()}
    assert [name for name, fields in columns.items() if "state" in fields and "revision" not in fields] == []


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    rooms = {apps.get_app_config(model._meta.app_label) for model in tables()}
    assert [
        room.label for room in rooms if not (Path(room.path) / "migrations" / "__init__.py").exists()
    ] == []
    said = StringIO()
    call_command("makemigrations", dry_run=True, stdout=said)
    assert said.getvalue() == "No changes detected\n"
