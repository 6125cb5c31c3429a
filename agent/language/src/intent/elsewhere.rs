//! What an assistant does now and in another app, and a list does not: music, lights, timers, rides, messages with
//! their content. Errands of the person are tasks: those with a day of their own, and "text Dad".

use super::add;
use super::clause::Clause;
use super::model::{Intent, Untouched};
use crate::grammar::Phrases;
use crate::token::{Kind, Text};
use crate::{Context, quick};
use std::sync::LazyLock;

/// How a row holds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reach {
    /// Whatever follows.
    Always,
    /// If no day, priority or tag makes it an errand.
    Undated,
    /// If nothing follows.
    Alone,
    /// As [`Reach::Always`]; nothing that could be a task, either.
    Service,
}

static ROWS: LazyLock<Phrases<Reach>> = LazyLock::new(|| {
    use Reach::{Alone, Always, Service, Undated};
    Phrases::new(&[
        (
            "order|book|get|find|buy|cook|make|write|send|draw|bring|fetch|pour|fix|hail|grab|sing|build|generate|drive|take|wake|lend|play|recommend|suggest|reserve|hire me|us",
            Always,
        ),
        ("call|phone|ring me|us [a|an|the]", Always),
        ("text|message|email me|us", Always),
        ("put on [some|a|the|my] music|song|songs|playlist|radio|album|jazz|news|tv|telly|podcast|tunes", Undated),
        ("put [some|a|the|my] music|song|songs|playlist|radio|jazz|news|tv|telly|tunes|lights|heating on", Undated),
        (
            "pause|skip|resume|shuffle|stop|rewind [this|the|that|my] [next] music|song|track|playlist|video|podcast|radio|playback",
            Undated,
        ),
        ("next|previous|last song|track|episode", Alone),
        ("turn|switch|put it|that|this|them|everything on|off|up|down", Undated),
        ("volume|lights|light|heating|music|tv|radio up|down|on|off", Undated),
        ("louder|quieter|mute|unmute|shuffle|pause|play|skip|resume", Alone),
        ("dim|brighten the|my [bedroom|kitchen|living|room|hall] [room] light|lights|lamp|lamps", Undated),
        (
            "lock|unlock|open|close the|my [front|back|garage|car] door|doors|blinds|curtains|garage|window|windows|gate",
            Undated,
        ),
        (
            "set|raise|lower|increase|reduce the|my temperature|thermostat|volume|brightness|heating|ac|oven|mood|screen",
            Undated,
        ),
        (
            "set|change|update|switch my|the|our [slack|teams|zoom|discord|skype|whatsapp|facebook|relationship|online] status|presence",
            Undated,
        ),
        ("set|turn me|myself [to] away|busy|online|offline|available|invisible", Undated),
        ("open the|my [google|web] browser|camera|calculator|calendar|settings|maps|inbox|app", Alone),
        ("close|quit|exit [the|this] app|application|window|tab|program|browser", Alone),
        ("take|snap|shoot a|an|another selfie|photo|picture|screenshot|video|pic|snapshot", Alone),
        ("screenshot|selfie", Alone),
        ("flip|toss|roll a|the|some|two coin|dice|die", Alone),
        ("pick|choose|guess a|any number|card|colour|color", Undated),
        ("navigate|directions", Undated),
        ("take|drive|guide home", Undated),
        ("show the way|route", Undated),
        ("hang up", Alone),
        ("answer|pick the|my [up] phone|call", Alone),
        (
            "read [out] [me] [out] my|the [new|latest|unread] emails|messages|texts|notifications|mails|news|headlines",
            Undated,
        ),
        (
            "read|tell [me|us] [a|the|another] [bedtime] story|joke|news|headlines|weather|time|forecast|fact|score|scores",
            Undated,
        ),
        ("sing|rap|beatbox|dance", Undated),
        ("the|today's|tomorrow's [weather|traffic] forecast|weather|news|headlines|traffic", Always),
        ("weather|forecast|news|headlines|traffic", Always),
        ("flirt|chat with|to me", Undated),
        ("calculate|compute|multiply|divide|subtract|solve|convert {n}", Always),
        ("calculate|compute|multiply|divide|subtract", Always),
        ("square|cube root of", Always),
        ("google", Undated),
        ("search [on] [the] web|online|internet|google|youtube|amazon|wikipedia|ebay", Undated),
        ("look|find out what|who|why|how|the capital|meaning|population|weather|definition", Undated),
        ("look up the [the] capital|meaning|population|weather|definition|score|spelling", Undated),
        (
            "write|compose|draft|generate a|an|some poem|song|story|joke|essay|haiku|rap|limerick|code|function|program|script",
            Undated,
        ),
        ("write|compose|generate poetry|code|lyrics", Undated),
        (
            "order|get|call|book|hail [a|an|some|me|the] [large|small|cheap] pizza|pizzas|taxi|cab|uber|lyft|ride|food|takeaway|takeout|sushi|burger|burgers|coffee|curry|chinese",
            Alone,
        ),
        (
            "order|get|call|book|hail|reserve [a|an|some|me|the] taxi|cab|uber|lyft|ride|takeaway|takeout|deliveroo [from|to|home|for]",
            Undated,
        ),
        ("video call", Undated),
        ("facetime|skype", Undated),
        ("send|say happy|merry|good birthday|christmas|easter|anniversary|luck|night|morning to", Undated),
        ("reply yes|no|ok|okay|sure|that|saying|with", Undated),
        ("read [out] my|the last|latest|new message|text|email", Undated),
        ("read|check my messages|texts|notifications|voicemail|voicemails|inbox", Undated),
        ("set a reminder on|in my|the phone|calendar", Service),
        ("call|ring|phone|dial 911|999|112|the police|ambulance|fire [brigade|department]", Alone),
        (
            "add|put|save|copy this|that|it|them|everything|all to|in|on|into my|the [google|outlook|apple|phone] calendar|phone|contacts",
            Service,
        ),
        (
            "email|send|text|share|print|export|sync|import|download|upload|forward [me|us] [out] [my|the|this|all|these|our] [whole|entire|open|of] [my|the] [todo|to-do|task|open] list|lists|tasks|todos",
            Service,
        ),
        (
            "sync|connect|integrate|link [this|it|my|the] [list|tasks|calendar] [with|to] [my] google|outlook|apple|slack|calendar|gmail|phone|alexa",
            Service,
        ),
        ("log|sign me|us out|in|off|up", Service),
        (
            "switch|change|turn|go|set [it|on|the|off|this] [app] [to|into|theme] [to] dark|light|night mode|theme",
            Service,
        ),
        ("enable|activate|disable|use dark|light|night mode|theme", Service),
        (
            "change|set|make|switch|increase|reduce the|my [background|app's|app] background|theme|font|text|colour|color|colours|colors|wallpaper|layout|language|ringtone|screen",
            Service,
        ),
        ("turn|switch on|off do not|dark|airplane|flight|silent|bluetooth|wifi|dnd [disturb|mode]", Undated),
    ])
});

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
    if text.is_one_of(from, &["translate", "say", "how"]) && has(LANGUAGES, 30) {
        return Some(Reach::Always);
    }
    if text.is_one_of(from, &["open", "launch", "start", "close", "quit", "run", "go"]) && end - from <= 4 {
        return (from + 1..end).any(|i| text.is_one_of(i, APPS)).then_some(Reach::Undated);
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
        text.is_one_of(i, &["saying"]) || tells || that || speaks || greets
    })
}

#[cfg(test)]
mod tests {
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
}
