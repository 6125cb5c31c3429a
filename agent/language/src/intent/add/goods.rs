//! Shopping: "milk and bread" is two things, "salt and pepper" and "fish and chips" are one.

use super::super::clause::Clause;
use crate::read::names;
use crate::token::{Kind, Text};
use std::collections::HashSet;
use std::sync::LazyLock;

static GOODS: LazyLock<HashSet<&str>> = LazyLock::new(|| WORDS.split(' ').collect());

const WORDS: &str = "\
    milk bread butter eggs cheese yoghurt yogurt cream flour sugar rice pasta noodles spaghetti cereal oats porridge \
    coffee tea juice water wine beer vodka gin rum cola coke lemonade squash crisps chocolate biscuits cookies cake \
    sweets nuts popcorn crackers bagels rolls buns wraps tortillas croissants muffins jam honey marmite peanut \
    ketchup mustard mayo mayonnaise vinegar oil salt pepper spices stock soup beans lentils chickpeas tuna salmon \
    fish chicken beef mince pork lamb ham bacon sausages steak turkey tofu potatoes onions garlic ginger carrots \
    tomatoes lettuce salad cucumber peppers broccoli spinach cabbage peas corn mushrooms courgettes celery leeks \
    apples bananas oranges lemons limes grapes berries strawberries blueberries pears plums peaches melon pineapple \
    avocado avocados mango olives herbs basil parsley coriander nappies diapers wipes tissues toilet kitchen roll \
    paper towels soap shampoo conditioner toothpaste toothbrush deodorant razors bleach detergent tablets sponges \
    foil cling film bin bags batteries candles lightbulbs bulbs matches stamps envelopes cat dog food litter treats \
    lemon lime apple banana onion potato tomato carrot cucumber lettuce egg loaf sausage biscuit orange mushroom leek \
    flowers ice pizza yeast baking powder raisins syrup custard stuffing gravy cranberries sprouts";

/// Two that are bought, eaten or said as one.
const PAIRS: &[(&str, &str)] = &[
    ("salt", "pepper"),
    ("fish", "chips"),
    ("bread", "butter"),
    ("mac", "cheese"),
    ("macaroni", "cheese"),
    ("gin", "tonic"),
    ("ham", "cheese"),
    ("cheese", "onion"),
    ("cheese", "wine"),
    ("wine", "cheese"),
    ("salt", "vinegar"),
    ("oil", "vinegar"),
    ("sausage", "mash"),
    ("sausages", "mash"),
    ("bacon", "eggs"),
    ("ham", "eggs"),
    ("rice", "beans"),
    ("rice", "peas"),
    ("beans", "toast"),
    ("pen", "paper"),
    ("bits", "pieces"),
    ("bits", "bobs"),
    ("odds", "ends"),
    ("rum", "coke"),
    ("vodka", "coke"),
    ("cat", "dog"),
    ("garlic", "ginger"),
    ("terms", "conditions"),
    ("arts", "crafts"),
    ("pros", "cons"),
    ("ins", "outs"),
    ("nuts", "bolts"),
    ("rules", "regulations"),
    ("goods", "services"),
    ("snakes", "ladders"),
    ("roundabouts", "swings"),
    ("mums", "dads"),
];

/// Whether the parts, joined by nothing but "and", are several things to get; `listed` if a list is named.
pub(super) fn are_several(text: &Text<'_>, parts: &[Clause], listed: bool) -> bool {
    let short = |part: &Clause| {
        part.end - part.from <= 4
            && (part.from..part.end).all(|i| text.get(i).is_some_and(|t| matches!(t.kind, Kind::Word | Kind::Number)))
    };
    let chore = |part: &Clause| names::is_task_verb(text, part.from) && part.end > part.from + 1;
    let pair = parts.windows(2).any(|two| match two {
        [a, b] => PAIRS.contains(&(text.word(a.end - 1), text.word(b.end - 1))),
        _ => false,
    });
    parts.len() > 1
        && parts.iter().all(short)
        && !parts.iter().any(chore)
        && !pair
        && (listed || parts.len() > 2 || parts.iter().all(|part| bought(text, *part) || are_things(text, *part)))
}

/// "charging cables": a few words, the last of them a plural.
fn are_things(text: &Text<'_>, part: Clause) -> bool {
    const JOINTS: &[&str] =
        &["with", "for", "to", "about", "at", "in", "on", "from", "between", "by", "the", "my", "our"];
    let last = text.word(part.end - 1);
    let plural = last.len() > 3
        && last.ends_with('s')
        && !["ss", "us", "is", "'s", "days"].iter().any(|ending| last.ends_with(ending));
    plural && part.end - part.from <= 3 && !(part.from..part.end).any(|i| text.is_one_of(i, JOINTS))
}

/// What makes one thing of the word before it: "toilet roll", "orange juice".
const HEADS: &[&str] = &[
    "roll", "rolls", "towels", "food", "litter", "treats", "bags", "juice", "oil", "soup", "sauce", "stock", "mince",
    "powder", "film", "butter", "cream", "flour", "cakes", "fingers", "noodles", "biscuits", "tablets", "vinegar",
    "syrup",
];

/// "oranges bananas", "milk bread eggs": things that were dictated without commas.
pub(super) fn run_on(text: &Text<'_>, part: Clause) -> Vec<Clause> {
    let good = |i: usize| text.get(i).is_some_and(|t| !t.literal && GOODS.contains(t.text.as_str()));
    if part.end - part.from < 2 || !(part.from..part.end).all(good) {
        return vec![part];
    }
    let mut parts = Vec::new();
    let mut from = part.from;
    for at in part.from + 1..=part.end {
        let apart = at == part.end || !text.is_one_of(at, HEADS) || text.word(at - 1).ends_with('s');
        if apart {
            parts.push(Clause { from, end: at });
            from = at;
        }
    }
    parts
}

fn bought(text: &Text<'_>, part: Clause) -> bool {
    GOODS.contains(text.word(part.end - 1))
}
