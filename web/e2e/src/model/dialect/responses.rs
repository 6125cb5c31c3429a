//! Responses: named, numbered events. Shapes as in OpenAI's reference,
//! <https://platform.openai.com/docs/api-reference/responses-streaming>.

use super::super::reply::{Call, Part};
use super::{bytes, halves};
use serde_json::{Value, json};

/// An answer on its way: what was sent so far, since later events repeat it.
#[derive(Default)]
pub(in crate::model) struct Responses {
    sequence: u64,
    output: Vec<Value>,
    /// The text of the message that is open.
    open: Option<String>,
}

impl Responses {
    pub(in crate::model) fn text(&mut self, piece: &str) -> Vec<Part> {
        let mut events = self.begin();
        let (index, id) = (self.output.len(), self.item_id("msg"));
        if self.open.is_none() {
            let item =
                json!({"id": id, "type": "message", "status": "in_progress", "role": "assistant", "content": []});
            events.push(self.event("response.output_item.added", json!({"output_index": index, "item": item})));
            events.push(self.event("response.content_part.added", self.part_of(&id, "")));
        }
        self.open.get_or_insert_default().push_str(piece);
        let delta = json!({"item_id": id, "output_index": index, "content_index": 0, "delta": piece, "logprobs": []});
        events.push(self.event("response.output_text.delta", delta));
        events
    }

    pub(in crate::model) fn call(&mut self, call: &Call) -> Vec<Part> {
        let mut events = self.begin();
        events.extend(self.close());
        let (index, id) = (self.output.len(), self.item_id("fc"));
        let item = |arguments: &str, status: &str| {
            json!({"id": id, "type": "function_call", "status": status, "call_id": format!("call_scripted_{}", call.index),
                "name": call.name, "arguments": arguments})
        };
        let added = json!({"output_index": index, "item": item("", "in_progress")});
        events.push(self.event("response.output_item.added", added));
        let (first, second) = halves(&call.arguments);
        for piece in [first, second] {
            let delta = json!({"item_id": id, "output_index": index, "delta": piece});
            events.push(self.event("response.function_call_arguments.delta", delta));
        }
        let done = json!({"item_id": id, "output_index": index, "name": call.name, "arguments": call.arguments});
        events.push(self.event("response.function_call_arguments.done", done));
        let whole = item(&call.arguments, "completed");
        events.push(self.event("response.output_item.done", json!({"output_index": index, "item": whole})));
        self.output.push(whole);
        events
    }

    pub(in crate::model) fn end(&mut self, finish_reason: &str) -> Vec<Part> {
        let mut events = self.begin();
        events.extend(self.close());
        let (name, status, details) = match finish_reason {
            "length" => ("response.incomplete", "incomplete", json!({"reason": "max_output_tokens"})),
            "content_filter" => ("response.incomplete", "incomplete", json!({"reason": "content_filter"})),
            _ => ("response.completed", "completed", Value::Null),
        };
        let mut response = self.response(status);
        if let Some(fields) = response.as_object_mut() {
            fields.insert("incomplete_details".into(), details);
            fields.insert("usage".into(), usage());
        }
        events.push(self.event(name, json!({"response": response})));
        events
    }

    /// The first two events, if they are still to come.
    fn begin(&mut self) -> Vec<Part> {
        if self.sequence > 0 {
            return Vec::new();
        }
        ["response.created", "response.in_progress"]
            .map(|name| self.event(name, json!({"response": self.response("in_progress")})))
            .into()
    }

    /// Ends the message that is open.
    fn close(&mut self) -> Vec<Part> {
        let (index, id) = (self.output.len(), self.item_id("msg"));
        let Some(text) = self.open.take() else { return Vec::new() };
        let part = json!({"type": "output_text", "annotations": [], "logprobs": [], "text": text});
        let item = json!({"id": id, "type": "message", "status": "completed", "role": "assistant", "content": [part]});
        let done = json!({"item_id": id, "output_index": index, "content_index": 0, "text": text, "logprobs": []});
        let events = vec![
            self.event("response.output_text.done", done),
            self.event("response.content_part.done", self.part_of(&id, &text)),
            self.event("response.output_item.done", json!({"output_index": index, "item": item})),
        ];
        self.output.push(item);
        events
    }

