"""Form controls with the classes of our pages; label, help and error stand in `parts/field.html`."""

from __future__ import annotations

from django import template
from django.forms import BoundField, CheckboxInput, Select, Textarea
from django.forms.widgets import Input
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def control(field: BoundField) -> SafeString:
    """The field's widget; text, select and file controls get their class, groups of choices get theirs."""
    widget = field.field.widget
    classes = [widget.attrs.get("class", "")]
    if field.use_fieldset:
        classes.append("choices")
    elif isinstance(widget, Select):
        classes.append("form-select")
    elif isinstance(widget, (Input, Textarea)) and not isinstance(widget, CheckboxInput):
        classes.append("form-control")
    # A label says what belongs into a field; a placeholder is gone as soon as it is needed.
    return field.as_widget(attrs={"class": " ".join(filter(None, classes)), "placeholder": False})


@register.filter
def writing_control(field: BoundField) -> SafeString:
    """The text area of a manuscript: the browser neither checks its spelling nor fills it in by itself."""
    hooks: dict[str, str | bool] = {
        "class": "form-control",
        "data-text": True,
        "spellcheck": "false",
        "lang": "zh-Hans",
        "autocomplete": "off",
    }
    return field.as_widget(attrs=hooks)


@register.filter
def is_check(field: BoundField) -> bool:
    """Whether the field is one box to tick, whose label stands behind it."""
    return isinstance(field.field.widget, CheckboxInput)
