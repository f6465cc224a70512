-- Indexes that a large store needs.

-- There are few types and many messages. An index that keeps those of a type in the order of an answer gives a page at once; one by hash
-- has to walk all of them for each new message. What a sender calls a type may be longer than such an index takes, and is then found without.
DROP INDEX message_type;
CREATE INDEX message_type ON message (type_code, id) WHERE length(type_code) <= 64;

-- How many wait behind others is counted often; an index by hash cannot be read from one end to the other.
CREATE INDEX delivery_behind_others ON delivery (id) WHERE state = 'behind';
