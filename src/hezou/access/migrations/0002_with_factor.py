from django.db import migrations, models


class Migration(migrations.Migration):
    """Tokens made before this count as made without a second factor: that is the safe guess."""

    dependencies = [("access", "0001_tokens")]

    operations = [
        migrations.AddField(model_name="token", name="with_factor", field=models.BooleanField(default=False)),
    ]
