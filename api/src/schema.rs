//! The tables, as Diesel sees them. A test compares this with what the migrations make.
#![expect(missing_docs, reason = "the migrations describe the columns")]

diesel::table! {
    users (id) {
        id -> BigInt,
        email -> Text,
        name -> Nullable<Text>,
        time_zone -> Text,
        password_hash -> Text,
        created_at -> BigInt,
        last_task_id -> BigInt,
        last_operation_id -> BigInt,
        week_start -> Text,
        date_order -> Text,
        deleted_at -> Nullable<BigInt>,
        role -> Text,
    }
}

diesel::table! {
    sessions (id) {
        id -> Text,
        user_id -> BigInt,
        user_agent -> Text,
        created_at -> BigInt,
        last_used_at -> BigInt,
        expires_at -> BigInt,
        revoked_at -> Nullable<BigInt>,
        authenticated_at -> BigInt,
    }
}

diesel::table! {
    refresh_tokens (hash) {
        hash -> Binary,
        session_id -> Text,
        created_at -> BigInt,
        used_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    api_tokens (id) {
        id -> Text,
        user_id -> BigInt,
        name -> Text,
        scope -> Text,
        hash -> Binary,
        created_at -> BigInt,
        last_used_at -> Nullable<BigInt>,
        expires_at -> BigInt,
    }
}

diesel::table! {
    invitations (id) {
        id -> Text,
        user_id -> BigInt,
        hash -> Binary,
        created_at -> BigInt,
        expires_at -> BigInt,
    }
}

diesel::table! {
    sign_in_attempts (attempt) {
        attempt -> Binary,
        failures -> BigInt,
        last_at -> BigInt,
    }
}

diesel::table! {
    tasks (user_id, id) {
        row_id -> BigInt,
        user_id -> BigInt,
        id -> BigInt,
        title -> Text,
        notes -> Text,
        done -> Bool,
        priority -> SmallInt,
        due_date -> Nullable<Text>,
        due_time -> Nullable<Text>,
        due_zone -> Nullable<Text>,
        due_at -> Nullable<BigInt>,
        repeat_rule -> Nullable<Text>,
        repeat_from -> Nullable<Text>,
        tags -> Text,
        position -> Text,
        version -> BigInt,
        created_at -> BigInt,
        updated_at -> BigInt,
        completed_at -> Nullable<BigInt>,
        deleted_at -> Nullable<BigInt>,
        title_key -> Nullable<Binary>,
    }
}

diesel::table! {
    task_tags (user_id, tag, task_id) {
        user_id -> BigInt,
        tag -> Text,
        task_id -> BigInt,
    }
}

diesel::table! {
    operations (user_id, id) {
        user_id -> BigInt,
        id -> BigInt,
        actor_kind -> Text,
        actor_name -> Nullable<Text>,
        kind -> Text,
        task_id -> BigInt,
        before -> Nullable<Text>,
        after -> Nullable<Text>,
        turn_id -> Nullable<Text>,
        call_id -> Nullable<Text>,
        group_id -> Text,
        caused_by -> Nullable<BigInt>,
        undoes -> Nullable<BigInt>,
        undone_by -> Nullable<BigInt>,
        idempotency_key -> Nullable<Text>,
        at -> BigInt,
        format -> SmallInt,
        request_hash -> Nullable<Binary>,
        redoes -> Nullable<BigInt>,
    }
}

diesel::table! {
    operation_texts (user_id, task_id, field, since) {
        user_id -> BigInt,
        task_id -> BigInt,
        field -> Text,
        since -> BigInt,
        value -> Text,
    }
}

diesel::table! {
    account_storage (user_id) {
        user_id -> BigInt,
        used_bytes -> BigInt,
        tasks -> BigInt,
    }
}

diesel::table! {
    purges (user_id, task_id) {
        user_id -> BigInt,
        task_id -> BigInt,
    }
}

diesel::table! {
    jobs (id) {
        id -> Text,
        user_id -> BigInt,
        kind -> Text,
        status -> Text,
        done -> BigInt,
        total -> BigInt,
        input -> Text,
        result -> Nullable<Text>,
        problem -> Nullable<Text>,
        idempotency_key -> Nullable<Text>,
        request_hash -> Nullable<Binary>,
        created_at -> BigInt,
        updated_at -> BigInt,
    }
}

diesel::table! {
    job_parts (job_id, part) {
        job_id -> Text,
        part -> BigInt,
        items -> BigInt,
        data -> Text,
    }
}

diesel::table! {
    conversations (id) {
        id -> Text,
        user_id -> BigInt,
        title -> Text,
        titled -> Bool,
        created_at -> BigInt,
        updated_at -> BigInt,
    }
}

diesel::table! {
    turns (id) {
        id -> Text,
        user_id -> BigInt,
        conversation_id -> Text,
        number -> BigInt,
        message -> Text,
        status -> Text,
        requested_planner -> Nullable<Text>,
        planner -> Nullable<Text>,
        model -> Nullable<Text>,
        time_zone -> Text,
        attempt -> Integer,
        created_at -> BigInt,
        week_start -> Text,
        date_order -> Text,
    }
}

diesel::table! {
    token_usage (user_id, month) {
        user_id -> BigInt,
        month -> Text,
        input_tokens -> BigInt,
        output_tokens -> BigInt,
    }
}

diesel::table! {
    turn_events (turn_id, id) {
        turn_id -> Text,
        id -> BigInt,
        attempt -> Integer,
        event -> Text,
        data -> Text,
        at -> BigInt,
    }
}

diesel::allow_tables_to_appear_in_same_query!(
    account_storage,
    api_tokens,
    conversations,
    invitations,
    job_parts,
    jobs,
    operation_texts,
    operations,
    purges,
    refresh_tokens,
    sessions,
    sign_in_attempts,
    task_tags,
    tasks,
    token_usage,
    turn_events,
    turns,
    users,
);

diesel::joinable!(api_tokens -> users (user_id));
diesel::joinable!(job_parts -> jobs (job_id));
diesel::joinable!(refresh_tokens -> sessions (session_id));
diesel::joinable!(sessions -> users (user_id));
