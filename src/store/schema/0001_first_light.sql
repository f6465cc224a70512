-- First light: messages, deliveries, attempts, findings, history.
-- Times are milliseconds since 1970-01-01T00:00:00Z. What must always hold is a CHECK or a unique index.

-- Who may start on this data: a release knows the migrations it brings, and starts if every newer one says it may.
CREATE TABLE migration (
  number     INTEGER PRIMARY KEY,
  name       TEXT NOT NULL,
  applied_at INTEGER NOT NULL,
  -- The oldest release's newest migration that can work on data with this migration applied.
  readable_from INTEGER NOT NULL CHECK (readable_from <= number)
) STRICT;

-- One arrival each, in the order of arrival. It is never changed but for its state and the count of its repetitions.
CREATE TABLE message (
  id          INTEGER PRIMARY KEY,
  tracking    TEXT NOT NULL UNIQUE CHECK (length(tracking) = 10),
  received_at INTEGER NOT NULL,
  partner     TEXT NOT NULL,
  via         TEXT NOT NULL,
  size_bytes  INTEGER NOT NULL CHECK (size_bytes >= 0),
  state       TEXT NOT NULL CHECK (state IN ('received', 'accepted', 'refused', 'held', 'duplicate')),
  -- Not taken in; the sender was told by the transport.
  turned_away TEXT CHECK (turned_away IN ('unreadable', 'foreign-sender', 'msgid-reused')),
  duplicate_of INTEGER REFERENCES message (id),
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

-- A partner's MsgId is taken in once (rule R-005); and an AppRec finds the message that it answers.
CREATE UNIQUE INDEX message_taken_in_once ON message (msg_key, partner) WHERE turned_away IS NULL AND msg_key IS NOT NULL;
-- What waits to be judged, and what waits for a person.
CREATE INDEX message_open ON message (state, id) WHERE state IN ('received', 'held');

-- The bytes as they came, apart from what is searched.
CREATE TABLE content (
  message_id INTEGER PRIMARY KEY REFERENCES message (id),
  bytes      BLOB NOT NULL
) STRICT;

-- What the rules found.
CREATE TABLE finding (
  message_id  INTEGER NOT NULL REFERENCES message (id),
  position    INTEGER NOT NULL,
  rule        TEXT NOT NULL,
  consequence TEXT NOT NULL,
  receiver    INTEGER,
  line_number INTEGER,
  column_number INTEGER,
  path        TEXT,
  found       TEXT,
  PRIMARY KEY (message_id, position)
) STRICT, WITHOUT ROWID;

-- One promise to one receiver.
CREATE TABLE delivery (
  id         INTEGER PRIMARY KEY,
  message_id INTEGER NOT NULL REFERENCES message (id),
  purpose    TEXT NOT NULL CHECK (purpose IN ('message', 'apprec')),
  partner    TEXT NOT NULL,
  receiver_organisation INTEGER,
  receiver_party        INTEGER,
  receiver_level        TEXT NOT NULL CHECK (receiver_level IN ('organisation', 'service', 'person')),
  role       TEXT NOT NULL CHECK (role IN ('primary', 'copy')),
  msg_id     TEXT NOT NULL,
  type_code  TEXT NOT NULL,
  route      TEXT NOT NULL,
  -- Parcels of one conversation to one partner stand in one line.
  line       TEXT NOT NULL,
  state      TEXT NOT NULL CHECK (state IN ('behind', 'queued', 'sending', 'delivered', 'acknowledged', 'rejected', 'dead')),
  queued_at  INTEGER NOT NULL,
  due_at     INTEGER,
  attempts   INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
  -- Failed attempts since it was queued, or queued again by a person.
  failures   INTEGER NOT NULL DEFAULT 0 CHECK (failures BETWEEN 0 AND attempts),
  lease_owner TEXT,
  lease_until INTEGER,
  apprec_due INTEGER,
  -- The message whose arrival answered it.
  answered_by INTEGER REFERENCES message (id),
  -- Bytes that we wrote; NULL when the parcel is the message as received.
  own_content BLOB,
  CHECK ((state = 'queued') = (due_at IS NOT NULL)),
  CHECK ((state = 'sending') = (lease_owner IS NOT NULL)),
  CHECK ((lease_owner IS NULL) = (lease_until IS NULL))
) STRICT;

-- At most one parcel of a conversation is on its way to a partner: this is what keeps the order.
CREATE UNIQUE INDEX delivery_one_of_a_line ON delivery (partner, line) WHERE state IN ('queued', 'sending');
CREATE INDEX delivery_behind ON delivery (partner, line, id) WHERE state = 'behind';
CREATE INDEX delivery_due ON delivery (partner, due_at) WHERE state = 'queued';
CREATE INDEX delivery_sending ON delivery (lease_until) WHERE state = 'sending';
CREATE INDEX delivery_dead ON delivery (id) WHERE state = 'dead';
CREATE INDEX delivery_awaiting_apprec ON delivery (apprec_due) WHERE state = 'delivered' AND apprec_due IS NOT NULL;
CREATE INDEX delivery_of_message ON delivery (message_id);

-- One try each. It is opened before the bytes leave, so that a crash in between shows as an outcome that is unknown.
CREATE TABLE attempt (
  delivery_id INTEGER NOT NULL REFERENCES delivery (id),
  number      INTEGER NOT NULL CHECK (number > 0),
  started_at  INTEGER NOT NULL,
  ended_at    INTEGER,
  outcome     TEXT CHECK (outcome IN ('delivered', 'temporary', 'permanent', 'unknown')),
  cause       TEXT,
  PRIMARY KEY (delivery_id, number),
  CHECK ((ended_at IS NULL) = (outcome IS NULL))
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX attempt_one_open ON attempt (delivery_id) WHERE ended_at IS NULL;

-- What happened, in order. Lines are added, never changed and never removed.
CREATE TABLE history (
  id          INTEGER PRIMARY KEY,
  message_id  INTEGER NOT NULL REFERENCES message (id),
  delivery_id INTEGER REFERENCES delivery (id),
  at          INTEGER NOT NULL,
  what        TEXT NOT NULL,
  why         TEXT NOT NULL
) STRICT;

CREATE INDEX history_of_message ON history (message_id);
CREATE TRIGGER history_is_not_changed BEFORE UPDATE ON history BEGIN SELECT RAISE (ABORT, 'history is not changed'); END;
CREATE TRIGGER history_is_not_removed BEFORE DELETE ON history BEGIN SELECT RAISE (ABORT, 'history is not removed'); END;
