//! Words with a fixed meaning. To teach a new spelling, add a row.

use crate::calendar::Unit;
use jiff::civil::Weekday;

pub(crate) const NUMBERS: &[(&str, i64)] = &[
    ("a", 1),
    ("an", 1),
    ("one", 1),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
    ("eleven", 11),
    ("twelve", 12),
    ("thirteen", 13),
    ("fourteen", 14),
    ("fifteen", 15),
    ("sixteen", 16),
    ("seventeen", 17),
    ("eighteen", 18),
    ("nineteen", 19),
    ("twenty", 20),
    ("thirty", 30),
    ("forty", 40),
    ("fifty", 50),
    ("sixty", 60),
    ("seventy", 70),
    ("eighty", 80),
    ("ninety", 90),
    ("couple", 2),
    ("few", 3),
    ("another", 1),
];

pub(crate) const ORDINALS: &[(&str, i64)] = &[
    ("first", 1),
    ("second", 2),
    ("third", 3),
    ("fourth", 4),
    ("fifth", 5),
    ("sixth", 6),
    ("seventh", 7),
    ("eighth", 8),
    ("ninth", 9),
    ("tenth", 10),
    ("eleventh", 11),
    ("twelfth", 12),
    ("thirteenth", 13),
    ("fourteenth", 14),
    ("fifteenth", 15),
    ("sixteenth", 16),
    ("seventeenth", 17),
    ("eighteenth", 18),
    ("nineteenth", 19),
    ("twentieth", 20),
    ("thirtieth", 30),
    ("last", -1),
    ("final", -1),
];

pub(crate) const WEEKDAYS: &[(&str, Weekday)] = &[
    ("monday", Weekday::Monday),
    ("mon", Weekday::Monday),
    ("mondays", Weekday::Monday),
    ("mo", Weekday::Monday),
    ("tuesday", Weekday::Tuesday),
    ("tue", Weekday::Tuesday),
    ("tues", Weekday::Tuesday),
    ("tuesdays", Weekday::Tuesday),
    ("wednesday", Weekday::Wednesday),
    ("wed", Weekday::Wednesday),
    ("weds", Weekday::Wednesday),
    ("wednesdays", Weekday::Wednesday),
    ("wendesday", Weekday::Wednesday),
    ("wensday", Weekday::Wednesday),
    ("thursday", Weekday::Thursday),
    ("thu", Weekday::Thursday),
    ("thur", Weekday::Thursday),
    ("thurs", Weekday::Thursday),
    ("thursdays", Weekday::Thursday),
    ("friday", Weekday::Friday),
    ("fri", Weekday::Friday),
    ("fridays", Weekday::Friday),
    ("firday", Weekday::Friday),
    ("saturday", Weekday::Saturday),
    ("sat", Weekday::Saturday),
    ("saturdays", Weekday::Saturday),
    ("sunday", Weekday::Sunday),
    ("sun", Weekday::Sunday),
    ("sundays", Weekday::Sunday),
];

pub(crate) const MONTHS: &[(&str, i8)] = &[
    ("january", 1),
    ("jan", 1),
    ("february", 2),
    ("feb", 2),
    ("febuary", 2),
    ("march", 3),
    ("mar", 3),
    ("april", 4),
    ("apr", 4),
    ("may", 5),
    ("june", 6),
    ("jun", 6),
    ("july", 7),
    ("jul", 7),
    ("august", 8),
    ("aug", 8),
    ("september", 9),
    ("sep", 9),
    ("sept", 9),
    ("october", 10),
    ("oct", 10),
    ("november", 11),
    ("nov", 11),
    ("december", 12),
    ("dec", 12),
];

/// A unit and how many of it the word means.
pub(crate) const UNITS: &[(&str, (Unit, i64))] = &[
    ("day", (Unit::Day, 1)),
    ("days", (Unit::Day, 1)),
    ("d", (Unit::Day, 1)),
    ("workday", (Unit::Workday, 1)),
    ("workdays", (Unit::Workday, 1)),
    ("weekdays", (Unit::Workday, 1)),
    ("week", (Unit::Week, 1)),
    ("weeks", (Unit::Week, 1)),
    ("wk", (Unit::Week, 1)),
    ("wks", (Unit::Week, 1)),
    ("w", (Unit::Week, 1)),
    ("fortnight", (Unit::Week, 2)),
    ("fortnights", (Unit::Week, 2)),
    ("month", (Unit::Month, 1)),
    ("months", (Unit::Month, 1)),
    ("mth", (Unit::Month, 1)),
    ("quarter", (Unit::Month, 3)),
    ("quarters", (Unit::Month, 3)),
    ("year", (Unit::Year, 1)),
    ("years", (Unit::Year, 1)),
    ("yr", (Unit::Year, 1)),
    ("yrs", (Unit::Year, 1)),
    ("decade", (Unit::Year, 10)),
];

