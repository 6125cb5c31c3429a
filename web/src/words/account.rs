//! Words of signing in and of the settings.

use super::common::capitalised;
use todo_contract::{DateOrder, TokenScope, WeekStart};
use todo_language::describe;

/// A message as a sentence of its own.
pub fn sentence(message: &str) -> String {
    format!("{}.", capitalised(message.trim_end_matches('.')))
}

pub const SIGN_IN: &str = "Sign in";
pub const SIGN_UP: &str = "Create account";
pub const SIGN_IN_HEADING: &str = "Welcome back";
pub const SIGN_UP_HEADING: &str = "Create your account";
pub const SIGN_IN_LEAD: &str = "Sign in to your list.";
pub const SIGN_UP_LEAD: &str = "A to-do list that you can talk to.";
pub const HAVE_ACCOUNT: &str = "Already have an account?";
pub const NO_ACCOUNT: &str = "New here?";
pub const REGISTRATION_CLOSED: &str = "You need an invitation to sign up here. Ask whoever runs this server.";
pub const FIRST_LEAD: &str = "You are the first: this account will own the server and can invite others.";
pub const EMAIL: &str = "Email";
pub const PASSWORD: &str = "Password";
pub const NAME_OPTIONAL: &str = "Name (optional)";
pub const PASSWORD_HINT: &str = "At least 8 characters.";
pub const EMAIL_MISSING: &str = "Enter your email address.";
pub const PASSWORD_MISSING: &str = "Enter your password.";
pub const SHOW_PASSWORD: &str = "Show password";
pub const HIDE_PASSWORD: &str = "Hide password";

pub const SETTINGS: &str = "Settings";
pub const PROFILE: &str = "Profile";
pub const NAME: &str = "Name";
pub const ZONE: &str = "Time zone";
pub const ZONE_HINT: &str = "“Today” is meant in this zone.";
pub const WEEK_START: &str = "Weeks begin on";
pub const DATE_ORDER: &str = "Short dates";
pub const SAVED: &str = "Saved";
pub const APPEARANCE: &str = "Appearance";
pub const CHANGE_PASSWORD: &str = "Change password";
pub const CURRENT_PASSWORD: &str = "Current password";
pub const NEW_PASSWORD: &str = "New password";
pub const PASSWORD_NOTE: &str = "This signs out all other browsers and revokes all API tokens.";
pub const PASSWORD_CHANGED: &str = "Password changed. Other browsers are signed out.";
pub const SESSIONS: &str = "Signed-in browsers";
pub const THIS_BROWSER: &str = "This browser";
pub const REVOKE: &str = "Sign out";
pub const REVOKED: &str = "Signed out";
pub const INVITATIONS: &str = "Invitations";
pub const INVITATIONS_NOTE: &str = "Each link lets one person sign up, within 7 days.";
pub const NO_INVITATIONS: &str = "No open invitations.";
pub const MAKE_INVITATION: &str = "Create invitation link";
pub const INVITATION_ONCE: &str = "Copy this link now. It is not shown again.";
pub const INVITATION: &str = "Invitation";
pub const INVITATION_REVOKED: &str = "Invitation revoked";
pub const TOKENS: &str = "API tokens";
pub const TOKENS_NOTE: &str = "For scripts: send “Authorization: Bearer” and the token.";
pub const NO_TOKENS: &str = "No tokens yet.";
pub const TOKEN_NAME: &str = "What is it for?";
pub const TOKEN_SCOPE: &str = "It may";
pub const MAKE_TOKEN: &str = "Create token";
pub const TOKEN_ONCE: &str = "Copy this token now. It is not shown again.";
pub const COPY: &str = "Copy";
pub const COPIED: &str = "Copied";
pub const COPY_FAILED: &str = "Copying is not possible here. Select the text and copy it.";
pub const DONE: &str = "Done";
pub const DELETE_TOKEN: &str = "Revoke";
pub const TOKEN_REVOKED: &str = "Token revoked";
pub const DATA: &str = "Your data";
pub const DATA_NOTE: &str = "Export everything as one JSON file, or bring an export back in.";
pub const EXPORT: &str = "Export";
pub const IMPORT: &str = "Import…";
pub const EXPORT_NAME: &str = "todo-export.json";
pub const DELETE_ACCOUNT: &str = "Delete account";
pub const DELETE_ACCOUNT_NOTE: &str =
    "Removes your account with all tasks, conversations and tokens. This cannot be undone.";
pub const DELETE_ACCOUNT_TITLE: &str = "Delete your account?";
pub const DELETE_ACCOUNT_ACTION: &str = "Delete account for good";
pub const PASSWORD_AGAIN: &str = "Your password, to confirm";

pub fn signed_in_as(email: &str) -> String {
    format!("Signed in as {email}")
}

pub fn last_used(when: &str) -> String {
    format!("Last used {when}")
}

pub fn never_used() -> String {
    "Never used".to_owned()
}

pub fn revoke_session(browser: &str) -> String {
    format!("Sign out: {browser}")
}

pub fn revoke_token(name: &str) -> String {
    format!("Revoke: {name}")
}

pub fn scope(scope: TokenScope) -> &'static str {
    match scope {
        TokenScope::Read => "Read only",
        TokenScope::ReadWrite => "Read and write",
    }
}

pub fn week_start(day: WeekStart) -> &'static str {
    describe::weekday(day.weekday())
}

pub fn date_order(order: DateOrder) -> &'static str {
    match order {
        DateOrder::DayFirst => "Day first: 5/1 is 5 January",
        DateOrder::MonthFirst => "Month first: 5/1 is May 1",
    }
}

/// "Firefox on Linux", from a `User-Agent`.
pub fn browser(user_agent: &str) -> String {
    let find = |names: &[(&str, &'static str)]| {
        names.iter().find(|(mark, _)| user_agent.contains(mark)).map(|(_, name)| *name)
    };
    let browser = find(&[
        ("Edg/", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ]);
    let system = find(&[
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS X", "macOS"),
        ("Linux", "Linux"),
    ]);
    match (browser, system) {
        (Some(browser), Some(system)) => format!("{browser} on {system}"),
        (Some(name), None) | (None, Some(name)) => name.to_owned(),
        (None, None) if user_agent.is_empty() => "Unknown browser".to_owned(),
        (None, None) => user_agent.chars().take(60).collect(),
    }
}

/// When a token or an invitation ends.
pub fn expires(at: &str) -> String {
    format!("ends {at}")
}

/// Names what the button revokes, for those who do not see the row.
pub fn revoke_invitation(at: &str) -> String {
    format!(" the invitation that ends {at}")
}

/// What an import did.
pub fn imported(added: u64, known: u64) -> String {
    let tasks = |count| if count == 1 { "1 task".to_owned() } else { format!("{count} tasks") };
    match known {
        0 => format!("Imported {}", tasks(added)),
        _ => format!(
            "Imported {}. {} already here.",
            tasks(added),
            if known == 1 { "1 was".to_owned() } else { format!("{known} were") }
        ),
    }
}
