ALTER TABLE turns DROP COLUMN date_order;
ALTER TABLE turns DROP COLUMN week_start;
ALTER TABLE users DROP COLUMN date_order;
ALTER TABLE users DROP COLUMN week_start;
