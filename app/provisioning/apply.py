"""A county's manifest made real: its portal and its units, in one transaction or not at all."""

from collections.abc import Iterator
from pathlib import Path

from flask import current_app

from app.provisioning.manifest import read_county, read_kinds
from app.provisioning.opening import Step, found_portal, open_unit, tenant_by_slug
from app.provisioning.platform import platform_opener
from app.provisioning.specs import CountySpec, KindSpec


def kinds() -> dict[str, KindSpec]:
    """Return all kinds of subsite; raises ManifestError with every fault."""
    return read_kinds(Path(current_app.config["TENANTS_PATH"]))


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
