//! From the parser's events to nodes.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag};
use yew::prelude::*;
use yew::virtual_dom::{VList, VNode, VTag};

/// An element under construction; `None` for what has no element of its own.
struct Open {
    element: Option<VTag>,
    children: Vec<VNode>,
}

/// The nodes of a text.
pub(super) fn render(text: &str) -> Html {
    let mut stack = vec![Open { element: None, children: Vec::new() }];
    for event in
        Parser::new_ext(text, Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TABLES | Options::ENABLE_TASKLISTS)
    {
        match event {
            Event::Start(tag) => stack.push(Open { element: element(&tag), children: Vec::new() }),
            Event::End(_) => close(&mut stack),
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => {
                push(&mut stack, VNode::from(text.to_string()));
            }
            Event::Code(code) | Event::InlineMath(code) | Event::DisplayMath(code) => {
                push(&mut stack, html! { <code>{code.to_string()}</code> });
            }
            Event::SoftBreak => push(&mut stack, VNode::from("\n")),
            Event::HardBreak => push(&mut stack, html! { <br /> }),
            Event::Rule => push(&mut stack, html! { <hr /> }),
            Event::TaskListMarker(done) => push(&mut stack, VNode::from(if done { "☑ " } else { "☐ " })),
            Event::FootnoteReference(name) => push(&mut stack, VNode::from(format!("[{name}]"))),
        }
    }
    while stack.len() > 1 {
        close(&mut stack);
    }
    let roots = stack.pop().map(|open| open.children).unwrap_or_default();
    VNode::from(VList::with_children(roots, None))
}

fn push(stack: &mut [Open], node: VNode) {
    if let Some(top) = stack.last_mut() {
        top.children.push(node);
    }
}

fn close(stack: &mut Vec<Open>) {
    let Some(open) = stack.pop() else { return };
    let children = VList::with_children(open.children, None);
    let node = match open.element {
        Some(mut element) => {
            element.add_child(VNode::from(children));
            VNode::from(element)
        }
        None => VNode::from(children),
    };
    push(stack, node);
}

fn element(tag: &Tag<'_>) -> Option<VTag> {
    let name = match tag {
        Tag::Paragraph => "p",
        Tag::Heading { level, .. } => heading(*level),
        Tag::BlockQuote(_) => "blockquote",
        Tag::CodeBlock(_) => "pre",
        Tag::List(None) => "ul",
        Tag::List(Some(start)) => return Some(ordered(*start)),
        Tag::Item => "li",
        Tag::Table(_) => "table",
        Tag::TableHead | Tag::TableRow => "tr",
        Tag::TableCell => "td",
        Tag::Emphasis => "em",
        Tag::Strong => "strong",
        Tag::Strikethrough => "del",
        Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. } => return link(dest_url),
        _ => return None,
    };
    Some(VTag::new(name))
}

/// Below the headings of the page.
fn heading(level: HeadingLevel) -> &'static str {
    match level {
        HeadingLevel::H1 => "h3",
        HeadingLevel::H2 => "h4",
        _ => "h5",
    }
}

fn ordered(start: u64) -> VTag {
    let mut list = VTag::new("ol");
    list.add_attribute("start", start.to_string());
    list
}

fn link(address: &str) -> Option<VTag> {
    if !is_safe(address) {
        return None;
    }
    let mut link = VTag::new("a");
    link.add_attribute("href", address.to_owned());
    link.add_attribute("rel", "noopener nofollow");
    link.add_attribute("target", "_blank");
    Some(link)
}

/// Whether a link may lead there.
fn is_safe(address: &str) -> bool {
    let scheme = address.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
    scheme.is_some_and(|scheme| ["http", "https", "mailto"].contains(&scheme.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_lead_to_the_web_or_to_mail_only() {
        for good in ["https://example.org", "HTTP://example.org", "mailto:ada@example.org"] {
            assert!(is_safe(good), "{good}");
        }
        for bad in
            ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "/api/me", "file:///etc/passwd", ""]
        {
            assert!(!is_safe(bad), "{bad}");
        }
    }

    fn debug(text: &str) -> String {
        format!("{:?}", render(text))
    }

    #[test]
    fn raw_html_is_text_and_an_image_is_never_loaded() {
        let nodes = debug("<img src=x onerror=alert(1)> ![cat](https://example.org/cat.png)");
        assert!(!nodes.contains("tag: \"img\""), "{nodes}");
        assert!(nodes.contains("<img src=x onerror=alert(1)>"), "{nodes}");
        assert!(nodes.contains("cat"), "{nodes}");
    }
}
