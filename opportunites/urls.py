from django.urls import URLPattern

app_name = "opportunites"

urlpatterns: list[URLPattern] = []
