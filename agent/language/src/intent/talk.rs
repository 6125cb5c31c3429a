//! Talk, help, undo and redo: sayings that mean the same as a whole.

mod small;

use super::clause::Clause;
use super::model::{Intent, Talk};
use crate::Context;
use crate::grammar::Phrases;
use crate::token::{Kind, Text};
use std::sync::LazyLock;

#[derive(Clone, Copy)]
enum Meaning {
    Talk(Talk),
    Help,
    Undo,
    Redo,
}

/// Greetings, closings and moods, which may name a day and mean nothing for the list.
static SMALL: LazyLock<Phrases<Talk>> = LazyLock::new(|| Phrases::new(small::ROWS));

static SAYINGS: LazyLock<Phrases<Meaning>> = LazyLock::new(|| {
    use Meaning::{Help, Redo, Undo};
    use Talk::{Complaint, Farewell, Greeting, HowAreYou, No, Praise, Thanks, WhoAreYou, Yes};
    let talk = Meaning::Talk;
    Phrases::new(&[
        (
            "hi|hello|hey|heya|hiya|howdy|yo|greetings|hullo|sup [there|again|bot|friend|everyone|assistant|buddy]",
            talk(Greeting),
        ),
        ("good morning|afternoon|evening|day [to] [you]", talk(Greeting)),
        ("morning", talk(Greeting)),
        ("thanks|thx|ty|cheers|thankyou [so] [very] [much]", talk(Thanks)),
        ("thanks a lot|bunch|million|ton", talk(Thanks)),
        ("thanks for the|your|all|that [your|the] [help]", talk(Thanks)),
        ("thank you [so|very] [much] [for] [your|the] [help]", talk(Thanks)),
        ("much appreciated", talk(Thanks)),
        ("how are you [doing] [today]", talk(HowAreYou)),
        ("how's it going", talk(HowAreYou)),
        ("how do you do|feel", talk(HowAreYou)),
        ("how's your day [going]", talk(HowAreYou)),
        ("what's up", talk(HowAreYou)),
        ("who are you", talk(WhoAreYou)),
        ("what are you", talk(WhoAreYou)),
        ("what is your name", talk(WhoAreYou)),
        ("what's|whats your name", talk(WhoAreYou)),
        ("are you a|an|real|human|there|chatgpt [real] [robot|bot|human|ai|person|machine|model]", talk(WhoAreYou)),
        ("who made|built|created you", talk(WhoAreYou)),
        ("bye|goodbye|cya|ciao [bye] [for] [now]", talk(Farewell)),
        ("see you [later|soon|tomorrow]", talk(Farewell)),
        ("good night|bye", talk(Farewell)),
        ("have a good|nice|great day|one|weekend|evening|night", talk(Farewell)),
        (
            "great|nice|cool|awesome|perfect|excellent|wonderful|amazing|brilliant|lovely|fantastic|sweet|neat|wow|haha|lol [job|work|one]",
            talk(Praise),
        ),
        ("good|great|nice|awesome|amazing|excellent job|work|bot|stuff|idea [today|everyone|there|team]", talk(Praise)),
        ("well done", talk(Praise)),
        ("i love|like you|this|it [app] [so] [much]", talk(Praise)),
        (
            "that's|you're|thats|youre|it's [really|so|very] great|nice|cool|awesome|perfect|good|right|helpful|the|amazing|it|all|fine [best]",
            talk(Praise),
        ),
        (
            "that|it is [really|so|very] great|nice|cool|awesome|perfect|good|right|helpful|amazing|it|all|fine",
            talk(Praise),
        ),
        (
            "you are [really|so|very] great|nice|cool|awesome|perfect|good|right|helpful|the|amazing [best]",
            talk(Praise),
        ),
        ("ok|okay|k|alright|fine", talk(Praise)),
        ("got it", talk(Praise)),
        ("i see", talk(Praise)),
        ("lol|haha|hehe|hmm|hm|interesting", talk(Praise)),
        ("you're|youre [really|so|completely] useless|stupid|dumb|bad|wrong|terrible|annoying", talk(Complaint)),
        ("you are [really|so|completely] useless|stupid|dumb|bad|wrong|terrible|annoying", talk(Complaint)),
        ("that's|thats wrong|bad|not|incorrect [right|what] [i] [meant|wanted|said]", talk(Complaint)),
        ("that is wrong|bad|not|incorrect [right|what] [i] [meant|wanted|said]", talk(Complaint)),
        ("this is wrong|bad|terrible|useless|stupid", talk(Complaint)),
        ("please do", talk(Yes)),
        (
            "yes|yeah|yep|yup|sure|y|correct|definitely|absolutely|affirmative|indeed|yea [please|do|thanks] [do|add] [it|that|so]",
            talk(Yes),
        ),
        ("yes [,] [please] [do] [it|that]", talk(Yes)),
        ("do it|so", talk(Yes)),
        ("go ahead|on", talk(Yes)),
        ("that one", talk(Yes)),
        ("no|nope|nah|n|cancel|neither|none|stop|nothing|nvm [thanks|thank] [you]", talk(No)),
        ("no [,] thanks|thank [you]", talk(No)),
        ("none of them|those|these", talk(No)),
        ("never mind|nevermind", talk(No)),
        ("nevermind [it|that|about] [it|that]", talk(No)),
        ("forget it|that|about [it|that]", talk(No)),
        ("leave it|them|everything [alone]", talk(No)),
        ("cancel|scratch that|it", talk(No)),
        ("no [,] wait", talk(No)),
        ("don't|dont [do] [it|that]", talk(No)),
        ("help|commands|usage|instructions|manual [me] [please]", Help),
        ("i need [some] help", Help),
        ("what can|could|do you do|understand|know", Help),
        ("what can|could i say|do|ask|type [here|to] [you]", Help),
        ("what do you do|understand", Help),
        ("how does this|it|that work", Help),
        ("how do you work", Help),
        ("how do|can|should i use|work [with] this|it|you|the [app|list]", Help),
        ("show [me] [the] help|commands|options", Help),
        ("give me [some] examples|help", Help),
        (
            "how do|can|would|could i|you|one add|delete|remove|complete|change|edit|rename|move|create|make|reopen|undo|tag|mark|finish|set|reschedule",
            Help,
        ),
        (
            "how to add|delete|remove|complete|change|edit|rename|move|create|make|reopen|undo|tag|mark|finish|set|use",
            Help,
        ),
        ("undo [it|that|this|everything]", Undo),
        (
            "undo|revert|reverse|cancel [the|my] last|previous|latest|recent [change|action|step|thing|one|command|operation|edit]",
            Undo,
        ),
        ("undo|revert that|this|the change|deletion|delete|completion|action|thing [i|you] [just] [did]", Undo),
        ("undo what you|i just did", Undo),
        ("i take|took it|that back", Undo),
        ("take [that|it] back", Undo),
        ("take back that|the|it [last] [change]", Undo),
        ("revert|reverse|undue|rollback|undo", Undo),
        ("revert|reverse that|it|this", Undo),
        ("roll [that|it] back", Undo),
        ("go back", Undo),
        ("wait|oh|no|oops|actually [,] [no] [,] undo|revert [that|it|this]", Undo),
        ("undo|revert [that|the|my] last|latest thing|one|change|action [please]", Undo),
        ("put|set it|that|this|them back [to] [the] [as|how|where|what|way] [it|they] was|were|before", Undo),
        ("change|switch|turn|get|give|have it|that|them back", Undo),
        ("redo|repeat the|my|that deletion|change|completion|delete|action|move|update|edit", Redo),
        ("do it again", Redo),
        ("undo|reverse|revert|cancel my|the|that undo", Redo),
        ("redo [that|it|this] [again]", Redo),
        ("undo|cancel|revert|reverse that|it|this again", Undo),
        ("oops|whoops|oops, [,] [undo] [that|it]", Undo),
        ("oops|whoops [,|.|!] undo|revert [that|it|this]", Undo),
        ("that was a|my mistake [,|.] [undo] [it|that]", Undo),
        ("i didn't|didnt mean [to] [do] [that|it]", Undo),
        ("put it|that|them|everything back", Undo),
        ("bring it|that|them|everything back", Undo),
        ("ctrl [+|-] z", Undo),
        ("redo [it|that|this]", Redo),
        ("redo the|my last [change|action|step|thing|one]", Redo),
        ("undo the undo", Redo),
        ("undo my|that undo", Redo),
        ("do|apply it|that again", Redo),
        ("reapply [it|that|the] [change]", Redo),
        ("revert the undo", Redo),
    ])
});

