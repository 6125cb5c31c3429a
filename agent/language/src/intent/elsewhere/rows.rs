//! How sayings begin that another app is for.

use crate::grammar::Phrases;
use std::sync::LazyLock;

/// How a row holds.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    /// Whatever follows.
    Always,
    /// If no day, priority or tag makes it an errand.
    Undated,
    /// If nothing follows.
    Alone,
    /// As [`Reach::Always`]; nothing that could be a task, either.
    Service,
}

pub(super) static ROWS: LazyLock<Phrases<Reach>> = LazyLock::new(|| {
    use Reach::{Alone, Always, Service, Undated};
    Phrases::new(&[
        (
            "order|book|get|find|buy|cook|make|write|send|draw|bring|fetch|pour|fix|hail|grab|sing|build|generate|drive|take|wake|lend|play|recommend|suggest|reserve|hire me|us",
            Always,
        ),
        ("call|phone|ring me|us [a|an|the]", Always),
        ("text|message|email me|us", Always),
        ("put on [some|a|the|my] music|song|songs|playlist|radio|album|jazz|news|tv|telly|podcast|tunes", Undated),
        ("put [some|a|the|my] music|song|songs|playlist|radio|jazz|news|tv|telly|tunes|lights|heating on", Undated),
        (
            "pause|skip|resume|shuffle|stop|rewind [this|the|that|my] [next] music|song|track|playlist|video|podcast|radio|playback",
            Undated,
        ),
        ("next|previous|last song|track|episode", Alone),
        ("turn|switch|put it|that|this|them|everything on|off|up|down", Undated),
        ("volume|lights|light|heating|music|tv|radio up|down|on|off", Undated),
        ("louder|quieter|mute|unmute|shuffle|pause|play|skip|resume", Alone),
        ("dim|brighten the|my [bedroom|kitchen|living|room|hall] [room] light|lights|lamp|lamps", Undated),
        (
            "lock|unlock|open|close the|my [front|back|garage|car] door|doors|blinds|curtains|garage|window|windows|gate",
            Undated,
        ),
        (
            "set|raise|lower|increase|reduce the|my temperature|thermostat|volume|brightness|heating|ac|oven|mood|screen",
            Undated,
        ),
        (
            "set|change|update|switch my|the|our [slack|teams|zoom|discord|skype|whatsapp|facebook|relationship|online] status|presence",
            Undated,
        ),
        ("set|turn me|myself [to] away|busy|online|offline|available|invisible", Undated),
        ("open the|my [google|web] browser|camera|calculator|calendar|settings|maps|inbox|app", Alone),
        ("close|quit|exit [the|this] app|application|window|tab|program|browser", Alone),
        ("take|snap|shoot a|an|another selfie|photo|picture|screenshot|video|pic|snapshot", Alone),
        ("screenshot|selfie", Alone),
        ("flip|toss|roll a|the|some|two coin|dice|die", Alone),
        ("pick|choose|guess a|any number|card|colour|color", Undated),
        ("navigate|directions", Undated),
        ("take|drive|guide home", Undated),
        ("show the way|route", Undated),
        ("hang up", Alone),
        ("answer|pick the|my [up] phone|call", Alone),
        (
            "read [out] [me] [out] my|the [new|latest|unread] emails|messages|texts|notifications|mails|news|headlines",
            Undated,
        ),
        (
            "read|tell [me|us] [a|the|another] [bedtime] story|joke|news|headlines|weather|time|forecast|fact|score|scores",
            Undated,
        ),
        ("sing|rap|beatbox|dance", Undated),
        ("the|today's|tomorrow's [weather|traffic] forecast|weather|news|headlines|traffic", Always),
        ("weather|forecast|news|headlines|traffic", Always),
        ("flirt|chat with|to me", Undated),
        ("calculate|compute|multiply|divide|subtract|solve|convert {n}", Always),
        ("calculate|compute|multiply|divide|subtract", Always),
        ("square|cube root of", Always),
        ("google", Undated),
        ("search [on] [the] web|online|internet|google|youtube|amazon|wikipedia|ebay", Undated),
        ("look|find out what|who|why|how|the capital|meaning|population|weather|definition", Undated),
        ("look up the [the] capital|meaning|population|weather|definition|score|spelling", Undated),
        (
            "write|compose|draft|generate a|an|some poem|song|story|joke|essay|haiku|rap|limerick|code|function|program|script",
            Undated,
        ),
        ("write|compose|generate poetry|code|lyrics", Undated),
        (
            "order|get|call|book|hail [a|an|some|me|the] [large|small|cheap] pizza|pizzas|taxi|cab|uber|lyft|ride|food|takeaway|takeout|sushi|burger|burgers|coffee|curry|chinese",
            Alone,
        ),
        (
            "order|get|call|book|hail|reserve [a|an|some|me|the] taxi|cab|uber|lyft|ride|takeaway|takeout|deliveroo [from|to|home|for]",
            Undated,
        ),
        ("video call", Undated),
        (
            "make|turn|set it|everything|things [a] [bit|little] warmer|cooler|brighter|darker|louder|quieter|bigger|smaller|colder|hotter [in] [here]",
            Undated,
        ),
        (
            "make the [living] room|house|screen|text|font|music|lights|bedroom|kitchen|volume [a] [bit|little] warmer|cooler|brighter|darker|louder|quieter|bigger|smaller|colder|hotter",
            Undated,
        ),
        ("set|turn|put brightness|volume|heating|temperature|thermostat to|at|on|up|down", Undated),
        (
            "check|get|see|read the|today's|tomorrow's weather|forecast|news|traffic|score|scores|time|headlines",
            Undated,
        ),
        ("log|sign out|in|off", Alone),
        ("speak|talk [a] [bit] louder|slower|faster|quieter|up", Undated),
        ("write|compose a tweet|post|caption|status|bio", Undated),
        ("facetime|skype", Undated),
        ("send|say happy|merry|good birthday|christmas|easter|anniversary|luck|night|morning to", Undated),
        ("reply yes|no|ok|okay|sure|that|saying|with", Undated),
        ("read [out] my|the last|latest|new message|text|email", Undated),
        ("read|check my messages|texts|notifications|voicemail|voicemails|inbox", Undated),
        ("set a reminder on|in my|the phone|calendar", Service),
        ("call|ring|phone|dial 911|999|112|the police|ambulance|fire [brigade|department]", Alone),
        (
            "add|put|save|copy this|that|it|them|everything|all to|in|on|into my|the [google|outlook|apple|phone] calendar|phone|contacts",
            Service,
        ),
        (
            "email|send|text|share|print|export|sync|import|download|upload|forward [me|us] [out] [my|the|this|all|these|our] [whole|entire|open|of] [my|the] [todo|to-do|task|open] list|lists|tasks|todos",
            Service,
        ),
        (
            "sync|connect|integrate|link [this|it|my|the] [list|tasks|calendar] [with|to] [my] google|outlook|apple|slack|calendar|gmail|phone|alexa",
            Service,
        ),
        ("log|sign me|us out|in|off|up", Service),
        (
            "switch|change|turn|go|set [it|on|the|off|this] [app] [to|into|theme] [to] dark|light|night mode|theme",
            Service,
        ),
        ("enable|activate|disable|use dark|light|night mode|theme", Service),
        (
            "change|set|make|switch|increase|reduce the|my [background|app's|app] background|theme|font|text|colour|color|colours|colors|wallpaper|layout|language|ringtone|screen",
            Service,
        ),
        ("turn|switch on|off do not|dark|airplane|flight|silent|bluetooth|wifi|dnd [disturb|mode]", Undated),
    ])
});
