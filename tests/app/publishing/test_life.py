"""Whatever people do with papers, in any order, readers see signed texts alone (S-60, S-64 to S-66, D1).

Everything goes through the console, with everybody trying everything; law.py says what must come of it.
"""

from collections.abc import Callable
from collections.abc import Set as AbstractSet
from datetime import datetime, timedelta

from freezegun import freeze_time
from freezegun.api import FrozenDateTimeFactory, StepTickTimeFactory, TickingDateTimeFactory
from hypothesis import HealthCheck, Verbosity, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule
from hypothesis.stateful import run_state_machine_as_test as live

from app.core.clock import now
from tests.app.publishing import law
from tests.app.publishing.bureau import Bureau
from tests.app.publishing.law import ACTS, PEOPLE, Paper, Wording
from tests.app.publishing.readers import Readers
from tests.databases import Database

#: Few long lives find more than many short ones, and each begins with a founded county.
LIVES, STEPS = 8, 40
MOST_PAPERS = 4
#: A code of the second factor serves once, and for half a minute.
HALF_A_MINUTE = timedelta(seconds=31)
#: How a text is written: what the form says, what the rules see in it, and whether it may be public.
KINDS: dict[str, tuple[dict[str, str], set[str], bool]] = {
    "plain": ({}, set(), True),
    "sensitive": ({"body": "<p>疫情通报。</p>"}, {"sensitive"}, True),
    "decision": ({"genre": "decision"}, {"genre"}, True),
    "both": ({"genre": "plan", "body": "<p>无人员伤亡。</p>"}, {"genre", "sensitive"}, True),
    "secret": ({"secrecy": "classified"}, set(), False),
}
#: What happens next, the more often the more often it stands here; the way to the readers is long otherwise.
HAPPENINGS = st.sampled_from(
    [
        *("push", "push", "push", "push", "push", "push", "push", "go_on", "go_on", "go_on"),
        *("edit", "edit", "write", "submit", "attempt", "attempt", "lift", "withdraw", "end", "wait"),
    ]
)
MOSTLY_PLAIN = st.sampled_from(
    ["plain", "plain", "plain", "plain", "sensitive", "decision", "both", "secret"]
)
SOMETIMES = st.sampled_from([False, False, False, False, True])
MOSTLY = st.sampled_from([True, True, True, False])
WHO = st.sampled_from(sorted(PEOPLE))
MOSTLY_WRITERS = st.sampled_from(["slj.editor", "slj.editor", "slj.all", "portal.all", "slj.signer"])
MOSTLY_SIGNERS = st.sampled_from(["slj.signer", "slj.leader", "slj.all", "slj.editor"])
FILES = st.sampled_from([None, None, 0, 1])
MINUTES = st.sampled_from([None, None, None, -5, 10, 120, 60 * 24 * 400])
WEIGHTS = st.sampled_from([(), (), (), ("policy",), ("policy", "overall")])
WAITS = st.sampled_from([1, 15, 180, 60 * 24 * 3])
SIGNING = {"publish", "approve", "countersign", "counterapprove"}
#: After these a paper goes no further, or nowhere.
RARE = {"take_down", "discard", "cancel", "invalidate", "revalidate"}


