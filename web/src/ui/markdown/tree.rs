//! Elements.

use yew::virtual_dom::{VList, VNode, VTag};

/// A text.
pub(super) fn text(words: &str) -> VNode {
    VNode::from(words.to_owned())
}

/// An element with children.
pub(super) fn element(name: &'static str, children: Vec<VNode>) -> VNode {
    fill(VTag::new(name), children)
}

/// Gives an element its children.
pub(super) fn fill(mut tag: VTag, children: Vec<VNode>) -> VNode {
    tag.add_child(VNode::from(VList::with_children(children, None)));
    VNode::from(tag)
}

/// A link, if it may lead there.
pub(super) fn link(address: &str, words: Vec<VNode>) -> Option<VNode> {
    if !is_safe(address) {
        return None;
    }
    let mut link = VTag::new("a");
    link.add_attribute("href", address.to_owned());
    link.add_attribute("rel", "noopener noreferrer nofollow");
    link.add_attribute("target", "_blank");
    Some(fill(link, words))
}

/// Whether a link may lead there.
pub(super) fn is_safe(address: &str) -> bool {
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
}
