//! Sayings that go on from a list: "what about tomorrow", "and the home ones", "only the urgent ones", "the rest".

use super::super::clause::Clause;
use super::super::model::{Reference, Target};
use super::super::{add, change, polite, spell, target};
use super::covered;
use crate::grammar::Phrases;
use crate::read::names;
use crate::token::Text;
use crate::{Context, Filter};
use std::sync::LazyLock;

/// How a saying goes on from a list that was shown.
#[derive(Clone, Debug, PartialEq)]
pub enum GoOn {
    /// The tasks of another filter: what is left of the words may name a task, or be in several.
    Other(Filter, Option<String>),
    /// Those of the list that pass this as well.
    Only(Filter),
    /// The list that was counted.
    Same,
    /// So many days after the days that were asked for.
    Later(i32),
    /// All the others.
    Rest,
    /// Tasks by their numbers.
    Tasks(Target),
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Lead {
    And,
    Only,
}

static LEADS: LazyLock<Phrases<Lead>> = LazyLock::new(|| {
    use Lead::{And, Only};
    Phrases::new(&[
        ("and|or|also|plus|then|now|but|so|next|ok|okay|oh|& [then|what|how] [about]", And),
        ("what|how|whats|what's about|of [the] [ones]", And),
        ("what|how about", And),
        ("same|ditto for|with|but [for]", And),
        ("only|just|but [show] [me]", Only),
        ("show|give|tell|list [me] only|just", Only),
        ("can|could you [just|only] show|list|do [me] [only|just]", Only),
        ("narrow|filter|limit [it|that|them|those] [down] to|by|for", Only),
        ("which|what of those|these|them [are|is|have]", Only),
        ("which|what ones are|is|have", And),
    ])
});

static WHOLE: LazyLock<Phrases<Whole>> = LazyLock::new(|| {
    use Whole::{Later, Rest, Same};
    Phrases::new(&[
        ("[show] [me] [all] [of] [the] more|rest|others|remainder [please|too]", Rest),
        ("[and] [what's|whats|what] [is|are] [the] rest|others", Rest),
        ("the other|remaining ones|tasks", Rest),
        ("[back|return|go] [to] [the] all|everything|full|whole [list|tasks|again]", Rest),
        ("which", Same),
        ("show|list|see more [tasks]", Rest),
        (
            "sort|order|group|arrange [it|them|these|those|this] by [due] date|dates|priority|tag|tags|name|title|day",
            Same,
        ),
        ("[which|what] [ones|one|are] [are] they|those|these", Same),
        ("which|what ones|one|tasks [are] [they|those|these]", Same),
        ("which|what are they|those|these|them", Same),
        ("show|list|name|read me|them|those|these [them|those|these] [out|all]", Same),
        ("[and] [what|how] [about] the|that next|following day", Later(1)),
        ("[and] [what|how] [about] [the] day after [that]", Later(1)),
        ("[and] [what|how] [about] [the] next|following day", Later(1)),
        ("[and] [what|how] [about] [the] day before [that]", Later(-1)),
        ("[and] [what|how] [about] [the] week after [that]", Later(7)),
        ("[and] [what|how] [about] [the] following week", Later(7)),
    ])
});

#[derive(Clone, Copy)]
enum Whole {
    Same,
    Later(i32),
    Rest,
}

/// Most tokens of such a saying.
const LONGEST: usize = 14;

/// How the saying goes on from a list, if it may.
#[must_use]
pub fn go_on(saying: &str, context: &Context) -> Option<GoOn> {
    let mut text = Text::new(saying);
    spell::correct(&mut text);
    let text = text;
    if text.len() == 0 || text.len() > LONGEST {
        return None;
    }
    let mut end = text.len();
    while end > 0 && text.is_one_of(end - 1, &["?", "!", ".", ",", "then", "please", "too", "though", "instead", "now"])
    {
        end -= 1;
    }
    let whole = polite::strip(&text, Clause { from: 0, end }, context);
    for from in [0, whole.from] {
        if let Some((stop, whole, _)) = WHOLE.longest(&text, from, end, context).filter(|(stop, ..)| *stop == end) {
            debug_assert!(stop == end);
            return Some(match whole {
                Whole::Same => GoOn::Same,
                Whole::Later(days) => GoOn::Later(days),
                Whole::Rest => GoOn::Rest,
            });
        }
    }
    let (mut from, mut leads) = (0, Vec::new());
    while let Some((stop, lead, _)) = LEADS.longest(&text, from, end, context).filter(|(stop, ..)| *stop < end) {
        leads.push(lead);
        from = stop + usize::from(text.is_one_of(stop, &[","]));
    }
    let clause = Clause { from: from.min(end), end };
    let verb = names::is_task_verb(&text, clause.from) && clause.from + 1 < end;
    let commands = verb
        || add::leads(&text, clause, context)
        || change::leads(&text, clause, context)
        || (clause.from..end).any(|i| {
            text.is_one_of(
                i,
                &[
                    "is", "are", "was", "were", "i", "i'm", "i've", "it", "it's", "isn't", "done", "not", "don't",
                    "should", "can", "did", "do", "have", "make", "that's",
                ],
            )
        });
    if clause.is_empty() || commands && !leads.contains(&Lead::Only) || verb {
        return None;
    }
    let target = target::read(&text, clause.from, end, context);
    if target.references.iter().any(|reference| matches!(reference, Reference::Number(_) | Reference::Nth(_))) {
        return (!leads.is_empty() && !target.references.is_empty()).then_some(GoOn::Tasks(target));
    }
    let filter = covered::cover(&text, clause, context).filter;
    if leads.contains(&Lead::Only) {
        return (filter != covered::everything()).then_some(GoOn::Only(filter));
    }
    let left = filter.words.split(' ').filter(|word| !word.is_empty()).count();
    if left == 0 {
        return (filter != covered::everything()).then_some(GoOn::Other(filter, None));
    }
    // A word alone may be anything; after "and" it is more of what was asked for.
    let name = match target.references.as_slice() {
        [Reference::Words(words)] => Some(words.clone()),
        _ => None,
    };
    (left <= 4 && (!leads.is_empty() || left == 1 && end - clause.from <= 3)).then_some(GoOn::Other(filter, name))
}
