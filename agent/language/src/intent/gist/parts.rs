//! The parts of a saying, as they add up.

use super::super::change;
use super::super::clause::Clause;
use super::super::model::{Changes, Move, Reference, Target};
use super::apart::old;
use super::rows::{Act, ROWS, Role};
use crate::Context;
use crate::read::mark;
use crate::token::{Kind, Text};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Piece {
    Word(usize),
    And,
}

/// What stands in a saying.
#[derive(Debug, Default)]
pub(super) struct Parts {
    pub(super) acts: Vec<Act>,
    pub(super) changes: Changes,
    pub(super) fields: Vec<change::Field>,
    /// "is", "should be"
    pub(super) is: bool,
    /// A colon, a dash or an arrow.
    pub(super) arrow: bool,
    /// "the", "my", "one"
    pub(super) definite: bool,
    /// "a" before a word of a title.
    pub(super) new: bool,
    /// "for the …", and no word before it.
    pub(super) meant_for: bool,
    /// One of the words is a verb's past.
    pub(super) told: bool,
    /// Nearly the whole title must be said.
    pub(super) weak: bool,
    /// "no due date"
    pub(super) emptied: bool,
    pub(super) back: bool,
    /// Tells in the past that something was done.
    pub(super) past: bool,
    /// All that is to be changed is a moment that may be the one at which it was done.
    pub(super) gone: bool,
    /// Tasks that are pointed at.
    pub(super) pointed: Option<Target>,
    pieces: Vec<Piece>,
    off: Vec<Act>,
    particle: bool,
    ends: Option<(Act, usize)>,
    tags: bool,
    left: Option<Changes>,
}

impl Parts {
    /// As [`Self::words`], without those that say that something is done.
    pub(super) fn nouns(&self, text: &Text<'_>) -> String {
        let noun = |piece: &&Piece| !matches!(piece, Piece::Word(at) if change::is_done(text.word(*at)));
        Self { pieces: self.pieces.iter().filter(noun).copied().collect(), ..Self::default() }.words(text)
    }

    /// The words that no phrase explains.
    pub(super) fn words(&self, text: &Text<'_>) -> String {
        let mut words: Vec<&str> = Vec::new();
        for (at, piece) in self.pieces.iter().enumerate() {
            match piece {
                Piece::Word(i) => words.push(text.slice(*i, i + 1)),
                Piece::And => {
                    let more = self.pieces.iter().skip(at).any(|p| matches!(p, Piece::Word(_)));
                    if more && words.last().is_some_and(|last| *last != "and") {
                        words.push("and");
                    }
                }
            }
        }
        words.join(" ")
    }

    /// Whether a number or a place in a list points, and not just "it".
    pub(super) fn points_firmly(&self) -> bool {
        let firm = |r: &Reference| {
            matches!(r, Reference::Number(_) | Reference::Nth(_) | Reference::Other | Reference::Described(_))
        };
        self.pointed.as_ref().is_some_and(|target| target.references.iter().any(firm))
    }
}

impl Parts {
    pub(super) fn word(&mut self, text: &Text<'_>, at: usize, clause: Clause) {
        self.pieces.push(Piece::Word(at));
        // "piano's at 4.30 now"
        self.is |= text.word(at).ends_with("'s") && text.is_one_of(at + 1, &["at", "on", "due", "now", "for", "every"]);
        if !change::is_done(text.word(at)) {
            return;
        }
        let last = (at + 1..clause.end).all(|i| {
            text.get(i).is_some_and(|t| t.kind != Kind::Word)
                || text.is_one_of(
                    i,
                    &[
                        "now",
                        "already",
                        "too",
                        "today",
                        "yesterday",
                        "also",
                        "as",
                        "well",
                        "finally",
                        "off",
                        "out",
                        "up",
                        "both",
                    ],
                )
        });
        let told = at == clause.from
            || text.is_one_of(
                at - 1,
                &[
                    "i", "we", "i've", "ive", "we've", "weve", "just", "already", "finally", "is", "are", "been",
                    "has", "have", "all", "now", "got", "both", "also",
                ],
            );
        self.told = true;
        self.past |= last || told;
    }

    /// Numbers and places add up, and say more than "it".
    pub(super) fn point(&mut self, target: Target) {
        let firm = self.points_firmly();
        let this = Parts { pointed: Some(target.clone()), ..Parts::default() }.points_firmly();
        match &mut self.pointed {
            Some(before) if firm && this => {
                before.references.extend(target.references);
                before.references.dedup();
            }
            Some(_) if firm => {}
            pointed => *pointed = Some(target),
        }
    }

