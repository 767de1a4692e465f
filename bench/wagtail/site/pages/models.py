"""A site's home, its columns and their articles, as Wagtail's tutorial makes home, index and pages."""

# mypy: ignore-errors

from typing import ClassVar

from django.core.paginator import Paginator
from django.db import models
from wagtail.fields import RichTextField
from wagtail.models import Page

PER_PAGE, IN_BLOCK, LATEST = 20, 7, 6


class HomePage(Page):
    """The front page of a unit, or of the portal; the root of a Site."""

    unit = models.CharField(max_length=80)
    phone = models.CharField(max_length=40, blank=True)
    address = models.CharField(max_length=120, blank=True)
    is_portal = models.BooleanField(default=False)

    def get_context(self, request):  # noqa: ANN001, ANN201 - Wagtail's
        """Add the newest articles of each column, and the county's news."""
        context = super().get_context(request)
        columns = ColumnPage.objects.child_of(self).live().filter(section="main", is_list=True)
        blocks = [(column, column.articles()[:IN_BLOCK]) for column in columns]
        context["blocks"] = [(column, articles) for column, articles in blocks if articles]
        latest = ArticlePage.objects.live().filter(portal_column__isnull=False)
        context["latest"] = latest.select_related("site_home").order_by("-date", "-id")[:LATEST]
        return context


class ColumnPage(Page):
    """A heading such as 通知公告."""

    description = models.CharField(max_length=200, blank=True)
    section = models.CharField(max_length=12)
    is_list = models.BooleanField(default=True)
    is_portal = models.BooleanField(default=False)

    def articles(self):  # noqa: ANN201 - Django's
        """Return what the column lists, newest first; the portal's columns list what units have published."""
        found = ArticlePage.objects.live()
        found = found.filter(portal_column=self) if self.is_portal else found.child_of(self)
        return found.select_related("site_home").order_by("-date", "-id")

    def get_context(self, request):  # noqa: ANN001, ANN201 - Wagtail's
        """Add one page of the articles, and the columns beside this one."""
        context = super().get_context(request)
        context["entries"] = Paginator(self.articles(), PER_PAGE).get_page(request.GET.get("page"))
        context["siblings"] = self.get_siblings().live().in_menu()
        return context


class ArticlePage(Page):
    """One article."""

    date = models.DateTimeField(db_index=True)
    body = RichTextField()
    source = models.CharField(max_length=80, blank=True)
    document_number = models.CharField(max_length=60, blank=True)
    index_number = models.CharField(max_length=80, blank=True)
    keywords = models.CharField(max_length=120, blank=True)
    site_home = models.ForeignKey(HomePage, on_delete=models.PROTECT, related_name="+")
    #: The portal's column that shows it.
    portal_column = models.ForeignKey(
        ColumnPage, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        indexes: ClassVar = [models.Index(fields=["portal_column", "-date"])]

    def get_context(self, request):  # noqa: ANN001, ANN201 - Wagtail's
        """Add the articles before and after this one."""
        context = super().get_context(request)
        context["older"] = self.get_prev_siblings().live().first()
        context["newer"] = self.get_next_siblings().live().first()
        return context
