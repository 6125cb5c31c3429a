//! What the words of a saying do in it, wherever they stand. To teach another phrase, add a row.

use super::super::change::Field;
use crate::grammar::Phrases;
use std::sync::LazyLock;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Act {
    Complete,
    Reopen,
    Delete,
    /// Values are to be changed.
    Change,
}

/// What a phrase does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Does(Act),
    /// Does it if "off" stands somewhere behind: "cross the milk off".
    Off(Act),
    /// "do the …": another day for it, or a new task.
    Do,
    /// "off", "off the list"
    Particle,
    /// "back", which opens again what is put there, if nothing is changed.
    Back,
    /// "tag": "as" or "with" is followed by tags.
    Tags,
    /// Tells a state if it ends the saying: "the docs are in".
    Ends(Act),
    /// "is", "should be": a value follows.
    Is,
    /// A field is named.
    Names(Field),
    /// A field is named that is to be changed.
    Sets(Field),
    /// A field is emptied.
    Empties(Field),
    /// "not", "instead of": what follows no longer holds.
    Old,
    /// "from": the value that follows is left, if there is another.
    From,
    /// "I", "we've": who did it.
    Subject,
    /// "its"
    Its,
    /// "all": of a filter, unless it only stresses.
    All,
    /// "both"
    Both,
    /// Makes what follows a known thing: "the", "my".
    Definite,
    /// Makes what follows a new thing: "a", "some".
    New,
    Joint,
    /// Says nothing.
    Filler,
    /// Says that what is told is not so, or not known, or not yet.
    Doubt,
}

