from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [
        migrations.AddField("chainhead", "checked_at", models.DateTimeField(null=True)),
        migrations.AddField("chainhead", "checked_number", models.BigIntegerField(default=0)),
        migrations.AddField("chainhead", "breaks", models.IntegerField(default=0)),
        migrations.AddIndex(
            "auditentry",
            models.Index(fields=["agency_id", "actor_id", "number"], name="audit_entry_actor"),
        ),
    ]
