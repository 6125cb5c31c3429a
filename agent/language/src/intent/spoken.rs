//! What speech leaves in a saying, and what dictation leaves out: names that wake a device, hesitation,
//! corrections of oneself, sentences without a stop between them.

mod aside;
mod correction;
mod sentences;
mod wake;

use super::spell;
use crate::Context;
use crate::token::{Kind, Text};

/// The words of a saying, without what is no part of it.
pub(super) fn heard<'a>(saying: &'a str, context: &Context) -> Text<'a> {
    let mut text = Text::new(saying);
    drop_hesitation(&mut text);
    wake::drop(&mut text, context);
    spell::correct(&mut text);
    if text.len() <= LONGEST {
        aside::drop(&mut text, context);
        correction::settle(&mut text, context);
        sentences::stop(&mut text, context);
        aside::lead(&mut text, context);
    }
    text
}

/// Most tokens of what is dictated in one breath.
const LONGEST: usize = 80;

/// "um", "uh" and the like, wherever they stand.
fn drop_hesitation(text: &mut Text<'_>) {
    const SOUNDS: &[&str] = &["um", "uh", "umm", "uhm", "uhh", "ummm", "erm", "errm", "ermm", "uhhh"];
    let sounds = |at: usize| {
        text.is_one_of(at, SOUNDS)
            || text.is_one_of(at, &["oh"]) && at > 0 && text.is_one_of(at + 1, &["and", "also", "plus", "yeah", "yes"])
            || text.is_one_of(at, &["er", "ah"])
                && text.get(at).is_some_and(|t| !t.capital || at == 0)
                && !text.is_one_of(at.wrapping_sub(1), &["the", "an", "to", "in"])
    };
    let whole = text.tokens.iter().filter(|t| t.kind == Kind::Word).count();
    let places: Vec<usize> = (0..text.len()).filter(|&at| sounds(at)).collect();
    if places.len() < whole {
        // "um, the dentist": the comma belongs to the sound.
        let with_comma = |at: usize| places.contains(&at) || places.contains(&at.wrapping_sub(1)) && comma(text, at);
        let kept: Vec<bool> = (0..text.len()).map(|at| !with_comma(at)).collect();
        keep(text, &kept);
    }
}

fn comma(text: &Text<'_>, at: usize) -> bool {
    text.is_one_of(at, &[",", "…", "."]) && at + 1 < text.len()
}

/// Leaves only the tokens for which `kept` says so.
fn keep(text: &mut Text<'_>, kept: &[bool]) {
    let mut flags = kept.iter();
    text.tokens.retain(|_| flags.next().copied().unwrap_or(true));
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{date, time};

    fn words(saying: &str) -> String {
        let context = Context::new(date(2026, 11, 4), time(10, 0, 0, 0));
        let text = heard(saying, &context);
        text.tokens.iter().map(|t| t.text.as_str()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn names_of_devices_are_dropped() {
        for saying in ["Hey Siri, add milk", "alexa add milk", "um ok google, add milk", "computer add milk"] {
            assert_eq!(words(saying), "add milk");
        }
        assert_eq!(words("call Alexa"), "call alexa");
        assert_eq!(words("Alexa said no"), "alexa said no");
        assert_eq!(words("computer repair"), "computer repair");
    }

    #[test]
    fn hesitation_is_dropped() {
        assert_eq!(words("um add uh milk"), "add milk");
        assert_eq!(words("drive Ann to the ER"), "drive ann to the er");
        assert_eq!(words("um"), "um");
    }

    #[test]
    fn corrections_of_oneself_are_settled() {
        assert_eq!(words("pay rent on friday no wait thursday"), "pay rent on thursday");
        assert_eq!(words("call Jo at 5, sorry, 6"), "call jo at 6");
        assert_eq!(words("buy two, no three lemons"), "buy three lemons");
        assert_eq!(words("tea on friday at 5 no thursday"), "tea on thursday at 5");
        assert_eq!(words("it starts at 7pm not 6.30"), "it starts at 7 pm");
        assert_eq!(words("delete task 2, not task 3"), "delete task 2 , not task 3");
    }

    #[test]
    fn sentences_are_parted() {
        assert_eq!(words("i got the prescription mark it as done"), "i got the prescription . mark it as done");
        assert_eq!(words("the bill is paid you can tick it off"), "the bill is paid . you can tick it off");
        assert_eq!(
            words("don't ever under any circumstances delete it"),
            "don't ever under any circumstances delete it"
        );
        assert_eq!(words("ask Bob to delete it"), "ask bob to delete it");
        assert_eq!(words("every day remind me to stretch"), "every day remind me to stretch");
    }

    #[test]
    fn reasons_are_dropped() {
        assert_eq!(words("delete number ten i don't need it anymore"), "delete number ten");
        assert_eq!(words("get rid of the fence one, the landlord's doing it"), "get rid of the fence one");
        assert_eq!(words("delete the one i added"), "delete the one i added");
    }

    #[test]
    fn requests_at_the_end_come_first() {
        assert_eq!(words("tablets every night at 9, can you add that"), "add tablets every night at 9");
        assert_eq!(words("ring Ann on friday, put it on my list"), "add ring ann on friday");
    }
}
