"""Every part of the measurement runs, at its smallest; what it measures is not judged here."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from bench import chain, costs, front, opening, scale
from bench.figures import Table, document
from bench.load import rate
from bench.machine import description, resident_mib
from bench.served import free_port, gunicorn
from bench.throughput import Asked
from tests.worlds import MANIFEST


def test_queries_are_counted(folder: Path) -> None:
    table = costs.measure(folder, few=1, many=2)

    assert "Held by every page." in table.how
    assert all(1 <= int(row[1]) <= costs.MOST for row in table.rows)


def test_opening_is_timed_on_both_databases(folder: Path) -> None:
    table = opening.measure(folder, sizes=(1,), count=1, manifest=MANIFEST)

    assert [row[0].split(",")[0] for row in table.rows] == ["sqlite", "postgresql"]


def test_a_plain_file_behind_nginx_is_timed(folder: Path) -> None:
    """The pages beside it are tested where nginx is (tests/front)."""
    with front._plain(folder, 'add_header X-Long "0123456789";', None) as sides:  # noqa: SLF001 - a whole takes long
        (folder / "files" / "page.html").write_bytes(b"p" * 20_000)
        for one in sides:
            rate, cost = front._taken(one, Asked("", "slj.yj.localhost", "/page.html"), 0.5, None)  # noqa: SLF001
            assert rate > 0
            assert 0 < cost < 10_000
    assert "Content-Security-Policy" in front._headers(folder)  # noqa: SLF001


def test_the_proof_of_the_record_is_timed_on_both_databases(folder: Path) -> None:
    table = chain.measure(folder, rows=10, rounds=1)

    assert [row[0] for row in table.rows] == ["sqlite", "postgresql"]
    assert all(int(row[1]) > 10 for row in table.rows)


def test_the_same_pages_are_asked_of_two_counties(folder: Path) -> None:
    table = scale.measure(folder, small=(1, 20), large=(2, 40), rounds=2)

    assert len(table.rows) == len(scale.PAGES)
    assert all(float(row[1]) > 0 for row in table.rows)


def test_the_load_generator_counts_answers_of_a_gunicorn_of_ours() -> None:
    port = free_port()
    with gunicorn("bench.hello:app", port, {}) as server:
        assert server.get("any.localhost", "/300") == (200, b"h" * 300)
        assert resident_mib(server.process.pid) > 1
        load = rate(port, "any.localhost", "/300", connections=2, seconds=0.2)
        with ThreadPoolExecutor() as other:  # A browser's loop may run in this thread.
            assert other.submit(asyncio.run, load).result() > 1


def test_figures_become_a_document_that_names_no_machine() -> None:
    written = document(description(), [Table("Title", ("what", "figure"), (("one", "1"),), "By counting.")])

    assert "| one | 1 |" in written
    assert "/" not in written.partition("## Title")[2]
