//! Words of the frame and of the shared components.

pub const APP: &str = "Todo";
pub const SKIP_TO_CONTENT: &str = "Skip to content";
pub const NOTIFICATIONS: &str = "Notifications";
pub const DISMISS: &str = "Dismiss";
pub const CLOSE: &str = "Close";
pub const CANCEL: &str = "Cancel";
pub const SAVE: &str = "Save";
pub const UNDO: &str = "Undo";
pub const REDO: &str = "Redo";
pub const RETRY: &str = "Try again";
pub const RELOAD: &str = "Reload";
pub const LOADING: &str = "Loading…";
pub const OFFLINE_BANNER: &str = "No connection. Changes cannot be saved until it is back; trying again…";
pub const ERROR_TITLE: &str = "That did not work";
pub const NOT_FOUND_TITLE: &str = "There is no such page";
pub const NOT_FOUND_DETAIL: &str = "The address may have a typo, or the page has moved.";
pub const BACK_TO_LIST: &str = "Back to the list";
pub const NAV: &str = "Main";
pub const LIST: &str = "List";
pub const CHAT: &str = "Chat";
pub const ACTIVITY: &str = "Activity";
pub const SETTINGS: &str = "Settings";
pub const SIGN_OUT: &str = "Sign out";
pub fn account_menu(name: &str) -> String {
    format!("Account of {name}")
}
pub const SHORTCUTS: &str = "Keyboard shortcuts";
pub const VIEWS: &str = "Views";
pub const THEME: &str = "Theme";
pub const THEME_SYSTEM: &str = "As the system";
pub const THEME_LIGHT: &str = "Light";
pub const THEME_DARK: &str = "Dark";

pub const fn theme_switch(dark_now: bool) -> &'static str {
    if dark_now { "Switch to light" } else { "Switch to dark" }
}

pub fn page_title(page: Option<&str>) -> String {
    page.map_or_else(|| APP.to_owned(), |page| format!("{page} · {APP}"))
}

/// With its first letter as a capital. The words here are English: the tables of all Unicode's capitals would weigh
/// more than all of the words.
pub fn capitalised(text: &str) -> String {
    let mut capitalised = text.to_owned();
    if let Some(first) = capitalised.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    capitalised
}
pub const SHOW_MORE: &str = "Show more";
