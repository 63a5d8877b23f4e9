import django.db.models.deletion
from django.db import migrations, models

import hezou.kernel.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="PackVersion",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=hezou.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("agency_id", models.UUIDField()),
                ("family", models.CharField(max_length=40)),
                ("code", models.CharField(max_length=40)),
                ("number", models.PositiveIntegerField()),
                ("effective_from", models.DateField()),
                ("body", models.TextField()),
                ("sha256", models.CharField(max_length=64)),
                ("source", models.CharField(max_length=400)),
                ("adopted_by", models.UUIDField(null=True)),
                ("adopted_at", models.DateTimeField()),
                (
                    "parent",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="successors",
                        to="packs.packversion",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["agency_id", "family", "code", "-effective_from", "-number"],
                        name="packs_in_force",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("agency_id", "family", "code", "number"), name="packs_number_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1)), name="packs_number_from_one"
                    ),
                ],
            },
        ),
    ]