pub(super) static ROWS: LazyLock<Phrases<Role>> = LazyLock::new(|| {
    use Act::{Change, Complete, Delete, Reopen};
    use Role::{
        All, Back, Both, Definite, Do, Does, Doubt, Empties, Ends, Filler, From, Is, Its, Joint, Names, New, Off, Old,
    };
    use Role::{Particle, Sets, Subject, Tags};
    Phrases::new(&[
        // Complete.
        ("complete|finish|tick", Does(Complete)),
        (
            "done|finished|completed|sorted|handled|complete|ticked|crossed [and] [dusted|off|out|with|sent|paid|posted|submitted|delivered|emailed|ordered|filed] [with]",
            Does(Complete),
        ),
        ("is|are|'s|thats|that's|been [all|now|already] dealt|taken|wrapped with|care|up [of]", Does(Complete)),
        ("out of the way", Does(Complete)),
        ("can|may be [ticked|crossed|checked] off", Does(Complete)),
        (
            "can|may|should be ticked|crossed|checked|marked [as] [done|complete|completed|finished] [off]",
            Does(Complete),
        ),
        ("can|may be closed|completed", Does(Complete)),
        ("cross|check|strike|scratch", Off(Complete)),
        ("is|are [all] in|away|up|over|behind [now]", Ends(Complete)),
        // Reopen.
        (
            "reopen|uncheck|untick|unmark|uncomplete|unfinish|reactivate|restore|unarchive|undone|unfinished|incomplete",
            Does(Reopen),
        ),
        ("re - open", Does(Reopen)),
        ("back on|onto|to|in|into [to] [my|the|our] [to] [-] [do|todo|task] [-] list", Does(Reopen)),
        ("back to open|todo|to-do|pending|active|undone", Does(Reopen)),
        ("open again", Does(Reopen)),
        ("needs doing again", Does(Reopen)),
        ("back", Back),
        // Delete.
        ("delete|remove|erase|trash|scrap|bin|ditch|discard|chuck|del|nuke|axe|kill|cancel|drop", Does(Delete)),
        ("get rid|shot of", Does(Delete)),
        ("can|may [now|both|all|also|just] go [now|too]", Does(Delete)),
        ("can|may [now|both|all|also|just] come off|out [of|from] [the|my|our] [list]", Does(Delete)),
        ("[i|we|you] can forget [about]", Does(Delete)),
        (
            "can|may|should be deleted|removed|erased|trashed|scrapped|binned|ditched|dropped|cancelled|canceled",
            Does(Delete),
        ),
        ("take|kick|knock|wipe|strike", Off(Delete)),
        ("off|out [of|from] [my|the|our] [to] [-] [do|todo|task] [-] [list]", Particle),
        ("from my|the|our [to] [-] [do|todo|task] [-] list", Particle),
        // Change.
        (
            "change|edit|update|modify|set|make|move|push|postpone|reschedule|shift|bump|delay|defer|switch|put|bring|turn|mark|flag|give|assign|pull|adjust|alter|swap|stick|shove|leave",
            Does(Change),
        ),
        ("tag|label", Tags),
        // What says that a value holds from now on.
        ("is|are|'s|be|becomes|become|due [now|actually|only|really] [due]", Is),
        ("thats|that's|it's|its|theyre|they're [now|actually|only|really] [due]", Is),
        (
            "should|must|can|could|shall|will|needs|need|has|have|ought|wants|want [to] be|happen|go|start|repeat|become [done|finished|ready|due]",
            Is,
        ),
        ("be|get|getting|being done|finished|completed|ready", Is),
        ("starts|begins|happens|goes|gets|repeats", Is),
        (
            "[has|have|was|were|is|are|got] [been] moved|pushed|postponed|rescheduled|bumped|shifted|changed [back|forward] to|until|till",
            Is,
        ),
        // Fields.
        (
            "drop|lower|reduce|cut|raise|increase|up|bump [the|its] priority|prio [of|on|for] [to]",
            Sets(Field::Priority),
        ),
        (
            "move|change|push|set|shift|bring|update [the|its] [due] date|deadline|time [of|on|for] [to]",
            Sets(Field::Due),
        ),
        ("[due] date|dates|deadline|deadlines", Names(Field::Due)),
        ("due", Is),
        ("priority|prio", Names(Field::Priority)),
        ("tag|tags|label|labels", Names(Field::Tags)),
        ("note|notes", Names(Field::Notes)),
        ("repeat|repetition|recurrence|repeating", Names(Field::Repeat)),
        ("no|without [a|any|its] [more] [due] date|deadline|dates", Empties(Field::Due)),
        ("undated", Empties(Field::Due)),
        ("no|without [a|any|its] [more] priority", Empties(Field::Priority)),
        ("not [so|that|as] urgent|important [anymore]", Empties(Field::Priority)),
        ("no|without [a|any|its] [more] tag|tags", Empties(Field::Tags)),
        ("no|without [a|any|its] [more] repeat|repeats|repetition", Empties(Field::Repeat)),
        // What no longer holds.
        ("not", Old),
        ("instead|rather of|than", Old),
        ("from", From),
        // Small words.
        ("i|we|i've|ive|we've|weve|i'd [have]", Subject),
        ("both", Both),
        ("the|my|our|that|this|these|those", Definite),
        ("a|an|some|another|new", New),
        ("and|&|,|+|plus", Joint),
        (
            "to|for|on|at|in|under|of|with|by|as|it|them|one|ones|task|tasks|todo|item|items|thing|things|job|please|pls|plz|now|actually|just|also|too|then|so|instead|already|finally|only|really|very|time|day|ok|okay|thanks|me|us|there|oh|up|down|go|do|well|has|have|been|today's|yeah|got|get|did|had|until|till",
            Filler,
        ),
        ("as well", Filler),
        ("all|every|each", All),
        ("from now on", Is),
        ("at last|once", Filler),
        ("just now", Filler),
        ("yesterday|earlier|ages [ago] [today]", Filler),
        ("last night|week|weekend", Filler),
        ("{n} minutes|minute|hours|hour|days|day|weeks|week|moment|while ago", Filler),
        ("i|we can [now|finally|also]", Subject),
        ("wait|say", Is),
        ("do the|my", Do),
        ("you can [now|just|also]", Filler),
        ("can|could|would|will you [please|just|also]", Filler),
        ("its|their", Its),
        ("his|her|their|your|about", Filler),
        ("has|have no|without|not", Doubt),
        ("set|make|create|add [me] [a|the] reminder|alarm|note", Doubt),
        ("to read|high|low", Filler),
        (
            "never|no|cannot|if|when|unless|until|once|after|before|maybe|perhaps|might|may|said|told|says|wants|want|wish|think|thought|hope|guess|should|would|could|can|will|shall|why|what|which|who|whose|how|where|whether|or|nearly|almost|half|still|yet|probably|supposed|asked|ask|wonder|hate|love|like|need|needs|going|gonna|because|while|he|she|they|you|your|but|except|everything|everyone|anything|nothing|something|was|were",
            Doubt,
        ),
    ])
});
