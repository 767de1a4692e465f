"""Make sites and pages of what the demonstration county has published."""

# mypy: ignore-errors

import json
from datetime import datetime
from pathlib import Path

from django.core.management.base import BaseCommand
from django.db import transaction
from wagtail.models import Page, Site
from wagtail.signal_handlers import disable_reference_index_auto_update

from pages.models import ArticlePage, ColumnPage, HomePage


class Command(BaseCommand):
    """Read one file, made by bench/wagtail/county.py."""

    help = "load the county's pages from a file"

    def add_arguments(self, parser) -> None:  # noqa: ANN001 - Django's
        """Take the file's name."""
        parser.add_argument("file", type=Path)

    @transaction.atomic
    def handle(self, *_args, file: Path, **_options) -> None:  # noqa: ANN002, ANN003 - Django's
        """Make everything, the portal first."""
        with disable_reference_index_auto_update():
            self._load(json.loads(file.read_text(encoding="utf-8")))
        self.stdout.write(f"{Site.objects.count()} sites, {Page.objects.count()} pages")

    def _load(self, county: dict) -> None:
        Site.objects.all().delete()
        self.root = Page.objects.get(depth=1)
        for default in self.root.get_children():
            default.delete()
        self.root.refresh_from_db()
        self.columns: dict[int, ColumnPage] = {}
        self.homes: dict[int, HomePage] = {}
        for tenant in county["tenants"]:
            self._home(tenant)
        for column in county["columns"]:
            self._column(column)
        for article in county["articles"]:
            self._article(article)

    def _home(self, tenant: dict) -> None:
        fields = {name: tenant[name] for name in ("unit", "phone", "address", "is_portal")}
        home = self.root.add_child(
            instance=HomePage(title=tenant["name"], slug=tenant["slug"], show_in_menus=False, **fields)
        )
        self.homes[tenant["id"]] = home
        names = {"hostname": tenant["host"], "port": 80, "site_name": tenant["name"]}
        Site.objects.create(root_page=home, is_default_site=tenant["is_portal"], **names)

    def _column(self, column: dict) -> None:
        home = self.homes[column["tenant_id"]]
        fields = {name: column[name] for name in ("title", "slug", "description", "section", "is_list")}
        is_main = column["section"] == "main"
        page = ColumnPage(is_portal=home.is_portal, show_in_menus=is_main, **fields)
        self.columns[column["id"]] = home.add_child(instance=page)

    def _article(self, article: dict) -> None:
        fields = ("title", "body", "source", "document_number", "index_number", "keywords")
        self.columns[article["column_id"]].add_child(
            instance=ArticlePage(
                slug=str(article["id"]),
                date=datetime.fromisoformat(article["date"]),
                site_home=self.homes[article["tenant_id"]],
                portal_column=self.columns.get(article["portal_column_id"]),
                search_description=article["summary"],
                **{name: article[name] for name in fields},
            )
        )
