"""A county's manifest made real: its portal and its units, in one transaction or not at all."""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from flask import current_app

from app.provisioning.manifest import read_county, read_kinds
from app.provisioning.opening import Step, found_portal, open_unit, tenant_by_slug
from app.provisioning.platform import platform_opener
from app.provisioning.specs import CountySpec, KindSpec


def kinds() -> dict[str, KindSpec]:
    """Return all kinds of subsite; raises ManifestError with every fault."""
    folder = Path(current_app.config["TENANTS_PATH"])
    files = sorted(folder.glob("kinds/*.toml")) + sorted(folder.glob("columns/*.toml"))
    return dict(_read(folder, tuple((path, path.stat().st_mtime_ns) for path in files)))


@lru_cache(maxsize=2)
def _read(folder: Path, _files: tuple[tuple[Path, int], ...]) -> dict[str, KindSpec]:
    """Read the kinds once for as long as their files are as they are: it takes a tenth of an opening."""
    return read_kinds(folder)


def apply_county(manifest: Path) -> Iterator[Step]:
    """Add what is missing of a county and yield what was added; the caller commits or rolls back.

    Raises ManifestError before anything is done, RuleBroken where the database says no.
    """
    county: CountySpec = read_county(manifest)
    known = kinds()
    opener = platform_opener()
    yield from found_portal(county, known["portal"], opener)
    portal = tenant_by_slug(county.portal.slug)
    assert portal is not None
    for spec in county.units:
        yield from open_unit(spec, known[spec.kind], portal, opener)
