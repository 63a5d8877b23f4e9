from django.db import migrations, models

from hezou.packs.rules import parse


def name_seats(apps, _editor):
    """Until now a seat's step was called as the rules in force called it: keep those names."""
    versions = apps.get_model("packs", "PackVersion").objects.filter(family="routes")
    seats = apps.get_model("review", "Seat").objects
    for version in versions.order_by("effective_from", "number").iterator():
        for route in parse("routes", version.body).routes:
            for _, _, step in route.walk():
                seats.filter(agency_id=version.agency_id, step=step.code).update(
                    label=step.label.model_dump()
                )


class Migration(migrations.Migration):
    dependencies = [
        ("packs", "0001_initial"),
        ("review", "0002_recording"),
    ]

    operations = [
        migrations.AddField(model_name="seat", name="label", field=models.JSONField(default=dict)),
        migrations.RunPython(name_seats, migrations.RunPython.noop),
    ]
