DROP INDEX tasks_by_completion;