/// Minutes in each unit of the clock.
pub(crate) const CLOCK_UNITS: &[(&str, i64)] = &[
    ("minute", 1),
    ("minutes", 1),
    ("min", 1),
    ("m", 1),
    ("mins", 1),
    ("hour", 60),
    ("hours", 60),
    ("hr", 60),
    ("hrs", 60),
    ("h", 60),
];

/// Other spellings of a word, and the usual one.
const SPELLINGS: &[(&str, &str)] = &[
    ("tmrw", "tomorrow"),
    ("tmr", "tomorrow"),
    ("tmw", "tomorrow"),
    ("tmrow", "tomorrow"),
    ("tmorrow", "tomorrow"),
    ("tomorow", "tomorrow"),
    ("tommorow", "tomorrow"),
    ("tommorrow", "tomorrow"),
    ("tomorrrow", "tomorrow"),
    ("tomorro", "tomorrow"),
    ("tomorrw", "tomorrow"),
    ("tomoro", "tomorrow"),
    ("tomoz", "tomorrow"),
    ("tomo", "tomorrow"),
    ("2morrow", "tomorrow"),
    ("yday", "yesterday"),
    ("yest", "yesterday"),
    ("tonite", "tonight"),
    ("2day", "today"),
    ("2moro", "tomorrow"),
    ("2morow", "tomorrow"),
    ("2mrw", "tomorrow"),
    ("nite", "night"),
    ("nites", "nights"),
    ("hafta", "have"),
    ("gimme", "give"),
    ("nvm", "nevermind"),
    ("appt", "appointment"),
    ("mtg", "meeting"),
    ("2nite", "tonight"),
    ("2night", "tonight"),
    ("plz", "please"),
    ("pls", "please"),
    ("plss", "please"),
    ("pleas", "please"),
    ("plese", "please"),
    ("evry", "every"),
    ("eveyr", "every"),
    ("evrey", "every"),
    ("thats", "that's"),
    ("theyre", "they're"),
    ("theres", "there's"),
    ("hes", "he's"),
    ("shes", "she's"),
    ("weve", "we've"),
    ("youre", "you're"),
    ("im", "i'm"),
    ("ive", "i've"),
    ("whats", "what's"),
    ("wats", "what's"),
    ("wat", "what"),
    ("dont", "don't"),
    ("doesnt", "doesn't"),
    ("didnt", "didn't"),
    ("isnt", "isn't"),
    ("arent", "aren't"),
    ("wasnt", "wasn't"),
    ("havent", "haven't"),
    ("hasnt", "hasn't"),
    ("wont", "won't"),
    ("wouldnt", "wouldn't"),
    ("shouldnt", "shouldn't"),
    ("couldnt", "couldn't"),
    ("cant", "can't"),
    ("canceled", "cancelled"),
    ("wanna", "want"),
    ("prio", "priority"),
    ("shud", "should"),
    ("shld", "should"),
    ("abt", "about"),
    ("cud", "could"),
    ("cld", "could"),
    ("wud", "would"),
    ("tmrws", "tomorrow's"),
    ("tmrw's", "tomorrow's"),
    ("wknd", "weekend"),
];

/// The usual spelling of a word.
pub(crate) fn usual(word: String) -> String {
    if !(2..=9).contains(&word.len()) {
        return word;
    }
    find(SPELLINGS, &word).map_or(word, str::to_owned)
}

pub(crate) fn find<T: Copy>(table: &[(&str, T)], word: &str) -> Option<T> {
    table.iter().find(|(w, _)| *w == word).map(|(_, value)| *value)
}

/// Like [`find`], and forgives one slip in words of six letters or more.
pub(crate) fn find_near<T: Copy>(table: &[(&str, T)], word: &str) -> Option<T> {
    find(table, word).or_else(|| {
        if !(6..=12).contains(&word.len()) || !word.bytes().all(|b| b.is_ascii_alphabetic()) {
            return None;
        }
        let near = |known: &&(&str, T)| {
            known.0.len() >= 6
                && known.0.as_bytes().first() == word.as_bytes().first()
                && crate::matching::distance(known.0, word, 1).is_some()
        };
        table.iter().find(near).map(|(_, value)| *value)
    })
}
