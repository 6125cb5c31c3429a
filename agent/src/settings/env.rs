use secrecy::SecretString;
use std::ops::RangeInclusive;
use std::str::FromStr;
use std::time::Duration;

/// A setting that is missing or wrong: its name, what is wrong, an example. Never a secret's value.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{name} {problem}; example: {name}={example}")]
pub struct SettingError {
    name: &'static str,
    problem: String,
    example: String,
}

impl SettingError {
    pub(super) fn new(name: &'static str, problem: impl Into<String>, example: impl Into<String>) -> Self {
        Self { name, problem: problem.into(), example: example.into() }
    }
}

/// Reads variables; an empty one counts as not set.
pub(super) struct Env<'a> {
    lookup: &'a dyn Fn(&str) -> Option<String>,
}

impl<'a> Env<'a> {
    pub(super) fn new(lookup: &'a dyn Fn(&str) -> Option<String>) -> Self {
        Self { lookup }
    }

    pub(super) fn text(&self, name: &str) -> Option<String> {
        (self.lookup)(name).map(|value| value.trim().to_owned()).filter(|value| !value.is_empty())
    }

    pub(super) fn parsed_if_set<T: FromStr>(
        &self,
        name: &'static str,
        what: &str,
        example: &str,
    ) -> Result<Option<T>, SettingError> {
        self.text(name)
            .map(|text| {
                text.parse().map_err(|_| SettingError::new(name, format!("must be {what}, not {text:?}"), example))
            })
            .transpose()
    }

    /// The parsed value; `default` serves as the example too.
    pub(super) fn parsed<T: FromStr>(&self, name: &'static str, what: &str, default: &str) -> Result<T, SettingError> {
        if let Some(value) = self.parsed_if_set(name, what, default)? {
            return Ok(value);
        }
        default.parse().map_err(|_| SettingError::new(name, "has a wrong default", default))
    }

    pub(super) fn in_range<T>(
        &self,
        name: &'static str,
        range: RangeInclusive<T>,
        default: T,
    ) -> Result<T, SettingError>
    where
        T: FromStr + PartialOrd + std::fmt::Display,
    {
        let Some(text) = self.text(name) else { return Ok(default) };
        text.parse().ok().filter(|value| range.contains(value)).ok_or_else(|| {
            let problem = format!("must be a number from {} to {}, not {text:?}", range.start(), range.end());
            SettingError::new(name, problem, default.to_string())
        })
    }

    /// A length of time in seconds, above zero and up to `max`; fractions are fine.
    pub(super) fn seconds(&self, name: &'static str, default: f64, max: f64) -> Result<Duration, SettingError> {
        let Some(text) = self.text(name) else { return Ok(Duration::from_secs_f64(default)) };
        seconds(&text).filter(|s| *s > 0.0 && *s <= max).map(Duration::from_secs_f64).ok_or_else(|| {
            let problem = format!("must be a time above 0 and at most {max}s, such as 20s, 2m or 500ms, not {text:?}");
            SettingError::new(name, problem, format!("{default}s"))
        })
    }

    /// A length of time in seconds from zero, which it is if not set, up to `max`.
    pub(super) fn delay(&self, name: &'static str, max: f64) -> Result<Duration, SettingError> {
        let Some(text) = self.text(name) else { return Ok(Duration::ZERO) };
        seconds(&text).filter(|s| (0.0..=max).contains(s)).map(Duration::from_secs_f64).ok_or_else(|| {
            let problem = format!("must be a time from 0 to {max}s, such as 5s or 500ms, not {text:?}");
            SettingError::new(name, problem, "5s")
        })
    }

