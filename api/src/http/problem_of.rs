//! What serde says about a field, put so that a person finds the field.

use crate::error::ApiError;

/// An error of the field at `path`, which may be the parent of the one that `message` speaks of.
pub(super) fn field(path: &str, message: &str) -> ApiError {
    let message = message.rsplit_once(" at line ").map_or(message, |(text, _)| text);
    let parent = path.trim_matches('.');
    if let Some(name) = named(message, "missing field `") {
        return ApiError::field(join(parent, name), "is missing");
    }
    if let Some(name) = named(message, "unknown field `") {
        return ApiError::field(join(parent, name), "is not known here");
    }
    match parent {
        "" | "?" => ApiError::field("body", message),
        path => ApiError::field(path, message),
    }
}

fn named<'a>(message: &'a str, prefix: &str) -> Option<&'a str> {
    message.strip_prefix(prefix)?.split_once('`').map(|(name, _)| name)
}

/// The path may already end with the name that is not known.
fn join(parent: &str, name: &str) -> String {
    match parent {
        "" | "?" => name.to_owned(),
        parent if parent == name || parent.ends_with(&format!(".{name}")) => parent.to_owned(),
        parent => format!("{parent}.{name}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_field_is_named_with_its_path() {
        let cases = [
            (".", "missing field `title` at line 1 column 2", "title", "is missing"),
            ("tasks[0]", "missing field `title` at line 1 column 2", "tasks[0].title", "is missing"),
            ("due.colour", "unknown field `colour`, expected `date`", "due.colour", "is not known here"),
            (
                ".",
                "invalid type: integer `3`, expected struct Task",
                "body",
                "invalid type: integer `3`, expected struct Task",
            ),
            ("title", "the title must not be empty at line 1 column 9", "title", "the title must not be empty"),
        ];
        for (path, message, name, text) in cases {
            let errors = field(path, message).errors;
            assert_eq!((errors[0].field.as_str(), errors[0].message.as_str()), (name, text));
        }
    }
}
