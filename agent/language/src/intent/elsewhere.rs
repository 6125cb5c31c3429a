//! What an assistant does now and in another app, and a list does not: music, lights, timers, rides, messages with
//! their content. Errands of the person are tasks: those with a day of their own, and "text Dad".

mod rows;

use super::add;
use super::clause::Clause;
use super::model::{Intent, Untouched};
use crate::token::{Kind, Text};
use crate::{Context, quick};
use rows::{ROWS, Reach};

/// What the words ask of somebody else: to be offered as a task, or not to be done at all.
pub(super) fn read(text: &Text<'_>, clause: Clause, context: &Context) -> Option<Intent> {
    let guides = text.is_one_of(clause.from + 2, &["through"]);
    if clause.end - clause.from > 30 || guides || on_the_list(text, clause) {
        return None;
    }
    let reach = ROWS.longest(text, clause.from, clause.end, context).and_then(|(stop, reach, _)| match reach {
        Reach::Alone => (stop..clause.end).all(|i| is_aside(text, i)).then_some(Reach::Alone),
        other => Some(other),
    });
    let reach = reach.or_else(|| for_the_asker(text, clause).then_some(Reach::Always));
    let asked = reach.or_else(|| plays(text, clause).then_some(Reach::Undated)).or_else(|| by_nouns(text, clause));
    let reach = asked.or_else(|| dictates(text, clause).then_some(Reach::Always))?;
    let plain = || {
        let said = quick::marks(text, clause.from, clause.end, context);
        said.due.is_none()
            && said.repeat.is_none()
            && said.tags.is_empty()
            && said.priority == todo_contract::Priority::None
    };
    match reach {
        Reach::Service => Some(Intent::Untouched(Untouched::OutOfScope)),
        Reach::Always | Reach::Alone => Some(offered(text, clause)),
        Reach::Undated => plain().then(|| offered(text, clause)),
    }
}

fn offered(text: &Text<'_>, clause: Clause) -> Intent {
    let title = add::capitalised(text.slice(clause.from, clause.end));
    Intent::Offer(Box::new(Intent::Add(vec![crate::Parsed { title, ..crate::Parsed::default() }])))
}

/// Signs, and words that only hurry.
fn is_aside(text: &Text<'_>, at: usize) -> bool {
    text.get(at).is_some_and(|t| t.kind == Kind::Sign)
        || text.is_one_of(at, &["now", "please", "for", "me", "us", "then"])
}

/// "put play some jazz on my list", "make me a reminder": the list is spoken of after all.
fn on_the_list(text: &Text<'_>, clause: Clause) -> bool {
    const MINE: &[&str] = &["task", "todo", "to-do", "reminder", "item"];
    let list = |i: usize| {
        text.is_one_of(i, &["list"]) && text.is_one_of(clause.from, &["put", "add", "get", "stick", "make", "write"])
    };
    (clause.from..clause.end).any(|i| text.is_one_of(i, MINE) || list(i))
}

/// "play some jazz", "play Taylor Swift", but not "play tennis" or "play with the kids".
fn plays(text: &Text<'_>, clause: Clause) -> bool {
    const GAMES: &[&str] = &[
        "with",
        "against",
        "tennis",
        "football",
        "soccer",
        "golf",
        "squash",
        "badminton",
        "padel",
        "paddle",
        "cricket",
        "rugby",
        "hockey",
        "basketball",
        "volleyball",
        "netball",
        "baseball",
        "chess",
        "checkers",
        "cards",
        "poker",
        "bridge",
        "bingo",
        "darts",
        "pool",
        "snooker",
        "bowls",
        "lego",
        "guitar",
        "piano",
        "violin",
        "cello",
        "drums",
        "flute",
        "trumpet",
        "keyboard",
        "ukulele",
        "saxophone",
        "lottery",
        "lotto",
        "game",
        "games",
        "match",
        "minecraft",
        "fifa",
        "scales",
        "catch",
        "ball",
        "board",
        "gig",
        "gigs",
        "scrabble",
        "monopoly",
        "pickleball",
        "table",
        "date",
        "outside",
        "park",
        "role",
        "organ",
        "clarinet",
        "harp",
        "bass",
        "recorder",
        "fetch",
        "zelda",
    ];
    text.is_one_of(clause.from, &["play"])
        && clause.from + 1 < clause.end
        && !(clause.from + 1..clause.end).any(|i| text.is_one_of(i, GAMES))
}

