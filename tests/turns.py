"""Which of the two databases a test meets: each takes its turn, but for those that ask what a database does.

Those lie in the rooms named here, or say so by ``@pytest.mark.both_databases``.

All tests on both took a quarter longer, for what mostly cannot differ. `wsgi.py test --both-databases` runs
them all.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from zlib import crc32

DATABASES = ("sqlite", "postgresql")
#: Where tables, fences, locks, searches and the order of commits are what is tested.
ON_BOTH = (
    "tests/app/audit/",
    "tests/app/core/",
    "tests/app/disclosure/test_numbering.py",
    "tests/app/documents/test_sums.py",
    "tests/app/documents/test_tally.py",
    "tests/app/pagecache/",
    "tests/app/portal/",
    "tests/app/publishing/test_proof.py",
    "tests/app/search/",
    "tests/app/site/test_agreement.py",
    "tests/app/site/test_queries.py",
    "tests/app/tenancy/",
    "tests/architecture/test_fences.py",
    "tests/architecture/test_isolation.py",
    "tests/faults/",
    "tests/migrations/",
)


def standing_back(names: Iterable[str]) -> set[str]:
    """Return those of pytest's names of tests whose twin on the other database has the turn.

    The name decides, so it is the same in every run, and whatever part of the tests is run.
    A test that knows one database only has no twin.
    """
    twins: defaultdict[str, list[str]] = defaultdict(list)
    for name in names:
        twins[_without_database(name)].append(name)
    pairs = {each: pair for each, pair in twins.items() if len(pair) == len(DATABASES)}
    return {
        sorted(pair)[crc32(each.encode()) % len(DATABASES)]
        for each, pair in pairs.items()
        if not each.startswith(ON_BOTH)
    }


def names_one(words: Sequence[str]) -> bool:
    """Say whether somebody asks for a single test, or for a database, in the words that pytest is given."""
    return any("::" in word or word in DATABASES for word in " ".join(words).split())


def _without_database(name: str) -> str:
    for database in DATABASES:
        name = name.replace(database, "")
    return name
