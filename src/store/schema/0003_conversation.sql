-- Conversation: the messages that refer to a first one are found by it. Those that begin a conversation are found by their MsgId.
CREATE INDEX message_of_conversation ON message (conversation, id) WHERE conversation <> msg_key;
