"""What comes with the code reaches the clinic's own folder: as its beginning, and then change by change.

A file that the clinic left as it came is replaced. In any other each field is merged, the body by its lines;
where both changed the same words the clinic's stay, and a conflict waits for the staff. Of clinic.md nobody but
the clinic changes the name, the places, hours and closures.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from clinic_site.content_sync.export import body_like, write_file
from clinic_site.content_sync.files.read_files import page_path_of
from clinic_site.content_sync.files.walk import Fault, walk
from clinic_site.content_sync.merge.conflicts import base_for
from clinic_site.content_sync.merge.three_way_merge import Clash, Merged, changed, merge
from clinic_site.content_sync.models import LIVE, Conflict, ShippedFile, SourceFile
from clinic_site.content_sync.page_fields import CLINIC_FIELDS, from_file, to_front
from clinic_site.file_modes import make_open_folder
from clinic_site.markup import Problem, SourceError, read_source, write_source
from clinic_site.pages.diff.text_diff import both
from clinic_site.pages.layouts import check_front
from clinic_site.pages.models import Page

OWN = "clinic.md"  # an operator may put this one there first


@dataclass
class Delivery:
    """What came: by path the shipped text, where it clashes with the clinic's words, what was done, what failed."""

    texts: dict[str, str] = field(default_factory=dict)
    clashes: dict[str, Mapping[str, Clash]] = field(default_factory=dict)
    lines: list[tuple[str, str]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def deliver(*, shipped: Path, folder: Path) -> Delivery:
    """Write into `folder` what `shipped` brings that is new; nothing where it is the same folder.

    The database is only read; `sign_for` remembers what came once the files have been taken in.
    """
    delivery = Delivery()
    if shipped.resolve() == folder.resolve():
        return delivery
    known = dict(ShippedFile.objects.values_list("path", "text"))
    texts = {path: (shipped / path).read_bytes().decode() for path in walk(shipped).paths}
    try:
        begun = _begin(folder, texts, delivery)
    except OSError as error:
        delivery.faults.append(_unwritable("", error))
        return delivery
    for path, text in texts.items():
        if known.get(path) == text:
            continue
        base = known.get(path, "" if known or begun == "database" else text)
        try:
            _bring(path, base, text, folder, delivery, is_new=path not in known and bool(known))
            delivery.texts[path] = text
        except UnicodeDecodeError:
            continue  # the clinic's file: taking it in says so, and the change comes when it is put right
        except OSError as error:
            delivery.faults.append(_unwritable(path, error))
        except SourceError as error:
            line, message = error.problems[0].line, error.problems[0].message
            delivery.faults.append(Fault(path, line, message))
    return delivery


def _unwritable(path: str, error: OSError) -> Fault:
    return Fault(
        path, 1, f"can't be written ({error.strerror}); let the site's user write to CONTENT_DIR"
    )


def _begin(folder: Path, texts: Mapping[str, str], delivery: Delivery) -> str:
    """Fill a folder that has no words yet; where they came from: "database", "code" or "" (they were there).

    A database that has taken files in before knows the clinic's own words; the sample never stands in for them.
    """
    make_open_folder(folder)
    if set(walk(folder).paths) - {OWN}:
        return ""
    kept = dict(
        SourceFile.objects.filter(is_gone=False).exclude(text="").values_list("path", "text")
    )
    for path, text in (kept or texts).items():
        if not (folder / path).exists():
            write_file(folder / path, text)
    origin = "database" if kept else "code"
    delivery.lines.append(
        ("", f"was empty: {len(kept or texts)} files were put there from the {origin}")
    )
    return origin


def _bring(
    path: str, base: str, text: str, folder: Path, delivery: Delivery, *, is_new: bool
) -> None:
    """One file's change into the clinic's folder. A file that the clinic took away stays away."""
    target = folder / path
    mine = target.read_bytes().decode() if target.is_file() else None
    if mine is None:
        if is_new and _is_free(path, folder):
            write_file(target, text)
            delivery.lines.append((path, "new with this version"))
        return
    if mine == text:
        return
    if mine == base and path != OWN:
        write_file(target, text)
        delivery.lines.append((path, "changed with this version"))
        return
    words = _said(mine)
    if not words:
        raise SourceError(
            (Problem(1, "waits for the changes of this version; put it right first"),)
        )
    merged = _merged(path, base, text, words)
    if names := changed(words, merged.fields):
        front = to_front({name: merged.fields.get(name) for name in names})
        body = body_like(mine, merged.fields["body"]) if "body" in names else None
        write_file(target, write_source(mine, front=front, body=body))
        delivery.lines.append((path, f"changed with this version: {', '.join(names)}"))
    if merged.clashes:
        delivery.clashes[path] = merged.clashes


def _is_free(path: str, folder: Path) -> bool:
    """Whether neither a page nor another file has the address."""
    address = page_path_of(path)
    others = (folder / f"{address}.md", folder / address / "index.md")
    return not (any(one.exists() for one in others) or Page.objects.filter(path=address).exists())


def _merged(path: str, base: str, text: str, ours: Mapping[str, Any]) -> Merged:
    """The clinic's fields with what the shipped text changed; bodies that changed in different lines as one."""
    waiting = Conflict.objects.unsettled().filter(
        source_file__path=path, origin=Conflict.Origin.SHIPPED
    )
    before = base_for(LIVE, _not_the_clinics(_said(base)), waiting)
    merged = merge(base=before, file=_not_the_clinics(_said(text)), mine=ours)
    if clash := merged.clashes.get("body"):
        together = both(base=clash.base or "", theirs=clash.file or "", mine=clash.mine or "")
        if clash.base and together is not None:
            merged.fields["body"] = together
            del merged.clashes["body"]
    return merged


def _said(text: str) -> dict[str, Any]:
    """The fields of a file's text; none of a text that is no page. SourceError for one that can't be read."""
    source = read_source(text.encode())
    return {} if check_front(source.front) else from_file(source.front, source.body)


def _not_the_clinics(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if name not in CLINIC_FIELDS}
