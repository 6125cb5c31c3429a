//! What looks like a date and is none: names, and the company that words keep.

use crate::grammar::words;
use crate::token::{Kind, Text};

/// Titles and names with dates in them. To protect another, add a row.
const NAMES: &[&[&str]] = &[
    &["monday", "night", "football"],
    &["sunday", "night", "football"],
    &["thursday", "night", "football"],
    &["monday", "night", "raw"],
    &["saturday", "night", "live"],
    &["saturday", "night", "fever"],
    &["friday", "night", "lights"],
    &["friday", "night", "dinner"],
    &["friday", "the", "13", "th"],
    &["friday", "the", "thirteenth"],
    &["black", "friday"],
    &["good", "friday"],
    &["freaky", "friday"],
    &["casual", "friday"],
    &["cyber", "monday"],
    &["easter", "monday"],
    &["easter", "sunday"],
    &["palm", "sunday"],
    &["ash", "wednesday"],
    &["shrove", "tuesday"],
    &["fat", "tuesday"],
    &["taco", "tuesday"],
    &["giving", "tuesday"],
    &["ruby", "tuesday"],
    &["super", "sunday"],
    &["bloody", "sunday"],
    &["sunday", "times"],
    &["sunday", "roast"],
    &["sunday", "school"],
    &["wednesday", "addams"],
    &["usa", "today"],
    &["psychology", "today"],
    &["the", "day", "after", "tomorrow"],
    &["tomorrow", "never", "dies"],
    &["tomorrow", "land"],
    &["edge", "of", "tomorrow"],
    &["tomorrow", "x"],
    &["yesterday", "by", "the", "beatles"],
    &["24", "/", "7"],
    &["9", "/", "11"],
    &["50", "/", "50"],
    &["christmas", "carol"],
    &["tonight", "show"],
    &["today", "show"],
    &["manic", "monday"],
    &["blue", "monday"],
    &["stormy", "monday"],
    &["4", "th", "of", "july", "party"],
    &["may", "day"],
    &["fourth", "of", "july"],
];

/// Whether the words from `start` to `stop` are part of a name.
pub(crate) fn covers(text: &Text<'_>, start: usize, stop: usize, end: usize) -> bool {
    let first = start.saturating_sub(3);
    (first..stop).any(|at| {
        NAMES.iter().any(|name| {
            let last = at + name.len();
            last <= end && last > start && name.iter().enumerate().all(|(i, word)| text.word(at + i) == *word)
        })
    })
}

/// Words after which a new part of a sentence begins.
const BOUNDARIES: &[&str] = &[
    "at", "on", "by", "before", "after", "with", "about", "for", "from", "to", "in", "and", "then", "but", "or", "until", "till",
    "every", "each", "please", "so", "because", "if", "as", "is", "are", "due", "tagged", "tag", "high", "low",
    "medium", "top", "urgent", "urgently", "asap", "important", "repeat", "repeating", "instead", "too", "also", "of",
    "regarding", "re", "via", "w", "starting", "thanks",
];

pub(crate) fn boundary(text: &Text<'_>, at: usize) -> bool {
    text.is_one_of(at, BOUNDARIES) || text.get(at).is_some_and(|t| t.kind == Kind::Word && super::mark::is_mark_word(&t.text))
}

/// Words that make the next one part of a noun: "the Monday meeting", "every sun".
const OWNERS: &[&str] = &[
    "the", "a", "an", "my", "our", "your", "his", "her", "their", "its", "was", "is", "called", "named", "of",
    "titled", "watch", "read", "listen", "that", "happy", "good", "for",
];

pub(crate) fn leads_a_noun(text: &Text<'_>, at: usize) -> bool {
    text.is_one_of(at, OWNERS)
}

/// Verbs that to-dos begin with.
const VERBS: &[&str] = &[
    "apply", "arrange", "ask", "assemble", "attend", "back", "backup", "bake", "bathe", "begin", "book", "borrow", "bring", "brush", "build",
    "buy", "call", "cancel", "charge", "check", "clean", "collect", "compare", "confirm", "contact", "cook", "copy",
    "cut", "deliver", "deposit", "discuss", "do", "donate", "download", "draft", "draw", "drink", "drive", "drop", "dust", "eat", "email",
    "empty", "exercise", "feed", "fetch", "file", "fill", "find", "fix", "fold", "follow", "frame", "get", "give", "go", "grab", "greet",
    "grade", "hang", "have", "help", "hire", "hoover", "install", "invite", "invoice", "iron", "join", "learn", "leave", "look",
    "mail", "measure", "meditate", "meet", "mend", "message", "mop", "mow", "notify", "order", "organise", "organize", "pack",
    "paint", "pay", "phone", "pick", "plan", "plant", "play", "polish", "post", "practice", "practise", "prep", "prepare", "print",
    "publish", "purchase", "put", "read", "rebook", "record", "recycle", "refill", "register", "renew", "rent", "repair", "replace", "reply",
    "repot", "request", "research", "reserve", "respond", "return", "review", "ring", "rsvp", "run", "save", "scan", "schedule", "sell", "send",
    "service", "set", "sew", "sharpen", "ship", "shop", "sign", "sort", "speak", "start", "study", "submit", "subscribe", "sweep", "swim",
    "take", "talk", "teach", "test", "text", "throw", "tidy", "top", "train", "transfer", "travel", "trim", "try", "turn",
    "unpack", "unsubscribe", "update", "upgrade", "upload", "vacuum", "verify", "visit", "vote", "walk", "wash", "watch", "water", "weed", "withdraw",
    "work", "wrap", "write",
];

pub(crate) fn is_task_verb(text: &Text<'_>, at: usize) -> bool {
    text.is_one_of(at, VERBS)
}

/// Whether `word` is written like a weekday or month but has another everyday meaning.
pub(crate) fn is_weekday(word: &str) -> bool {
    words::find_near(words::WEEKDAYS, word).is_some()
}
