//! Server-sent events, as far as model servers use them: bytes in, the data of events out.
//!
//! Stricter than a browser (WHATWG HTML, 9.2) where leniency could lose a piece of a tool call: a line
//! that is no known field, and bytes that are no UTF-8, are errors. More lenient elsewhere: an event
//! needs no blank line after it at the end of the stream, and bare JSON lines count as data.

use super::calls::is_json;

/// Most bytes of one answer.
pub(super) const MAX_BYTES: usize = 8 * 1024 * 1024;

/// Why a stream cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum SseError {
    #[error("the stream is not UTF-8")]
    Encoding,
    #[error("the stream has a line that is no event")]
    Line,
    #[error("the stream is longer than {MAX_BYTES} bytes")]
    TooLong,
}

/// An event.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Event {
    /// What `event:` said; empty if nothing did.
    pub(super) name: String,
    pub(super) data: String,
}

/// Decodes one stream.
#[derive(Debug, Default)]
pub(super) struct Decoder {
    received: usize,
    /// Bytes of a line that is not complete.
    line: Vec<u8>,
    /// The name and the data of an event that is not complete.
    name: String,
    data: Option<String>,
    /// Whether the last line ended with CR, to which a LF may still belong.
    after_cr: bool,
    begun: bool,
    /// Why nothing more can be read.
    failed: Option<SseError>,
}

impl Decoder {
    /// Takes bytes and gives all events that they complete, up to where the stream cannot be read.
    pub(super) fn push(&mut self, bytes: &[u8]) -> Vec<Event> {
        self.received = self.received.saturating_add(bytes.len());
        if self.received > MAX_BYTES {
            self.failed = Some(SseError::TooLong);
        }
        let mut events = Vec::new();
        for &byte in bytes {
            if self.failed.is_some() {
                break;
            }
            match byte {
                b'\n' if self.after_cr => self.after_cr = false,
                b'\n' | b'\r' => {
                    self.after_cr = byte == b'\r';
                    match self.end_line() {
                        Ok(event) => events.extend(event),
                        Err(error) => self.failed = Some(error),
                    }
                }
                _ => {
                    self.after_cr = false;
                    self.line.push(byte);
                }
            }
        }
        events
    }

    /// Whether the stream could not be read any further.
    pub(super) fn has_failed(&self) -> bool {
        self.failed.is_some()
    }

    /// The last event, if the stream ended without a blank line after it.
    pub(super) fn finish(mut self) -> Result<Vec<Event>, SseError> {
        if let Some(error) = self.failed {
            return Err(error);
        }
        let mut events = Vec::new();
        if !self.line.is_empty() {
            events.extend(self.end_line()?);
        }
        events.extend(self.event());
        Ok(events)
    }

    fn event(&mut self) -> Option<Event> {
        let name = std::mem::take(&mut self.name);
        self.data.take().map(|data| Event { name, data })
    }

    fn end_line(&mut self) -> Result<Option<Event>, SseError> {
        let bytes = std::mem::take(&mut self.line);
        let text = String::from_utf8(bytes).map_err(|_| SseError::Encoding)?;
        let line = if self.begun { text.as_str() } else { text.trim_start_matches('\u{feff}') };
        self.begun = true;
        if line.trim().is_empty() {
            return Ok(self.event());
        }
        if line.starts_with('{') || line.trim() == "[DONE]" {
            // Newline-delimited JSON: each line is whole.
            return Ok(Some(Event { name: String::new(), data: line.to_owned() }));
        }
        let (field, value) = line.split_once(':').unwrap_or((line, ""));
        match field {
            // An error in a field of its own (llama.cpp).
            "error" if value.trim_start().starts_with('{') => {
                Ok(Some(Event { name: "error".into(), data: value.trim().to_owned() }))
            }
            "data" => Ok(self.add_data(value.strip_prefix(' ').unwrap_or(value))),
            // A comment with JSON in it is rather a damaged event.
            "" if line.contains('{') => Err(SseError::Line),
            "event" => {
                let before = if self.data.as_deref().is_some_and(is_whole) { self.event() } else { None };
                value.trim().clone_into(&mut self.name);
                Ok(before)
            }
            "" | "id" | "retry" => Ok(None),
            _ => Err(SseError::Line),
        }
    }

    /// Adds a line of data. A line that follows whole JSON begins an event of its own: some servers
    /// leave out the blank line between events.
    fn add_data(&mut self, value: &str) -> Option<Event> {
        match &mut self.data {
            Some(data) if is_whole(data) => {
                let before = self.event();
                self.data = Some(value.to_owned());
                before
            }
            Some(data) => {
                data.push('\n');
                data.push_str(value);
                None
            }
            None => {
                self.data = Some(value.to_owned());
                None
            }
        }
    }
}

fn is_whole(data: &str) -> bool {
    data == "[DONE]" || is_json(data)
}

