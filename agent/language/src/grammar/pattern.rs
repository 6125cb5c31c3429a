//! Patterns: `every|each {n} [of the] {unit}`. A blank parts elements, `|` alternatives, brackets
//! hold what may be left out, braces name a slot (see [`super::slot`]).

use super::slot::{self, Slot};
use crate::Context;
use crate::calendar::Unit;
use crate::token::Text;
use jiff::civil::{Date, Weekday};

/// What a slot captured.
#[derive(Clone, Debug)]
pub(crate) enum Value {
    Number(i64),
    Weekday(Weekday),
    Weekdays(Vec<Weekday>),
    Month(i8),
    /// A unit, and how many of it the word means (a fortnight is two weeks).
    Unit((Unit, i64)),
    Date(Date),
}

/// What the slots of a pattern captured, in order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Captures(pub(crate) Vec<Value>);

macro_rules! capture {
    ($name:ident, $variant:ident, $type:ty) => {
        pub(crate) fn $name(&self, index: usize) -> Option<$type> {
            let values = self.0.iter().filter_map(|v| if let Value::$variant(x) = v { Some(x.clone()) } else { None });
            values.skip(index).next()
        }
    };
}

impl Captures {
    capture!(number, Number, i64);
    capture!(weekday, Weekday, Weekday);
    capture!(weekdays, Weekdays, Vec<Weekday>);
    capture!(month, Month, i8);
    capture!(unit, Unit, (Unit, i64));
    capture!(date, Date, Date);

    /// A captured number that fits a day or an ordinal.
    pub(crate) fn small(&self, index: usize) -> Option<i8> {
        self.number(index).and_then(|n| i8::try_from(n).ok())
    }
}

#[derive(Debug)]
enum Element {
    Words(Vec<&'static str>),
    Slot(Slot),
    Maybe(Vec<Element>),
}

#[derive(Debug)]
pub(crate) struct Pattern(Vec<Element>);

impl Pattern {
    pub(crate) fn new(source: &'static str) -> Self {
        let mut parts = source.split(' ').filter(|p| !p.is_empty());
        Self(elements(&mut parts))
    }

    /// The words that it can begin with, and whether it can begin with a slot (or match nothing).
    pub(crate) fn beginnings(&self) -> (Vec<&'static str>, bool) {
        let mut words = Vec::new();
        let open = begin(&self.0, &mut words);
        (words, open)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn is_optional(&self) -> bool {
        self.0.iter().all(|e| matches!(e, Element::Maybe(_)))
    }

    /// Where a match from `at` ends.
    pub(crate) fn matches(
        &self,
        text: &Text<'_>,
        at: usize,
        end: usize,
        context: &Context,
    ) -> Option<(usize, Captures)> {
        let mut captures = Captures::default();
        let stop = follow(&self.0, &[], text, at, end, context, &mut captures)?;
        Some((stop, captures))
    }
}

fn elements(parts: &mut dyn Iterator<Item = &'static str>) -> Vec<Element> {
    let mut found = Vec::new();
    while let Some(part) = parts.next() {
        if let Some(inner) = part.strip_prefix('[') {
            let mut group = vec![inner];
            while !group.last().is_some_and(|p| p.ends_with(']')) {
                match parts.next() {
                    Some(next) => group.push(next),
                    None => break,
                }
            }
            found.push(Element::Maybe(group.iter().map(|p| element(p.trim_end_matches(']'))).collect()));
        } else {
            found.push(element(part));
        }
    }
    found
}

fn element(part: &'static str) -> Element {
    match part.strip_prefix('{').and_then(|p| p.strip_suffix('}')).and_then(slot::named) {
        Some(slot) => Element::Slot(slot),
        None => Element::Words(part.split('|').collect()),
    }
}

fn begin(elements: &[Element], words: &mut Vec<&'static str>) -> bool {
    for element in elements {
        match element {
            Element::Words(alternatives) => {
                words.extend(alternatives);
                return false;
            }
            Element::Slot(_) => return true,
            Element::Maybe(inner) => {
                if begin(inner, words) {
                    return true;
                }
            }
        }
    }
    true
}

/// Follows `now` and then `later` from `at`; takes what may be left out first.
fn follow(
    now: &[Element],
    later: &[Element],
    text: &Text<'_>,
    at: usize,
    end: usize,
    context: &Context,
    captures: &mut Captures,
) -> Option<usize> {
    let Some((first, rest)) = now.split_first() else {
        return if later.is_empty() { Some(at) } else { follow(later, &[], text, at, end, context, captures) };
    };
    match first {
        Element::Words(words) => {
            let token = text.get(at).filter(|t| at < end && !t.literal)?;
            if !words.contains(&token.text.as_str()) {
                return None;
            }
            follow(rest, later, text, at + 1, end, context, captures)
        }
        Element::Slot(slot) => {
            let (stop, value) = slot::read(*slot, text, at, end, context)?;
            captures.0.push(value);
            let found = follow(rest, later, text, stop, end, context, captures);
            if found.is_none() {
                captures.0.pop();
            }
            found
        }
        Element::Maybe(inner) => {
            let before = captures.0.len();
            // Groups do not nest, so `rest` can stand for what comes later.
            if let Some(found) = follow(inner, &[], text, at, end, context, captures)
                .and_then(|stop| follow(rest, later, text, stop, end, context, captures))
            {
                return Some(found);
            }
            captures.0.truncate(before);
            follow(rest, later, text, at, end, context, captures)
        }
    }
}
