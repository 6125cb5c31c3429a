//! The calls of a response, put together from all that is said about them.

use crate::openai::answer::RawCall;
use crate::openai::calls::is_json;
use crate::openai::increments::joined;
use crate::openai::reader::{MAX_CALLS, Unreadable};
use serde_json::Value;

#[derive(Clone, Debug, Default)]
struct Parts {
    item_id: Option<String>,
    index: Option<u64>,
    call_id: Option<String>,
    name: String,
    pieces: Vec<String>,
    /// The arguments as a whole, each time that they were told so.
    wholes: Vec<String>,
    /// Whether the whole response told it once more.
    again: bool,
}

/// All calls so far.
#[derive(Clone, Debug, Default)]
pub(super) struct Calls {
    all: Vec<Parts>,
    /// Whether something came in between that may have been a damaged piece of a call.
    doubtful: bool,
    /// Whether the whole response is being read, in which all calls come once more.
    again: bool,
}

impl Calls {
    /// What comes now was told before, if anything was.
    pub(super) fn told_again(&mut self) {
        self.again = !self.all.is_empty();
    }

    /// Something that is not understood came in.
    pub(super) fn doubt(&mut self) {
        self.doubtful |= !self.all.is_empty();
    }

    /// `response.output_item.added`.
    pub(super) fn begin(&mut self, event: &Value, item: &Value) -> Result<(), Unreadable> {
        if item.get("type").and_then(Value::as_str) != Some("function_call") {
            return Ok(());
        }
        let call = self.of(item, event.get("output_index").and_then(Value::as_u64))?;
        call.name(item)
    }

    /// `response.function_call_arguments.delta`.
    pub(super) fn piece(&mut self, event: &Value) -> Result<(), Unreadable> {
        let piece = match event.get("delta") {
            Some(Value::String(piece)) => piece.clone(),
            Some(whole @ Value::Object(_)) => whole.to_string(),
            _ => return Err(Unreadable::Senseless),
        };
        self.of_event(event)?.pieces.push(piece);
        Ok(())
    }

    /// `response.function_call_arguments.done`.
    pub(super) fn whole(&mut self, event: &Value) -> Result<(), Unreadable> {
        let call = self.of_event(event)?;
        call.name(event)?;
        call.wholes.extend(text(event.get("arguments")));
        Ok(())
    }

    /// A whole item.
    pub(super) fn item(&mut self, item: &Value, index: Option<u64>) -> Result<(), Unreadable> {
        let call = self.of(item, index)?;
        call.name(item)?;
        call.wholes.extend(text(item.get("arguments")));
        Ok(())
    }

    /// Refuses calls that the whole response does not know.
    pub(super) fn must_be_among(&self, items: &[Value]) -> Result<(), Unreadable> {
        let calls = items.iter().filter(|item| item.get("type").is_some_and(|kind| kind == "function_call")).count();
        if calls == 0 || calls == self.all.len() { Ok(()) } else { Err(Unreadable::Senseless) }
    }

    /// The calls, if all that was said about them agrees.
    pub(super) fn end(self) -> Result<Vec<RawCall>, Unreadable> {
        let doubtful = self.doubtful;
        self.all.into_iter().map(|call| call.end(doubtful)).collect()
    }

    fn of_event(&mut self, event: &Value) -> Result<&mut Parts, Unreadable> {
        let (item_id, index) = (string(event.get("item_id")), event.get("output_index").and_then(Value::as_u64));
        let by_id = self.all.iter().position(|call| item_id.is_some() && call.item_id == item_id);
        let by_index = || self.all.iter().rposition(|call| index.is_some() && call.index == index);
        let at = by_id.or_else(by_index).or_else(|| self.all.len().checked_sub(1).filter(|_| index.is_none()));
        match at {
            Some(at) => self.all.get_mut(at).ok_or(Unreadable::Senseless),
            None => self.add(Parts { item_id, index, ..Parts::default() }),
        }
    }

