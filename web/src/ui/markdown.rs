//! Markdown as elements. Raw HTML is shown as text, images as links, and links lead to the web or to mail only.

mod blocks;
mod inline;
mod table;
#[cfg(test)]
mod tests;
mod tree;

use yew::prelude::*;

/// What [`Markdown`] takes.
#[derive(Properties, PartialEq)]
pub struct MarkdownProps {
    /// The text.
    pub text: AttrValue,
}

/// Markdown as elements.
#[component]
pub fn Markdown(props: &MarkdownProps) -> Html {
    html! { <div class="markdown">{ render(&props.text) }</div> }
}

fn render(text: &str) -> Html {
    let lines: Vec<&str> = text.lines().collect();
    blocks::blocks(&lines, 0).into_iter().collect()
}
