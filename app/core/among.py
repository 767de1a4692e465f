"""A condition on many numbers that are one value of the statement: it stays the same however many they are.

With a value for each, hundreds of them cost more to put together than to look up, and no plan is kept.
"""

import json
from typing import Any

from sqlalchemy import ARRAY, BigInteger, Boolean, ColumnElement, Dialect, Text, bindparam
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator, TypeEngine


class _Numbers(TypeDecorator[list[int]]):
    """Numbers as one value: an array on PostgreSQL, a list in JSON on SQLite."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        is_array = dialect.name == "postgresql"
        return dialect.type_descriptor(ARRAY(BigInteger) if is_array else Text())

    def process_bind_param(self, value: list[int] | None, dialect: Dialect) -> Any:
        return value if dialect.name == "postgresql" else json.dumps(value)


class _Among(FunctionElement[bool]):
    """Whether a column is one of some numbers."""

    type = Boolean()
    inherit_cache = True


def among(column: ColumnElement[int] | InstrumentedAttribute[int], name: str) -> ColumnElement[bool]:
    """Return the condition that a column holds one of the numbers that the statement is told by this name."""
    return _Among(column, bindparam(name, type_=_Numbers()))


@compiles(_Among)
def _in_list(element: _Among, compiler: SQLCompiler, **given: Any) -> str:
    column, numbers = (compiler.process(one, **given) for one in element.clauses)
    return f"{column} IN (SELECT value FROM json_each({numbers}))"  # noqa: S608 - both are the compiler's


@compiles(_Among, "postgresql")
def _in_array(element: _Among, compiler: SQLCompiler, **given: Any) -> str:
    column, numbers = (compiler.process(one, **given) for one in element.clauses)
    return f"{column} = ANY ({numbers})"