    /// The call of an item: by its ids, or by its place if that call is not whole yet.
    fn of(&mut self, item: &Value, index: Option<u64>) -> Result<&mut Parts, Unreadable> {
        let (item_id, call_id) = (string(item.get("id")), string(item.get("call_id")));
        let same = |one: &Option<String>, other: &Option<String>| one.is_some() && one == other;
        let by_id = |call: &Parts| same(&call.call_id, &call_id) || same(&call.item_id, &item_id);
        let unnamed = |call: &Parts| call.call_id.is_none() || call_id.is_none();
        let by_index =
            |call: &Parts| index.is_some() && call.index == index && (call.wholes.is_empty() || unnamed(call));
        // Some servers make new ids for the end; what is called with what is still the same.
        let told = text(item.get("arguments"));
        let name = string(item.get("name"));
        let by_content = |call: &Parts| {
            !call.again && name.as_ref() == Some(&call.name) && told.as_ref().is_some_and(|told| call.says(told))
        };
        let at_place = |call: &Parts| index.is_some() && call.index == index && by_content(call);
        let again = || self.all.iter().position(by_content).filter(|_| self.again);
        let found = self.all.iter().position(by_id).or_else(|| self.all.iter().position(by_index));
        let found = found.or_else(|| self.all.iter().position(at_place)).or_else(again);
        let again = self.again;
        let call = match found {
            Some(at) => self.all.get_mut(at).ok_or(Unreadable::Senseless)?,
            None => self.add(Parts::default())?,
        };
        call.item_id = call.item_id.take().or(item_id);
        call.call_id = call.call_id.take().or(call_id);
        call.index = call.index.or(index);
        call.again |= again;
        Ok(call)
    }

    fn add(&mut self, call: Parts) -> Result<&mut Parts, Unreadable> {
        if self.all.len() >= MAX_CALLS {
            return Err(Unreadable::Senseless);
        }
        self.all.push(call);
        self.all.last_mut().ok_or(Unreadable::Senseless)
    }
}

impl Parts {
    fn name(&mut self, item: &Value) -> Result<(), Unreadable> {
        match string(item.get("name")) {
            Some(name) if self.name.is_empty() => self.name = name,
            Some(name) if self.name != name => return Err(Unreadable::Senseless),
            _ => {}
        }
        Ok(())
    }

    /// Whether these are its arguments, as far as they came.
    fn says(&self, arguments: &str) -> bool {
        match self.wholes.last() {
            Some(whole) => same(whole, arguments),
            None => same(&joined(&self.pieces, is_json), arguments),
        }
    }

    fn end(self, doubtful: bool) -> Result<RawCall, Unreadable> {
        let pieces = joined(&self.pieces, is_json);
        let arguments = match self.wholes.as_slice() {
            [] if doubtful => return Err(Unreadable::Senseless),
            [] => pieces,
            [first, more @ ..] => {
                let agree = more.iter().all(|other| same(other, first));
                let alone = more.is_empty() && !pieces.is_empty();
                if !agree || (alone && !same(&pieces, first)) {
                    return Err(Unreadable::Senseless);
                }
                first.clone()
            }
        };
        Ok(RawCall { id: self.call_id.or(self.item_id), name: self.name, arguments })
    }
}

/// Whether two texts are the same JSON, or just the same.
fn same(one: &str, other: &str) -> bool {
    let read = |text: &str| serde_json::from_str::<Value>(text).ok();
    one == other || read(one).is_some_and(|one| read(other) == Some(one))
}

fn string(value: Option<&Value>) -> Option<String> {
    value.and_then(Value::as_str).filter(|text| !text.is_empty()).map(str::to_owned)
}

/// Arguments as text; some servers send the object itself.
fn text(value: Option<&Value>) -> Option<String> {
    match value? {
        Value::String(text) if text.is_empty() => None,
        Value::String(text) => Some(text.clone()),
        object @ Value::Object(_) => Some(object.to_string()),
        _ => None,
    }
}
