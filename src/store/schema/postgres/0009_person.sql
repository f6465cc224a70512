-- Person: which pseudonyms are one person's. A D-number becomes a national identity number, an emergency number becomes either.

CREATE TABLE person (
  pseudonym bytea PRIMARY KEY CHECK (length(pseudonym) = 16),
  -- One of the pseudonyms of that person, the same in all their rows.
  person    bytea NOT NULL CHECK (length(person) = 16)
);
CREATE INDEX person_pseudonyms ON person (person);
