DROP INDEX operations_of_turn;
DROP INDEX turns_by_time;
