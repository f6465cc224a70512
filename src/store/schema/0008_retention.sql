-- Retention: lines of the history go by whole seals when their time is over, and only after a line says so; what is held is not
-- removed; what hangs by a message is found by it.

-- Seals whose lines were removed, and the line that says so. It is written before they go.
CREATE TABLE emptied (
  last  INTEGER PRIMARY KEY,
  first INTEGER NOT NULL CHECK (first <= last),
  seal  INTEGER NOT NULL UNIQUE,
  line  INTEGER NOT NULL CHECK (line > last)
) STRICT;
CREATE TRIGGER emptied_is_not_changed BEFORE UPDATE ON emptied BEGIN SELECT RAISE (ABORT, 'what was removed is not changed'); END;
CREATE TRIGGER emptied_is_not_removed BEFORE DELETE ON emptied BEGIN SELECT RAISE (ABORT, 'what was removed stays so'); END;

DROP TRIGGER history_is_not_removed;
CREATE TRIGGER history_is_not_removed BEFORE DELETE ON history
  WHEN coalesce((SELECT e.first FROM emptied e WHERE e.last >= OLD.id ORDER BY e.last LIMIT 1) > OLD.id, TRUE)
  BEGIN SELECT RAISE (ABORT, 'history is not removed'); END;

-- What must not be removed although its time is over: of a patient, by pseudonym; a message; or a month.
CREATE TABLE hold (
  number     INTEGER PRIMARY KEY,
  pseudonym  BLOB CHECK (pseudonym IS NULL OR length(pseudonym) = 16),
  message_id INTEGER,
  month      TEXT CHECK (month IS NULL OR length(month) = 7),
  held_at    INTEGER NOT NULL,
  -- What for, and by whom.
  purpose    TEXT NOT NULL,
  who        TEXT NOT NULL,
  -- The line that says so.
  line       INTEGER NOT NULL,
  lifted_at  INTEGER,
  CHECK ((pseudonym IS NOT NULL) + (message_id IS NOT NULL) + (month IS NOT NULL) = 1)
) STRICT;

CREATE INDEX patient_of_message ON patient (message_id);
CREATE INDEX patient_line_of_line ON patient_line (line);
CREATE INDEX message_duplicate_of ON message (duplicate_of) WHERE duplicate_of IS NOT NULL;
