from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]

    operations = [
        migrations.AddField("account", "language", models.CharField(blank=True, default="", max_length=10)),
    ]
