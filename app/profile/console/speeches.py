"""A leader's speeches, chosen among what the unit has published (ZY-16)."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.permissions import Permission
from app.profile import queries, speeches
from app.profile.console.page import bp
from app.tenancy.current import current_tenant


@bp.page("/leaders/<int:leader_id>/speeches", may=Permission.WRITE_PROFILE)
def speeches_of(leader_id: int) -> ResponseReturnValue:
    """Offer the published texts that name the leader."""
    leader = queries.leader_by_id(leader_id)
    return render_template(
        "profile/speeches.html",
        leader=leader,
        offered=speeches.offered_for(leader),
        chosen=speeches.chosen_for(leader),
        most=speeches.MOST_OFFERED,
        on_card=speeches.ON_CARD,
    )


@bp.action("/leaders/<int:leader_id>/speeches", may=Permission.WRITE_PROFILE)
def choose_speeches(leader_id: int) -> ResponseReturnValue:
    """Put the chosen ones on the leader's card, and take the others off."""
    leader = queries.leader_by_id(leader_id)
    offered = [one.id for one in speeches.offered_for(leader)]
    added, dropped = speeches.choose(leader, offered, request.form.getlist("article", type=int))
    flash(f"已保存：新列出 {added} 篇，取消 {dropped} 篇。" if added + dropped else "没有改动。", "success")
    return redirect(url_for("profile.index", slug=current_tenant.slug), 303)
