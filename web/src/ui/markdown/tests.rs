use super::render;
use yew::Html;
use yew::virtual_dom::VNode;

/// As HTML, without the attributes of links but their address.
fn html(node: &VNode) -> String {
    match node {
        VNode::VText(text) => text.text.replace('<', "&lt;"),
        VNode::VList(list) => list.iter().map(html).collect(),
        VNode::VTag(tag) => {
            let attributes: String = tag
                .attributes
                .iter()
                .filter(|(name, _)| ["href", "start"].contains(name))
                .map(|(name, value)| format!(" {name}={value}"))
                .collect();
            let children = tag.children().map(html).unwrap_or_default();
            format!("<{0}{attributes}>{children}</{0}>", tag.tag())
        }
        _ => String::new(),
    }
}

fn shown(text: &str) -> String {
    let nodes: Html = render(text);
    html(&nodes)
}

#[test]
fn words_are_styled() {
    for (text, expected) in [
        ("a **b** c", "<p>a <strong>b</strong> c</p>"),
        ("*b* and _c_", "<p><em>b</em> and <em>c</em></p>"),
        ("***b***", "<p><strong><em>b</em></strong></p>"),
        ("**a *b* c**", "<p><strong>a <em>b</em> c</strong></p>"),
        ("*a **b** c*", "<p><em>a <strong>b</strong> c</em></p>"),
        ("~~b~~", "<p><del>b</del></p>"),
        ("`a*b*` ``c`d``", "<p><code>a*b*</code> <code>c`d</code></p>"),
        ("2 * 3 * 4, snake_case_name, a ** b", "<p>2 * 3 * 4, snake_case_name, a ** b</p>"),
        (r"\*not\*", "<p>*not*</p>"),
        ("**open and *open", "<p>**open and *open</p>"),
        ("a  \nb\nc\\\nd", "<p>a<br></br>b\nc<br></br>d</p>"),
    ] {
        assert_eq!(shown(text), expected, "{text}");
    }
}

#[test]
fn blocks_stand_by_themselves() {
    for (text, expected) in [
        ("# A\n## B ##\n#### C\n#d", "<h3>A</h3><h4>B</h4><h5>C</h5><p>#d</p>"),
        ("A\n=\nB\n---\n\n---", "<h3>A</h3><h4>B</h4><hr></hr>"),
        ("one\n\ntwo", "<p>one</p><p>two</p>"),
        ("```rust\nlet *a*;\n\n# b\n```\nc", "<pre>let *a*;\n\n# b\n</pre><p>c</p>"),
        ("> a\n> > b", "<blockquote><p>a</p><blockquote><p>b</p></blockquote></blockquote>"),
        (
            "|a|b|\n|-|:-:|\n|1|x\\|y|\n|2|\nc",
            "<table><tr><td>a</td><td>b</td></tr><tr><td>1</td><td>x|y</td></tr><tr><td>2</td><td></td></tr></table><p>c</p>",
        ),
    ] {
        assert_eq!(shown(text), expected, "{text}");
    }
}

#[test]
fn lists_nest_and_count() {
    for (text, expected) in [
        (
            "Do:\n- a\n- **b**\n  more\n* c",
            "<p>Do:</p><ul><li>a</li><li><strong>b</strong>\nmore</li></ul><ul><li>c</li></ul>",
        ),
        ("3. a\n4. b", "<ol start=3><li>a</li><li>b</li></ol>"),
        ("- a\n  - b\n    - c\n- d", "<ul><li>a<ul><li>b<ul><li>c</li></ul></li></ul></li><li>d</li></ul>"),
        ("1. a\n   - b\n2. c", "<ol start=1><li>a<ul><li>b</li></ul></li><li>c</li></ol>"),
        ("- a\n\n- b\n\nc", "<ul><li><p>a</p></li><li><p>b</p></li></ul><p>c</p>"),
        ("- [ ] a\n- [x] b", "<ul><li>☐ a</li><li>☑ b</li></ul>"),
        ("- a\n  ```\n  b\n  ```", "<ul><li>a<pre>b\n</pre></li></ul>"),
        ("in 1999. Done\n2026. is a year", "<p>in 1999. Done\n2026. is a year</p>"),
    ] {
        assert_eq!(shown(text), expected, "{text}");
    }
}

#[test]
fn links_keep_their_words_and_lead_where_they_may() {
    for (text, expected) in [
        ("[a *b*](https://x.org/(y) \"t\")!", "<p><a href=https://x.org/(y)>a <em>b</em></a>!</p>"),
        ("<https://x.org>", "<p><a href=https://x.org>https://x.org</a></p>"),
        ("[a](javascript:b)", "<p>a</p>"),
        ("[a] (b) [c", "<p>[a] (b) [c</p>"),
        ("![cat](https://x.org/c.png)", "<p><a href=https://x.org/c.png>cat</a></p>"),
    ] {
        assert_eq!(shown(text), expected, "{text}");
    }
}

#[test]
fn raw_html_is_text() {
    assert_eq!(shown("<img src=x onerror=alert(1)>"), "<p>&lt;img src=x onerror=alert(1)></p>");
}

#[test]
fn what_is_nested_or_left_open_without_end_is_read_in_time() {
    for sign in ["*a ", "[", "`a", "> ", "- ", "**", "_", "|-\n", "![a](", "<a"] {
        let text = sign.repeat(4_000);
        assert!(!shown(&text).is_empty(), "{sign}");
    }
}