    fn part_of(&self, item_id: &str, text: &str) -> Value {
        let part = json!({"type": "output_text", "annotations": [], "logprobs": [], "text": text});
        json!({"item_id": item_id, "output_index": self.output.len(), "content_index": 0, "part": part})
    }

    fn item_id(&self, kind: &str) -> String {
        format!("{kind}_scripted_{}", self.output.len())
    }

    fn response(&self, status: &str) -> Value {
        json!({"id": "resp_scripted", "object": "response", "created_at": 0, "status": status, "error": null,
            "incomplete_details": null, "model": "scripted", "output": self.output, "store": false, "usage": null})
    }

    fn event(&mut self, name: &str, mut event: Value) -> Part {
        if let Some(fields) = event.as_object_mut() {
            fields.insert("type".into(), name.into());
            fields.insert("sequence_number".into(), self.sequence.into());
        }
        self.sequence += 1;
        bytes(format!("event: {name}\ndata: {event}\n\n").into_bytes())
    }
}

fn usage() -> Value {
    json!({"input_tokens": 100, "input_tokens_details": {"cached_tokens": 0}, "output_tokens": 10,
        "output_tokens_details": {"reasoning_tokens": 0}, "total_tokens": 110})
}

#[cfg(test)]
mod tests {
    use crate::model::{Dialect, Reply};
    use serde_json::{Value, json};

    fn events(reply: Reply) -> Vec<Value> {
        let parts = reply.rendered(Dialect::Responses);
        let bytes: Vec<u8> = parts.into_iter().flat_map(|part| part.bytes().unwrap()).collect();
        let text = String::from_utf8(bytes).unwrap();
        text.lines().filter_map(|line| serde_json::from_str(line.strip_prefix("data: ")?).ok()).collect()
    }

    #[test]
    fn events_are_numbered_and_the_last_one_has_all_that_was_said() {
        let call = json!({"ids": [1]});
        let events = events(Reply::stream().piece("One ").piece("moment.").call(0, "delete_tasks", &call).end("stop"));
        for (number, event) in events.iter().enumerate() {
            assert_eq!(event["sequence_number"], number, "{event}");
        }
        let names: Vec<&str> = events.iter().map(|event| event["type"].as_str().unwrap()).collect();
        assert_eq!((names[0], names[names.len() - 1]), ("response.created", "response.completed"));
        assert_eq!(names.iter().filter(|name| **name == "response.output_text.delta").count(), 2);
        let response = &events[events.len() - 1]["response"];
        assert_eq!(response["output"][0]["content"][0]["text"], "One moment.");
        assert_eq!(response["output"][1]["arguments"], call.to_string());
        assert_eq!(response["usage"]["total_tokens"], 110);
    }

    #[test]
    fn pieces_of_arguments_make_them_whole() {
        let arguments = json!({"tasks": [{"title": "Café für Zoë"}]});
        let events = events(Reply::calls([("add_tasks", arguments.clone())]));
        let pieces = events.iter().filter(|event| event["type"] == "response.function_call_arguments.delta");
        let whole: String = pieces.map(|event| event["delta"].as_str().unwrap()).collect();
        assert_eq!(whole, arguments.to_string());
    }

    #[test]
    fn an_answer_that_is_cut_off_says_so() {
        let events = events(Reply::stream().piece("One").end("length"));
        let last = events.last().unwrap();
        assert_eq!(last["type"], "response.incomplete");
        assert_eq!(last["response"]["incomplete_details"]["reason"], "max_output_tokens");
    }
}
