-- Times are microseconds since the Unix epoch, in UTC. UUIDs are hyphenated text.

CREATE TABLE users (
    id                INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    email             TEXT    NOT NULL UNIQUE,
    name              TEXT,
    time_zone         TEXT    NOT NULL,
    password_hash     TEXT    NOT NULL,
    created_at        BIGINT  NOT NULL,
    -- The numbers given last: a number is never given twice.
    last_task_id      BIGINT  NOT NULL DEFAULT 0,
    last_operation_id BIGINT  NOT NULL DEFAULT 0
);

CREATE TABLE sessions (
    id           TEXT    PRIMARY KEY NOT NULL,
    user_id      INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    user_agent   TEXT    NOT NULL,
    created_at   BIGINT  NOT NULL,
    last_used_at BIGINT  NOT NULL,
    expires_at   BIGINT  NOT NULL,
    revoked_at   BIGINT
);
CREATE INDEX sessions_of_user ON sessions (user_id);

-- Every refresh token of a session stays until the session ends, so that the reuse of an old one is seen.
CREATE TABLE refresh_tokens (
    hash       BLOB   PRIMARY KEY NOT NULL,
    session_id TEXT   NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    created_at BIGINT NOT NULL,
    used_at    BIGINT
);
CREATE INDEX refresh_tokens_of_session ON refresh_tokens (session_id);

CREATE TABLE api_tokens (
    id           TEXT    PRIMARY KEY NOT NULL,
    user_id      INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    name         TEXT    NOT NULL,
    scope        TEXT    NOT NULL CHECK (scope IN ('read', 'read_write')),
    hash         BLOB    NOT NULL UNIQUE,
    created_at   BIGINT  NOT NULL,
    last_used_at BIGINT
);
CREATE INDEX api_tokens_of_user ON api_tokens (user_id);

CREATE TABLE tasks (
    -- Known to the search index alone.
    row_id       INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    user_id      INTEGER  NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    id           BIGINT   NOT NULL,
    title        TEXT     NOT NULL,
    notes        TEXT     NOT NULL,
    done         BOOLEAN  NOT NULL,
    priority     SMALLINT NOT NULL CHECK (priority BETWEEN 0 AND 4),
    due_date     TEXT,
    due_time     TEXT,
    due_zone     TEXT,
    -- The moment that date, time and zone name; NULL for a date alone.
    due_at       BIGINT,
    repeat_rule  TEXT,
    repeat_from  TEXT CHECK (repeat_from IN ('due', 'completion')),
    -- A JSON array; task_tags is its index.
    tags         TEXT     NOT NULL,
    position     TEXT     NOT NULL,
    version      BIGINT   NOT NULL,
    created_at   BIGINT   NOT NULL,
    updated_at   BIGINT   NOT NULL,
    completed_at BIGINT,
    deleted_at   BIGINT,
    UNIQUE (user_id, id)
);
-- `deleted_at` is in it so that tasks can be counted without a look at the table.
CREATE INDEX tasks_by_position ON tasks (user_id, done, position, id, deleted_at) WHERE deleted_at IS NULL;
CREATE INDEX tasks_by_due ON tasks (user_id, done, coalesce(due_date, '9999-99-99'), coalesce(due_time, ''), id)
WHERE deleted_at IS NULL;
CREATE INDEX tasks_in_trash ON tasks (deleted_at) WHERE deleted_at IS NOT NULL;

CREATE TABLE task_tags (
    user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    tag     TEXT    NOT NULL,
    task_id BIGINT  NOT NULL,
    PRIMARY KEY (user_id, tag, task_id)
) WITHOUT ROWID;
CREATE INDEX task_tags_of_task ON task_tags (user_id, task_id);

-- SQLite only: the full-text index. `owner` keeps every query within one account's part of the index.
CREATE VIRTUAL TABLE task_search USING fts5 (
    owner, title, notes, tags,
    content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
);
CREATE TRIGGER task_search_insert AFTER INSERT ON tasks BEGIN
    INSERT INTO task_search (rowid, owner, title, notes, tags)
    VALUES (new.row_id, 'u' || new.user_id, new.title, new.notes, new.tags);
END;
CREATE TRIGGER task_search_update AFTER UPDATE OF title, notes, tags ON tasks
WHEN new.title <> old.title OR new.notes <> old.notes OR new.tags <> old.tags BEGIN
    INSERT OR REPLACE INTO task_search (rowid, owner, title, notes, tags)
    VALUES (new.row_id, 'u' || new.user_id, new.title, new.notes, new.tags);
END;
CREATE TRIGGER task_search_delete AFTER DELETE ON tasks BEGIN
    DELETE FROM task_search WHERE rowid = old.row_id;
END;

CREATE TABLE operations (
    user_id         INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    id              BIGINT  NOT NULL,
    actor_kind      TEXT    NOT NULL CHECK (actor_kind IN ('user', 'agent', 'token')),
    actor_name      TEXT,
    kind            TEXT    NOT NULL,
    task_id         BIGINT  NOT NULL,
    before          TEXT,
    after           TEXT,
    turn_id         TEXT,
    call_id         TEXT,
    group_id        TEXT    NOT NULL,
    -- The operation that brought this one about: the completion that made a repeat's next occurrence.
    caused_by       BIGINT,
    undoes          BIGINT,
    undone_by       BIGINT,
    idempotency_key TEXT,
    at              BIGINT  NOT NULL,
    PRIMARY KEY (user_id, id)
);
CREATE UNIQUE INDEX operations_by_idempotency_key ON operations (user_id, idempotency_key)
WHERE idempotency_key IS NOT NULL;
CREATE INDEX operations_by_group ON operations (user_id, group_id);
CREATE INDEX operations_of_task ON operations (user_id, task_id, id);

CREATE TABLE conversations (
    id         TEXT    PRIMARY KEY NOT NULL,
    user_id    INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    title      TEXT    NOT NULL,
    -- Whether a person gave the title; else the first message does.
    titled     BOOLEAN NOT NULL,
    created_at BIGINT  NOT NULL,
    updated_at BIGINT  NOT NULL
);
CREATE INDEX conversations_of_user ON conversations (user_id, updated_at, id);

CREATE TABLE turns (
    id                TEXT    PRIMARY KEY NOT NULL,
    user_id           INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    conversation_id   TEXT    NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    -- Counts from 1 in the conversation.
    number            BIGINT  NOT NULL,
    message           TEXT    NOT NULL,
    status            TEXT    NOT NULL
        CHECK (status IN ('running', 'needs_confirmation', 'done', 'failed', 'interrupted')),
    requested_planner TEXT,
    planner           TEXT,
    model             TEXT,
    time_zone         TEXT    NOT NULL,
    attempt           INTEGER NOT NULL,
    created_at        BIGINT  NOT NULL,
    UNIQUE (conversation_id, number)
);
CREATE INDEX turns_of_user ON turns (user_id);
CREATE INDEX turns_unfinished ON turns (status) WHERE status IN ('running', 'needs_confirmation');

CREATE TABLE turn_events (
    turn_id TEXT    NOT NULL REFERENCES turns (id) ON DELETE CASCADE,
    id      BIGINT  NOT NULL,
    attempt INTEGER NOT NULL,
    event   TEXT    NOT NULL,
    data    TEXT    NOT NULL,
    at      BIGINT  NOT NULL,
    PRIMARY KEY (turn_id, id)
) WITHOUT ROWID;
