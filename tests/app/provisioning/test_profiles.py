"""The demonstration's profiles: made up, signed, and said to be made up."""

from pathlib import Path

import pytest
from sqlalchemy import select

from app.accounts.models import Account
from app.core.database import db
from app.profile import queries
from app.profile.findings import findings
from app.provisioning.faults import ManifestError
from app.provisioning.manifest import read_county
from app.provisioning.profiles import publish_profile, read_profiles
from app.provisioning.specs import UNIT_KINDS
from tests.worlds import BUREAU, MANIFEST, County

FILE = Path(__file__).parents[3] / "tenants" / "yongjia" / "profiles.toml"


def test_every_kind_of_unit_has_a_template() -> None:
    specs = read_profiles(FILE)

    assert specs is not None
    assert set(UNIT_KINDS) - {"independent"} <= specs.kinds.keys()
    assert "演示" in specs.mark


def test_a_county_without_the_file_has_no_profiles(folder: Path) -> None:
    assert read_profiles(folder / "profiles.toml") is None


@pytest.mark.parametrize("text", ["names = [", "names = ['张三']", "names = 5", "mark = 1"])
def test_a_faulty_file_is_refused_by_its_name(folder: Path, text: str) -> None:
    path = folder / "profiles.toml"
    path.write_text(text, "utf-8")

    with pytest.raises(ManifestError, match=r"profiles\.toml"):
        read_profiles(path)


def test_a_unit_gets_its_cards_once_signed_by_another(county: County) -> None:
    specs = read_profiles(FILE)
    assert specs is not None
    manifest = read_county(MANIFEST)
    spec = next(one for one in manifest.units if one.slug == BUREAU)

    for _ in range(2):
        with county.inside(BUREAU) as tenant:
            people = db.session.scalars(
                select(Account).where(Account.login.in_(("slj.editor", "slj.signer"))).order_by(Account.login)
            ).all()
            publish_profile(specs, manifest, spec, tenant, (people[0], people[1]))
    with county.inside(BUREAU):
        assert len(queries.shown_leaders()) == len(specs.kinds["department"]["leaders"])
        assert len(queries.shown_offices()) == len(specs.kinds["department"]["offices"])
        assert all("演示" in one.name for one in queries.shown_leaders())
        assert {one.rule for one in findings()} == {"ZY-16"}  # No portraits: nobody is shown.
