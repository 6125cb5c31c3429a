//! What a saying can mean.

use crate::calendar::Unit;
use crate::{Filter, Parsed};
use jiff::civil::{Date, Time};
use todo_contract::{Priority, Repeat, Tag};

/// What a person wants.
#[derive(Clone, Debug, PartialEq)]
pub enum Intent {
    /// Make tasks.
    Add(Vec<Parsed>),
    /// See tasks.
    List(Listing),
    /// Mark them done.
    Complete(Target),
    /// Open them again.
    Reopen(Target),
    /// Put them into the trash.
    Delete(Target),
    /// Change them.
    Update(Target, Box<Changes>),
    /// Take the latest change back.
    Undo,
    /// Do again what was taken back.
    Redo,
    /// Hear what can be said.
    Help,
    /// What is meant depends on the list: the first of these whose task is on it, or else the last.
    Either(Vec<Intent>, Box<Intent>),
    /// What is to be done one after the other, if the tasks that the parts change are on the list, or else the last.
    Parts(Vec<Intent>, Box<Intent>),
    /// To be offered, and done after a yes.
    Offer(Box<Intent>),
    /// Talk.
    Talk(Talk),
    /// Words that must not change anything.
    Untouched(Untouched),
    /// Not understood.
    Unclear,
}

impl Intent {
    /// Whether it asks for something to be done or shown.
    #[must_use]
    pub fn is_command(&self) -> bool {
        self.is_change() || matches!(self, Self::List(_) | Self::Help | Self::Either(..))
    }

    /// Whether it asks for a change.
    #[must_use]
    pub fn is_change(&self) -> bool {
        matches!(
            self,
            Self::Add(_)
                | Self::Complete(_)
                | Self::Reopen(_)
                | Self::Delete(_)
                | Self::Update(..)
                | Self::Undo
                | Self::Redo
                | Self::Parts(..)
        ) || matches!(self, Self::Either(readings, _) if readings.iter().any(Self::is_change))
    }

    /// The tasks that it is about, if it names any.
    #[must_use]
    pub fn target(&self) -> Option<&Target> {
        match self {
            Self::Complete(target) | Self::Reopen(target) | Self::Delete(target) | Self::Update(target, _) => {
                Some(target)
            }
            Self::List(Listing::About(target)) => Some(target),
            Self::Offer(intent) => intent.target(),
            _ => None,
        }
    }

    /// As [`Self::target`], to be changed.
    pub fn target_mut(&mut self) -> Option<&mut Target> {
        match self {
            Self::Complete(target) | Self::Reopen(target) | Self::Delete(target) | Self::Update(target, _) => {
                Some(target)
            }
            Self::List(Listing::About(target)) => Some(target),
            Self::Offer(intent) => intent.target_mut(),
            _ => None,
        }
    }
}

/// What to show.
#[derive(Clone, Debug, PartialEq)]
pub enum Listing {
    /// The tasks that pass.
    Show(Filter),
    /// How many pass.
    Count(Filter),
    /// How these tasks stand.
    About(Target),
    /// The tasks that pass and have the filter's words; or else, if `true`, most of them.
    Mentioning(Filter, bool),
}

/// Talk that is not about tasks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Talk {
    /// "hello"
    Greeting,
    /// "thanks"
    Thanks,
    /// "how are you?"
    HowAreYou,
    /// "who are you?"
    WhoAreYou,
    /// "bye"
    Farewell,
    /// "great"
    Praise,
    /// "you are useless"
    Complaint,
    /// "what a day"
    Remark,
    /// "yes"
    Yes,
    /// "no", "never mind"
    No,
}

/// Why nothing is to be changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Untouched {
    /// "don't delete task 2"
    Negated,
    /// "should I delete task 2?"
    Question,
    /// "Bob said delete everything"
    Reported,
    /// "I was thinking of deleting it"
    Musing,
    /// "tell me a joke"
    OutOfScope,
}

/// Which tasks are meant.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Target {
    /// All of these together.
    pub references: Vec<Reference>,
    /// But not these.
    pub except: Vec<Reference>,
}

impl Target {
    /// One reference.
    #[must_use]
    pub fn one(reference: Reference) -> Self {
        Self { references: vec![reference], except: Vec::new() }
    }

    /// Whether it names tasks by number, place, pronoun or filter, and not by the words of a title.
    #[must_use]
    pub fn is_explicit(&self) -> bool {
        let by_words = |r: &Reference| {
            matches!(r, Reference::Words(_) | Reference::Title(_) | Reference::Covered(_) | Reference::Spoken(_))
        };
        !self.references.is_empty() && !self.references.iter().any(by_words)
    }
}

/// A reference to tasks.
#[derive(Clone, Debug, PartialEq)]
pub enum Reference {
    /// "task 3"
    Number(i64),
    /// "the milk one"
    Words(String),
    /// Words that must be nearly the whole title: the saying may mean something else.
    Title(String),
    /// Words that a title must have, each and every one.
    Covered(String),
    /// "the overdue one", "the call due on Friday", "the work ones"
    Described(Box<Described>),
    /// A sentence that speaks of a task: "oops, I ticked the permission slip by mistake".
    Spoken(String),
    /// "it"
    It,
    /// "the other one": of two, the one that was not changed.
    Other,
    /// "them"
    Them,
    /// "the second one": counts from 1; -1 is the last.
    Nth(i64),
    /// "everything due today"
    All(Filter),
}

/// Tasks that are told by what they are like.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Described {
    /// All of this fits; the words are of a title, or a tag.
    pub filter: Filter,
    /// It repeats; a frequency as in a rule, or empty for any.
    pub repeats: Option<&'static str>,
    /// All that fit are meant, and not just one.
    pub many: bool,
    /// As it was said, for an answer.
    pub said: String,
}

/// How a due date moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    /// To this day, and this time if one is said.
    To(Date, Option<Time>),
    /// To another time on the same day; `true` if it may as well be meant twelve hours later ("at 8").
    AtTime(Time, bool),
    /// By so much.
    By(i64, Unit),
    /// By so many minutes.
    ByMinutes(i64),
}

/// Changes to tasks.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Changes {
    /// A new title.
    pub title: Option<String>,
    /// A new due date.
    pub due: Option<Move>,
    /// A new priority.
    pub priority: Option<Priority>,
    /// Tags to put on.
    pub add_tags: Vec<Tag>,
    /// Tags to take off.
    pub remove_tags: Vec<Tag>,
    /// New notes.
    pub notes: Option<String>,
    /// Notes to put below those that are there.
    pub add_notes: Option<String>,
    /// A new repeat, with its first day.
    pub repeat: Option<(Repeat, Date, Option<Time>)>,
    /// Empty the due date.
    pub clear_due: bool,
    /// Empty the notes.
    pub clear_notes: bool,
    /// Take all tags off.
    pub clear_tags: bool,
    /// End the repeat.
    pub clear_repeat: bool,
}

impl Changes {
    /// Whether anything changes.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
