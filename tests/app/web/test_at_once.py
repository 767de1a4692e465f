"""One token that is sent twice at the same moment is taken once (D2)."""

import threading

import pytest
from freezegun import freeze_time
from sqlalchemy import func, select

from app.core.clock import now
from app.core.database import db
from app.participation.models import Contribution
from tests.app.participation.consultation import a_hearing
from tests.app.web.visitors_form import A_WHILE, opens
from tests.architecture.routes import FORMS
from tests.worlds import County

pytestmark = pytest.mark.both_databases
ROUTE = FORMS["participation.opinion"]


def test_a_double_click_is_one_opinion(county: County) -> None:
    path = ROUTE.path.format(hearing=a_hearing(county))
    data = {**ROUTE.sends, **opens(county.visitor(), path).by_working()}
    began = threading.Barrier(4)
    answers: list[int] = []

    def send() -> None:
        visitor = county.visitor()
        began.wait()
        answers.append(visitor.post(path, data=data).status_code)

    threads = [threading.Thread(target=send) for _ in range(4)]
    with freeze_time(now() + A_WHILE):
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert sorted(answers) == [303, 422, 422, 422]
    with county.everywhere():
        assert db.session.scalar(select(func.count(Contribution.id))) == 1
