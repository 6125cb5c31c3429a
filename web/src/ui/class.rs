//! The classes of an element.

use yew::AttrValue;

/// Names, with a blank between them; those that are empty are left out.
#[must_use]
pub fn class(names: &[&str]) -> AttrValue {
    let mut all = String::new();
    for name in names.iter().filter(|name| !name.is_empty()) {
        if !all.is_empty() {
            all.push(' ');
        }
        all.push_str(name);
    }
    AttrValue::from(all)
}

/// `name` if `on`, else nothing.
#[must_use]
pub fn when(on: bool, name: &'static str) -> &'static str {
    if on { name } else { "" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_do_not_apply_are_left_out() {
        assert_eq!(class(&["task", when(false, "done"), when(true, "current")]).as_str(), "task current");
        assert_eq!(class(&["", ""]).as_str(), "");
    }
}
