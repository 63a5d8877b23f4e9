from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("packs", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="packversion",
            name="reason",
            field=models.TextField(blank=True),
        ),
    ]
