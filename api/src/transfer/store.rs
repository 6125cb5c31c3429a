//! Whose document it is.

use crate::clock::timestamp;
use crate::error::ApiError;
use crate::schema::users;
use diesel::prelude::*;
use diesel::sqlite::SqliteConnection;
use todo_contract::{Account, Email, PersonName, TimeZoneName};

pub(super) fn account(conn: &mut SqliteConnection, user_id: i64) -> Result<Account, ApiError> {
    let (email, name, time_zone, created_at) = users::table
        .find(user_id)
        .select((users::email, users::name, users::time_zone, users::created_at))
        .first::<(String, Option<String>, String, i64)>(conn)?;
    Ok(Account {
        id: user_id,
        email: Email::new(email).map_err(ApiError::internal)?,
        name: name.map(PersonName::new).transpose().map_err(ApiError::internal)?,
        time_zone: TimeZoneName::new(time_zone).map_err(ApiError::internal)?,
        created_at: timestamp(created_at),
    })
}
