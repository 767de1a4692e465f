"""Rows that the articles of the world do not bring along, for each unit, as plain SQL."""

ROWS = (
    (
        "INSERT INTO attachment (tenant_id, token, title, media_type, extension, size, sha256,"
        " created_by_id, created_at) SELECT id, md5(slug), 'x', 'text/plain', 'txt', 1, 'x',"
        " (SELECT min(id) FROM account), now() FROM tenant"
    ),
    (
        "INSERT INTO revision_file (tenant_id, revision_id, attachment_id, position)"
        " SELECT r.tenant_id, min(r.id), min(a.id), 1 FROM revision r JOIN attachment a"
        " USING (tenant_id) GROUP BY r.tenant_id"
    ),
    (
        "INSERT INTO attachment_text (tenant_id, attachment_id, passages, note, read_at)"
        " SELECT tenant_id, id, '[]', '', now() FROM attachment"
    ),
    (
        "INSERT INTO word (tenant_id, text, kind, correction, note, changed_at)"
        " SELECT id, slug, 'confirm', '', '', now() FROM tenant"
    ),
    (
        "INSERT INTO check_hit (tenant_id, article_id, revision_id, rule, severity, place, excerpt, why,"
        " fingerprint, found_at) SELECT tenant_id, min(article_id), min(id), 'L1', 'confirm', 'x', '',"
        " 'x', 'x', now() FROM revision GROUP BY tenant_id"
    ),
    (
        "INSERT INTO waiver (tenant_id, article_id, revision_id, rule, fingerprint, asked_by_id,"
        " asked_at, reason) SELECT tenant_id, min(article_id), min(id), 'L2', 'x', min(author_id),"
        " now(), 'x' FROM revision GROUP BY tenant_id"
    ),
    (
        "INSERT INTO article_lease (tenant_id, article_id, account_id, since, seen_at) SELECT tenant_id,"
        " min(id), (SELECT min(id) FROM account), now(), now() FROM article GROUP BY tenant_id"
    ),
    (
        "INSERT INTO hand_over (tenant_id, leaver_id, successor_id, at, roles, office, articles,"
        " has_ended_account, note) SELECT id, a, a, now(), 'x', 'x', 0, false, 'x'"
        " FROM tenant, (SELECT min(id) AS a FROM account) people"
    ),
    (
        "INSERT INTO intake (tenant_id, article_id, attachment_id, name, findings, taken_at)"
        " SELECT r.tenant_id, r.article_id, f.attachment_id, 'x', '{}', now()"
        " FROM revision_file f JOIN revision r ON r.id = f.revision_id"
    ),
    (
        "INSERT INTO ledger (tenant_id, name, created_by_id, created_at, heads, rows, outcomes, faulty,"
        " mapping) SELECT id, 'x', (SELECT min(id) FROM account), now(), '[]', '[]', '[]', '[]', '{}'"
        " FROM tenant"
    ),
    "INSERT INTO index_count (tenant_id, scope, last) SELECT id, '2007', 1 FROM tenant",
)
