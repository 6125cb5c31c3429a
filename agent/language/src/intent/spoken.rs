//! What speech leaves in a saying, and what dictation leaves out: names that wake a device, hesitation,
//! corrections of oneself, sentences without a stop between them.

mod aside;
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
        sentences::stop(&mut text, context);
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
