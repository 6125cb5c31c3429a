//! Bounded text: each type's constructor holds its rule and its message.

use crate::limits::{EMAIL_MAX, NAME_MAX, NOTES_MAX, PASSWORD_MAX, PASSWORD_MIN, TITLE_MAX};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Why a text was refused; the message is fit for a person and names the bound.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct InvalidText(pub String);

/// Implements what every bounded text has in common; `$check` takes and gives a `String`.
macro_rules! bounded_text {
    ($name:ident, $min:expr, $max:expr, $check:expr, $doc:literal) => {
        #[doc = $doc]
        #[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        #[cfg(feature = "openapi")]
        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
                utoipa::openapi::schema::ObjectBuilder::new()
                    .schema_type(utoipa::openapi::schema::Type::String)
                    .min_length(Some($min))
                    .max_length(Some($max))
                    .description(Some($doc))
                    .into()
            }
        }

        #[cfg(feature = "openapi")]
        impl utoipa::ToSchema for $name {}

        #[cfg(feature = "tool-schema")]
        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }
            fn inline_schema() -> bool {
                true
            }
            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({ "type": "string" })
            }
        }

        impl $name {
            /// Checks and normalises `text`.
            ///
            /// # Errors
            /// A sentence that names the bound that `text` breaks.
            pub fn new(text: impl Into<String>) -> Result<Self, InvalidText> {
                let check: fn(String) -> Result<String, InvalidText> = $check;
                check(text.into()).map(Self)
            }

            /// The text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = InvalidText;
            fn try_from(text: String) -> Result<Self, InvalidText> {
                Self::new(text)
            }
        }

        impl From<$name> for String {
            fn from(value: $name) -> String {
                value.0
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }
    };
}
pub(crate) use bounded_text;

/// Implements `Debug` and `Display` for a text that is no secret.
macro_rules! shown_text {
    ($($name:ident),*) => {$(
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Debug::fmt(self.as_str(), f)
            }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }
    )*};
}
pub(crate) use shown_text;

pub(crate) fn within(what: &str, text: &str, min: usize, max: usize) -> Result<(), InvalidText> {
    let length = text.chars().count();
    if length < min && min == 1 {
        return Err(InvalidText(format!("{what} must not be empty")));
    }
    if length < min || length > max {
        let bound = if min == 0 { format!("at most {max}") } else { format!("{min} to {max}") };
        return Err(InvalidText(format!("{what} must have {bound} characters; this has {length}")));
    }
    Ok(())
}

/// One line: runs of white space become one blank, ends are trimmed, control characters refused.
pub(crate) fn one_line(what: &str, text: &str) -> Result<String, InvalidText> {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().any(char::is_control) {
        return Err(InvalidText(format!("{what} must not contain control characters")));
    }
    Ok(line)
}

fn title(text: String) -> Result<String, InvalidText> {
    let line = one_line("the title", &text)?;
    within("the title", &line, 1, TITLE_MAX)?;
    Ok(line)
}

fn notes(text: String) -> Result<String, InvalidText> {
    within("the notes", &text, 0, NOTES_MAX)?;
    if text.contains('\0') {
        return Err(InvalidText("the notes must not contain a NUL character".into()));
    }
    Ok(text)
}

fn person_name(text: String) -> Result<String, InvalidText> {
    let line = one_line("the name", &text)?;
    within("the name", &line, 1, NAME_MAX)?;
    Ok(line)
}

fn password(text: String) -> Result<String, InvalidText> {
    within("the password", &text, PASSWORD_MIN, PASSWORD_MAX)?;
    Ok(text)
}

/// Not RFC 5322 in full: what every mail system accepts, in lower case.
fn email(text: String) -> Result<String, InvalidText> {
    let address = text.trim().to_lowercase();
    within("the email address", &address, 1, EMAIL_MAX)?;
    let (local, domain) = address.split_once('@').ok_or_else(|| InvalidText("the email address needs an @".into()))?;
    let bad = |c: char| c.is_whitespace() || c.is_control() || "@,;<>()[]\\\"".contains(c);
    if local.is_empty()
        || local.chars().count() > 64
        || domain.is_empty()
        || local.contains(bad)
        || domain.contains(bad)
        || domain.split('.').any(str::is_empty)
    {
        return Err(InvalidText("this is not an email address; an example: ada@example.org".into()));
    }
    Ok(address)
}

bounded_text!(Title, 1, 500, title, "A task's title: one line of 1 to 500 characters.");
bounded_text!(Notes, 0, 10_000, notes, "A task's notes: Markdown of at most 10 000 characters.");
bounded_text!(PersonName, 1, 100, person_name, "A name of a person or a token: one line of 1 to 100 characters.");
bounded_text!(Password, 8, 256, password, "A password: 8 to 256 characters, of any kind. Never shown by `Debug`.");
bounded_text!(Email, 3, 254, email, "An email address, in lower case, of at most 254 characters (RFC 5321).");
shown_text!(Title, Notes, PersonName, Email);

#[expect(clippy::derivable_impls, reason = "derived for every text it would allow an empty title")]
impl Default for Notes {
    fn default() -> Self {
        Self(String::new())
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_one_trimmed_line() {
        assert_eq!(Title::new("  buy\n milk ").unwrap().as_str(), "buy milk");
        assert_eq!(Title::new(" ").unwrap_err().0, "the title must not be empty");
        assert!(Title::new("x".repeat(501)).unwrap_err().0.contains("1 to 500"));
        assert!(Title::new("a\u{7}b").is_err());
    }

    #[test]
    fn an_email_is_lowered_and_checked() {
        assert_eq!(Email::new(" Ada@Example.ORG ").unwrap().as_str(), "ada@example.org");
        for bad in ["", "a", "a@", "@b", "a@b@c", "a b@c.d", "a@b..c"] {
            assert!(Email::new(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_password_does_not_show_in_debug() {
        assert_eq!(format!("{:?}", Password::new("correct horse").unwrap()), "Password(…)");
    }
}
