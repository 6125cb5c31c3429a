-- Work that is done in steps. One of an account runs at a time.
CREATE TABLE jobs (
    id              TEXT    PRIMARY KEY NOT NULL,
    user_id         INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    kind            TEXT    NOT NULL CHECK (kind IN ('import', 'undo', 'redo', 'delete_account')),
    status          TEXT    NOT NULL CHECK (status IN ('running', 'done', 'cancelled', 'failed')),
    done            BIGINT  NOT NULL,
    total           BIGINT  NOT NULL,
    -- JSON: what it needs to go on, besides its parts.
    input           TEXT    NOT NULL,
    result          TEXT,
    problem         TEXT,
    idempotency_key TEXT,
    request_hash    BLOB,
    created_at      BIGINT  NOT NULL,
    updated_at      BIGINT  NOT NULL
);
CREATE INDEX jobs_of_user ON jobs (user_id, created_at);
CREATE UNIQUE INDEX jobs_running ON jobs (user_id) WHERE status = 'running';
CREATE UNIQUE INDEX jobs_by_idempotency_key ON jobs (user_id, idempotency_key) WHERE idempotency_key IS NOT NULL;

-- What a job still has to take in; a part goes in the transaction that does its work.
CREATE TABLE job_parts (
    job_id TEXT   NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
    part   BIGINT NOT NULL,
    items  BIGINT NOT NULL,
    data   TEXT   NOT NULL,
    PRIMARY KEY (job_id, part)
);

-- 0: `before` and `after` are whole tasks. 1: `after` is the task without its defaults, `before` the fields that were
-- others, and long values stand in operation_texts. 2: removed with its task.
ALTER TABLE operations ADD COLUMN format SMALLINT NOT NULL DEFAULT 0;
-- A hash of the request that bore the idempotency key.
ALTER TABLE operations ADD COLUMN request_hash BLOB;
-- Of an undo whose effect is that a change stands again: the same as `undoes`.
ALTER TABLE operations ADD COLUMN redoes BIGINT;
CREATE INDEX operations_caused ON operations (user_id, caused_by) WHERE caused_by IS NOT NULL;
-- What stands of a group, latest first: an undo in steps asks for the next of it.
CREATE INDEX operations_of_group_standing ON operations (user_id, group_id, id) WHERE undone_by IS NULL;
CREATE INDEX operations_standing ON operations (user_id, id) WHERE undone_by IS NULL AND undoes IS NULL;
CREATE INDEX operations_undone ON operations (user_id, id)
WHERE undone_by IS NULL AND undoes IS NOT NULL AND redoes IS NULL;
WITH RECURSIVE chain (user_id, id, of, depth) AS (
    SELECT user_id, id, undoes, 1 FROM operations WHERE undoes IS NOT NULL
    UNION ALL
    SELECT chain.user_id, chain.id, o.undoes, depth + 1
    FROM chain JOIN operations o ON o.user_id = chain.user_id AND o.id = chain.of
    WHERE o.undoes IS NOT NULL
)
UPDATE operations SET redoes = operations.undoes
FROM (SELECT user_id, id, max(depth) AS depth FROM chain GROUP BY user_id, id) AS undo
WHERE undo.user_id = operations.user_id AND undo.id = operations.id AND undo.depth % 2 = 0;

-- Long values of a task, from operation `since` on, for the journal.
CREATE TABLE operation_texts (
    user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    task_id BIGINT  NOT NULL,
    field   TEXT    NOT NULL,
    since   BIGINT  NOT NULL,
    value   TEXT    NOT NULL,
    PRIMARY KEY (user_id, task_id, field, since)
);

-- An account that is being removed: nobody may sign in, and its rows go in steps.
ALTER TABLE users ADD COLUMN deleted_at BIGINT;

-- Tasks that were removed for good, and are still to be removed from the journal.
CREATE TABLE purges (
    user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    task_id BIGINT  NOT NULL,
    PRIMARY KEY (user_id, task_id)
);

-- How many bytes an account takes up, roughly: its texts, and a little for each row. How many tasks it has.
CREATE TABLE account_storage (
    user_id    INTEGER PRIMARY KEY NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    used_bytes BIGINT  NOT NULL,
    tasks      BIGINT  NOT NULL
);
CREATE TRIGGER users_storage_insert AFTER INSERT ON users BEGIN
    INSERT INTO account_storage (user_id, used_bytes, tasks) VALUES (new.id, 0, 0);
END;
CREATE TRIGGER tasks_storage_insert AFTER INSERT ON tasks BEGIN
    UPDATE account_storage SET tasks = tasks + 1, used_bytes = used_bytes + (400 + octet_length(new.title) + octet_length(new.notes) + octet_length(new.tags)) WHERE user_id = new.user_id;
