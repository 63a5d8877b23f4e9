"""Addresses of this folder."""

from django.urls import URLPattern, path

from hezou.web.sheets import views

urlpatterns: list[URLPattern] = [
    path("print/<uuid:manuscript_id>", views.sheet_print, name="sheet_print"),
    path("<uuid:sheet_id>", views.sheet, name="sheet"),
    path("<uuid:sheet_id>/docx", views.sheet_docx, name="sheet_docx"),
    path("<uuid:sheet_id>/code", views.sheet_code, name="sheet_code"),
]
