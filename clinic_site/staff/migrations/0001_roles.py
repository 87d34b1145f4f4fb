"""The roles as groups. Django makes permissions only after all migrations, so those needed are made here."""

from django.conf import settings
from django.db import migrations

ALL = ("add", "change", "delete", "view")
# role -> app.model -> what it may do there: a plain action, or the whole codename of a permission of its own
EDITOR = {
    "pages.page": ("add", "change", "view"),
    "pages.signoff": ("view",),
    "pages.pagecheck": ("view",),
    "pages.externallink": ("view",),
    "images.image": ALL,
    "redirects.redirect": ALL,
    "content_sync.conflict": ("change", "view"),
    "clinic.closure": ALL,
}
REVIEWER = {
    "pages.page": ("view",),
    "pages.signoff": ("add", "view"),
}
FRONT_DESK = {
    "enquiries.enquiry": ("change", "view"),
    "enquiries.replytext": ("view",),
}
OWNER = {
    **EDITOR,
    "pages.signoff": ("add", "view"),
    "pages.claimoverride": ("add", "view"),
    "clinic.clinic": ("change", "view"),
    "clinic.location": ALL,
    "clinic.hours": ALL,
    "clinic.practitioner": ALL,
    "enquiries.enquiry": ("change", "view", "export_enquiry", "erase_enquiry"),
    "enquiries.replytext": ALL,
    "enquiries.enquiryevent": ("view",),
    "enquiries.deletioncount": ("view",),
    "outbox.outboundemail": ("view", "read_words", "send_again"),
    "auth.user": ("add", "change", "view"),
    "auth.group": ("view",),
}
ROLES = {"Owner": OWNER, "Editor": EDITOR, "Reviewer": REVIEWER, "Front desk": FRONT_DESK}


def make_roles(apps, schema_editor):
    for role, table in ROLES.items():
        group, _ = apps.get_model("auth", "Group").objects.get_or_create(name=role)
        for model, actions in table.items():
            group.permissions.add(*(permission(apps, model, action) for action in actions))


def permission(apps, model, action):
    app_label, name = model.split(".")
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label=app_label, model=name
    )
    codename = f"{action}_{name}" if action in ALL else action
    found, _ = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=content_type,
        codename=codename,
        defaults={"name": codename.replace("_", " ").capitalize()},
    )
    return found


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("clinic", "0001_initial"),
        ("content_sync", "0001_initial"),
        ("enquiries", "0001_initial"),
        ("images", "0001_initial"),
        ("outbox", "0001_initial"),
        ("pages", "0001_initial"),
        ("redirects", "0002_alter_redirect_new_path_help_text"),
    ]
    operations = [migrations.RunPython(make_roles, migrations.RunPython.noop)]