#[cfg(test)]
#[path = "../../language/tests/fuzz/a_while.rs"]
mod a_while;

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn decode(chunks: &[&[u8]]) -> Result<Vec<String>, SseError> {
        let mut decoder = Decoder::default();
        let mut events = Vec::new();
        for chunk in chunks {
            events.extend(decoder.push(chunk));
        }
        events.extend(decoder.finish()?);
        Ok(events.into_iter().map(|event| event.data).collect())
    }

    #[test]
    fn an_event_has_its_own_name() {
        for stream in
            ["event: a\ndata: 1\n\ndata: 2\n\nevent: b\ndata: 3\n\n", "event: a\ndata: 1\n\ndata: 2\nevent: b\ndata: 3"]
        {
            let mut decoder = Decoder::default();
            let mut events = decoder.push(stream.as_bytes());
            events.extend(decoder.finish().unwrap());
            let named: Vec<_> = events.iter().map(|e| (e.name.as_str(), e.data.as_str())).collect();
            assert_eq!(named, [("a", "1"), ("", "2"), ("b", "3")]);
        }
    }

    #[test]
    fn every_line_ending_and_way_to_frame_is_read() {
        for stream in [
            "data: {\"a\":1}\n\ndata: [DONE]\n\n",
            "data: {\"a\":1}\r\n\r\ndata: [DONE]\r\n\r\n",
            "data: {\"a\":1}\r\rdata: [DONE]\r\r",
            "data:{\"a\":1}\n\ndata:[DONE]\n\n",
            "\u{feff}: hello\nevent: x\nid: 1\nretry: 5\ndata: {\"a\":1}\n\n: ping\n\ndata: [DONE]",
            "data: {\"a\":1}\ndata: [DONE]\n",
            "{\"a\":1}\ndata: [DONE]\n",
            "data: {\"a\":1}\n\n[DONE]\n\n",
            "\n\ndata: {\ndata: \"a\":1}\n\ndata: [DONE]\n\n",
        ] {
            let events = decode(&[stream.as_bytes()]).unwrap();
            let squeezed: Vec<_> = events.iter().map(|e| e.replace('\n', "")).collect();
            assert_eq!(squeezed, ["{\"a\":1}", "[DONE]"], "{stream:?}");
        }
    }

    #[test]
    fn what_could_hide_a_lost_piece_is_an_error() {
        assert_eq!(decode(&[b"dbta: {}\n\n"]), Err(SseError::Line));
        assert_eq!(decode(&[b":ata: {}\n\n"]), Err(SseError::Line));
        assert_eq!(decode(&[b"data: \xff\n\n"]), Err(SseError::Encoding));
        assert_eq!(decode(&[b"data: caf\xc3"]), Err(SseError::Encoding));
    }

    #[test]
    fn an_endless_line_ends() {
        let mut decoder = Decoder::default();
        let block = vec![b'x'; 1024 * 1024];
        for _ in 0..9 {
            assert!(decoder.push(&block).is_empty());
        }
        assert_eq!(decoder.finish(), Err(SseError::TooLong));
    }

    const STREAMS: &[&str] = &[
        "data: {\"t\":\"caf\u{e9} \u{1f44d}\"}\r\n\r\n",
        "data: [DONE]\n\n",
        "event: error\ndata: {\n",
        "data: \"a\":1}\n",
        ": ping\n\n",
        "id: 1\nretry: 5\n",
        "{\"a\":1}\n",
        "data:\n",
        "\r",
        "\u{feff}",
    ];

    /// `make fuzz` lets it run for longer.
    #[test]
    fn any_stream_is_read_or_refused_in_time_however_it_is_cut() {
        let inputs = (a_while::mixed(STREAMS, 10), proptest::collection::vec(0usize..200, 0..6));
        a_while::for_a_while(inputs, std::time::Duration::from_millis(2), |(text, cuts)| {
            let stream = text.as_bytes();
            let mut cuts: Vec<_> = cuts.iter().map(|cut| (*cut).min(stream.len())).collect();
            cuts.extend([0, stream.len()]);
            cuts.sort_unstable();
            let chunks: Vec<_> = cuts.windows(2).map(|pair| &stream[pair[0]..pair[1]]).collect();
            assert_eq!(decode(&chunks), decode(&[stream]), "cut at {cuts:?}");
        });
    }

    proptest! {
        #[test]
        fn where_the_chunks_are_cut_does_not_matter(cuts in proptest::collection::vec(0usize..60, 0..8)) {
            let stream = "data: {\"t\":\"caf\u{e9} 👍\"}\r\n\r\n: ping\r\n\r\ndata: [DONE]\r\n\r\n".as_bytes();
            let mut cuts: Vec<_> = cuts.into_iter().map(|cut| cut.min(stream.len())).collect();
            cuts.extend([0, stream.len()]);
            cuts.sort_unstable();
            let chunks: Vec<_> = cuts.windows(2).map(|pair| &stream[pair[0]..pair[1]]).collect();
            prop_assert_eq!(decode(&chunks).unwrap(), ["{\"t\":\"caf\u{e9} 👍\"}", "[DONE]"]);
        }
    }
}
