-- Tokens that models read and wrote for an account in a month of UTC, such as 2026-11. Conversations may be deleted:
-- what they cost stays.
CREATE TABLE token_usage (
    user_id       INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    month         TEXT    NOT NULL,
    input_tokens  BIGINT  NOT NULL,
    output_tokens BIGINT  NOT NULL,
    PRIMARY KEY (user_id, month)
) WITHOUT ROWID;
