"""Addresses of this folder."""

from django.urls import URLPattern, path

from hezou.web.manuscripts import acts, bringing, lease, listing, mine, piece, writing

urlpatterns: list[URLPattern] = [
    path("", listing.listing, name="manuscripts"),
    path("mine", mine.mine, name="mine"),
    path("new", writing.new, name="manuscript_new"),
    path("check", writing.check, name="manuscript_check"),
    path("paste", bringing.paste, name="manuscript_paste"),
    path("<uuid:manuscript_id>", piece.piece, name="manuscript"),
    path("<uuid:manuscript_id>/edit", writing.edit, name="manuscript_edit"),
    path("<uuid:manuscript_id>/working-copy", writing.save_working_copy, name="working_copy"),
    path("<uuid:manuscript_id>/lease", lease.lease, name="manuscript_lease"),
    path("<uuid:manuscript_id>/compare", piece.compare, name="manuscript_compare"),
    path("<uuid:manuscript_id>/recall", acts.recall, name="manuscript_recall"),
    path("<uuid:manuscript_id>/readers", acts.admit_reader, name="manuscript_readers"),
]