/// "write my essay for me": what is asked of a servant.
fn for_the_asker(text: &Text<'_>, clause: Clause) -> bool {
    const CHORES: &[&str] = &[
        "write", "do", "solve", "finish", "make", "cook", "clean", "call", "pay", "fix", "book", "order", "buy",
        "walk", "feed", "transfer", "send", "wash", "tidy", "mow", "iron", "ring", "phone", "reserve", "find", "pick",
    ];
    let calls = text.is_one_of(clause.from, &["call", "phone", "ring", "text", "email", "message", "dial"]);
    text.is_one_of(clause.from, CHORES)
        && (calls || text.is_one_of(clause.from + 1, &["my", "our", "a", "an", "some", "the", "money", "up"]))
        && (clause.from + 2..text.len().min(clause.end + 3))
            .any(|i| text.is_one_of(i, &["for"]) && text.is_one_of(i + 1, &["me", "us"]))
}

/// A verb and a thing that only another app deals with, wherever in the clause.
fn by_nouns(text: &Text<'_>, clause: Clause) -> Option<Reach> {
    const APPS: &[&str] = &[
        "spotify",
        "youtube",
        "netflix",
        "chrome",
        "safari",
        "firefox",
        "google",
        "maps",
        "gmail",
        "outlook",
        "whatsapp",
        "instagram",
        "facebook",
        "tiktok",
        "twitter",
        "telegram",
        "messenger",
        "zoom",
        "teams",
        "slack",
        "excel",
        "siri",
        "alexa",
        "discord",
        "snapchat",
        "browser",
        "amazon",
        "disney",
        "podcasts",
        "steam",
        "calculator",
        "camera",
        "settings",
        "skype",
        "reddit",
        "pinterest",
        "hulu",
        "waze",
        "uber",
    ];
    const MEALS: &[&str] = &[
        "takeaway",
        "takeout",
        "dominos",
        "pizza",
        "pizzas",
        "curry",
        "sushi",
        "chinese",
        "burger",
        "burgers",
        "kebab",
        "deliveroo",
        "mcdonalds",
        "kfc",
        "food",
        "thai",
        "indian",
    ];
    const TIMERS: &[&str] = &["timer", "timers", "alarm", "alarms", "stopwatch", "countdown"];
    const LANGUAGES: &[&str] = &[
        "french",
        "spanish",
        "german",
        "italian",
        "english",
        "polish",
        "dutch",
        "portuguese",
        "japanese",
        "chinese",
        "russian",
        "swedish",
        "greek",
        "turkish",
        "welsh",
        "latin",
        "arabic",
        "hindi",
        "mandarin",
        "korean",
        "danish",
        "norwegian",
        "finnish",
        "irish",
        "czech",
        "ukrainian",
        "urdu",
        "croatian",
        "romanian",
        "hungarian",
    ];
    let Clause { from, end } = clause;
    let has = |words: &[&str], within: usize| (from + 1..end.min(from + within)).any(|i| text.is_one_of(i, words));
    if text.is_one_of(from, &["set", "start", "cancel", "stop", "snooze", "pause", "reset", "turn", "create", "put"])
        && has(TIMERS, 7)
        || text.is_one_of(from, &["timer", "alarm", "stopwatch"]) && from + 1 < end
    {
        return Some(Reach::Always);
    }
    if text.is_one_of(from, &["translate", "say", "how", "switch"]) && has(LANGUAGES, 30)
        || text.is_one_of(from, &["talk", "speak"]) && text.is_one_of(from + 1, &["to", "in"]) && has(LANGUAGES, 6)
    {
        return Some(Reach::Always);
    }
    if text.is_one_of(from, &["open", "launch", "start", "close", "quit", "run", "go"]) && end - from <= 4 {
        return (from + 1..end).any(|i| text.is_one_of(i, APPS)).then_some(Reach::Undated);
    }
    const MONEY: &[&str] =
        &["quid", "pound", "pounds", "dollars", "euros", "bucks", "£", "$", "€", "usd", "gbp", "eur", "money"];
    if text.is_one_of(from, &["transfer", "wire", "send", "venmo", "paypal"])
        && has(MONEY, 5)
        && (from + 2..end)
            .any(|i| text.is_one_of(i, &["to"]) && !text.is_one_of(i + 1, &["my", "our", "savings", "the"]))
    {
        return Some(Reach::Undated);
    }
    if text.is_one_of(from, &["post", "share", "upload", "tweet"]) && has(APPS, 9) {
        return Some(Reach::Undated);
    }
    let fed = text.is_one_of(from, &["order"]) && has(MEALS, 6);
    if fed && !(from..end).any(|i| text.is_one_of(i, &["for"]) && text.is_one_of(i + 1, &["the", "my", "our"])) {
        return Some(Reach::Undated);
    }
    if text.is_one_of(from, &["turn", "switch"]) && has(&["on", "off", "up", "down"], 9) {
        return Some(Reach::Undated);
    }
    if text.is_one_of(from, &["set", "put", "turn"])
        && text.is_one_of(end - 1, &["degrees", "celsius", "fahrenheit", "percent"])
    {
        return Some(Reach::Undated);
    }
    let near = text.is_one_of(end - 1, &["nearby"])
        || text.is_one_of(end.saturating_sub(2), &["near"]) && text.is_one_of(end - 1, &["me", "here", "us"])
        || has(&["nearest", "closest"], 5);
    (near && text.is_one_of(from, &["find", "get", "show", "search", "locate"])).then_some(Reach::Undated)
}

