//! Sayings that take back what was done last, with what people say around them: "oh no, that was wrong, put it back
//! the way it was please". To teach another, add a row.

use crate::Context;
use crate::grammar::Phrases;
use crate::token::{Kind, Text};
use std::sync::LazyLock;

/// Whether the words say so by themselves, or only right after a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Undo {
    Surely,
    AfterChange,
}

static CORE: LazyLock<Phrases<Undo>> = LazyLock::new(|| {
    use Undo::{AfterChange, Surely};
    Phrases::new(&[
        ("undo|revert|reverse [it|that|this|them|those]", Surely),
        (
            "undo|revert|reverse [the|my|that] [last|latest|previous] change|one|thing|action|bit|step|move|edit|tick|delete|deletion|completion|add|addition|update|rename|tag",
            Surely,
        ),
        (
            "put|bring|take|change|turn|set|switch|move|get it|that|this|them|those|everything back [again] [to] [the] [as|how|where|what|way|like] it|they|things was|were [before]",
            Surely,
        ),
        (
            "put|bring|take|change|turn|set|switch|move it|that|this|them|those|everything back [again] [to] [normal|before]",
            AfterChange,
        ),
        ("go back to [how|what|as|where|the] [way] it|things|they was|were [before]", Surely),
        ("leave|keep|have it|that|them as|how|like|where [it] [they] was|were [before]", AfterChange),
        ("leave|keep it|that|them the way it|they was|were [before]", AfterChange),
        ("put|bring|get|give them|those both|all back", AfterChange),
        ("put|bring|get|give both|all [of] [them|those] back", AfterChange),
        (
            "i didn't|didnt mean|want [to] [do|delete|remove|change|say|tick|complete|move|add] it|that|this|them|those",
            AfterChange,
        ),
        (
            "i did not mean|want [to] [do|delete|remove|change|say|tick|complete|move|add] it|that|this|them|those",
            AfterChange,
        ),
        ("i didn't|didnt mean to", AfterChange),
        ("restore|reinstate|return|recover it|that|this|them|those|both [one|ones|both]", AfterChange),
        ("remove|delete|take it|that|this [one] [out|off] again", AfterChange),
    ])
});

/// What stands around it and adds nothing.
static AROUND: LazyLock<Phrases<()>> = LazyLock::new(|| {
    Phrases::new(&[
        (
            "no|nope|oh|wait|whoops|woops|oops|sorry|actually|please|pls|plz|ah|argh|ugh|hmm|hm|damn|shoot|well|ok|okay|and|just|now|so|thanks|dear|again|then|my|bad|nevermind|nvm|yikes|crap|gosh|hey|um|uh|quick|quickly",
            (),
        ),
        ("hang|hold on", ()),
        ("never mind", ()),
        ("can|could|would|will you|we|u [just]", ()),
        ("that|this|it was [all] [a|the|my] wrong|mistake|accident|slip|error [one]", ()),
        ("that's|thats|that|this [is] [a|the] [not] wrong|mistake|right [one]", ()),
        ("that's|thats|that is|was not [what] [i] [meant|wanted]", ()),
        ("that's|thats not right|it", ()),
        ("not what i meant|wanted", ()),
        ("my mistake|fault|bad", ()),
        ("by mistake|accident", ()),
        ("[i] changed my mind", ()),
        ("i've|ive changed my mind", ()),
        ("on second thought|thoughts", ()),
        ("it was fine|better|right|good|ok [as|how|the] [way] [it] [was] [before]", ()),
        ("as|how|the|where|like [way] it|they was|were [before]", ()),
        (
            "i preferred|liked|want|prefer|like [it] [the] [old] [name|one|title|date|version|way] [it] [was] [better|before|more]",
            (),
        ),
        ("for me", ()),
        ("wrong one|task|button", ()),
        ("i meant|wanted something else", ()),
    ])
});

/// Most tokens of such a saying.
const LONGEST: usize = 24;

/// Whether the whole saying takes back what was done last.
pub(super) fn read(text: &Text<'_>, context: &Context) -> Option<Undo> {
    let end = text.len();
    let asks = text.is_one_of(end.wrapping_sub(1), &["?"]);
    if asks && !(0..end).any(|i| text.is_one_of(i, &["can", "could", "would", "will"])) {
        return None;
    }
    if end > LONGEST || (0..end).any(|i| text.get(i).is_none_or(|t| t.literal)) {
        return None;
    }
    let mut found: Option<Undo> = None;
    let mut at = 0;
    while at < end {
        let core = CORE.longest(text, at, end, context).map(|(stop, undo, _)| (stop, undo));
        let around = AROUND.longest(text, at, end, context).map_or(at, |(stop, ..)| stop);
        match core {
            Some((stop, undo)) if stop >= around && found.is_none_or(|before| before == Undo::AfterChange) => {
                found = Some(match found {
                    Some(Undo::Surely) => Undo::Surely,
                    _ => undo,
                });
                at = stop;
            }
            _ if around > at => at = around,
            _ if text.get(at).is_some_and(|t| {
                t.kind == Kind::Line || matches!(t.text.as_str(), "," | "." | "!" | "-" | "…" | "–" | "—" | "?")
            }) =>
            {
                at += 1;
            }
            _ => return None,
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{date, time};

    fn said(saying: &str) -> Option<Undo> {
        read(&Text::new(saying), &Context::new(date(2026, 11, 4), time(10, 0, 0, 0)))
    }

    #[test]
    fn what_is_said_around_it_adds_nothing() {
        for saying in [
            "Sorry dear, please put it back the way it was.",
            "undo please, it was fine as it was",
            "whoops that was wrong, undo that",
            "I preferred the old name, undo",
            "go back to how it was",
            "could you reverse that please?",
        ] {
            assert_eq!(said(saying), Some(Undo::Surely), "{saying}");
        }
        for saying in ["wait I didn't mean that", "no leave it as it was", "never mind, remove it again"] {
            assert_eq!(said(saying), Some(Undo::AfterChange), "{saying}");
        }
    }

    #[test]
    fn other_words_say_something_else() {
        for saying in
            ["don't undo that", "should I undo it?", "undo the laundry", "put it back on Friday", "that was wrong"]
        {
            assert_eq!(said(saying), None, "{saying}");
        }
    }
}
