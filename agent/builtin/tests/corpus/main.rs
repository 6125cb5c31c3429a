//! Sayings, run through the planner against a list in memory, and compared with what they ought to change.
//! `docs/language.md` tells how to add one.

#![expect(clippy::print_stdout, reason = "the table of groups is what the run is for")]
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test ends at what is wrong")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use todo_builtin::step;
use todo_contract::step::ProposedCall;
use todo_contract::{CallStatus, Locale, Message, StepContext, TimeZoneName, ToolResult};
use todo_corpus::{Expected, Line, List, Outcome, Touched, Wording, read};

/// Groups in which nothing may ever change that was not expected to.
const GUARDED: [&str; 4] = ["negation", "question", "smalltalk", "trap"];
const STEPS_MAX: usize = 8;

struct Verdict {
    group: String,
    saying: String,
    wrong: Option<String>,
    changed_wrongly: bool,
}

fn context() -> StepContext {
    // Wednesday 4 November 2026, 10:00.
    StepContext::new("2026-11-04T10:00:00Z".parse().unwrap(), TimeZoneName::utc(), Locale::default())
}

/// Says `text` and runs the turn to its end; gives the answer and whether it asked for a yes.
fn say(list: &mut List, messages: &mut Vec<Message>, text: &str, approve: bool) -> (String, bool) {
    messages.push(Message::User { text: text.to_owned() });
    let (mut asked, mut touched) = (false, Touched::default());
    for _ in 0..STEPS_MAX {
        let planned = step(&context(), messages);
        messages.push(Message::Assistant { text: planned.text.clone(), calls: planned.calls.clone(), carry: None });
        let [ProposedCall { id, call }] = planned.calls.as_slice() else {
            assert!(!planned.text.is_empty(), "a turn ends with words: {text}");
            return (planned.text, asked);
        };
        call.check().unwrap();
        let asks = touched.asks(list, call);
        asked |= asks;
        let (status, result) =
            if asks && !approve { (CallStatus::Declined, ToolResult::Declined) } else { list.run(call) };
        messages.push(Message::Tool { call_id: id.clone(), status, result });
    }
    panic!("no end after {STEPS_MAX} steps: {text}");
}

fn judge(group: &str, line: &Line, wording: Wording, list: &mut List, messages: &mut Vec<Message>) -> Verdict {
    let before = list.clone();
    let (answer, asked) = say(list, messages, &line.saying, !line.expected.contains(&Expected::AsksNo));
    let verdict = todo_corpus::judge(line, &before, list, Outcome { answer: &answer, asked }, wording);
    Verdict {
        group: group.to_owned(),
        saying: line.saying.clone(),
        wrong: verdict.wrong,
        changed_wrongly: verdict.changed_wrongly,
    }
}

fn run_group(path: &Path, wording: Wording, seed: &List) -> Vec<Verdict> {
    let group = path.file_stem().unwrap().to_str().unwrap();
    let source = fs::read_to_string(path).unwrap();
    let (own, lines) = read(&source).unwrap();
    let seed = if own.is_empty() { seed.clone() } else { List::new(own) };
    let (mut list, mut messages) = (seed.clone(), Vec::new());
    lines
        .iter()
        .map(|line| {
            if !line.goes_on {
                (list, messages) = (seed.clone(), Vec::new());
            }
            judge(group, line, wording, &mut list, &mut messages)
        })
        .collect()
}

/// Groups of a kind, or what one person said of all these kinds (`parent-guarded`).
fn is_guarded(group: &str) -> bool {
    GUARDED.contains(&group) || group.ends_with("-guarded")
}

/// Prints what is wrong in a file from outside, and how much of it is right: `CORPUS=/tmp/new.txt cargo test …`.
fn run_outside(path: &Path, seed: &List) {
    let verdicts = run_group(path, Wording::Lenient, seed);
    for verdict in &verdicts {
        if let Some(wrong) = &verdict.wrong {
            println!("{}{}\n    {wrong}", verdict.saying, if verdict.changed_wrongly { "   (!)" } else { "" });
        }
    }
    let right = verdicts.iter().filter(|v| v.wrong.is_none()).count();
    println!("\n{}: {right} of {} right", path.display(), verdicts.len());
}

#[test]
fn the_corpus_is_understood() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
    let (seed, _) = read(&fs::read_to_string(folder.join("seed.txt")).unwrap()).unwrap();
    let seed = List::new(seed);
    if let Some(outside) = std::env::var_os("CORPUS") {
        return run_outside(Path::new(&outside), &seed);
    }
    let mut files: Vec<_> = fs::read_dir(folder.join("groups")).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let verdicts: Vec<Verdict> = files.iter().flat_map(|path| run_group(path, Wording::Exact, &seed)).collect();
    let mut table: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for verdict in &verdicts {
        let row = table.entry(&verdict.group).or_default();
        row.0 += usize::from(verdict.wrong.is_none());
        row.1 += 1;
        if let Some(wrong) = &verdict.wrong {
            println!("{}: {}\n    {wrong}", verdict.group, verdict.saying);
        }
    }
    println!("\n{:<20} {:>5} {:>5}", "group", "right", "of");
    for (group, (right, all)) in &table {
        println!("{group:<20} {right:>5} {all:>5}");
    }
    let right = verdicts.iter().filter(|v| v.wrong.is_none()).count();
    println!("{:<20} {right:>5} {:>5}", "all", verdicts.len());
    for verdict in verdicts.iter().filter(|v| is_guarded(&v.group)) {
        assert!(!verdict.changed_wrongly, "changed something: {}", verdict.saying);
    }
    assert!(table.len() >= 12, "groups are missing");
    assert!(right * 100 >= verdicts.len() * 97, "under 97 %");
}
