//! Politeness around a saying, which means nothing for the list.

use super::clause::Clause;
use crate::Context;
use crate::grammar::Phrases;
use crate::token::{Kind, Text};
use std::sync::LazyLock;

/// `true` for a request that is put as a question.
static BEFORE: LazyLock<Phrases<bool>> = LazyLock::new(|| {
    Phrases::new(&[
        (
            "please|kindly|whoops|woops|omg|ugh|argh|gosh|damn|crap|shoot|ooh|ooops|hm|hmmm|umm|actually|basically|honestly|listen|lol|haha|yay|woohoo|hooray|hurray|phew|btw|fyi|ah|aha|oops|anyway|anyways|er|erm|k|right|ok|okay|alright|right|well|so|now|also|plus|then|actually|hmm|um|uh|oh|yo|just|and|great|perfect|cool|sure|sorry|quickly|again|finally|next",
            false,
        ),
        ("so|oh|ok|okay|well|right|and|alright|actually|no|um yeah|yea|yes|yep|yup [so] [,]", false),
        ("yeah|yea|yep|yup so|and|also|well|actually|then|ok|okay", false),
        (
            "lovely|brilliant|fab|fabulous|fantastic|wonderful|super|excellent|amazing|awesome|nice|good|splendid|sweet|cheers|ta|thankyou|marvellous|fine|done ,|.|!|-",
            false,
        ),
        ("that's|thats|that great|lovely|perfect|it|fine|good|brilliant ,|.|!", false),
        ("thank you [so] [much] ,|.|!", false),
        ("nice one [,|.|!]", false),
        ("got it ,|.|!", false),
        ("sorry|oh|thanks|okay|ok|right|yes|no|please|well dear|love|mate|darling|hun|pal|buddy [,]", false),
        ("look|see|say|quick|guess ,", false),
        ("i was gonna say|ask|add [that] [,]", false),
        ("i was|am going to say|ask|add [that] [,]", false),
        ("i'm going to say|ask|add [that] [,]", false),
        ("i meant|wanted|forgot|need|want|have to say|ask|mention [you] [that] [,]", false),
        ("hang|hold on [a] [sec|second|minute|moment] [,|.]", false),
        ("one|just sec|second|minute|moment [,|.]", false),
        ("hey|hi|hello|heya [there] ,", false),
        ("hey|hi|hello [there|bot|assistant|buddy|friend|todo]", false),
        ("good morning|afternoon|evening [,|!]", false),
        ("thanks ,|!|.", false),
        ("could|can|would|will you [please|pls|kindly|maybe|just|quickly|also] [help me]", true),
        ("can|could u [please|pls]", true),
        ("could|can we [please]", true),
        ("would you mind", true),
        ("do you mind", true),
        ("would you be so kind [as] [to]", true),
        ("i would like you to", false),
        ("i'd|id like you to", false),
        ("i want|need you to", false),
        ("i'd appreciate it if you could|would", false),
        ("i was wondering if you could|can", true),
        ("is it possible to", true),
        ("go ahead and", false),
        ("you can|may", false),
        ("be so kind as to", false),
        ("if you could|would [please|just]", false),
        ("if you don't mind", false),
        ("please note|remember that", false),
        ("note that", false),
        ("you can [also]", false),
        ("nevermind|jk|psst|first|firstly|secondly|lastly [,]", false),
        ("please to", false),
        ("wait|oh|ah|argh|ugh|damn|oops|whoops no|nope [,|wait|actually]", false),
        ("could|can|may i|we [please] have|get", true),
        ("first of all [,]", false),
        ("i changed|have changed my mind [,|.|:|-]", false),
        ("i was mistaken|wrong ,|.|:|-", false),
        ("my mistake ,|.|:|-", false),
        ("i've changed my mind [,|.|:|-]", false),
        ("i should like you to", false),
        ("i|i'm am afraid [that]", false),
        ("i'm afraid [that]", false),
        ("do me a favour|favor and|, [please]", false),
        ("before i forget [,|-|:|–|…]", false),
        ("i|i've [just|also|nearly|almost] remembered|realised|realized|noticed [that]", false),
        ("i|i've just thought ,|,|-", false),
        ("it [just] occurs|occurred to me that", false),
        ("[i] nearly|almost forgot [to] [mention|say|add] [,|-|!|–|…|.|:] [that]", false),
        ("one|another more thing [,|-|:|–|…]", false),
        ("on second thought|thoughts [,|-]", false),
        ("by the way [,|-]", false),
        ("for the list [,|:|-]", false),
        ("help me", false),
        ("make it so [that]", false),
        ("i'd|id like|love to know|see", false),
        ("i would|want like|love|to [to] know|see", false),
        ("for me ,", false),
        ("let's|lets", false),
        ("yes|yeah|yep|yup ,", false),
        ("no|nah ,", false),
        ("no|nope sorry|wait|actually [,]", false),
        ("oh no|dear|right|yes|yeah|wait [,]", false),
        ("no wait [,]", false),
        ("wait|hold|hang [on] ,", false),
        ("hold|hang on [a] [sec|second|minute|moment|tick]", false),
        (",|.|!|;|-|–|—|:|…", false),
    ])
});

