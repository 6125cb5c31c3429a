use super::dialect::Dialect;
use super::reply::Reply;
use serde_json::Value;
use std::fmt;

/// A request as it came in.
#[derive(Clone, Debug)]
pub struct Received {
    /// The path, such as `/v1/chat/completions`.
    pub path: String,
    /// The query, without its question mark; may be empty.
    pub query: String,
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

    /// The dialect, by the path.
    #[must_use]
    pub fn dialect(&self) -> Dialect {
        if self.path.ends_with("/responses") { Dialect::Responses } else { Dialect::Chat }
    }

    /// The conversation: role (`tool` for a call's result) and words of each message or item, in either dialect.
    #[must_use]
    pub fn conversation(&self) -> Vec<(String, String)> {
        let field = if self.dialect() == Dialect::Responses { "/input" } else { "/messages" };
        self.at(field).as_array().map(|items| items.iter().map(spoken).collect()).unwrap_or_default()
    }

    /// What stands at a JSON pointer (RFC 6901) of the body; `null` if nothing does.
    #[must_use]
    pub fn at(&self, pointer: &str) -> &Value {
        self.body.pointer(pointer).unwrap_or(&Value::Null)
    }
}

/// Role and words of a message of Chat Completions or an item of Responses.
fn spoken(item: &Value) -> (String, String) {
    let text = |name: &str| item.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    match item.get("type").and_then(Value::as_str) {
        Some("function_call_output") => ("tool".into(), text("output")),
        Some("function_call") => ("assistant".into(), text("arguments")),
        _ => {
            let parts = item.get("content").and_then(Value::as_array);
            let words = parts.map(|all| all.iter().filter_map(|part| part.get("text")?.as_str()).collect::<String>());
            (text("role"), words.unwrap_or_else(|| text("content")))
        }
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
    /// Expects a `POST` to a path that ends in `/chat/completions` or `/responses`, and answers it so.
    #[must_use]
    pub fn new(reply: Reply) -> Self {
        Self { checks: Vec::new(), reply }.expect(|received| {
            let known = ["/chat/completions", "/responses"].iter().any(|end| received.path.ends_with(end));
            if known { Ok(()) } else { Err(format!("the path {} is of neither dialect", received.path)) }
        })
    }

    /// Expects a request to exactly this path, and answers it so.
    #[must_use]
    pub fn to(path: &'static str, reply: Reply) -> Self {
        Self { checks: Vec::new(), reply }.expect(move |received| {
            if received.path == path { Ok(()) } else { Err(format!("the path is {}, not {path}", received.path)) }
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

    /// Expects the last message, in either dialect, to be from this role and to contain `part`.
    #[must_use]
    pub fn last_message(self, role: &'static str, part: impl Into<String>) -> Self {
        let part = part.into();
        self.expect(move |received| match received.conversation().last() {
            Some((by, said)) if by == role && said.contains(&part) => Ok(()),
            last => Err(format!("the last message is not from {role} with {part:?} in it: {last:?}")),
        })
    }

    /// Expects `part` in some message of the conversation, in either dialect.
    #[must_use]
    pub fn mentions(self, part: impl Into<String>) -> Self {
        let part = part.into();
        self.expect(move |received| {
            let conversation = received.conversation();
            let found = conversation.iter().any(|(_, said)| said.contains(&part));
            if found { Ok(()) } else { Err(format!("no message has {part:?} in it: {conversation:?}")) }
        })
    }

    /// What is wrong with `received`.
    pub(super) fn complaints(&self, received: &Received) -> Vec<String> {
        self.checks.iter().filter_map(|check| check(received).err()).collect()
    }
}
