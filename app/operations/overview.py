"""The office's first page: how much there is, and where to go."""

from flask.typing import ResponseReturnValue

from app.accounts.permissions import Permission
from app.accounts.session import current_account
from app.operations import queries
from app.operations.guard import OfficeView, at, portals_of


class Overview(OfficeView):
    """Figures of the person's portals; auditors see them too."""

    may = Permission.READ_AUDIT
    also = frozenset({Permission.OPERATE_COUNTY})

    @at("/")
    def index(self) -> ResponseReturnValue:
        """Show the figures."""
        operated = portals_of(current_account(), {Permission.OPERATE_COUNTY})
        return self.render(
            "office/overview.html",
            figures=queries.figures(self.portals),
            portals=queries.portals_among(self.portals),
            is_operator=bool(operated),
        )
