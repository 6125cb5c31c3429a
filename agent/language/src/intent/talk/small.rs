//! Small talk: what people say around their sayings.

use super::super::model::Talk;

pub(super) const ROWS: &[(&str, Talk)] = {
    use Talk::{Complaint, Farewell, Greeting, HowAreYou, No, Praise, Remark, Thanks};
    &[
        (
            "[i'll] talk|speak|chat|see|catch|meet [to|with] [you|u|ya] [all|guys|again] [later|soon|then|again|around|there]",
            Farewell,
        ),
        (
            "[i'll] talk|speak|chat|see|catch [to|with] [you|u|ya] [again] [on|in] [the] {date} [then|so|morning|evening|night]",
            Farewell,
        ),
        (
            "[i'll] talk|speak|chat|see|catch [to|with] [you|u|ya] in [the|a] morning|evening|afternoon|bit|while|minute|sec",
            Farewell,
        ),
        ("[i'll] be [right] back [soon|later|shortly|again] [on|in] [{date}]", Farewell),
        ("until|till|til {date} [then]", Farewell),
        ("until next time", Farewell),
        (
            "ttyl|gtg|g2g|brb|afk|cya|laters|later|nite|night|nighty|toodles|adios|tata|ttfn|goodnight [night|all|everyone] [then]",
            Farewell,
        ),
        ("brb|back|afk [back] [in] {n} [min|mins|minutes|minute|m|hour|hours|sec|secs]", Farewell),
        ("brb|afk {n}", Farewell),
        (
            "that's|thats|that|this|that'll|thatll [is|will|'ll] [be] all|it|everything|enough [from|for] [me|us] [for] [{date}] [now|tonight] [then]",
            Farewell,
        ),
        (
            "i'm|im|i|we're|we [am|are] done|finished|through|off|out for [{date}] [now|tonight|the] [day|then]",
            Farewell,
        ),
        (
            "[i'm|im|i] [am] off|going|heading|gone|away [off] [out|home|to] [to] [bed|work|school|sleep|lunch|now] [now|then]",
            Farewell,
        ),
        ("gotta|got|need|have [to] go|run|dash|fly [now]", Farewell),
        (
            "have|enjoy a|an|your|the [very] good|nice|great|lovely|wonderful|fun|fab [rest] [of] [your|the] day|one|weekend|evening|night|week|time|afternoon|holiday|morning [everyone|all]",
            Farewell,
        ),
        ("enjoy your|the [rest] [of] [your|the] day|weekend|evening|night|week|holiday|afternoon", Farewell),
        ("sleep well|tight", Farewell),
        ("bye|goodbye|cheerio|ciao|ta [bye] [for] [now|then] [all|everyone]", Farewell),
        ("back [again] soon|later|shortly", Farewell),
        ("thanks|cheers a lot|bunch|million|ton for [{date}] [everything|that|this|your|the] [help]", Thanks),
        ("sunny|rainy|windy|cold|hot|grey|gray|freezing|foggy|miserable [day|out] [again] {date}", Remark),
        ("big|huge|important|busy|quiet|long|lazy|early day|week|night|one|start {date}", Remark),
        ("big|huge|busy|quiet|long|lazy week|month|day ahead", Remark),
        ("test|testing [test|testing|one|1] [two|2|test]", Remark),
        ("take care", Farewell),
        ("same time {date}", Farewell),
        ("good|gd morning|afternoon|evening|day|morrow ,|!|. [it's] [lovely|nice|beautiful] [day]", Greeting),
        ("morning|afternoon|evening|mornin [all|everyone|you|there]", Greeting),
        ("hi|hello|hey [again|there] [again]", Greeting),
        ("happy|merry|have [a] [happy] {weekday} [everyone|all|to] [you]", Greeting),
        (
            "happy|merry|jolly new|birthday|christmas|easter|holidays|diwali|thanksgiving|weekend|hump|xmas|halloween|hanukkah|eid [year|day] [everyone|all|to] [me|you]",
            Greeting,
        ),
        ("anyone|anybody|you|u are [here|there|home|up|awake]", Greeting),
        (
            "how is|was|are|'s|has your|you|the|things [things|life|been] [day|night|weekend|week|morning|evening|holiday|going|doing] [going|been] [today|so|then] [far]",
            HowAreYou,
        ),
        (
            "how's|hows your|you|it|life|things|tricks [day|night|weekend|week|morning|evening|going] [going|been] [today|so] [far]",
            HowAreYou,
        ),
        ("you ok|okay|alright|good|well", HowAreYou),
        (
            "thanks|thx|ty|cheers|thank|ta [you] [so] [much|again|ever] [for] [your|the|all|that|this|doing|everything|being] [your|the|that|this|of] [help|reminder|work|info|support|patience|time|list|effort|lot|so|great|awesome|patient|helpful|there|good] [today|tonight|this] [again|so|very|week|morning] [much]",
            Thanks,
        ),
        (
            "thanks|thank|cheers [you] for [all] reminding|helping|sorting|doing|letting|adding|telling|keeping|listening|asking [me|that|it|this|us|on] [know|out|today|track|again] [today]",
            Thanks,
        ),
        (
            "ta|cheers|thx|tysm|tyvm|thankies|gracias|danke [very|so] [much|mate|love|pal|again|then] [for] [that|now]",
            Thanks,
        ),
        ("bless you|ya|u", Thanks),
        (
            "you|u [are|really|truly|absolutely] [really|truly|absolutely] rock|rule|legend|star|genius|angel|lifesaver|amazing",
            Praise,
        ),
        (
            "you're|youre|ur|your|you [are|is] [just|such|really|honestly|so|very|absolutely] [a|an|the|my] [absolute|total|real|complete|little|such] best|star|lifesaver|legend|genius|angel|hero|gem|champ|saviour|savior|treasure|favourite|favorite|funny|sweet|kind|smart|clever|welcome|brilliant|fab|fast|quick|hilarious [today|ever|!]",
            Praise,
        ),
        (
            "you|u did|do|made|make|have [done] [a|me|my|so] [really|very|so] [great|good|well|fantastic|nice|day|smile|laugh] [job|work|day] [today|there]",
            Praise,
        ),
        (
            "ok|okay|k|kk|alright|right|cool|good|great|fine|sure|yep|yes|sweet [,] ok|okay|k|cool|good|great|fine|sure|nice|lovely|perfect|then|now|thanks [thanks|then|now|good|!]",
            Praise,
        ),
        (
            "sounds|looks|seems good|great|fine|perfect|right|lovely|fun|like [a] [plan|winner] [to] [me] [thanks]",
            Praise,
        ),
        ("makes sense [now|thanks]", Praise),
        ("fair enough|point|play", Praise),
        ("not bad|too [bad|shabby] [at] [all]", Praise),
        ("nice|good|great|lovely|love|top|well one|it|that|stuff|man|played|said [mate|buddy]", Praise),
        ("will do|try", Praise),
        ("got|gotcha|understood|noted|roger [it|that|you] [thanks|now|boss]", Praise),
        ("no problem|problemo|worries|probs|bother|stress|rush|drama", Praise),
        (
            "lol|lmao|rofl|haha|hahaha|hehe|omg|wow|ha|heh|yay|woo|woohoo|yess|yesss|phew|ugh|meh|oof|aww|aw|ooh|eh|huh|hmm|hm|mm|mhm [ok|okay|that's|thats|that|so] [was|is] [funny|good|great|nice|cool|true|right|ok|brilliant|fast|quick|close]",
            Praise,
        ),
        (
            "can't|cant|cannot wait [for|until|till|til|to] [the|see] [{date}] [weekend|holiday|holidays|summer|christmas]",
            Remark,
        ),
        ("[i'm|im|really|so] [so|really] looking forward to {date}", Remark),
        (
            "[i'm|im|really|so] [so|really] looking forward to [the|my|a] weekend|holiday|holidays|christmas|break|it",
            Remark,
        ),
        ("roll on {date}", Remark),
        ("bring on {date}", Remark),
        ("thank god|goodness|heavens|fuck [for] [it's|its|it|that's] [is] [finally|nearly|almost] {date}", Remark),
        ("tgif|fml|smh|idk|imo|yolo|ikr", Remark),
        ("wish me|us luck [for|on|with] [{date}] [tomorrow|later] [everyone]", Remark),
        ("wish me|us luck for|on {date}", Remark),
        ("fingers crossed [for] [{date}] [me|us]", Remark),
        (
            "i|we have|got|i've|we've [got] so|too much|many|little [things|stuff] [to] [do|on] [{date}] [right|and|so] [now|little] [time]",
            Remark,
        ),
        ("so|too much|many|little [things|stuff] to do [{date}] [and|,] [so] [little] [time]", Remark),
        (
            "i|we [really|so|just|badly|desperately] need|could|want|deserve [do] [with|use] [a|some|another|my] [big|stiff|strong|long|good] holiday|vacation|break|coffee|drink|nap|sleep|hug|beer|wine|lie|rest|day [down|off|in]",
            Remark,
        ),
        ("hang|hold on|up [a] [sec|second|minute|moment|tick|mo]", No),
        ("hang tight|loose", No),
        ("wait [a] [sec|second|minute|moment|tick|mo|bit|what]", No),
        ("one|just|gimme|give [me] [a|one] sec|second|minute|moment|tick|mo [please]", No),
        ("give me|us [{n}] [a|just] sec|second|secs|seconds|minute|minutes|min|mins|moment|moments|break|chance", No),
        ("let me think|see|check [about] [it|that|this|for] [a] [bit|sec|moment|minute]", No),
        ("i'll|ill|i will [have] [to] think about it|that|this", No),
        ("i'll|ill|i will get|come back to you|u|this|that [on|in|by] [{date}] [later|soon]", No),
        (
            "[ok|okay] i'll|ill|i will do|sort|handle|see [to] that|it|this|them [{date}] [later|soon|myself|tomorrow|then|now] [then]",
            No,
        ),
        ("never|nvm|nevermind [mind] [then|now|that|it|about] [that|it]", No),
        ("maybe|perhaps later|tomorrow|another|next [time|day|week]", No),
        ("not|maybe now|today|tonight|later|yet|right [now] [thanks|then]", No),
        ("i|we give up", Complaint),
        (
            "you never|don't|dont|still|always [ever] listen|understand|learn|get|help|forget [me|it|to] [right]",
            Complaint,
        ),
        (
            "you're|youre|ur|you [are] [so|too|really|very|such] [a|an] slow|dumb|stupid|useless|annoying|thick|idiot|mean|rude|broken|rubbish|pain",
            Complaint,
        ),
        (
            "that's|thats|that|this [is|was] [so|really|not] [what|wrong|rubbish|annoying|stupid] [i] [asked|meant|said|wanted] [for|to]",
            Complaint,
        ),
        ("are you kidding|joking|serious|mad|sure|stupid [me]", Complaint),
        ("for god's|heaven's|goodness|fuck's|pete's sake", Complaint),
        ("what a [long|busy|great|lovely|terrible|crazy|mad|horrible|hectic|nice|wonderful|rubbish] {date}", Remark),
        (
            "what a [long|busy|great|lovely|terrible|crazy|mad|horrible|hectic|nice|wonderful|rubbish] day|week|weekend|night|morning|mess|relief|surprise|shame|pity|nightmare|joke|list [it's|that|this|it] [was|been|is]",
            Remark,
        ),
        (
            "it's|its|it [is|was] [been] [such] [a|an|only|still|just|finally] [very|really|so] [long|busy|great|lovely|terrible|crazy|mad|horrible|hectic|nice|tough|hard|rough] day|week|weekend|night|morning|year|month [today|this|already] [week]",
            Remark,
        ),
        (
            "[it's|its] [been] [a|such] [a] [really|very|so] long|busy|tough|hard|rough|lazy|slow|crazy|mad|hectic|great|good|bad|lovely|nice|stressful|productive|quiet day|week|weekend|night|morning|afternoon [today|so|this|at|in|out] [far|week|work|the|there|isn't] [office|it]",
            Remark,
        ),
        (
            "i'm|im|i|we're|we [am|are|feel|felt|feeling] [feeling|just] [a|so|really|very|too|pretty|kinda|quite|absolutely] [bit|little|so|very] tired|exhausted|hungry|thirsty|bored|sick|happy|sad|stressed|overwhelmed|knackered|shattered|sleepy|good|great|fine|ok|okay|well|better|bad|awful|rough|productive|lazy|unwell|poorly|busy|excited|nervous|cold|hot|hangry|starving|full|lonely|anxious|fed|swamped [up] [of|about|for|with|in] [{date}] [it|this|everything|today|work|all] [already|again|now]",
            Remark,
        ),
        (
            "feeling [really|so|very|a|pretty] [bit] good|great|fine|ok|bad|awful|tired|productive|rough|sick|better|happy|stressed|lazy|down|unwell [today|tonight|this|now] [morning|evening|week]",
            Remark,
        ),
        (
            "{date} is|was|'s|will|going [going] [to] [be] [a|an|so|really|very|such] [a] [good|great|fun|long|busy|lovely|nice|exhausting|crazy|hard|tough|mad|terrible|awful|bad|hectic|horrible|big] [day|one|week|fun]",
            Remark,
        ),
        (
            "nice|lovely|beautiful|horrible|terrible|awful|good|great|bad|rubbish|gorgeous|crap weather|day [{date}] [out|for|isn't|innit] [today|there|it]",
            Remark,
        ),
        (
            "it's|its|is it [it] raining|snowing|sunny|cold|hot|windy|freezing|pouring|boiling|cloudy [again|so|outside|out|here] [{date}] [outside|here|today]",
            Remark,
        ),
        ("i|we [really|so|absolutely] love|hate|miss|like|adore [it] {date}", Remark),
        (
            "i|we [really|so|absolutely] love|hate|miss|like|adore mondays|tuesdays|wednesdays|thursdays|fridays|saturdays|sundays|weekends|mornings|you|this|summer|winter|autumn|spring|christmas",
            Remark,
        ),
        ("i'm|im|i [am] [not] [really|so|very|too] not|sure|certain|bothered [sure]", No),
        ("i don't|dont know|care|mind|get [it|yet|really]", No),
        ("whatever|dunno|idk|nah|meh", No),
        ("sorry|soz|apologies [about|for] [that|it|this|me|the] [confusion|mess|mistake]", No),
        ("my|all bad|good|fault|mistake", No),
        ("right|ok|okay|well|so then|now|so", Praise),
        ("[ok|right] let's|lets go|do|get [this|it|going|started|on] [with] [it]", Praise),
    ]
};
