"""What an inspector would find about documents: interpretations that are late, requests nobody answered."""

from app.documents import interpretation
from app.documents.desk_queries import requests_here
from app.web.findings import Finding


def findings() -> list[Finding]:
    """Return what the bound unit has to mend about its documents (ZY-20, GK-11)."""
    late = [
        Finding(
            "ZY-20",
            f"《{one.title}》应在 {one.due} 前发布解读，现在还没有。请发布解读并关联；不需要的请写明理由。",
            f"articles/{one.article_id}/links/",
        )
        for one in interpretation.lacking()
    ]
    asked = [
        Finding(
            "GK-11",
            f"{one.unit_name}的《{one.title}》要{one.link.kind.label}本单位的文件，请负责同志确认或者不同意。",
            "links/",
        )
        for one in requests_here()
    ]
    return [*late, *asked]
