//! Rules, searches and documents that nobody would write, for a while: `make fuzz`.

#[path = "../../agent/language/tests/fuzz/a_while.rs"]
mod a_while;

use crate::tasks::fuzzed::{followed, searched};
use crate::transfer::fuzzed::imported;
use a_while::{for_a_while, mixed};
use proptest::prelude::*;
use std::time::Duration;

const RULES: &[&str] = &[
    "FREQ=DAILY",
    "FREQ=WEEKLY",
    "FREQ=MONTHLY",
    "FREQ=YEARLY",
    ";INTERVAL=1",
    ";INTERVAL=1000",
    ";COUNT=3",
    ";UNTIL=20271231T235959Z",
    ";BYDAY=MO,TU,WE",
    ";BYDAY=5MO,-1FR",
    ";BYDAY=53SU",
    ";BYMONTHDAY=29,30,31",
    ";BYMONTHDAY=-31",
    ";BYMONTH=2",
    ";BYMONTH=4,6,9,11",
    ";BYYEARDAY=366,-366",
    ";BYSETPOS=8",
    ";BYSETPOS=-1,366",
    ";WKST=SU",
    ";BYDAY=",
    "FREQ=DAILY;INTERVAL=7;BYDAY=TU",
];

/// Parts in any order, most often such that they make a rule.
fn any_rule() -> impl Strategy<Value = String> {
    let parts = prop::sample::subsequence(&RULES[4..20], 0..5).prop_map(|parts| parts.concat());
    let rule = (prop::sample::select(&RULES[..4]), parts).prop_map(|(frequency, parts)| format!("{frequency}{parts}"));
    prop_oneof![4 => rule, 1 => mixed(RULES, 6)]
}

#[test]
fn any_rule_is_followed_or_refused_in_time() {
    let inputs = (any_rule(), 1_i16..=9999, 1_i16..=365, -400_i32..4_000, any::<bool>());
    for_a_while(inputs, Duration::from_millis(3), |(rule, year, day, late, from_completion)| {
        followed(rule, (*year, *day), *late, *from_completion);
    });
}

const WORDS: &[&str] = &[
    "c# ",
    "c++ ",
    ".net ",
    "asp.net",
    "NAS-Backup ",
    "\u{8d2d}\u{7269}\u{6e05}\u{5355}",
    "\u{130}stanbul ",
    "Stra\u{df}e ",
    "\u{1f389}",
    "a ",
    "AND ",
    "NEAR(x y)",
    "\"",
    "*",
    "title:",
    "{title} : ",
    "- [x] ",
    "**b**",
    "\u{e01}\u{e34}",
    "\u{0}",
    "%_",
];

#[test]
fn any_search_is_understood_by_the_index_and_finds_the_text_itself() {
    let index = crate::tasks::fuzzed::index();
    for_a_while(mixed(WORDS, 10), Duration::from_millis(20), |text| searched(&index, text));
}

const DOCUMENTS: &[&str] = &[
    "{\"format\":\"todo-app\",\"version\":1,\"tasks\":[",
    "{\"title\":\"a\",\"due\":{\"date\":\"2027-02-28\"},\"repeat\":{\"rule\":\"FREQ=MONTHLY\"}},",
    "{\"title\":\"b\",\"status\":\"done\",\"completed_at\":\"2027-01-01T00:00:00Z\"}",
    "{\"title\":\"c\",\"tags\":[\"x\",\"X\"],\"position\":\"a0\",\"notes\":\"- [x] d\"}",
    "]}",
    "[[[[[[[[[[[[[[[[[[[[[[[[",
    "\u{feff}",
    "null",
    "\"due\":{\"date\":\"9999-12-31\",\"time\":\"23:59\",\"zone\":\"Etc/GMT+12\"}",
    ",",
];

#[test]
fn any_document_is_read_or_refused() {
    for_a_while(mixed(DOCUMENTS, 8), Duration::from_millis(5), |text| imported(text));
}
