"""Rows that the articles of the world do not bring along, for each unit, as plain SQL."""

ROWS = (
    "INSERT INTO visit_count (tenant_id, day, path, section, count) SELECT id, now(), '/', '', 1 FROM tenant",
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
    (
        "INSERT INTO look (tenant_id, number, design, origin, person, at, batch)"
        " SELECT id, 1, '{}', 'x', '', now(), '' FROM tenant"
    ),
    (
        "INSERT INTO look_draft (tenant_id, design, revised, person, at)"
        " SELECT id, '{}', 1, 'x', now() FROM tenant"
    ),
    "INSERT INTO index_count (tenant_id, scope, last) SELECT id, '2007', 1 FROM tenant",
    (
        "INSERT INTO search_count (tenant_id, day, term, count, without_result)"
        " SELECT id, now(), 'x', 1, 0 FROM tenant"
    ),
    (
        "INSERT INTO document_link (tenant_id, article_id, kind, unit_id, target_id, proposed_at, refusal)"
        " SELECT tenant_id, min(id), 'amends', tenant_id, min(id), now(), '' FROM article GROUP BY tenant_id"
    ),
    (
        "INSERT INTO interpretation_exemption (tenant_id, article_id, reason, account_id, at) SELECT"
        " tenant_id, min(id), 'x', (SELECT min(id) FROM account), now() FROM article GROUP BY tenant_id"
    ),
    (
        "INSERT INTO library_entry (tenant_id, article_id, portal_id, genre, subject, published_at, dated_on,"
        " year, agency, plan_period, validity) SELECT tenant_id, min(id), tenant_id, 'policy', '', now(),"
        " now(), 2007, '', '', 'valid' FROM article GROUP BY tenant_id"
    ),
    (
        "INSERT INTO collection (tenant_id, title, description, created_at, changed_at)"
        " SELECT id, 'x', '', now(), now() FROM tenant"
    ),
    (
        "INSERT INTO collection_entry (tenant_id, collection_id, unit_id, article_id, position)"
        " SELECT c.tenant_id, min(c.id), c.tenant_id, min(a.id), 1 FROM collection c JOIN article a"
        " USING (tenant_id) GROUP BY c.tenant_id"
    ),
    (
        "INSERT INTO former_column (tenant_id, slug, column_id)"
        " SELECT tenant_id, 'x', min(id) FROM site_column GROUP BY tenant_id"
    ),
    (
        "INSERT INTO portal_tally (tenant_id, column_id, unit_id, listed)"
        " SELECT tenant_id, min(id), tenant_id, 1 FROM site_column GROUP BY tenant_id"
    ),
    (
        "INSERT INTO portal_month (tenant_id, column_id, month, part, listed)"
        " SELECT tenant_id, min(id), 200711, 0, 1 FROM site_column GROUP BY tenant_id"
    ),
    (
        "INSERT INTO profile_change (tenant_id, kind, card_id, title, before, after, author_id, at)"
        " SELECT id, 'profile', 0, 'x', '{}', '{}', (SELECT min(id) FROM account), now() FROM tenant"
    ),
    (
        "INSERT INTO profile_decision (tenant_id, change_id, outcome, account_id, person, office, method,"
        " reason, at) SELECT tenant_id, id, 'signed', author_id + 1, 'x', '', 'password', '', now()"
        " FROM profile_change"
    ),
    (
        "INSERT INTO profile (tenant_id, signed_id, name, duties, address, office_hours, phone, fax, mailbox,"
        " postcode, map_file, map_number, contact_office, contact_address, contact_hours, contact_phone,"
        " contact_fax, contact_web) SELECT tenant_id, id, 'x', '', '', '', '', '', '', '', '', '', '', '',"
        " '', '', '', '' FROM profile_decision"
    ),
    (
        "INSERT INTO leader (tenant_id, signed_id, name, position, post, division, resume, portrait_file)"
        " SELECT tenant_id, id, 'x', 0, '', '', '', '' FROM profile_decision"
    ),
    (
        "INSERT INTO leader (tenant_id, name, position, post, division, resume, portrait_file)"
        " SELECT id, 'x', 0, '', '', '', '' FROM tenant"
    ),
    (
        "INSERT INTO leader_speech (tenant_id, leader_id, article_id)"
        " SELECT tenant_id, min(l.id), min(a.id) FROM leader l JOIN article a USING (tenant_id)"
        " GROUP BY tenant_id"
    ),
    (
        "INSERT INTO office (tenant_id, signed_id, name, position, head, phone, duties, place, sort)"
        " SELECT tenant_id, id, 'x', 0, '', '', '', '', 'inner' FROM profile_decision"
    ),
    (
        "INSERT INTO disclosure_node (tenant_id, column_id, applies, reason, decided_by_id, decided_at)"
        " SELECT tenant_id, min(id), false, 'x', (SELECT min(id) FROM account), now()"
        " FROM site_column GROUP BY tenant_id"
    ),
    (
        "INSERT INTO row_article (tenant_id, row_id, article_id) SELECT a.tenant_id, min(r.id), min(a.id)"
        " FROM article a JOIN catalogue_row r USING (tenant_id) GROUP BY a.tenant_id"
    ),
    (
        "INSERT INTO openness_review (tenant_id, article_id, account_id, at, conclusion, reason) SELECT"
        " tenant_id, min(id), (SELECT min(id) FROM account), now(), 'stays', 'x' FROM article"
        " GROUP BY tenant_id"
    ),
    "INSERT INTO used_token (tenant_id, nonce, expires_at) SELECT id, slug, now() FROM tenant",
    (
        "INSERT INTO hearing (tenant_id, article_id, created_at)"
        " SELECT tenant_id, min(id), now() FROM article GROUP BY tenant_id"
    ),
    (
        "INSERT INTO hearing_terms (tenant_id, hearing_id, author_id, created_at, kind, subject, opens_at,"
        " closes_at, place, takes_opinions, takes_sign_ups, contact) SELECT tenant_id, id,"
        " (SELECT min(id) FROM account), now(), 'hearing', 'x', now(), now(), '', true, true, 'x'"
        " FROM hearing"
    ),
    (
        "INSERT INTO hearing_sign_off (tenant_id, hearing_id, terms_id, author_id, account_id, signer_name,"
        " office, method, at) SELECT tenant_id, hearing_id, id, author_id,"
        " (SELECT max(id) FROM account), 'x', '', 'password', now() FROM hearing_terms"
    ),
    (
        "INSERT INTO contribution (tenant_id, hearing_id, kind, reference, sealed, may_be_quoted,"
        " received_at, spam_reason) SELECT tenant_id, id, 'opinion', 'x', 'x', false, now(), '' FROM hearing"
    ),
)
