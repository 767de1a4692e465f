#!/bin/sh
# What the README says of PostgreSQL, done once on an empty volume: two roles, so that row-level security binds the web.
set -eu
psql -v ON_ERROR_STOP=1 -v owner="$OWNER_PASSWORD" -v web="$WEB_PASSWORD" --username "$POSTGRES_USER" <<'SQL'
CREATE ROLE ziwang_owner LOGIN PASSWORD :'owner';
CREATE ROLE ziwang_web LOGIN PASSWORD :'web';
CREATE DATABASE ziwang OWNER ziwang_owner ENCODING 'UTF8' TEMPLATE template0;
SQL
