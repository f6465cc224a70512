-- Validation: a sender's own message may be turned away because it is not fit to send; a finding may have words of its own.
-- A CHECK cannot be changed in place: the table is made anew. Foreign keys are off while migrations run, and checked after.

-- One arrival each, in the order of arrival. It is never changed but for its state and the count of its repetitions.
CREATE TABLE message_new (
  id          INTEGER PRIMARY KEY,
  tracking    TEXT NOT NULL UNIQUE CHECK (length(tracking) = 10),
  received_at INTEGER NOT NULL,
  partner     TEXT NOT NULL,
  via         TEXT NOT NULL,
  size_bytes  INTEGER NOT NULL CHECK (size_bytes >= 0),
  state       TEXT NOT NULL CHECK (state IN ('received', 'accepted', 'refused', 'held', 'duplicate')),
  -- Not taken in; the sender was told by the transport.
  turned_away TEXT CHECK (turned_away IN ('unreadable', 'foreign-sender', 'msgid-reused', 'not-fit-to-send')),
  duplicate_of INTEGER REFERENCES message_new (id),
  repeats     INTEGER NOT NULL DEFAULT 0 CHECK (repeats >= 0),
  -- The envelope; NULL when there is none.
  kind        TEXT,
  type_code   TEXT,
  msg_id      TEXT,
  msg_key     TEXT,
  gen_date    TEXT,
  conversation TEXT,
  sender_organisation INTEGER,
  sender_party        INTEGER,
  sender_level        TEXT CHECK (sender_level IN ('organisation', 'service', 'person')),
  receiver_organisation INTEGER,
  receiver_party        INTEGER,
  receiver_level        TEXT CHECK (receiver_level IN ('organisation', 'service', 'person')),
  CHECK (turned_away IS NULL OR state IN ('refused', 'duplicate')),
  CHECK (turned_away IS NOT 'msgid-reused' OR duplicate_of IS NOT NULL),
  CHECK ((msg_id IS NULL) = (msg_key IS NULL))
) STRICT;

INSERT INTO message_new SELECT * FROM message;
DROP TABLE message;
ALTER TABLE message_new RENAME TO message;

-- A partner's MsgId is taken in once (rule R-005); and an AppRec finds the message that it answers.
CREATE UNIQUE INDEX message_taken_in_once ON message (msg_key, partner) WHERE turned_away IS NULL AND msg_key IS NOT NULL;
-- What waits to be judged, and what waits for a person.
CREATE INDEX message_open ON message (state, id) WHERE state IN ('received', 'held');

-- What is wrong in this very case and what to do, in three languages, as JSON; NULL where the rule's own words say it.
ALTER TABLE finding ADD COLUMN says TEXT;