class Life(RuleBasedStateMachine):
    """A bureau's papers, and the people who do things with them."""

    database: Database
    frozen: FrozenDateTimeFactory | StepTickTimeFactory | TickingDateTimeFactory
    begins: datetime
    #: How many things were done and tried, over all lives.
    done, tried = 0, 0

    @initialize()
    def begin(self) -> None:
        """Found the county anew."""
        self.frozen.move_to(self.begins)
        self.database.reset()
        self.bureau = Bureau(self.database.front)
        self.readers = Readers(self.database.front)
        self.papers: dict[int, Paper] = {}
        self.texts = 0
        self.is_sound = True

    @rule(data=st.data())
    def something_happens(self, data: st.DataObject) -> None:
        """Let somebody do something, and hold what readers find beside the law."""
        self.is_sound = False
        name = data.draw(HAPPENINGS) if self.papers else "write"
        touched = getattr(self, name)(data)
        if touched is None:
            self.readers.see(self.papers, self.bureau.tokens, now())
        else:
            self.readers.see_lists(self.papers, now())
            self.readers.see_paper(touched, self.papers, now())
        assert all(paper.shown is None or _is_lawful(paper.shown) for paper in self.papers.values())
        self.is_sound = True

    def teardown(self) -> None:
        """Hold the record of a finished life beside the law, and prove it whole."""
        if getattr(self, "is_sound", False):
            self.readers.see(self.papers, self.bureau.tokens, now())
            self.bureau.audit(self.papers)

    def write(self, data: st.DataObject) -> int | None:
        """Begin a paper."""
        who = data.draw(MOSTLY_WRITERS)
        text, form = self._text(data, who)
        allowed = "writer" in PEOPLE[who] and len(self.papers) < MOST_PAPERS
        if len(self.papers) == MOST_PAPERS:
            return None
        article_id = self._act(lambda _: allowed, lambda: self.bureau.start(who, form))
        if not article_id:
            return None
        self.papers[article_id] = Paper([text])
        return article_id

    def edit(self, data: st.DataObject) -> int:
        """Write a further text, perhaps over one that is no longer the newest."""
        article_id, _, seen = self._paper(data)
        return self._edit(data, article_id, seen)

    def _edit(self, data: st.DataObject, article_id: int, seen: int) -> int:
        paper = self.papers[article_id]
        who = data.draw(MOSTLY_WRITERS)
        text, form = self._text(data, who)
        done = self._act(
            lambda _: law.may_edit(paper, who) and self.bureau.is_newest(article_id, seen),
            lambda: self.bureau.send(who, article_id, "edit", {**form, "base": seen}),
        )
        if done:
            paper.texts.append(text)
            paper.state = "draft"
            self.bureau.note_newest(article_id)
        return article_id

    def submit(self, data: st.DataObject) -> int:
        """Hand a text in, whatever became of it meanwhile."""
        article_id, _, seen = self._paper(data)
        return self._submit(data, article_id, seen)

    def _submit(self, data: st.DataObject, article_id: int, seen: int) -> int:
        """Hand a text in, perhaps for a minute, perhaps with marks."""
        paper = self.papers[article_id]
        who, minutes, weights = data.draw(MOSTLY_WRITERS), data.draw(MINUTES), data.draw(WEIGHTS)
        minute = (
            None if minutes is None else (now() + timedelta(minutes=minutes)).replace(second=0, microsecond=0)
        )
        done = self._act(
            lambda clock: (
                law.may_submit(paper, who, minute, clock) and self.bureau.is_newest(article_id, seen)
            ),
            lambda: self.bureau.submit(who, article_id, seen, minute, weights),
        )
        if done:
            law.submit(paper, minute, set(weights))
        return article_id

    def push(self, data: st.DataObject) -> int:
        """Bring a paper nearer to its readers, if somebody may."""
        article_id, paper, _ = self._paper(data)
        newest = self.bureau.seen(article_id, is_old=False)
        if paper.state == "draft":
            return self._submit(data, article_id, newest)
        if paper.state == "published" and not paper.is_unsigned:
            return self._edit(data, article_id, newest)
        return self._go_on(data, article_id, SIGNING)

    def go_on(self, data: st.DataObject) -> int:
        """Do one of the things that somebody may do with a paper now."""
        article_id, _, _ = self._paper(data)
        return self._go_on(data, article_id, ACTS.keys() - RARE)

    def end(self, data: st.DataObject) -> int:
        """End a paper's way, if somebody may."""
        article_id, _, _ = self._paper(data)
        return self._go_on(data, article_id, RARE)

    def attempt(self, data: st.DataObject) -> int:
        """Try anything, with anything that was ever seen."""
        article_id, paper, seen = self._paper(data)
        return self._take(article_id, paper, data.draw(st.sampled_from(sorted(ACTS))), data.draw(WHO), seen)

    def lift(self, data: st.DataObject) -> int:
        """Take a mark away."""
        article_id, paper, _ = self._paper(data)
        who = data.draw(MOSTLY_SIGNERS)
        if paper.marks:
            mark = data.draw(st.sampled_from(sorted(paper.marks)))
            allowed = law.may_lift(paper, who, mark)
            if self._act(lambda _: allowed, lambda: self.bureau.lift(who, article_id, mark)):
                law.lift(paper, mark)
        return article_id

    def withdraw(self, data: st.DataObject) -> int | None:
        """Take a paper from its readers, who may be led to another."""
        article_id, paper, _ = self._paper(data, is_read=True)
        who, merged, leads = data.draw(MOSTLY_SIGNERS), data.draw(SOMETIMES), data.draw(st.booleans())
        other_id, other, _ = self._paper(data, is_read=True) if leads else (None, None, 0)
        sent = {"ending": "merged" if merged else "error", "successor": str(other_id or "")}
        done = self._act(
            lambda clock: law.may_withdraw(paper, who, other, merged=merged, clock=clock),
            lambda: self.bureau.send(who, article_id, "withdraw", sent),
        )
        if done:
            law.withdraw(paper, other)
        return None if done else article_id

    def wait(self, data: st.DataObject) -> None:
        """Let time pass; nothing runs meanwhile."""
        self.frozen.tick(timedelta(minutes=data.draw(WAITS)))

    def _go_on(self, data: st.DataObject, article_id: int, acts: AbstractSet[str]) -> int:
        """Do one of some things by somebody who may do it; where nobody may do any, do another."""
        paper, clock = self.papers[article_id], now() + HALF_A_MINUTE
        may = {
            act: who
            for act in ACTS
            if (who := [one for one in PEOPLE if ACTS[act].is_allowed(paper, one, clock)])
        }
        if wanted := sorted(may.keys() & acts) or sorted(may.keys() - RARE):
            act = data.draw(st.sampled_from(wanted))
            newest = self.bureau.seen(article_id, is_old=False)
            self._take(article_id, paper, act, data.draw(st.sampled_from(may[act])), newest)
        return article_id

    def _take(self, article_id: int, paper: Paper, name: str, who: str, seen: int) -> int:
        act = ACTS[name]
        done = self._act(
            lambda clock: act.is_allowed(paper, who, clock) and self.bureau.is_newest(article_id, seen),
            lambda: self.bureau.send(who, article_id, act.path, {"revision": seen}),
        )
        if done:
            act.effect(paper, who, now())
        return article_id

    def _act(self, is_allowed: Callable[[datetime], bool], act: Callable[[], int]) -> int:
        """Do something half a minute later, which must come about exactly when it is allowed."""
        self.frozen.tick(HALF_A_MINUTE)
        expected = is_allowed(now())
        done = act()
        assert bool(done) == expected, self.bureau.last
        Life.tried += 1
        Life.done += bool(done)
        return done

    def _paper(self, data: st.DataObject, *, is_read: bool = False) -> tuple[int, Paper, int]:
        """Choose a paper, if there is one that lives or that readers see, and what somebody saw of it."""
        living = [
            one
            for one, paper in self.papers.items()
            if not paper.is_secret and (not is_read or paper.reads(now()))
        ]
        article_id = data.draw(st.sampled_from(living or list(self.papers)))
        seen = self.bureau.seen(article_id, is_old=data.draw(SOMETIMES))
        return article_id, self.papers[article_id], seen

    def _text(self, data: st.DataObject, who: str) -> tuple[Wording, dict[str, object]]:
        self.texts += 1
        title = f"第{self.texts:04d}稿"
        fields, marks, is_open = KINDS[data.draw(MOSTLY_PLAIN)]
        corrects, file = data.draw(MOSTLY), data.draw(FILES)
        text = Wording(title, who, frozenset(marks), is_open=is_open, corrects=corrects, file=file)
        form: dict[str, object] = {"title": title, "genre": "notice", "body": "<p>停水。</p>", **fields}
        form["correction"] = "日期有误" if corrects else ""
        if file is not None:
            form["files"] = str(self.bureau.files[file])
        return text, form


def _is_lawful(text: Wording) -> bool:
    """Say whether a text may be before readers: signed by others than its writer, or recorded as pressed."""
    by_level = {level: {who for one, who in text.signed if one == level} for level in (1, 2)}
    return bool(text.pressed) or bool(by_level[1] - {text.author})


def test_no_life_of_papers_shows_readers_an_unsigned_text(database: Database) -> None:
    begins = (now() + timedelta(days=1)).replace(hour=1, minute=0, second=0, microsecond=0)
    with freeze_time(begins) as frozen:
        Life.database, Life.frozen, Life.begins = database, frozen, begins
        Life.done = Life.tried = 0
        live(
            Life,
            settings=settings(
                max_examples=LIVES,
                stateful_step_count=STEPS,
                deadline=None,
                derandomize=True,
                database=None,
                verbosity=Verbosity.quiet,
                suppress_health_check=list(HealthCheck),
            ),
        )
    assert Life.done > LIVES * STEPS / 8  # Most of it was not in vain.
