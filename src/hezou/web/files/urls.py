"""Addresses of this folder."""

from django.urls import URLPattern, path

from hezou.web.files import documents, serving

urlpatterns: list[URLPattern] = [
    path("<uuid:manuscript_id>/files/<str:sha256>", serving.file, name="manuscript_file"),
    path("<uuid:manuscript_id>/versions/<int:number>.docx", documents.docx, name="manuscript_docx"),
]
