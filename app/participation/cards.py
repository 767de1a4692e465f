"""How a hearing is told to readers: on a card, in a table of facts, in one sentence, beside its articles."""

from app.content.genres import Genre
from app.participation import queries
from app.participation.county import OfUnit
from app.participation.limits import answer_due, day_of
from app.participation.queries import Shown
from app.participation.states import HearingKind, Stage
from app.tenancy.places import here
from app.theming.article_pages import DataRow
from app.theming.filters import minute
from app.theming.pages import Link
from app.theming.participation_pages import HearingCard

#: What announces a hearing, or tells what came of it.
ANNOUNCING = frozenset({Genre.ANNOUNCEMENT, Genre.CIRCULAR, Genre.PUBLIC_NOTICE, Genre.OTHER})


def card_of(shown: Shown, *, of: OfUnit | None = None) -> HearingCard:
    """Return a hearing's card; on the portal it leads to the unit's subsite."""
    terms = shown.terms
    path = f"/participate/{shown.hearing.id}/"
    return HearingCard(
        title=terms.subject,
        url=of.home + path if of else here(path),
        kind=terms.kind.label,
        stage=shown.stage.value,
        stage_label=shown.stage.label,
        opens_at=terms.opens_at,
        closes_at=terms.closes_at,
        held_at=terms.held_at,
        place=terms.place,
        unit=Link(of.unit, f"{of.home}/") if of else None,
    )


def facts_of(shown: Shown) -> tuple[DataRow, ...]:
    """Return what a reader must know to take part."""
    terms = shown.terms
    name = "报名和提意见" if terms.takes_sign_ups and terms.takes_opinions else "提意见"
    if not terms.takes_opinions:
        name = "报名"
    rows = [
        ("方式", terms.kind.label),
        (name, f"{minute(terms.opens_at)} 至 {minute(terms.closes_at)}"),
        ("听证会", minute(terms.held_at) if terms.held_at else ""),
        ("地点", terms.place),
        ("名额", f"{terms.quota} 人；报名超过名额的，由承办单位按规定确定参加人" if terms.quota else ""),
        ("联系", terms.contact),
    ]
    return tuple(DataRow(term, value) for term, value in rows if value)


def standing_of(shown: Shown) -> str:
    """Say in one sentence where a hearing stands; words that hold until the next turn of its pages."""
    terms = shown.terms
    match shown.stage:
        case Stage.COMING:
            return f"{minute(terms.opens_at)} 开始，届时可以在本页参与。"
        case Stage.OPEN:
            return f"正在进行，{minute(terms.closes_at)} 截止。"
        case Stage.CLOSED:
            return f"已于 {minute(terms.closes_at)} 截止，结果最迟在 {answer_due(terms.closes_at)} 前公布。"
        case Stage.ANSWERED:
            return f"已于 {day_of(terms.closes_at)} 截止，结果已经公布。"


def row_for(article_id: int, genre: Genre) -> tuple[DataRow, ...]:
    """Return what an article's page says of the hearing that it belongs to.

    News and documents announce none, nor does a notice to other units: their pages do not ask.
    """
    shown = queries.of_article(article_id) if genre in ANNOUNCING else None
    if shown is None:
        return ()
    words = "查看本次活动"
    if shown.stage is Stage.OPEN:
        words = "发表意见" if shown.terms.takes_opinions else "报名参加"
        if shown.terms.kind is HearingKind.HEARING and shown.terms.takes_sign_ups:
            words = "报名、发表意见" if shown.terms.takes_opinions else "报名参加"
    return (DataRow("参与", f"{words}（{shown.stage.label}）", here(f"/participate/{shown.hearing.id}/")),)
