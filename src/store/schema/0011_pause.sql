-- Pause: nothing is handed over to a partner for a while, because a person says so. It may lie ahead, and it may have an end.

CREATE TABLE pause (
  number   INTEGER PRIMARY KEY,
  partner  TEXT NOT NULL,
  since    INTEGER NOT NULL,
  -- NULL: until somebody ends it.
  until    INTEGER CHECK (until > since),
  -- Why, and by whom.
  reason   TEXT NOT NULL,
  who      TEXT NOT NULL,
  -- The line that says so.
  line     INTEGER NOT NULL,
  -- When somebody ended it, or took it back.
  ended_at INTEGER
) STRICT;
CREATE INDEX pause_of_partner ON pause (partner) WHERE ended_at IS NULL;
