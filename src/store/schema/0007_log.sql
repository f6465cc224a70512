-- Log: the history says who and what in particular, also of what is about no message; its lines are sealed in intervals; content is
-- sealed with a key of its month, in tables of that month; patients are found by pseudonyms; what is searched for has an index.

CREATE TABLE history_new (
  id          INTEGER PRIMARY KEY,
  -- What a line is about may be removed before the line: it refers to numbers, not to rows.
  message_id  INTEGER,
  delivery_id INTEGER,
  at          INTEGER NOT NULL,
  what        TEXT NOT NULL,
  why         TEXT NOT NULL,
  link        BLOB CHECK (link IS NULL OR length(link) = 32),
  -- By hand, or asked for, by whom; NULL when the gateway did it by itself.
  who         TEXT,
  -- Names and values as JSON.
  facts       TEXT
) STRICT;
INSERT INTO history_new (id, message_id, delivery_id, at, what, why, link)
  SELECT id, message_id, delivery_id, at, what, why, link FROM history;
DROP TABLE history;
ALTER TABLE history_new RENAME TO history;
CREATE INDEX history_of_message ON history (message_id) WHERE message_id IS NOT NULL;
CREATE INDEX history_of_the_log ON history (what, id) WHERE message_id IS NULL;
CREATE TRIGGER history_is_not_changed BEFORE UPDATE ON history BEGIN SELECT RAISE (ABORT, 'history is not changed'); END;
CREATE TRIGGER history_is_not_removed BEFORE DELETE ON history BEGIN SELECT RAISE (ABORT, 'history is not removed'); END;

-- An interval of lines, closed: its last line, the exact text that is hashed, and the head that was signed when it was made.
CREATE TABLE seal (
  number INTEGER PRIMARY KEY,
  last   INTEGER NOT NULL UNIQUE,
  text   TEXT NOT NULL,
  head   TEXT NOT NULL
) STRICT;
CREATE TRIGGER seal_is_not_changed BEFORE UPDATE ON seal BEGIN SELECT RAISE (ABORT, 'a seal is not changed'); END;
CREATE TRIGGER seal_is_not_removed BEFORE DELETE ON seal BEGIN SELECT RAISE (ABORT, 'a seal is not removed'); END;

-- Keys, each wrapped by a key that lies outside of the database. NULL: destroyed, and what it protected is gone for good.
CREATE TABLE secret (
  name         TEXT PRIMARY KEY,
  wrapped      BLOB,
  made_at      INTEGER NOT NULL,
  destroyed_at INTEGER,
  CHECK ((wrapped IS NULL) = (destroyed_at IS NOT NULL))
) STRICT, WITHOUT ROWID;

-- Which messages, and which lines about no message, are about a patient. A pseudonym is no number: it needs a key to be made.
CREATE TABLE patient (
  pseudonym  BLOB NOT NULL CHECK (length(pseudonym) = 16),
  message_id INTEGER NOT NULL,
  PRIMARY KEY (pseudonym, message_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE patient_line (
  pseudonym  BLOB NOT NULL CHECK (length(pseudonym) = 16),
  line       INTEGER NOT NULL,
  PRIMARY KEY (pseudonym, line)
) STRICT, WITHOUT ROWID;

-- What people search for, newest first.
CREATE INDEX message_received ON message (received_at);
CREATE INDEX message_partner ON message (partner, id);
CREATE INDEX message_type ON message (type_code, id) WHERE type_code IS NOT NULL;
CREATE INDEX message_sender_organisation ON message (sender_organisation, id) WHERE sender_organisation IS NOT NULL;
CREATE INDEX message_sender_party ON message (sender_party, id) WHERE sender_party IS NOT NULL;
CREATE INDEX message_receiver_organisation ON message (receiver_organisation, id) WHERE receiver_organisation IS NOT NULL;
CREATE INDEX message_receiver_party ON message (receiver_party, id) WHERE receiver_party IS NOT NULL;
CREATE INDEX message_ended_badly ON message (state, id) WHERE state IN ('refused', 'duplicate');
CREATE INDEX message_turned_away ON message (msg_key) WHERE turned_away IS NOT NULL AND msg_key IS NOT NULL;
CREATE INDEX finding_of_rule ON finding (rule, message_id);
CREATE INDEX delivery_partner ON delivery (partner, id);
CREATE INDEX delivery_answered_by ON delivery (answered_by) WHERE answered_by IS NOT NULL;
CREATE INDEX delivery_apprec ON delivery (msg_id) WHERE purpose = 'apprec';

-- The month in whose tables the bytes of its own stand that a parcel has, as 2026-11; NULL when it is the message as received, or when
-- they stand in own_content still, from a release before this one.
ALTER TABLE delivery ADD COLUMN own_month TEXT CHECK (own_month IS NULL OR length(own_month) = 7);

-- The SHA-256 of the bytes, so that the same bytes are known as the same, also when they are gone.
ALTER TABLE message ADD COLUMN digest BLOB CHECK (digest IS NULL OR length(digest) = 32);
ALTER TABLE message ADD COLUMN came_as_digest BLOB CHECK (came_as_digest IS NULL OR length(came_as_digest) = 32);
