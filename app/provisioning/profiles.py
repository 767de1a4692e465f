"""Profiles, leaders and offices of a demonstration county: a template for each kind, from one data file."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.accounts.models import Account
from app.core.html import clean
from app.profile import queries, services
from app.profile.models import CardKind
from app.profile.values import CONTACT, FIELDS, Values
from app.provisioning.faults import Fault, ManifestError
from app.provisioning.specs import CountySpec, UnitSpec, filled
from app.provisioning.table import read_text
from app.publishing.models import Method
from app.tenancy.current import entered
from app.tenancy.models import Tenant


@dataclass(frozen=True)
class ProfileSpecs:
    """What the file says: made-up names, and a template for each kind of unit."""

    names: tuple[str, ...]
    mark: str
    hours: str
    since: str
    kinds: Mapping[str, Mapping[str, Any]]


def read_profiles(path: Path) -> ProfileSpecs | None:
    """Read the file; None where a county has none. Raises ManifestError where it cannot be used."""
    if not path.exists():
        return None
    try:
        said = tomllib.loads(read_text(path))
        return ProfileSpecs(
            names=tuple(said["names"]),
            mark=said["mark"],
            hours=said["hours"],
            since=said["since"].isoformat(),
            kinds={one["kind"]: one for one in said["kind"]},
        )
    except (tomllib.TOMLDecodeError, KeyError, AttributeError, TypeError) as error:
        raise ManifestError(Fault(path, str(error), "缺少这一项，或写法不对。")) from None


def publish_profile(
    specs: ProfileSpecs, county: CountySpec, spec: UnitSpec, tenant: Tenant, people: tuple[Account, Account]
) -> None:
    """Give a unit its cards, written by one person and signed by another; none where it has a profile."""
    template = specs.kinds.get(spec.kind)
    if template is None:
        return
    with entered(tenant):
        if queries.own_profile() is not None:
            return
        for kind, values in _cards(specs, template, county.names_for(spec), tenant):
            whole = dict.fromkeys(FIELDS[kind]) | values
            change = services.propose(kind, None, whole, people[0], base=0)
            services.sign(change, people[1], method=Method.COMMAND.value)


def _cards(
    specs: ProfileSpecs, template: Mapping[str, Any], names: Mapping[str, str], tenant: Tenant
) -> Iterator[tuple[CardKind, Values]]:
    """Yield the unit's profile, then its leaders, then its offices."""
    yield CardKind.PROFILE, _profile(specs, filled(template["duties"], names), names, tenant)
    for number, leader in enumerate(template["leaders"]):
        name = _person(specs, tenant.id + number)
        yield (
            CardKind.LEADER,
            {
                "name": name,
                "post": leader["post"],
                "division": leader["division"],
                "resume": clean(
                    f"{name}，现任{names['unit']}{leader['post']}。以上为演示文字，不是真实履历。"
                ),
                "since": specs.since,
            },
        )
    for number, office in enumerate(template["offices"], 1):
        yield (
            CardKind.OFFICE,
            {
                "name": office["name"],
                "sort": office.get("sort", "inner"),
                "head": _person(specs, tenant.id + number + 3),
                "phone": _phone(tenant, number),
                "duties": office["duties"],
                "place": f"{number + 1}01 室（演示）",
            },
        )


def _profile(specs: ProfileSpecs, duties: str, names: Mapping[str, str], tenant: Tenant) -> Values:
    address = tenant.address or f"{names['county']}（演示地址）{tenant.id} 号"
    contact = (f"{names['unit']}办公室", address, specs.hours, _phone(tenant, 8), _phone(tenant, 9))
    return {
        "name": names["unit"],
        "duties": clean(duties),
        "address": address,
        "office_hours": specs.hours,
        "phone": tenant.phone or _phone(tenant, 0),
        "fax": _phone(tenant, 9),
        "postcode": "325100",
        **dict(zip(CONTACT, (*contact, f"{names['host']} 政府信息公开专栏"), strict=True)),
    }


def _person(specs: ProfileSpecs, number: int) -> str:
    return specs.names[number % len(specs.names)] + specs.mark


def _phone(tenant: Tenant, number: int) -> str:
    """Return a number that is written like one and belongs to nobody."""
    return f"0577-0000{tenant.id % 1000:03}{number}"
