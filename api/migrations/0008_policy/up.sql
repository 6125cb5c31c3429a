-- The policy looks at an account's turns of the last minutes, and at what a conversation's turns changed.
CREATE INDEX turns_by_time ON turns (user_id, created_at);
CREATE INDEX operations_of_turn ON operations (user_id, turn_id, id) WHERE turn_id IS NOT NULL;
