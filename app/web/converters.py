"""Numbers in addresses that can be a row's id; a larger one is no address of ours."""

from typing import Any

from werkzeug.routing import IntegerConverter, Map

LARGEST_ID = 2**31 - 1


class RowIdConverter(IntegerConverter):
    """The ``int`` of our routes: bounded by what the database can hold."""

    def __init__(self, url_map: Map, *args: Any, **options: Any) -> None:
        super().__init__(url_map, *args, **{"max": LARGEST_ID, **options})
