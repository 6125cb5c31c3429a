//! Markdown as elements. Raw HTML is shown as text, images as links, and links lead to the web or to mail only. Long texts
//! are folded, so that none keeps the page busy.

mod reader;
#[cfg(test)]
mod tests;
mod tree;

use crate::words::common;
use yew::prelude::*;

/// Bytes of a text that are shown at first, and with each further press.
const PART_BYTES: usize = 20_000;
/// Elements and texts that are shown of each part.
const PART_NODES: usize = 2_000;

/// What [`Markdown`] takes.
#[derive(Properties, PartialEq)]
pub struct MarkdownProps {
    /// The text.
    pub text: AttrValue,
}

/// Markdown as elements.
#[component]
pub fn Markdown(props: &MarkdownProps) -> Html {
    let parts = use_state(|| 1_usize);
    let (nodes, folded) = render(&props.text, *parts);
    let more = {
        let parts = parts.clone();
        Callback::from(move |_: MouseEvent| parts.set(*parts + 1))
    };
    html! {
        <div class="markdown">
            { nodes }
            if folded { <button type="button" class="button button-small" onclick={more}>{common::SHOW_MORE}</button> }
        </div>
    }
}

/// The first `parts` of a text; whether there are more.
fn render(text: &str, parts: usize) -> (Html, bool) {
    let begun = beginning(text, PART_BYTES.saturating_mul(parts));
    let (nodes, cut) = reader::read(begun, PART_NODES.saturating_mul(parts));
    (nodes.into_iter().collect(), cut || begun.len() < text.len())
}

/// At most `max` bytes of the text, to the end of a line if there is one in the second half.
fn beginning(text: &str, max: usize) -> &str {
    if text.len() <= max {
        return text;
    }
    let end = (0..=max).rev().find(|end| text.is_char_boundary(*end)).unwrap_or_default();
    let begun = text.get(..end).unwrap_or_default();
    match begun.rfind('\n') {
        Some(line) if line > max / 2 => begun.get(..line).unwrap_or(begun),
        _ => begun,
    }
}
