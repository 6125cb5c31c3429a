DROP TRIGGER task_search_insert;
DROP TRIGGER task_search_update;
DROP TRIGGER task_search_delete;
DROP TABLE task_search;
ALTER TABLE tasks DROP COLUMN title_key;
CREATE VIRTUAL TABLE task_search USING fts5 (
    owner, title, notes, tags,
    content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
);
INSERT INTO task_search (rowid, owner, title, notes, tags) SELECT row_id, 'u' || user_id, title, notes, tags FROM tasks;
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
