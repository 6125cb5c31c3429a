//! How adding sayings begin, and what may follow a title.

use crate::grammar::Phrases;
use std::sync::LazyLock;

/// How the rest of an adding saying is to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lead {
    /// "add a task to …": one task.
    One,
    /// "add tasks: …", "add …": one, or a list with commas.
    Maybe,
    /// "add tasks: …"
    Many,
}

pub(super) static LEADS: LazyLock<Phrases<Lead>> = LazyLock::new(|| {
    use Lead::{Many, Maybe, One};
    Phrases::new(&[
        (
            "add|create|make|insert|enter|start|log|record|jot|put|include|append|write|save|set [me] [down|up|in] [a|an|another|one|the|this] [new|quick|extra|simple|recurring|repeating|regular|second|third|separate|single|personal|little] [more] task|todo|to-do|item|reminder|entry|chore|job|ticket|card|errand|issue [for] [me|us|myself] [called|named|titled|saying|that|to|for|about|:|-|of] [says|:|to]",
            One,
        ),
        (
            "add|create|make|put|insert [me] [a|an|another|one|the|this] [new|quick] [more] task|todo|to-do|item|reminder|entry on|to|in my|the [to] [-] [do] [todo|task] list [called|named|titled|saying|that|to|for|about|:|-|of]",
            One,
        ),
        ("adding|creating|making a|an|another|the [new] task|todo|reminder|item [for|to|called|:] [me] [to]", One),
        ("adding|creating", Maybe),
        ("add|create one|another [more] thing|task|item|one ,|:|- [to]", One),
        ("i|we|i've [really|just|still] have|had got to", One),
        ("remind me again|later|sometime|soon|anytime [to|that|about]", One),
        ("remind me at some|any point|stage|time [to|that|about]", One),
        ("remind me in a bit|while|minute|moment|sec [to|that|about]", One),
        ("remind me some time|day [to|that|about]", One),
        ("reminder to self|myself [:|-|,|to]", One),
        ("add|create|make|put [me] a|another|this|the [new] list [to|on] [my|the] [list] [of|for] [:|-]", Many),
        ("add|put [in|down] a|some|another thing|something|bit about|for|to", One),
        ("ping|nudge|poke|alert|prompt|notify me [to|about|that|of]", One),
        ("tell me to", One),
        ("make|start|create|begin a|another [new] [shopping|grocery|packing|to-do|todo] list of|with|: [:]", Many),
        (
            "it's|its [really|very] important|vital|essential|crucial|urgent that|to [i|we] [need|must|should|remember] [to]",
            One,
        ),
        ("add|create|put to|on [my|the] [todo|to-do|task|shopping|grocery|groceries] [-] list|lists :|-", Many),
        ("i should|would like|love to be reminded to|about|of|that", One),
        ("i should|would like|love [you] to remind me to|about|of|that", One),
        ("put|pop|stick|set a|an|another reminder|task|todo|note in|down|up [to|for|about]", One),
        ("another one :", One),
        ("gonna need to [add]", One),
        ("add|put these|this|the|following [following] to|on my|the [todo] list [:|-]", Many),
        ("one more [thing|task] :", One),
        ("add|create [a|an|another] [new] event|appointment|entry :|called|named", One),
        ("i|we forgot to add [:]", Maybe),
        ("i'd|id like|love to be reminded to|about|of|that", One),
        ("i want|need|would|have [like] to be reminded to|about|of|that", One),
        ("add|create|make [me] [a|an|another] [new] to do [item|task|for] [called|named|titled|to|for|:]", One),
        ("add|create|make [me] [a|an|another] [new] to - do [item|task] [called|named|titled|to|for|:]", One),
        (
            "add|create|make|put [me] [these|the|a|some|this] [following|few|couple|new|two|three|four|five|six] [of] tasks|todos|items|things|reminders [to|on] [my|the] [list] [for] [:|-]",
            Many,
        ),
        ("add|create|make|put {digits} [new] tasks|todos|items|things [to|on] [my|the] [list] [:|-]", Many),
        ("add|create|put to|on my|the [todo|to-do|task|shopping] [-] [list] [:]", Many),
        ("add|create|insert|append|log|jot|note [down|in] [:]", Maybe),
        ("new|another task|todo|item|reminder|to-do|ticket|card|chore|errand [called|named|to|for|:|-|,] [to]", One),
        ("new tasks|todos|items [:|-]", Many),
        (
            "[some] things|stuff|tasks|chores to|i do|need|buy|get|remember [to] [do|buy|get] [today|tomorrow|tonight|this] [week|weekend] :|-",
            Many,
        ),
        ("[my] to-do|todo|shopping|grocery|packing|groceries list [for] [today|tomorrow|tonight] :|-", Many),
        ("my tasks|todos for today|tomorrow|tonight :|-", Many),
        ("can|could we|you add", Maybe),
        ("todo|to-do|todos :|-", Maybe),
        ("todo|task|to-do|reminder|remember|note [:|-]", One),
        ("tasks|todos :|-", Many),
        ("to do :", Maybe),
        ("to - do :", Maybe),
        ("remind me [to|that|about|of] [i] [need|have|should|must] [to]", One),
        ("remember me to|that|about", One),
        ("remind us|myself [to|that|about|of]", One),
        ("set|create|add [up] [me] a reminder [to|for|that|about]", One),
        ("remember to|that [i] [need|have|should] [to]", One),
        ("i|we [really|also|still|just] [really] need|have|want|wanted [you] to remember to", One),
        ("i|we must|should [also] remember to", One),
        (
            "i|we|i've|ive|we've [really|also|still|just|probably|absolutely|definitely|desperately|urgently|seriously|only] [also|really|absolutely] need|have|got|gotta|want|must|should|ought|wanna|hafta|need|gotta [also|probably|really|still] [to]",
            One,
        ),
        ("i'll|ill|we'll [also|probably] need|have to", One),
        ("remind me that|about [that] i have|got [got] a|an|the|my", One),
        ("new :", One),
        ("i've|ive|we've to", One),
        ("todo|todos|to-do|tasks|list for {date} :|-", Many),
        ("to do for {date} :|-", Many),
        ("add|create|note these|those|the [following] [tasks|items|things] [please] :|-", Many),
        ("i'd|id like|love to", One),
        ("i would like|love to", One),
        ("i'm|im supposed|going|planning to", One),
        ("i am supposed|going|planning to", One),
        ("i'm gonna", One),
        ("i'm meant to", One),
        ("i've been meaning to", One),
        ("i|we [really] [have|need] [got|to] [to] make sure [that] [to|i|we] [to]", One),
        ("it's time [for] [me|us] [to|i|we]", One),
        ("time to", One),
        ("i|we|i'd|we'd|id [had] better|best", One),
        ("better", One),
        ("remind me in {n} {unit} to|about|that", One),
        ("nudge|ping|poke me to|about", One),
        ("i'd|i would|should like a reminder|task [to|for|that|about]", One),
        ("a reminder|task to|for|that|about", One),
        ("another [task|one] to", One),
        ("gotta|must|need|have [to] remember to", One),
        ("put|pop|stick in a|another|one [new] task|reminder|todo [to|for|called|:] [to]", One),
        ("can|could|may i|we get|have a|another reminder|task [to|for|about|:] [to]", One),
        ("i should|would like to add [a|another|one] [more] [new] [task|thing] [:]", One),
        ("like to add [a|another|one] [more] [new] [task|thing|todo] [:|to]", One),
        ("take|make [a] note that [i|we] [need|have|must|should] [to]", One),
        ("add|put|note in|on|to|into the|my|our [todo|to-do|task|shopping] list [:|-]", Many),
        ("add|put to list [:|-]", Many),
        ("jot down [that] [i] [need|have] [to]", One),
        ("i|we [really|also|still|just] need", One),
        ("make a list|lists [of|with] :|-", Many),
        ("i|we need|want a task|reminder|todo [to|for|about|called|:|that] [says] [:]", One),
        ("i|we [really] [need|have] [to] get round|around to [to]", One),
        ("gotta|must|need|have|should [to]", One),
        ("don't|dont|do|never [not] [let] [me|us] forget [to|about|that] [i] [need|have] [to]", One),
        ("i|we [can't|cannot|mustn't|must|shouldn't|don't|dont|do] [not] [want] [to] forget [to|about]", One),
        ("make|take|leave [me] [a] note [to] [self] [:|to|that|-|of]", One),
        ("make sure [that] [i|to] [to|i]", One),
        ("make sure [that] i|we don't|do [not] forget to", One),
        ("note to self|myself [:|-|,|to]", One),
        ("keep in mind [to|that]", One),
        ("put|get|stick|pop|throw|chuck|place|write|schedule|plan|pencil|include|register|track [down|in]", Maybe),
        ("my todo|to-do|task [for] [today|tomorrow] is [to]", One),
        ("it's time to", One),
    ])
});

/// What may follow a title: the list that it goes on.
pub(super) static TAILS: LazyLock<Phrases<()>> = LazyLock::new(|| {
    Phrases::new(&[
        (
            "to|on|onto|in|into my|the|our|a [to] [-] [do|todo|task|tasks|shopping|grocery|packing|work|home] [-] list|lists|tasks|todos|agenda",
            (),
        ),
        ("to|on|in|into my|the todo|todos|tasks|to-dos", ()),
        ("as a|an|another [new] task|todo|item|reminder", ()),
        ("to list", ()),
        ("to|on|onto [the|my] shopping|groceries", ()),
        (", put|stick|pop|write|jot|note|add it|that|them|this down|on|in", ()),
        ("on there|it", ()),
        ("task|todo", ()),
        ("for me", ()),
    ])
});
