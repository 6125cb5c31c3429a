//! `docs/configuration.md` against what `--help` shows.

use std::collections::BTreeSet;
use todo_agent::settings::TABLE;

fn is_name(text: &str) -> bool {
    text.len() > 3 && text.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_')
}

#[test]
fn the_page_has_every_setting() {
    let shown = TABLE.lines().filter_map(|line| line.strip_prefix("  ")?.split(' ').next());
    let shown: BTreeSet<&str> = shown.filter(|name| is_name(name)).collect();
    let page = include_str!("../../../docs/configuration.md");
    let section = page.split("\n## ").find(|section| section.starts_with("todo-agent")).unwrap();
    let documented = section.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next());
    assert_eq!(documented.collect::<BTreeSet<_>>(), shown);
    assert!(shown.len() > 15, "{shown:?}");
}
