use super::*;
use jiff::civil::{date, time};

fn kind(saying: &str) -> &'static str {
    let context = Context::new(date(2026, 11, 4), time(10, 0, 0, 0));
    match super::super::read(saying, &context).as_slice() {
        [Intent::Offer(_)] => "offered",
        [Intent::Add(_)] => "added",
        [Intent::Untouched(_)] => "refused",
        other => panic!("{saying}: {other:?}"),
    }
}

#[test]
fn what_another_app_does_now_is_offered() {
    for saying in [
        "play some jazz",
        "could you turn off the lights in the living room?",
        "order us two pizzas for dinner",
        "text Dad that I'll be late",
        "set a timer for ten minutes",
        "set my Slack status to away",
        "translate good morning into Spanish",
        "find a petrol station near me",
        "open Spotify",
    ] {
        assert_eq!(kind(saying), "offered", "{saying}");
    }
}

#[test]
fn errands_of_the_person_are_added() {
    for saying in [
        "play tennis with Tom on Saturday",
        "text Dad",
        "turn off the water before we leave on Friday",
        "order pizza for the party #food",
        "email Bob about the invoice",
        "remind me to text Dad that I'll be late",
        "add set a timer for the turkey",
        "translate the brochure",
        "put play some jazz on my list",
    ] {
        assert_eq!(kind(saying), "added", "{saying}");
    }
}

#[test]
fn what_no_task_could_be_is_refused() {
    for saying in ["email me my tasks", "switch to dark mode", "add this to my calendar"] {
        assert_eq!(kind(saying), "refused", "{saying}");
    }
}