    /// One of `words`, of which the first is the default.
    pub(super) fn one_of(
        &self,
        name: &'static str,
        words: &'static [&'static str],
    ) -> Result<&'static str, SettingError> {
        let default = words.first().copied().unwrap_or_default();
        let Some(text) = self.text(name) else { return Ok(default) };
        words.iter().copied().find(|word| text.eq_ignore_ascii_case(word)).ok_or_else(|| {
            SettingError::new(name, format!("must be one of {}, not {text:?}", words.join(", ")), default)
        })
    }

    /// The value of `NAME`, or the contents of the file that `NAME_FILE` names; an empty file counts as not set,
    /// so that one can be mounted before there is a secret.
    pub(super) fn secret(&self, name: &'static str, example: &str) -> Result<Option<SecretString>, SettingError> {
        let file = self.text(&format!("{name}_FILE"));
        let text = match (self.text(name), file) {
            (Some(_), Some(_)) => {
                let problem = format!("is set twice: as {name} and as {name}_FILE; keep one");
                return Err(SettingError::new(name, problem, example));
            }
            (Some(text), None) => text,
            (None, Some(path)) => {
                let text = std::fs::read_to_string(&path).map_err(|error| {
                    SettingError::new(name, format!("cannot be read from {path} ({name}_FILE): {error}"), example)
                })?;
                match text.trim() {
                    "" => return Ok(None),
                    text => text.to_owned(),
                }
            }
            (None, None) => return Ok(None),
        };
        if text.is_empty() || !text.bytes().all(|b| b.is_ascii_graphic()) {
            let problem = "must be visible ASCII characters without blanks, as it is sent in a header";
            return Err(SettingError::new(name, problem, example));
        }
        Ok(Some(text.into()))
    }
}

/// Seconds from `500ms`, `20s`, `2m`, or a bare number.
fn seconds(text: &str) -> Option<f64> {
    let units = [("ms", 0.001), ("s", 1.0), ("m", 60.0), ("", 1.0)];
    let (number, factor) = units.into_iter().find_map(|(unit, factor)| Some((text.strip_suffix(unit)?, factor)))?;
    Some(number.trim().parse::<f64>().ok()? * factor)
}

#[cfg(test)]
mod tests {
    use super::*;
    use secrecy::ExposeSecret;

    fn env_of<'a>(pairs: &'a [(&'a str, &'a str)]) -> impl Fn(&str) -> Option<String> + 'a {
        move |name| pairs.iter().find(|(n, _)| *n == name).map(|(_, v)| (*v).to_owned())
    }

    #[test]
    fn a_secret_may_come_from_a_file_but_not_twice() {
        let path = std::env::temp_dir().join(format!("todo-agent-secret-{}", std::process::id()));
        std::fs::write(&path, "from-a-file\n").unwrap();
        let path = path.to_str().unwrap();
        let pairs = [("KEY_FILE", path)];
        let lookup = env_of(&pairs);
        let secret = Env::new(&lookup).secret("KEY", "x").unwrap().unwrap();
        assert_eq!(secret.expose_secret(), "from-a-file");
        let pairs = [("KEY_FILE", path), ("KEY", "direct")];
        let lookup = env_of(&pairs);
        assert!(Env::new(&lookup).secret("KEY", "x").unwrap_err().to_string().contains("set twice"));
        std::fs::write(path, "\n").unwrap();
        let pairs = [("KEY_FILE", path)];
        let lookup = env_of(&pairs);
        assert!(Env::new(&lookup).secret("KEY", "x").unwrap().is_none(), "an empty file counts as not set");
        std::fs::remove_file(path).unwrap();
        let pairs = [("KEY_FILE", path)];
        let lookup = env_of(&pairs);
        assert!(Env::new(&lookup).secret("KEY", "x").unwrap_err().to_string().contains("cannot be read"));
    }

    #[test]
    fn an_empty_variable_counts_as_not_set() {
        let pairs = [("N", " ")];
        let lookup = env_of(&pairs);
        assert_eq!(Env::new(&lookup).in_range("N", 1..=9, 3).unwrap(), 3);
    }

    #[test]
    fn times_have_a_unit_or_are_seconds_but_never_zero() {
        assert_eq!(
            ["250ms", "20s", "2m", "1.5", "2 s"].map(seconds),
            [Some(0.25), Some(20.0), Some(120.0), Some(1.5), Some(2.0)]
        );
        let pairs = [("T", "0.25"), ("Z", "0"), ("I", "inf")];
        let lookup = env_of(&pairs);
        let env = Env::new(&lookup);
        assert_eq!(env.seconds("T", 1.0, 60.0).unwrap(), Duration::from_millis(250));
        assert!(env.seconds("Z", 1.0, 60.0).is_err() && env.seconds("I", 1.0, 60.0).is_err());
    }
}
