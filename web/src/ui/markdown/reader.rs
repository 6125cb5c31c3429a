//! CommonMark, with GitHub's tables, strikethrough and task lists, as elements. Read by pulldown-cmark, in linear time.

use super::tree::{element, fill, is_safe, link, text};
use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd};
use yew::virtual_dom::{VNode, VTag};

/// Deeper nesting is shown flat.
const MAX_DEPTH: usize = 40;

/// The nodes of a text, of at most about `max` elements and texts; whether something was left out.
pub(super) fn read(source: &str, max: usize) -> (Vec<VNode>, bool) {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
    let mut reader = Reader::default();
    for event in Parser::new_ext(source, options) {
        if reader.count >= max {
            return (reader.finish(), true);
        }
        reader.take(event);
    }
    (reader.finish(), false)
}

enum Kind {
    /// Of this name.
    Element(&'static str),
    /// Numbered from here, or not at all.
    List(Option<u64>),
    Link(String),
    /// What is inside belongs to what is around.
    Flat,
}

struct Open {
    kind: Kind,
    nodes: Vec<VNode>,
}

#[derive(Default)]
struct Reader {
    /// The finished nodes outside of what is open.
    root: Vec<VNode>,
    open: Vec<Open>,
    /// Text that may go on.
    plain: String,
    count: usize,
}

impl Reader {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.begin(tag),
            Event::End(end) => self.end(end),
            Event::Text(words) | Event::Html(words) | Event::InlineHtml(words) => self.plain.push_str(&words),
            Event::Code(words) => self.push(element("code", vec![text(&words)])),
            Event::SoftBreak => self.plain.push('\n'),
            Event::HardBreak => self.push(VTag::new("br").into()),
            Event::Rule => self.push(VTag::new("hr").into()),
            Event::TaskListMarker(done) => self.plain.push_str(if done { "☑ " } else { "☐ " }),
            // Not switched on.
            Event::FootnoteReference(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {}
        }
    }

    fn begin(&mut self, tag: Tag<'_>) {
        self.flush();
        let in_link = self.open.iter().any(|open| matches!(open.kind, Kind::Link(_)));
        let kind = match tag {
            _ if self.open.len() > MAX_DEPTH => Kind::Flat,
            Tag::Paragraph | Tag::HtmlBlock => Kind::Element("p"),
            Tag::Heading { level: HeadingLevel::H1, .. } => Kind::Element("h3"),
            Tag::Heading { level: HeadingLevel::H2, .. } => Kind::Element("h4"),
            Tag::Heading { .. } => Kind::Element("h5"),
            Tag::BlockQuote(_) => Kind::Element("blockquote"),
            Tag::CodeBlock(CodeBlockKind::Fenced(_) | CodeBlockKind::Indented) => Kind::Element("pre"),
            Tag::List(start) => Kind::List(start),
            Tag::Item => Kind::Element("li"),
            Tag::Table(_) => Kind::Element("table"),
            Tag::TableHead | Tag::TableRow => Kind::Element("tr"),
            Tag::TableCell => Kind::Element("td"),
            Tag::Emphasis => Kind::Element("em"),
            Tag::Strong => Kind::Element("strong"),
            Tag::Strikethrough => Kind::Element("del"),
            Tag::Link { link_type: LinkType::Email, dest_url, .. } if !in_link => {
                Kind::Link(format!("mailto:{dest_url}"))
            }
            Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. } if !in_link && is_safe(&dest_url) => {
                Kind::Link(dest_url.into_string())
            }
            _ => Kind::Flat,
        };
        self.open.push(Open { kind, nodes: Vec::new() });
    }

    fn end(&mut self, end: TagEnd) {
        if matches!(end, TagEnd::HtmlBlock) {
            self.plain.truncate(self.plain.trim_end().len());
        }
        self.flush();
        let Some(Open { kind, nodes }) = self.open.pop() else { return };
        match kind {
            Kind::Element(name) => self.push(element(name, nodes)),
            Kind::List(start) => {
                let mut tag = VTag::new(if start.is_some() { "ol" } else { "ul" });
                if let Some(start) = start {
                    tag.add_attribute("start", start.to_string());
                }
                self.push(fill(tag, nodes));
            }
            Kind::Link(address) => {
                if let Some(link) = link(&address, nodes) {
                    self.push(link);
                }
            }
            Kind::Flat => self.nodes().extend(nodes),
        }
    }

    fn push(&mut self, node: VNode) {
        self.flush();
        self.count += 1;
        self.nodes().push(node);
    }

    fn flush(&mut self) {
        if !self.plain.is_empty() {
            let words = std::mem::take(&mut self.plain);
            self.count += 1;
            self.nodes().push(text(&words));
        }
    }

    fn nodes(&mut self) -> &mut Vec<VNode> {
        self.open.last_mut().map_or(&mut self.root, |open| &mut open.nodes)
    }

    /// Closes what is still open.
    fn finish(mut self) -> Vec<VNode> {
        while !self.open.is_empty() {
            self.end(TagEnd::Paragraph);
        }
        self.flush();
        self.root
    }
}
