-- SQLite only. `search_words` and `title_key` are functions of this program: db/functions.rs.

-- Bytes that compare as the titles do (UTS #10), which NOCASE does for ASCII alone.
ALTER TABLE tasks ADD COLUMN title_key BLOB;

-- The index holds words as this program takes them apart. Each has its owner in front, so that a search reads the words of
-- one account and no others'.
DROP TRIGGER task_search_insert;
DROP TRIGGER task_search_update;
DROP TRIGGER task_search_delete;
DROP TABLE task_search;
CREATE VIRTUAL TABLE task_search USING fts5 (
    title, notes, tags,
    content = '', contentless_delete = 1, tokenize = "ascii tokenchars ':#+&$%.'"
);
INSERT INTO task_search (rowid, title, notes, tags)
SELECT row_id, search_words(user_id, title), search_words(user_id, notes), search_words(user_id, tags) FROM tasks;
UPDATE tasks SET title_key = title_key(title);

CREATE TRIGGER task_search_insert AFTER INSERT ON tasks BEGIN
    INSERT INTO task_search (rowid, title, notes, tags)
    VALUES (
        new.row_id, search_words(new.user_id, new.title), search_words(new.user_id, new.notes),
        search_words(new.user_id, new.tags)
    );
    UPDATE tasks SET title_key = title_key(new.title) WHERE row_id = new.row_id;
END;
CREATE TRIGGER task_search_update AFTER UPDATE OF title, notes, tags ON tasks
WHEN new.title <> old.title OR new.notes <> old.notes OR new.tags <> old.tags BEGIN
    INSERT OR REPLACE INTO task_search (rowid, title, notes, tags)
    VALUES (
        new.row_id, search_words(new.user_id, new.title), search_words(new.user_id, new.notes),
        search_words(new.user_id, new.tags)
    );
    UPDATE tasks SET title_key = title_key(new.title) WHERE row_id = new.row_id AND new.title <> old.title;
END;
CREATE TRIGGER task_search_delete AFTER DELETE ON tasks BEGIN
    DELETE FROM task_search WHERE rowid = old.row_id;
END;
