"""Proposing and signing what a unit says of itself, and what the database refuses (S-17, S-60, S-64)."""

from datetime import date, timedelta

import pytest
from sqlalchemy import exc, select

from app.audit.models import AuditRow
from app.core.clock import today
from app.core.database import db
from app.core.errors import RuleBroken
from app.profile import queries, services
from app.profile.models import CardKind, Outcome
from app.profile.services import StaleCardError
from app.tenancy.models import Turn
from tests.app.profile.acts import LEADER, PROFILE, person, proposed, signed
from tests.worlds import BUREAU, TOWN, County


def test_s_60_nothing_is_public_before_another_person_has_signed(county: County) -> None:
    change_id = proposed(county, CardKind.PROFILE)
    with county.inside(BUREAU) as tenant:
        assert queries.shown_profile() is None
        generation = tenant.generation
        services.sign(queries.change_by_id(change_id), person("slj.signer"), method="password")
    with county.inside(BUREAU) as tenant:
        shown = queries.shown_profile()
        assert shown is not None
        assert (shown.name, shown.phone) == (PROFILE["name"], PROFILE["phone"])
        assert tenant.generation > generation
        acts = db.session.scalars(select(AuditRow.act).where(AuditRow.act.like("profile.%"))).all()
        assert acts == ["profile.propose", "profile.sign"]
    with county.inside(TOWN):
        assert queries.shown_profile() is None


def test_what_is_public_stays_until_the_next_signature(county: County) -> None:
    signed(county, CardKind.PROFILE)
    change_id = proposed(county, CardKind.PROFILE, phone="0577-67239999")
    with county.inside(BUREAU):
        shown = queries.shown_profile()
        assert shown is not None
        assert shown.phone == PROFILE["phone"]
        change = queries.change_by_id(change_id)
        services.give_back(change, person("slj.signer"), reason="电话要再核对")
    with county.inside(BUREAU):
        change = queries.change_by_id(change_id)
        assert change.decision is not None
        assert (change.decision.outcome, change.decision.reason) == (Outcome.GIVEN_BACK, "电话要再核对")
        assert queries.waiting() == []
        with pytest.raises(RuleBroken, match="已经有人处理"):
            services.sign(change, person("slj.signer"), method="password")


def test_s_64_nobody_signs_what_they_wrote_themselves(county: County) -> None:
    """Not even where a colleague saved it once more on top."""
    with county.inside(BUREAU):
        signer = person("slj.signer")
        first = services.propose(CardKind.LEADER, None, LEADER, signer, base=0)
        leader = queries.leaders()[0]
        second = services.propose(
            CardKind.LEADER, leader, LEADER | {"post": "副局长"}, person("slj.editor"), base=first.id
        )
        assert queries.change_by_id(first.id).decision is not None
        with pytest.raises(RuleBroken, match="另一位"):
            services.sign(second, signer, method="password")
        services.sign(second, person("slj.leader"), method="password")
        third = services.propose(
            CardKind.LEADER, leader, LEADER | {"post": "局长"}, person("slj.editor"), base=second.id
        )
        services.sign(third, signer, method="password")  # What was signed since is no longer the signer's.


@pytest.mark.both_databases
def test_s_64_the_database_refuses_the_authors_signature_and_every_change_of_the_record(
    county: County,
) -> None:
    change_id = proposed(county, CardKind.LEADER)
    forged = (
        "INSERT INTO profile_decision (tenant_id, change_id, outcome, account_id, person, office, method,"
        " reason, at) SELECT tenant_id, id, 'signed', author_id, 'x', '', '', '', at FROM profile_change"
    )
    for statement in (
        f"{forged} WHERE id = {change_id}",
        "UPDATE profile_change SET title = 'x'",
        "DELETE FROM profile_change",
    ):
        with county.inside(BUREAU):
            with pytest.raises(exc.DBAPIError):
                db.session.connection().exec_driver_sql(statement)
            db.session.rollback()


