"""The forms of the library, and the one that the editor's upload is read with."""

import logging
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from clinic_site.images.cropping import Crop
from clinic_site.images.file_formats.heic_decoder import READS_HEIC
from clinic_site.images.models import Image
from clinic_site.images.upload_errors import EMPTY, NOT_KEPT, TOO_BIG, Refused
from clinic_site.images.upload_limits import MAX_BYTES
from clinic_site.published.words import PublishedWords
from clinic_site.typed_fields import TypedLine

logger = logging.getLogger(__name__)
# A list without HEIC has an iPhone send a JPEG, which may be larger; a HEIC file comes from a computer.
TYPES = "image/jpeg,image/png,image/webp"
KINDS = "JPEG, PNG, WebP or HEIC" if READS_HEIC else "JPEG, PNG or WebP"
WORDS = ("title", "alt", "is_decorative", "is_sensitive")


class PictureField(forms.FileField):
    """A chosen file as its bytes. Only its size is looked at here: the verbs judge what is in it."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", "Picture")
        options.setdefault("help_text", f"{KINDS}, up to 25 MB. Choose, drop or paste it here.")
        super().__init__(**options)
        self.widget.attrs["accept"] = TYPES
        self.error_messages |= {"required": "Choose a picture.", "empty": EMPTY}

    def clean(self, data: UploadedFile[bytes] | None, initial: object = None) -> bytes:
        """The bytes of the file; `ValidationError` when there is none or it is too big."""
        found = super().clean(data, initial)
        if found.size > MAX_BYTES:
            raise ValidationError(TOO_BIG)
        return bytes(found.read())


class WordsForm(PublishedWords):
    """The words of an image. Patients read or hear what it shows."""

    published = ("alt",)

    class Meta:
        model = Image
        fields = WORDS
        field_classes = {"title": TypedLine, "alt": TypedLine}


class UploadForm(WordsForm):
    """A new image: the picture and its words."""

    file = PictureField()
    field_order = ("file", "alt", "is_decorative", "is_sensitive", "title")

    def __init__(self, *args: Any, by: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.by = by

    def words(self) -> dict[str, Any]:
        """The cleaned words as the verbs take them."""
        return {name: self.cleaned_data[name] for name in WORDS}


class ReplaceForm(forms.Form):
    """Another picture for an image."""

    file = PictureField()


def _slider(label: str, initial: int, least: int = 0) -> forms.IntegerField:
    """A number up to 100 that a thumb moves."""
    widget = forms.NumberInput({"type": "range", "step": 5})
    return forms.IntegerField(
        label=label, initial=initial, min_value=least, max_value=100, widget=widget
    )


class CropForm(forms.Form):
    """Which part of a picture to keep. Each field stands for itself without any script."""

    shape = forms.ChoiceField(
        choices=[
            ("4:5", "4:5, upright: a person"),
            ("1:1", "Square"),
            ("3:2", "3:2, across: a photo in a text"),
            ("16:9", "16:9, wide"),
        ],
        initial="4:5",
        widget=forms.RadioSelect,
    )
    across = _slider("From left to right", 50)
    down = _slider("From top to bottom", 50)
    share = _slider("How much of it (100 is all that fits)", 100, least=25)

    def crop(self) -> Crop:
        """What was chosen, once it is valid."""
        return Crop(**self.cleaned_data)


def first_error(form: forms.BaseForm) -> str:
    """The first thing that is wrong with a form, as a sentence."""
    return next(str(message) for messages in form.errors.values() for message in messages)


def tried(form: forms.BaseForm, verb: Callable[[], Image]) -> Image | None:
    """What the verb gives; None where it refuses, with its words in the form."""
    try:
        return verb()
    except Refused as refusal:
        form.add_error("file" if "file" in form.fields else None, str(refusal))
    except ValidationError as error:
        form.add_error(None, error.messages[0])
    except OSError:
        logger.exception("A picture could not be kept")
        form.add_error(None, NOT_KEPT)
    return None
