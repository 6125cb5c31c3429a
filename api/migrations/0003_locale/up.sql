-- How dates are read: when weeks begin, and whether 5/1 is in January or in May. A turn keeps what held when it was said.
ALTER TABLE users ADD COLUMN week_start TEXT NOT NULL DEFAULT 'monday'
CHECK (week_start IN ('monday', 'sunday', 'saturday'));
ALTER TABLE users ADD COLUMN date_order TEXT NOT NULL DEFAULT 'day_first'
CHECK (date_order IN ('day_first', 'month_first'));
ALTER TABLE turns ADD COLUMN week_start TEXT NOT NULL DEFAULT 'monday'
CHECK (week_start IN ('monday', 'sunday', 'saturday'));
ALTER TABLE turns ADD COLUMN date_order TEXT NOT NULL DEFAULT 'day_first'
CHECK (date_order IN ('day_first', 'month_first'));