/// The saying, if it is one of the table's from its beginning to its end.
pub(super) fn read(text: &Text<'_>, clause: Clause, context: &Context) -> Option<Intent> {
    if let Some((stop, talk, _)) = SMALL.longest(text, clause.from, clause.end, context)
        && is_spent(text, stop, clause.end)
        // "busy day tomorrow?" asks.
        && !(talk == Talk::Remark && (stop..clause.end).any(|i| text.is_one_of(i, &["?"])))
    {
        return Some(Intent::Talk(talk));
    }
    if let Some(talk) = chain(text, clause, context) {
        return Some(Intent::Talk(talk));
    }
    let (stop, meaning, _) = SAYINGS.longest(text, clause.from, clause.end, context)?;
    let rest_is_signs = is_spent(text, stop, clause.end);
    let open = matches!(meaning, Meaning::Help) && text.is_one_of(clause.from, &["how"]);
    if !rest_is_signs && !open {
        return None;
    }
    Some(match meaning {
        Meaning::Talk(talk) => Intent::Talk(talk),
        Meaning::Help => Intent::Help,
        Meaning::Undo => Intent::Undo,
        Meaning::Redo => Intent::Redo,
    })
}

/// "bye for now, talk tomorrow": one after the other, and nothing else. A yes or a no outweighs the rest.
fn chain(text: &Text<'_>, clause: Clause, context: &Context) -> Option<Talk> {
    if clause.end - clause.from > 16 {
        return None;
    }
    let (mut at, mut said) = (clause.from, Vec::new());
    while at < clause.end {
        if is_spent(text, at, at + 1) || text.is_one_of(at, &["and", "then", "so", "but"]) && !said.is_empty() {
            at += 1;
            continue;
        }
        let small = SMALL.longest(text, at, clause.end, context).map(|(stop, talk, _)| (stop, talk));
        let usual = SAYINGS.longest(text, at, clause.end, context).and_then(|(stop, meaning, _)| match meaning {
            Meaning::Talk(talk) => Some((stop, talk)),
            _ => None,
        });
        let (stop, talk) = small.into_iter().chain(usual).max_by_key(|(stop, _)| *stop)?;
        said.push(talk);
        at = stop;
    }
    let answer = said.iter().find(|talk| matches!(talk, Talk::Yes | Talk::No));
    answer.or(said.last()).copied().filter(|_| said.len() > 1)
}

/// Whether nothing but signs is left.
fn is_spent(text: &Text<'_>, from: usize, end: usize) -> bool {
    (from..end).all(|i| text.get(i).is_some_and(|t| t.kind != Kind::Word && t.kind != Kind::Number))
}
