"""What Alembic runs: the migrations, on the connection that app/schema.py hands over."""

from alembic import context

from app.schema import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=False,
    compare_server_default=False,
)
with context.begin_transaction():
    context.run_migrations()
