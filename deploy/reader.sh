#!/bin/sh
# Makes the role that the atlas reads with; it cannot publish. PostgreSQL's image runs this once, at its first start.
set -eu
psql --no-psqlrc --set ON_ERROR_STOP=1 --set password="$READER_PASSWORD" \
  --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" <<'SQL'
CREATE ROLE atlas_reader LOGIN PASSWORD :'password';
CREATE SCHEMA atlas;
GRANT USAGE ON SCHEMA atlas TO atlas_reader;
SQL