    /// Plays the role of the phrase from `at` to before `stop`; gives where the next part begins.
    pub(super) fn play(
        &mut self,
        text: &Text<'_>,
        role: Role,
        (at, stop): (usize, usize),
        clause: Clause,
        context: &Context,
    ) -> Option<usize> {
        match role {
            Role::Does(act) => self.act(act),
            Role::Do => {
                self.weak = true;
                self.definite = true;
                self.act(Act::Change);
            }
            Role::Off(act) => self.off.push(act),
            Role::Particle => self.particle = true,
            Role::Back => self.back = true,
            Role::Ends(act) => self.ends = Some((act, self.pieces.len())),
            // "rehearsal tomorrow is at 8" tells of one day.
            Role::Is if self.changes.due.is_some() && text.get(stop).is_some_and(|_| stop < clause.end) => return None,
            Role::Is => self.is = true,
            Role::Its => self.point(Target::one(Reference::It)),
            Role::Names(field) => self.fields.push(field),
            Role::Sets(field) => {
                self.act(Act::Change);
                self.fields.push(field);
            }
            Role::Empties(field) => {
                // "the report is not urgent" only says so.
                if self.is {
                    return None;
                }
                self.emptied = true;
                field.empty(&mut self.changes);
            }
            Role::Old => {
                self.is = true;
                return old(text, stop, clause, context);
            }
            Role::From => return self.leave(text, stop, clause, context),
            Role::Both | Role::Joint => self.pieces.push(Piece::And),
            Role::Definite => {
                self.definite = true;
                self.meant_for |= self.pieces.is_empty() && text.is_one_of(at.wrapping_sub(1), &["for", "on"]);
            }
            Role::New => {
                let noun = text.get(stop).is_some_and(|t| stop < clause.end && t.kind == Kind::Word)
                    && ROWS.longest(text, stop, clause.end, context).is_none()
                    && change::value(text, stop, clause, &mut Changes::default(), context).is_none();
                self.new |= noun;
            }
            Role::Tags => self.tags = true,
            Role::All => {
                let stresses = stop >= clause.end
                    || ROWS
                        .longest(text, stop, clause.end, context)
                        .is_some_and(|(_, role, _)| !matches!(role, Role::Definite | Role::Filler | Role::Joint))
                    || change::is_done(text.word(stop));
                if !stresses {
                    return None;
                }
            }
            Role::Subject => {}
            Role::Filler => {
                self.definite |= text.is_one_of(at, &["one"]);
                // "that's the report in"
                if self.is && stop == clause.end && text.is_one_of(at, &["in"]) {
                    self.act(Act::Complete);
                }
                if self.tags && text.is_one_of(at, &["as", "with"]) {
                    let (after, tags) = mark::tag_list(text, stop, clause.end)?;
                    self.changes.add_tags.extend(tags);
                    return Some(after);
                }
            }
            Role::Doubt => return None,
        }
        Some(stop)
    }

    fn act(&mut self, act: Act) {
        if !self.acts.contains(&act) {
            self.acts.push(act);
        }
    }

    /// "from Monday", "from 5 to 6": what is left says nothing, unless it is all that is said.
    fn leave(&mut self, text: &Text<'_>, at: usize, clause: Clause, context: &Context) -> Option<usize> {
        let mut left = Changes::default();
        if let Some(stop) = change::value(text, at, clause, &mut left, context) {
            self.left = Some(left);
            return Some(stop);
        }
        let number = text.get(at).is_some_and(|t| t.kind == Kind::Number) && text.is_one_of(at + 1, &["to"]);
        Some(at + usize::from(number))
    }

    pub(super) fn merge(&mut self, found: Changes) -> Option<()> {
        let all = &mut self.changes;
        all.due = match (all.due, found.due) {
            (old, None) => old,
            (None, new) => new,
            (Some(Move::To(date, None)), Some(Move::AtTime(time, _)))
            | (Some(Move::AtTime(time, _)), Some(Move::To(date, None))) => Some(Move::To(date, Some(time))),
            (Some(old), Some(new)) if old == new => Some(old),
            _ => return None,
        };
        if all.priority.is_some() && found.priority.is_some() || all.repeat.is_some() && found.repeat.is_some() {
            return None;
        }
        all.priority = all.priority.or(found.priority);
        if found.repeat.is_some() {
            all.repeat = found.repeat;
        }
        all.add_tags.extend(found.add_tags);
        Some(())
    }

    /// What hangs on the whole.
    pub(super) fn settle(&mut self, context: &Context) -> Option<()> {
        for act in std::mem::take(&mut self.off) {
            // "take the bins" does nothing, "take the bins off" does.
            if !self.particle {
                return None;
            }
            self.act(act);
        }
        if let Some((act, words)) = self.ends {
            if words != self.pieces.len() {
                return None;
            }
            self.act(act);
        }
        if self.tags {
            self.act(Act::Change);
        }
        if let Some(left) = self.left.take()
            && self.changes.due.is_none()
        {
            self.merge(left)?;
        }
        if self.changes.repeat.is_some() {
            self.changes.due = None;
        }
        let only_due = Changes { due: None, ..self.changes.clone() }.is_empty();
        self.gone = only_due
            && match self.changes.due {
                Some(Move::To(date, _)) => date <= context.today,
                Some(Move::AtTime(..)) => true,
                _ => false,
            };
        Some(())
    }
}