static AFTER: LazyLock<Phrases<()>> = LazyLock::new(|| {
    Phrases::new(&[
        ("please|pls|plz|thanks|thx|ty|cheers|ta|thankyou", ()),
        ("please and thank you", ()),
        ("thank u", ()),
        ("will|would ya", ()),
        ("much appreciated", ()),
        ("there's a dear|love|darling|pet", ()),
        ("that's all|it [for] [now]", ()),
        (", yeah|alright|right|you know", ()),
        ("thank you [so|very] [much]", ()),
        ("thanks a lot|bunch|million", ()),
        ("many thanks", ()),
        ("for me", ()),
        ("if you can|could|would|don't [mind]", ()),
        ("would you", ()),
        ("will you", ()),
        ("can|could you", ()),
        ("ok|okay", ()),
        ("right now|away", ()),
        ("when you can", ()),
        ("if possible", ()),
        ("in advance", ()),
        ("i mean|meant", ()),
        ("dear|mate|dude|bro|lol|haha|lmao|xx|xxx|x|pal|buddy|hun|man|tho|though", ()),
        ("if that's|it's ok|okay|alright|fine", ()),
        ("when|whenever you get [a] [chance|moment|minute|time]", ()),
        ("at your [earliest] convenience", ()),
        (":|- )", ()),
    ])
});

/// A title without what was said around it: "and also bread too, please".
pub(super) fn strip_title(text: &Text<'_>, clause: Clause, context: &Context) -> Clause {
    let Clause { mut from, mut end } = clause;
    while from < end
        && (text
            .is_one_of(from, &["please", "pls", "kindly", "and", "also", "then", "plus", ",", ".", "!", ";", ":", "…"])
            || text.get(from).is_some_and(|t| t.kind == Kind::Line))
    {
        from += 1;
    }
    loop {
        let before = end;
        end = without_ends(text, Clause { from, end }, false, context);
        let pair = text.is_one_of(end.wrapping_sub(1), &["well"]) && text.is_one_of(end.wrapping_sub(2), &["as"]);
        let more =
            usize::from(text.is_one_of(end.wrapping_sub(1), &["too", "also", "instead"])) + 2 * usize::from(pair);
        if end > from + more {
            end -= more;
        }
        if end == before {
            return Clause { from, end };
        }
    }
}

/// The clause without politeness and without stray signs at its ends.
pub(super) fn strip(text: &Text<'_>, clause: Clause, context: &Context) -> Clause {
    let Clause { mut from, end } = clause;
    let mut request = false;
    while from < end {
        if text.get(from).is_some_and(|t| t.kind == Kind::Line) {
            from += 1;
        } else if let Some((stop, asks, _)) = BEFORE.longest(text, from, end, context)
            && !keeps_meaning(text, from, stop, end, context)
        {
            request |= asks;
            from = stop;
        } else if agrees(text, from, end, context) {
            from += 1;
        } else {
            break;
        }
    }
    Clause { from, end: without_ends(text, Clause { from, end }, request, context) }
}

