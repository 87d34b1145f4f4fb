"""Addresses of the form and of the confirmation."""

from django.urls import path

from clinic_site.enquiries.form_values import Kind
from clinic_site.enquiries.public_form import views

app_name = "enquiries"
urlpatterns = [
    path("", views.book, name="book"),
    path("question/", views.book, {"kind": Kind.QUESTION}, name="question"),
    path("urgent-words/", views.urgent_words, name="urgent_words"),
    path("sent/<str:key>/", views.sent, name="sent"),
    path("sent/<str:key>/withdraw/", views.withdraw, name="withdraw"),
]
