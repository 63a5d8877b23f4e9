"""Addresses of this folder."""

from django.urls import URLPattern, path

from hezou.web.people import away, bodies, directory, duty, handover, importing, password, person, units

urlpatterns: list[URLPattern] = [
    path("", directory.people, name="people"),
    path("new", person.person_new, name="person_new"),
    path("import", importing.people_import, name="people_import"),
    path("import/write", importing.people_write, name="people_write"),
    path("import/template.xlsx", importing.people_template, name="people_template"),
    path("units/new", units.unit_new, name="unit_new"),
    path("units/unattended", units.unattended_units, name="unattended_units"),
    path("units/<uuid:unit_id>", units.unit, name="unit"),
    path("units/<uuid:unit_id>/retire", units.unit_retire, name="unit_retire"),
    path("units/<uuid:unit_id>/cross-reviewers", units.cross_reviewer_name, name="cross_reviewer_name"),
    path("settings", bodies.settings, name="settings"),
    path("bodies", bodies.body_add, name="body_add"),
    path("bodies/<uuid:body_id>/retire", bodies.body_retire, name="body_retire"),
    path("bodies/<uuid:body_id>/journals", bodies.journal_add, name="journal_add"),
    path("journals/<uuid:journal_id>/retire", bodies.journal_retire, name="journal_retire"),
    path("password", password.change_password, name="change_password"),
    path("away", away.away, name="away"),
    path("absences/<int:absence_id>/end", away.absence_end, name="absence_end"),
    path("duty", duty.duty, name="duty"),
    path("duty/day", duty.duty_day, name="duty_day"),
    path("duty/import", duty.duty_import, name="duty_import"),
    path("duty/import/write", duty.duty_write, name="duty_write"),
    path("duty/import/template.xlsx", duty.duty_template, name="duty_template"),
    path("grants/<int:grant_id>/end", person.grant_end, name="grant_end"),
    path("deputies/<int:deputy_id>/end", person.deputy_end, name="deputy_end"),
    path("<uuid:person_id>", person.person, name="person"),
    path("<uuid:person_id>/edit", person.person_edit, name="person_edit"),
    path("<uuid:person_id>/retire", person.person_retire, name="person_retire"),
    path("<uuid:person_id>/roles", person.role_grant, name="role_grant"),
    path("<uuid:person_id>/deputies", person.deputy_name, name="deputy_name"),
    path("<uuid:person_id>/away", away.away, name="person_away"),
    path("<uuid:person_id>/handover", handover.handover, name="handover"),
    path("<uuid:person_id>/account", person.account_open, name="account_open"),
    path("<uuid:person_id>/account/reset", person.account_reset, name="account_reset"),
]
