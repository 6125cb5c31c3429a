//! What the keys mean.

/// A key press, apart from the browser.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Press {
    pub(super) key: String,
    /// Ctrl, or Command.
    pub(super) ctrl: bool,
    pub(super) alt: bool,
    pub(super) shift: bool,
}

/// What a key does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Command {
    Search,
    New,
    Next,
    Previous,
    First,
    Last,
    Check,
    Edit,
    Details,
    Select,
    Delete,
    MoveUp,
    MoveDown,
    Undo,
    Redo,
    Help,
    Leave,
}

/// Where the focus is when a key is pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Focus {
    /// In a field in which text is typed.
    Typing,
    /// On a button, a link or another control, which has its own use for Enter and Space.
    Control,
    /// On a row of the list.
    Row,
    /// Elsewhere.
    Elsewhere,
}

/// What a press does with the focus there; `None` leaves it to the browser.
pub(super) fn command(press: &Press, focus: Focus) -> Option<Command> {
    if focus == Focus::Typing {
        return None;
    }
    if press.ctrl {
        return match (press.key.as_str(), press.shift) {
            _ if press.alt => None,
            ("z", false) => Some(Command::Undo),
            ("z" | "Z", true) | ("y", false) => Some(Command::Redo),
            _ => None,
        };
    }
    if press.alt {
        return match press.key.as_str() {
            "ArrowUp" => Some(Command::MoveUp),
            "ArrowDown" => Some(Command::MoveDown),
            _ => None,
        };
    }
    let on_control = focus == Focus::Control;
    match press.key.as_str() {
        "/" => Some(Command::Search),
        "n" => Some(Command::New),
        "j" => Some(Command::Next),
        "k" => Some(Command::Previous),
        "ArrowDown" if focus == Focus::Row => Some(Command::Next),
        "ArrowUp" if focus == Focus::Row => Some(Command::Previous),
        "Home" if focus == Focus::Row => Some(Command::First),
        "End" if focus == Focus::Row => Some(Command::Last),
        "x" => Some(Command::Check),
        " " if focus == Focus::Row => Some(Command::Check),
        "e" => Some(Command::Edit),
        "Enter" if focus == Focus::Row => Some(Command::Edit),
        "d" => Some(Command::Details),
        "s" => Some(Command::Select),
        "Delete" | "Backspace" if focus == Focus::Row => Some(Command::Delete),
        "Delete" if !on_control => Some(Command::Delete),
        "z" => Some(Command::Undo),
        "Z" => Some(Command::Redo),
        "?" => Some(Command::Help),
        "Escape" => Some(Command::Leave),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn press(key: &str) -> Press {
        Press { key: key.to_owned(), ..Press::default() }
    }

    #[test]
    fn no_key_is_a_shortcut_while_typing() {
        for key in ["n", "x", "/", "?", "z", "Enter", "Delete", "Escape"] {
            assert_eq!(command(&press(key), Focus::Typing), None, "{key}");
        }
        assert_eq!(command(&Press { ctrl: true, ..press("z") }, Focus::Typing), None);
    }

    #[test]
    fn enter_and_space_stay_with_the_control_that_has_the_focus() {
        assert_eq!(command(&press("Enter"), Focus::Control), None);
        assert_eq!(command(&press(" "), Focus::Control), None);
        assert_eq!(command(&press(" "), Focus::Row), Some(Command::Check));
    }

    #[test]
    fn the_browsers_own_shortcuts_are_left_alone() {
        assert_eq!(command(&Press { ctrl: true, ..press("n") }, Focus::Row), None);
        assert_eq!(command(&Press { alt: true, ..press("ArrowLeft") }, Focus::Row), None);
        assert_eq!(command(&Press { ctrl: true, ..press("z") }, Focus::Row), Some(Command::Undo));
        let shifted = Press { ctrl: true, shift: true, ..press("Z") };
        assert_eq!(command(&shifted, Focus::Row), Some(Command::Redo));
        assert_eq!(command(&Press { ctrl: true, ..press("y") }, Focus::Row), Some(Command::Redo));
        assert_eq!(command(&Press { alt: true, ..shifted }, Focus::Row), None);
        assert_eq!(command(&Press { alt: true, ..press("ArrowUp") }, Focus::Row), Some(Command::MoveUp));
    }
}
