-- Stays: the notices of a sender that patients came and went are found without looking at all the others.
CREATE INDEX message_of_stay ON message (sender_organisation, id)
  WHERE type_code IN ('LOG_INNLAGT', 'LOG_UTSKREVET', 'LOG_DOD');