/// "text Dad that I'll be late", "send an email to Bob saying hi": words for someone else.
fn dictates(text: &Text<'_>, clause: Clause) -> bool {
    const SENDS: &[&str] = &[
        "text", "message", "email", "mail", "send", "tell", "ring", "call", "phone", "whatsapp", "write", "ping", "dm",
        "reply", "respond", "post", "tweet", "let", "inform", "notify", "answer", "msg", "share",
    ];
    const SPEAKERS: &[&str] = &[
        "i", "i'm", "im", "i'll", "ill", "i've", "ive", "we", "we're", "we'll", "we've", "it's", "he's", "she's",
        "they're", "you're",
    ];
    const ABOUT: &[&str] = &[
        "about",
        "for",
        "re",
        "regarding",
        "when",
        "if",
        "before",
        "after",
        "where",
        "what",
        "how",
        "why",
        "who",
        "the",
        "a",
        "an",
        "all",
        "and",
        "once",
        "as",
        "unless",
        "until",
        "with",
        "on",
        "whether",
        "which",
        "photos",
        "everything",
        "because",
        "so",
        ",",
    ];
    let Clause { from, end } = clause;
    if !text.is_one_of(from, SENDS) {
        return false;
    }
    (from + 1..end).any(|i| {
        let tells = text.is_one_of(i, &["tell", "say", "let"])
            && text.is_one_of(i - 1, &["and", ","])
            && (i + 1..end.min(i + 4)).any(|j| text.is_one_of(j, SPEAKERS) || text.is_one_of(j, &["that", "know"]));
        let that = text.is_one_of(i, &["that"]) && i > from + 1 && i + 2 < end && !text.is_one_of(i - 1, ABOUT);
        let speaks = i > from + 1
            && i <= from + 6
            && text.is_one_of(i, SPEAKERS)
            && !(from + 1..i).any(|j| text.is_one_of(j, ABOUT));
        // "tell Mum dinner's ready"
        let states = i == from + 2
            && text.word(i).ends_with("'s")
            && i + 1 < end
            && text.is_one_of(from, &["tell", "text", "message", "whatsapp", "dm", "ping"])
            && !text.is_one_of(from + 1, &["me", "us", "to"]);
        let greets = i > from + 1
            && i <= from + 4
            && (text.is_one_of(i, &["hi", "hello", "sorry", "thanks", "congrats", "congratulations", "cheers"])
                || text.is_one_of(i, &["happy", "merry", "good"])
                    && text.is_one_of(
                        i + 1,
                        &["birthday", "christmas", "easter", "luck", "night", "morning", "anniversary"],
                    ))
            && !(from + 1..i).any(|j| text.is_one_of(j, ABOUT))
            && !text.is_one_of(end - 1, &["card", "cards", "present", "cake", "note", "letter", "message"]);
        // "text Ben "running late""
        let quotes = i > from + 1
            && text.get(i).is_some_and(|t| t.literal)
            && text.is_one_of(from, &["text", "message", "email", "whatsapp", "dm", "tell", "reply"]);
        quotes || text.is_one_of(i, &["saying"]) || tells || that || speaks || states || greets
    })
}

#[cfg(test)]
mod tests;