/// "yeah add milk": not an answer, for a task is named.
fn agrees(text: &Text<'_>, from: usize, end: usize, context: &Context) -> bool {
    text.is_one_of(from, &["yeah", "yea", "yep", "yup", "ya"])
        && !text.is_one_of(from + 2, &["it", "that", "them", "this", "so"])
        && super::add::leads(text, Clause { from: from + 1, end }, context)
}

/// Where the clause ends without the politeness behind it.
fn without_ends(text: &Text<'_>, Clause { from, mut end }: Clause, request: bool, context: &Context) -> usize {
    loop {
        let last = end.saturating_sub(1);
        if request && last > from && text.is_one_of(last, &["?"]) {
            end = last;
            continue;
        }
        if last >= from
            && text.get(last).is_some_and(|t| {
                !t.literal && (t.kind == Kind::Line || matches!(t.text.as_str(), "," | "." | "!" | ";" | ")"))
            })
            && end > from
            && text.word(last) != ")"
        {
            end = last;
            continue;
        }
        let start = (end.saturating_sub(4).max(from)..end).find(|&i| {
            i > from
                && AFTER
                    .longest(text, i, end, context)
                    .is_some_and(|(stop, ..)| stop == end || (stop + 1 == end && text.word(stop) == "?"))
        });
        match start {
            Some(start) => end = start,
            None => return end,
        }
    }
}

/// Words that are polite before a command, and the saying itself when they stand alone.
fn keeps_meaning(text: &Text<'_>, from: usize, stop: usize, end: usize, context: &Context) -> bool {
    let alone = (stop..end).all(|i| text.get(i).is_some_and(|t| t.kind == Kind::Sign));
    let rest = Clause { from: stop, end };
    let commands = || {
        text.is_one_of(stop, &[",", "then", "please", "could", "can", "would"])
            || super::change::leads(text, rest, context)
            || super::add::leads(text, rest, context)
            || super::listing::leads(text, rest, context)
    };
    // "first thing tomorrow I need to …", "next Friday we have to …"
    let dated = text.is_one_of(from, &["first", "next"])
        && crate::read::when::read(text, from, end, context).is_some_and(|(after, _)| after > stop);
    let verb = dated
        || text.is_one_of(from, &["next", "now", "right", "again", "well"]) && stop == from + 1 && !commands()
        || text.is_one_of(from, &["listen"]) && text.is_one_of(stop, &["to", "again"]);
    let praise = text.is_one_of(from, &["great", "perfect", "cool"])
        && text.is_one_of(stop, &["job", "work", "stuff", "idea", "day"]);
    let verb = verb || praise;
    let holds = text.is_one_of(from, &["hold", "hang"]) && text.is_one_of(stop, &["to", "the", "my", "until", "till"]);
    let tells = text.is_one_of(stop, &["that's", "thats", "it's", "i've", "ive", "we've", "number", "task"]);
    let verb = verb && !tells || holds;
    let list = text.is_one_of(from, &["-", "–", "—"]);
    // "I remembered the milk" tells; "I remembered that I need milk" leads to a wish.
    let told = text.is_one_of(stop - 1, &["remembered", "realised", "realized", "noticed", "that"])
        && text.is_one_of(from, &["i", "i've", "it"])
        && !text.is_one_of(stop, &["i", "i'm", "i've", "we", "we've", "there's", "we're", "remind", "add"]);
    let wants = text.is_one_of(stop - 1, &["have", "get"]) && text.is_one_of(from, &["could", "can", "may"]);
    let reminder = text.is_one_of(stop, &["a", "another"]) && text.is_one_of(stop + 1, &["reminder", "task", "new"]);
    if told || wants && !reminder {
        return true;
    }
    (alone && text.get(from).is_some_and(|t| t.kind == Kind::Word)) || verb || list
}
