"""Addresses of this folder."""

from django.urls import URLPattern, path

from hezou.web.notices import views

urlpatterns: list[URLPattern] = [
    path("", views.notices, name="notices"),
    path("count", views.count, name="notices_count"),
    path("read", views.all_read, name="notices_read"),
    path("choices", views.choices, name="notices_choices"),
    path("<int:notice_id>", views.notice, name="notice"),
]
