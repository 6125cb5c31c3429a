//! `docs/configuration.md` against the program.

use clap::{CommandFactory, Parser};
use todo_gateway::Settings;

#[derive(Parser)]
struct Arguments {
    #[command(flatten)]
    settings: Settings,
}

/// The rows of the gateway's table: name and default.
fn documented() -> Vec<(String, String)> {
    let page = include_str!("../../../../docs/configuration.md");
    let section = page.split("\n## ").find(|section| section.starts_with("todo-gateway")).unwrap();
    let rows = section.lines().filter(|line| line.starts_with("| `"));
    rows.map(|row| {
        let mut cells = row.split('|').skip(1).map(|cell| cell.replace('`', "").trim().to_owned());
        (cells.next().unwrap(), cells.next().unwrap())
    })
    .collect()
}

#[test]
fn the_page_has_every_setting_with_its_default() {
    let command = Arguments::command();
    let mut actual: Vec<(String, String)> = command
        .get_arguments()
        .filter_map(|argument| {
            let default = argument.get_default_values().first().map(|value| value.to_str().unwrap().to_owned());
            Some((argument.get_env()?.to_str().unwrap().to_owned(), default.unwrap_or_default()))
        })
        .collect();
    let mut documented = documented();
    actual.sort();
    documented.sort();
    assert_eq!(documented, actual);
}
