//! The built-in planner: plain English to tool calls, with no model.
//!
//! [`step`] is a pure function of the conversation. It reads the last thing that was said anew in each
//! step and replays what was already done for it in this turn, up to the call that is still to be made.

mod act;
mod answer;
mod conversation;
mod follow;
mod ids;
mod lookup;
mod recall;
mod resolve;
mod run;
mod say;
mod show;
mod weigh;

use conversation::Conversation;
use jiff::tz::TimeZone;
use run::Run;
use todo_contract::step::ProposedCall;
use todo_contract::{Locale, Message, StepContext, StepFinish};
use todo_language::{Context, intent};

/// What a step gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BuiltinStep {
    /// The answer, as Markdown; empty while a call is to be made first.
    pub text: String,
    /// At most one call.
    pub calls: Vec<ProposedCall>,
    /// [`StepFinish::ToolCalls`] with a call, else [`StepFinish::Stop`].
    pub finish: StepFinish,
}

/// Makes a step: the next call to be made for what was said last, or the answer.
#[must_use]
pub fn step(context: &StepContext, messages: &[Message]) -> BuiltinStep {
    let conversation = Conversation::read(messages);
    let saying = conversation.saying();
    if let Some(text) = recall::read(&conversation, saying) {
        return BuiltinStep { text, calls: Vec::new(), finish: StepFinish::Stop };
    }
    let context = moment(context);
    let intents = intent::read(saying, &context);
    let mut run = Run::new(&conversation, context);
    let intents = match answer::read(&conversation, saying, &intents, &context) {
        Some(answered) => answered,
        None => match follow::read(&conversation, saying, &intents, &context) {
            Some(following) => {
                run.corrects = follow::corrects(saying, &context);
                following
            }
            None => intents,
        },
    };
    for intent in &intents {
        if let Err(call) = act::act(&mut run, intent) {
            return BuiltinStep { text: String::new(), calls: vec![*call], finish: StepFinish::ToolCalls };
        }
    }
    BuiltinStep { text: run.into_text(), calls: Vec::new(), finish: StepFinish::Stop }
}

/// The user's day and time, and how they write dates. A zone that is not known counts as UTC.
fn moment(context: &StepContext) -> Context {
    let zone = TimeZone::get(context.time_zone.as_str()).unwrap_or(TimeZone::UTC);
    let locale = Locale { week_start: context.week_start, date_order: context.date_order };
    Context::of(context.now.to_zoned(zone).datetime(), locale)
}
