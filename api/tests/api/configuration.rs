//! `docs/configuration.md` against the program.

use clap::{CommandFactory, Parser};
use todo_api::config::Settings;

#[derive(Parser)]
struct Arguments {
    #[command(flatten)]
    settings: Settings,
}

/// The rows of the api's table: name and default, without marks.
fn documented() -> Vec<(String, String)> {
    let page = include_str!("../../../docs/configuration.md");
    let section = page.split("\n## ").find(|section| section.starts_with("todo-api")).unwrap();
    let rows = section.lines().filter(|line| line.starts_with("| `"));
    let cell = |text: &str| text.replace(['`', '*', '\\'], "").trim().to_owned();
    rows.map(|row| {
        let cells: Vec<&str> = row.split('|').collect();
        (cell(cells[1]), cell(cells[2]))
    })
    .collect()
}

#[test]
fn the_page_has_every_setting_with_its_default() {
    let command = Arguments::command();
    let mut actual: Vec<(String, String)> = command
        .get_arguments()
        .filter_map(|argument| {
            let name = argument.get_env()?.to_str().unwrap().to_owned();
            let default = argument.get_default_values().first().map(|value| value.to_str().unwrap().to_owned());
            let required = (name == "JWT_SECRET").then(|| "required".to_owned());
            Some((name, default.or(required).unwrap_or_default()))
        })
        .collect();
    let mut documented = documented();
    actual.sort();
    documented.sort();
    assert_eq!(documented, actual);
}
