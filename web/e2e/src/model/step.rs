use super::reply::Reply;
use serde_json::Value;
use std::fmt;

/// A request as it came in.
#[derive(Clone, Debug)]
pub struct Received {
    /// The path, such as `/v1/chat/completions`.
    pub path: String,
    /// The headers, names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body; `null` if it was no JSON.
    pub body: Value,
    /// Whether the client went away before the answer was complete.
    pub disconnected: bool,
}

impl Received {
    /// The first header of this (lower-case) name.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }

    /// What stands at a JSON pointer (RFC 6901) of the body; `null` if nothing does.
    #[must_use]
    pub fn at(&self, pointer: &str) -> &Value {
        self.body.pointer(pointer).unwrap_or(&Value::Null)
    }
}

type Check = Box<dyn Fn(&Received) -> Result<(), String> + Send + Sync>;

/// One request that the script expects, and the answer to it.
pub struct Step {
    checks: Vec<Check>,
    pub(super) reply: Reply,
}

impl fmt::Debug for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Step").field("checks", &self.checks.len()).field("reply", &self.reply).finish()
    }
}

impl Step {
    /// Expects a `POST` to a path that ends in `/chat/completions`, and answers it so.
    #[must_use]
    pub fn new(reply: Reply) -> Self {
        Self { checks: Vec::new(), reply }.expect(|received| {
            let known = received.path.ends_with("/chat/completions");
            if known { Ok(()) } else { Err(format!("the path is {}, not …/chat/completions", received.path)) }
        })
    }

    /// Adds an expectation: `check` says what is wrong.
    #[must_use]
    pub fn expect(mut self, check: impl Fn(&Received) -> Result<(), String> + Send + Sync + 'static) -> Self {
        self.checks.push(Box::new(check));
        self
    }

    /// Expects exactly `value` at a JSON pointer of the body.
    #[must_use]
    pub fn at(self, pointer: &'static str, value: impl Into<Value>) -> Self {
        let value = value.into();
        self.expect(move |received| match received.body.pointer(pointer) {
            Some(found) if *found == value => Ok(()),
            Some(found) => Err(format!("{pointer} is {found}, not {value}")),
            None => Err(format!("{pointer} is missing; expected {value}")),
        })
    }

    /// Expects `part` within what stands at a JSON pointer: in a text, or in the JSON of anything else.
    #[must_use]
    pub fn contains(self, pointer: &'static str, part: impl Into<String>) -> Self {
        let part = part.into();
        self.expect(move |received| {
            let found = received.at(pointer);
            let text = found.as_str().map_or_else(|| found.to_string(), str::to_owned);
            if text.contains(&part) { Ok(()) } else { Err(format!("{pointer} does not contain {part:?}: {text}")) }
        })
    }

    /// Expects nothing at a JSON pointer of the body.
    #[must_use]
    pub fn absent(self, pointer: &'static str) -> Self {
        self.expect(move |received| match received.body.pointer(pointer) {
            None => Ok(()),
            Some(found) => Err(format!("{pointer} should be absent, but is {found}")),
        })
    }

    /// Expects the last message to be from this role and to contain `part`.
    #[must_use]
    pub fn last_message(self, role: &'static str, part: impl Into<String>) -> Self {
        let part = part.into();
        self.expect(move |received| {
            let last = received.at("/messages").as_array().and_then(|all| all.last()).unwrap_or(&Value::Null);
            let said = last.get("content").and_then(Value::as_str).unwrap_or_default();
            if last.get("role").and_then(Value::as_str) == Some(role) && said.contains(&part) {
                Ok(())
            } else {
                Err(format!("the last message is not from {role} with {part:?} in it: {last}"))
            }
        })
    }

    /// What is wrong with `received`.
    pub(super) fn complaints(&self, received: &Received) -> Vec<String> {
        self.checks.iter().filter_map(|check| check(received).err()).collect()
    }
}