END;
CREATE TRIGGER tasks_storage_update AFTER UPDATE OF title, notes, tags ON tasks
WHEN (400 + octet_length(new.title) + octet_length(new.notes) + octet_length(new.tags)) <> (400 + octet_length(old.title) + octet_length(old.notes) + octet_length(old.tags)) BEGIN
    UPDATE account_storage SET used_bytes = used_bytes + (400 + octet_length(new.title) + octet_length(new.notes) + octet_length(new.tags)) - (400 + octet_length(old.title) + octet_length(old.notes) + octet_length(old.tags)) WHERE user_id = new.user_id;
END;
CREATE TRIGGER tasks_storage_delete AFTER DELETE ON tasks BEGIN
    UPDATE account_storage SET tasks = tasks - 1, used_bytes = used_bytes - (400 + octet_length(old.title) + octet_length(old.notes) + octet_length(old.tags)) WHERE user_id = old.user_id;
END;
CREATE TRIGGER operations_storage_insert AFTER INSERT ON operations BEGIN
    UPDATE account_storage SET used_bytes = used_bytes + (250 + coalesce(octet_length(new.before), 0) + coalesce(octet_length(new.after), 0)) WHERE user_id = new.user_id;
END;
CREATE TRIGGER operations_storage_update AFTER UPDATE OF before, after ON operations
WHEN (250 + coalesce(octet_length(new.before), 0) + coalesce(octet_length(new.after), 0)) <> (250 + coalesce(octet_length(old.before), 0) + coalesce(octet_length(old.after), 0)) BEGIN
    UPDATE account_storage SET used_bytes = used_bytes + (250 + coalesce(octet_length(new.before), 0) + coalesce(octet_length(new.after), 0)) - (250 + coalesce(octet_length(old.before), 0) + coalesce(octet_length(old.after), 0)) WHERE user_id = new.user_id;
END;
CREATE TRIGGER operations_storage_delete AFTER DELETE ON operations BEGIN
    UPDATE account_storage SET used_bytes = used_bytes - (250 + coalesce(octet_length(old.before), 0) + coalesce(octet_length(old.after), 0)) WHERE user_id = old.user_id;
END;
CREATE TRIGGER operation_texts_storage_insert AFTER INSERT ON operation_texts BEGIN
    UPDATE account_storage SET used_bytes = used_bytes + (60 + octet_length(new.value)) WHERE user_id = new.user_id;
END;
CREATE TRIGGER operation_texts_storage_update AFTER UPDATE OF value ON operation_texts
WHEN (60 + octet_length(new.value)) <> (60 + octet_length(old.value)) BEGIN
    UPDATE account_storage SET used_bytes = used_bytes + (60 + octet_length(new.value)) - (60 + octet_length(old.value)) WHERE user_id = new.user_id;
END;
CREATE TRIGGER operation_texts_storage_delete AFTER DELETE ON operation_texts BEGIN
    UPDATE account_storage SET used_bytes = used_bytes - (60 + octet_length(old.value)) WHERE user_id = old.user_id;
END;
CREATE TRIGGER turns_storage_insert AFTER INSERT ON turns BEGIN
    UPDATE account_storage SET used_bytes = used_bytes + (250 + octet_length(new.message)) WHERE user_id = new.user_id;
END;
-- Its events go with a turn, and know their account by it alone.
CREATE TRIGGER turns_storage_delete BEFORE DELETE ON turns BEGIN
    UPDATE account_storage SET used_bytes = used_bytes - (250 + octet_length(old.message))
        - coalesce((SELECT sum(60 + octet_length(data)) FROM turn_events WHERE turn_id = old.id), 0)
    WHERE user_id = old.user_id;
END;
CREATE TRIGGER turn_events_storage_insert AFTER INSERT ON turn_events BEGIN
    UPDATE account_storage SET used_bytes = used_bytes + 60 + octet_length(new.data)
    WHERE user_id = (SELECT user_id FROM turns WHERE id = new.turn_id);
END;
INSERT INTO account_storage (user_id, used_bytes, tasks)
SELECT u.id,
    coalesce((SELECT sum(400 + octet_length(x.title) + octet_length(x.notes) + octet_length(x.tags)) FROM tasks x WHERE x.user_id = u.id), 0)
    +
    coalesce((SELECT sum(250 + coalesce(octet_length(x.before), 0) + coalesce(octet_length(x.after), 0)) FROM operations x WHERE x.user_id = u.id), 0)
    +
    coalesce((SELECT sum(60 + octet_length(x.value)) FROM operation_texts x WHERE x.user_id = u.id), 0)
    +
    coalesce((SELECT sum(250 + octet_length(x.message)) FROM turns x WHERE x.user_id = u.id), 0)
    +
    coalesce((SELECT sum(60 + octet_length(e.data)) FROM turns t JOIN turn_events e ON e.turn_id = t.id
              WHERE t.user_id = u.id), 0),
    (SELECT count(*) FROM tasks x WHERE x.user_id = u.id)
FROM users u;