def test_two_writers_do_not_overwrite_each_other(county: County) -> None:
    leader_id = signed(county, CardKind.LEADER)
    with county.inside(BUREAU):
        leader = queries.leader_by_id(leader_id)
        latest = queries.latest_of(CardKind.LEADER, leader_id)
        assert latest is not None
        services.propose(
            CardKind.LEADER, leader, LEADER | {"post": "甲"}, person("slj.editor"), base=latest.id
        )
        with pytest.raises(StaleCardError):
            services.propose(
                CardKind.LEADER, leader, LEADER | {"post": "乙"}, person("slj.manager"), base=latest.id
            )
        assert len(queries.waiting()) == 1


def test_nothing_changed_is_nothing_to_sign(county: County) -> None:
    leader_id = signed(county, CardKind.LEADER)

    with pytest.raises(RuleBroken, match="没有改动"):
        proposed(county, CardKind.LEADER, card_id=leader_id)


def test_s_18_a_leaders_card_ends_with_the_term_and_the_pages_turn(county: County) -> None:
    leader_id = signed(county, CardKind.LEADER, since=(today() - timedelta(days=9)).isoformat())
    signed(county, CardKind.LEADER, card_id=leader_id, until=today().isoformat())
    with county.inside(BUREAU) as tenant:
        assert [one.id for one in queries.shown_leaders()] == [leader_id]
        turns = db.session.scalars(select(Turn.at).where(Turn.tenant_id.in_((tenant.id, tenant.portal_id))))
        assert len(set(turns)) == 1
    yesterday = (today() - timedelta(days=1)).isoformat()
    signed(county, CardKind.LEADER, card_id=leader_id, until=yesterday)
    with county.inside(BUREAU):
        assert queries.shown_leaders() == []


def test_a_new_order_is_signed_too(county: County) -> None:
    first, second, third = (signed(county, CardKind.LEADER, name=name) for name in ("甲演", "乙演", "丙演"))
    with county.inside(BUREAU):
        editor = person("slj.editor")
        assert services.reorder(CardKind.LEADER, first, editor, step=-1) is None
        services.reorder(CardKind.LEADER, third, editor, step=-1)
        change = services.reorder(CardKind.LEADER, third, editor, step=-1)
        assert change is not None
        assert [one.id for one in queries.shown_leaders()] == [first, second, third]
        assert len(queries.waiting()) == 1
        services.sign(change, person("slj.signer"), method="password")
        assert [one.id for one in queries.shown_leaders()] == [third, first, second]


def test_an_order_moved_back_waits_no_more(county: County) -> None:
    first, _ = (signed(county, CardKind.LEADER, name=name) for name in ("甲演", "乙演"))
    with county.inside(BUREAU):
        editor = person("slj.editor")
        services.reorder(CardKind.LEADER, first, editor, step=1)
        assert services.reorder(CardKind.LEADER, first, editor, step=-1) is None
        assert queries.waiting() == []


def test_an_office_never_stands_under_itself(county: County) -> None:
    upper = signed(county, CardKind.OFFICE, name="水政科")
    lower = signed(county, CardKind.OFFICE, name="执法队", parent_id=upper)
    change_id = proposed(county, CardKind.OFFICE, card_id=upper, parent_id=lower, name="水政科")
    with county.inside(BUREAU):
        with pytest.raises(RuleBroken, match="上级机构"):
            services.sign(queries.change_by_id(change_id), person("slj.signer"), method="password")
        db.session.rollback()


def test_a_taken_back_change_is_history(county: County) -> None:
    change_id = proposed(county, CardKind.PROFILE)
    with county.inside(BUREAU):
        services.take_back(queries.change_by_id(change_id), person("slj.editor"))
        assert queries.waiting() == []
        assert [one.id for one in queries.history()] == [change_id]


def test_dates_are_kept_as_dates(county: County) -> None:
    leader_id = signed(county, CardKind.LEADER, since="2026-01-05")
    with county.inside(BUREAU):
        assert queries.leader_by_id(leader_id).since == date(2026, 1, 5)
