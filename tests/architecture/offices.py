"""The tables of the county office and who may see them: the rest of the matrix (M1)."""

#: The county office's tables are Flask-Admin's, walked rather than listed: who of the county each is for.
OFFICE = "/office"
OFFICE_VIEWS = {
    "office": "OA",
    "office_open": "O",
    "office_units": "O",
    "office_hosts": "O",
    "office_accounts": "O",
    "office_memberships": "O",
    "office_columns": "O",
    "office_entries": "O",
    "office_words": "O",
    "office_standing": "OA",
    "office_searches": "OA",
    "office_lifted": "OA",
    "office_emergencies": "OA",
    "office_incidents": "O",
    "office_acts": "OA",
    "office_coverage": "OA",
    "office_deadlines": "OA",
    "office_findings": "OA",
    "office_banners": "O",
    "office_mourning": "O",
    "office_visits": "OA",
}
