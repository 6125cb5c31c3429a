//! How sayings that want to see tasks begin.

use crate::grammar::Phrases;
use std::sync::LazyLock;

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ask {
    /// Show what the rest narrows to.
    Show,
    /// Show it, if the rest speaks of tasks.
    ShowTasks,
    Count,
    /// Show what is done.
    Done,
    /// Find words.
    Find,
    /// How one task stands.
    About,
    /// Whether one task is done.
    State,
}

pub(super) static ASKS: LazyLock<Phrases<Ask>> = LazyLock::new(|| {
    use Ask::{About, Count, Done, Find, Show, ShowTasks, State};
    Phrases::new(&[
        (
            "show|list|display|print|view|see|read|give|get|tell|say|pull|bring|open|check|review|fetch|recite|enumerate|look|name [up|out|at|through] [to] [me|us]",
            ShowTasks,
        ),
        ("let me see|have|look [at] [a] [look] [at]", ShowTasks),
        ("have a look at", ShowTasks),
        ("take me through", ShowTasks),
        ("run me|through [through]", ShowTasks),
        ("remind me what|which|what's|whats", Show),
        ("tell me what|which|what's", Show),
        ("show me what|which|what's", Show),
        ("what|which|what's|whats|wat", ShowTasks),
        (
            "what|what's|whats|wat is|'s|are|was [all] [still|left|currently] [on|in|pending|open|left|due|next|overdue|outstanding|up|coming|still|remaining|planned|scheduled]",
            ShowTasks,
        ),
        (
            "what's|whats|what|wat pending|open|left|due|next|overdue|outstanding|up|remaining|planned|scheduled|late|happening|important|urgent|upcoming|new|now",
            Show,
        ),
        (
            "what is|are|'s|else [is] [still|left] pending|open|left|due|next|overdue|outstanding|up|remaining|planned|scheduled|late|happening|urgent|upcoming|important",
            Show,
        ),
        ("what's|whats|wats|what on|in my|the|today's|our [list|plate|agenda|schedule|todo|to-do|plan|calendar]", Show),
        ("what's|whats on|for|coming|happening [for|up] [today|tomorrow|this]", Show),
        ("what is|are on|in my|the [list|plate|agenda|schedule|todo|plan]", Show),
        (
            "what do|should|must|can|shall i|we [still|have|need] [have|need|got|do|still] [to] [do|planned|on|left|scheduled|pending|due|get|be]",
            Show,
        ),
        ("what have i|we [got] [planned|on|left|to|due|coming|scheduled|for] [do|up]", Show),
        ("what does my|the day|list|schedule|agenda|plan look like", Show),
        (
            "what's|whats|how's|hows my|the day|week|schedule|list|agenda|calendar|weekend|morning|afternoon|evening [look|looking|like] [like|looking]",
            Show,
        ),
        ("what's|whats|how's|hows {date} like|looking", Show),
        ("what does|is {date} look|looking like", Show),
        ("how does|is {date} look|looking", Show),
        ("what is|'s there [left|still] [to] [do]", Show),
        ("what's there [left|still] [to] [do]", Show),
        ("what needs|remains [to] [be] [done|doing|do]", Show),
        ("what am i [supposed|meant] [to] [do|doing|be]", Show),
        ("what else [do|is|have] [i] [have|need|there|left|to] [to] [do]", Show),
        ("what should|can i|we [do|work|tackle|start|focus] [on|with] [next|first|now]", Show),
        ("do|have i|we [still] [have|got|need] anything|something|any|tasks|stuff|things|todos", Show),
        ("do|have i|we [still] have|got [any|a|much|lots] [of] plans|meetings|appointments|deadlines|work|on", Show),
        ("do|have i|we have|need|got to do|finish|get anything|something|stuff|things [done]", Show),
        ("is|are anything|something|any|everything [of] [mine] [still]", Show),
        ("is|are|was there [still] anything|something|any|tasks|stuff|things", Show),
        ("anything|any [tasks] [else|left|still|that|is|coming] [to|is|up] [do|be]", Show),
        ("am i forgetting|missing anything|something [for|on|from|due]", Show),
        ("am i done|finished|free|late|behind|busy|clear|overdue", Show),
        ("catch|fill|bring me|us up|in [on|to|with] [speed|everything|things]", Show),
        ("where do|should|shall|can i|we start|begin", Show),
        ("how am|are i|we doing|getting|going [on|along] [with] [my] [list|tasks|things]", Show),
        ("how many|much", Count),
        ("count|number [of] [all|up|how] [many] [my|the|of]", Count),
        ("what's the number|count of", Count),
        ("what is the number|count of", Count),
        (
            "what have|did|has i|we|been [already|actually|just|so|recently] [far] completed|complete|finish|finished|done|do|accomplish|accomplished|achieve|achieved|get|got|check|checked|tick|ticked|close|closed [off] [done|through]",
            Done,
        ),
        (
            "what's|what|which|whats [tasks|todos|items|things|ones] [have|has|are|is|did|i|been|i've] [i|been|already|have|been] [already] done|completed|finished|complete|finish",
            Done,
        ),
        ("which|what tasks|ones|things|items|todos did i [already] do|finish|complete|get", Done),
        ("what've i done|completed|finished", Done),
        ("what've|whatve i|we [still] [got] [planned|on|left|to|due|coming|scheduled|for] [do|up]", Show),
        ("what have|did i|we [already] manage|managed to do|finish|complete|get [done]", Done),
        (
            "remind me of|about my|the|all|today's|our [open|own] tasks|list|todos|jobs|chores|plans|agenda|schedule",
            Show,
        ),
        (
            "did|have i|we [already|even] finish|finished|complete|completed|accomplish|accomplished|do|done|get|got anything|something|much [done|finished]",
            Done,
        ),
        ("show|list|give|tell [me] what i've|i|we [have|already|did] completed|finished|done|did|complete", Done),
        (
            "find|search|lookup [for] [all|any|my|me|anything|everything|something] [the] [tasks|todos|items|task] [for|about|with|containing|mentioning|on|related|that] [to|mention|the|word|contain] [words]",
            Find,
        ),
        ("search|look [up] for|through", Find),
        ("look up", Find),
        (
            "do|did i|we [already|still] [have] [a|any|an] task|tasks|todo|todos|reminder|item|items|something|anything about|for|to|called|with|regarding|on|mentioning|named",
            Find,
        ),
        (
            "is|are there [a|any|an|already] task|tasks|todo|todos|reminder|item|something|anything about|for|to|called|with|regarding|mentioning|named",
            Find,
        ),
        ("do i|we have a|an|any", Find),
        ("have i|we got a|an|any", Find),
        ("anything|any|something about|regarding|with|mentioning", Find),
        ("what about", Find),
        ("where is|are|'s", Find),
        ("where's", Find),
        ("when is|are|was|'s|do|does|did|should|must|will|have|am [i] [have|need|supposed] [to]", About),
        ("when's|whens", About),
        (
            "[at|on] what|which time|day|date|hour|weekday|month is|'s|are|was|do|does|did|should|must|will|am|have [i|we] [have|need|supposed] [to]",
            About,
        ),
        ("what time|day|date", About),
        ("when i|we have|need|must|should|do [to] [do]", About),
        ("when do|is|are i|we|my [have|need] [to]", About),
        ("what|what's|whats [is|was|are] [the] task|item|number|todo|#", About),
        ("what|what's|whats [is|was|are] #", About),
        (
            "what|what's|whats [is|was] [the] status|state|progress|deadline|priority|date|details [date] [of|for|on|with]",
            About,
        ),
        ("what|what's|whats [is|was] [the] due date|time [of|for|on]", About),
        ("how is|'s|does|are", About),
        ("remind|tell me when|where [is|are]", About),
        ("tell me [more] about", About),
        ("tell me more", About),
        ("show [me] [the] details [of|for|on]", About),
        ("details [of|for|on|about]", About),
        ("did i|we [already|ever|actually|manage|remember] [to]", State),
        ("have i|we [already|ever|actually]", State),
        ("is|are|was|were|isn't|wasn't|has|did|will", State),
        ("am i|we done|finished|through with", State),
        ("haven't|didn't i|we [already]", State),
    ])
});
