//! Gets one answer of the model: adapts to refusals, trims the conversation, retries what may pass.

use super::Endpoint;
use super::adapt::{Adaptation, Adaptations};
use super::answer::{Answer, Finish, Usage};
use super::exchange::Trouble;
use super::items::Item;
use super::remedy::{Remedy, Sent, remedies};
use super::request::{Ask, Body};
use super::speech::{self, written};
use super::{history, repair, retry};
use crate::failure::{Code, Failure};
use crate::planner::{Outlet, Trace};
use todo_contract::Message;
use tokio::time::Instant;

/// Most requests for one answer, all remedies and retries together.
const MAX_REQUESTS: usize = 24;

/// Most characters of a server's words about a call that are told to the model.
const MAX_PROBLEM: usize = 500;

/// A conversation with a model, within one step.
pub(super) struct Asking<'a> {
    endpoint: &'a Endpoint,
    trace: &'a Trace,
    deadline: Instant,
    instructions: String,
    messages: &'a [Message],
    /// What is sent of the conversation.
    items: Vec<Item>,
    /// What was said since, to have calls mended.
    repairs: Vec<Item>,
    rewrites: usize,
    adaptations: Adaptations,
    with_carried: bool,
    may_switch: bool,
    was_trimmed: bool,
    /// The refusal for which the other dialect is being tried.
    switched_for: Option<(Trouble, Sent)>,
    pub(super) usage: Usage,
}

/// What a refusal comes to.
enum Outcome {
    Again,
    Answer(Answer),
    Stands(Failure),
}

impl<'a> Asking<'a> {
    pub(super) fn new(
        endpoint: &'a Endpoint,
        messages: &'a [Message],
        instructions: String,
        trace: &'a Trace,
        deadline: Instant,
    ) -> Self {
        let adaptations = endpoint.adaptations.get();
        Self {
            endpoint,
            trace,
            deadline,
            instructions,
            messages,
            items: history::trimmed(messages, endpoint.history_tokens()),
            repairs: Vec::new(),
            rewrites: 0,
            adaptations,
            with_carried: true,
            may_switch: endpoint.settings.may_switch() && !adaptations.has(Adaptation::OtherDialect),
            was_trimmed: false,
            switched_for: None,
            usage: Usage::default(),
        }
    }

    /// Whether structured output stands in for tools by now.
    pub(super) fn is_structured(&self) -> bool {
        self.adaptations.has(Adaptation::NoTools)
    }

    /// Whether it is asked what to say after a result. Nothing is an answer then: what was done can be told without it.
    pub(super) fn follows_result(&self) -> bool {
        matches!(self.items.last(), Some(Item::Result { .. })) && self.repairs.is_empty()
    }

    /// Goes on with these.
    pub(super) fn add(&mut self, items: Vec<Item>) {
        self.repairs.extend(items);
    }

    /// Whether words that look like a call are a quotation of what was said or read before.
    pub(super) fn is_quoted(&self, words: &str) -> bool {
        let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace() && *c != '\\').collect::<String>();
        let words = bare(words);
        // In words that were put in place of others, only these are still those that were read.
        let recipient = speech::recipient_of(&words);
        self.items.iter().any(|item| match item {
            Item::User(text) | Item::Result { content: text, .. } => {
                let text = bare(text);
                text.contains(&words) || recipient.as_ref().is_some_and(|recipient| text.contains(recipient))
            }
            Item::Assistant { .. } => false,
        })
    }

    /// Asks until there is an answer. Nothing is asked again once a part of an answer was passed on.
    pub(super) async fn answer(&mut self, out: &mut Outlet) -> Result<Answer, Failure> {
        let mut tried = 0;
        for _ in 0..MAX_REQUESTS {
            let items: Vec<Item> = self.items.iter().chain(&self.repairs).cloned().collect();
            let ask = Ask {
                settings: &self.endpoint.settings,
                instructions: &self.instructions,
                items: &items,
                adaptations: self.adaptations,
                max_output_tokens: self.endpoint.settings.max_output_tokens,
                with_carried: self.with_carried,
                may_switch: self.may_switch,
            };
            let body = Body::new(&ask);
            let sent = body.sent(&ask);
            let outcome = self.endpoint.exchange(&ask, &body, self.trace, out).await;
            let trouble = match outcome {
                Ok(answer) => match self.judged(answer, out.used()) {
                    Ok(Some(answer)) => return Ok(self.accepted(answer)),
                    Ok(None) => continue,
                    Err(failure) => failure.into(),
                },
                Err(trouble) => trouble,
            };
            if out.used() {
                return Err(trouble.failure);
            }
            match self.remedied(trouble, sent) {
                Outcome::Again => {}
                Outcome::Answer(answer) => return Ok(self.accepted(answer)),
                Outcome::Stands(failure) => {
                    self.pause(tried, failure).await?;
                    tried += 1;
                }
            }
        }
        Err(Failure::lasting(Code::Error, "The model's server refuses every form of the request."))
    }

    /// `None` to ask again in another way.
    fn judged(&mut self, answer: Answer, used: bool) -> Result<Option<Answer>, Failure> {
        self.usage.add(answer.usage);
        if answer.leaked_thoughts {
            self.adapt(Adaptation::HiddenThoughts);
        }
        let silent = answer.text.is_empty() && answer.calls.is_empty();
        match answer.finish {
            // The calls got lost: some servers cannot stream them.
            Some(Finish::Calls) if silent && !used && !self.adaptations.has(Adaptation::NoStream) => {
                self.adapt(Adaptation::NoStream);
                Ok(None)
            }
            Some(Finish::Failed) => Err(Failure::passing(Code::Error, "The model's server gave up on its answer.")),
            Some(Finish::Length | Finish::Filtered) => Ok(Some(answer)),
            _ if silent && !self.follows_result() => {
                Err(Failure::passing(Code::Malformed, "The model gave an empty answer."))
            }
            _ => Ok(Some(answer)),
        }
    }

    /// What helped is remembered.
    fn accepted(&self, answer: Answer) -> Answer {
        self.endpoint.adaptations.add(self.adaptations);
        if self.was_trimmed {
            self.endpoint.remember_history_tokens(self.items.iter().map(Item::tokens).sum());
        }
        answer
    }

    fn adapt(&mut self, adaptation: Adaptation) {
        tracing::info!(?adaptation, "adapting to what the model's server refuses");
        self.adaptations = self.adaptations.with(adaptation);
    }

    fn remedied(&mut self, trouble: Trouble, sent: Sent) -> Outcome {
        let Some((status, error)) = trouble.refusal.as_deref() else { return Outcome::Stands(trouble.failure) };
        let candidates = remedies(*status, error, sent);
        if candidates.contains(&Remedy::Adapt(Adaptation::OtherDialect)) {
            return self.switch(trouble, sent);
        }
        self.first_that_applies(candidates).unwrap_or(Outcome::Stands(trouble.failure))
    }

    fn first_that_applies(&mut self, candidates: Vec<Remedy>) -> Option<Outcome> {
        candidates.into_iter().find_map(|remedy| match remedy {
            Remedy::Adapt(adaptation) => {
                self.adapt(adaptation);
                Some(Outcome::Again)
            }
            Remedy::Trim => self.trim().then_some(Outcome::Again),
            Remedy::DropCarried => std::mem::take(&mut self.with_carried).then_some(Outcome::Again),
            Remedy::Rewrite { words, problem } => self.rewrite(&words, &problem),
        })
    }

    /// Tries the other dialect; back from there, the first refusal counts.
    fn switch(&mut self, trouble: Trouble, sent: Sent) -> Outcome {
        match self.switched_for.take() {
            None => {
                self.adapt(Adaptation::OtherDialect);
                self.switched_for = Some((trouble, sent));
                Outcome::Again
            }
            Some((first, sent)) => {
                self.adaptations = self.adaptations.without(Adaptation::OtherDialect);
                self.may_switch = false;
                let sent = Sent { may_switch: false, adaptations: self.adaptations, ..sent };
                let candidates = first.refusal.as_deref().map(|(status, error)| remedies(*status, error, sent));
                self.first_that_applies(candidates.unwrap_or_default()).unwrap_or(Outcome::Stands(first.failure))
            }
        }
    }

    /// Sends about half of the conversation from now on; `false` if nothing can be left out.
    fn trim(&mut self) -> bool {
        if std::mem::replace(&mut self.was_trimmed, true) {
            return false;
        }
        let all: usize = self.items.iter().map(Item::tokens).sum();
        let less = history::trimmed(self.messages, all / 2);
        let shorter = less.iter().map(Item::tokens).sum::<usize>() < all;
        if shorter {
            tracing::info!(tokens = all, "the conversation is too long for the model and is shortened");
            self.items = less;
        } else {
            self.was_trimmed = false;
        }
        shorter
    }

    /// What the model wrote and its server could not read: calls after all, or to be written again.
    fn rewrite(&mut self, words: &str, problem: &str) -> Option<Outcome> {
        if let Some(calls) = written::calls(words) {
            let (finish, written) = (Some(Finish::Calls), Some(words.to_owned()));
            return Some(Outcome::Answer(Answer { calls, finish, written, ..Answer::default() }));
        }
        if self.rewrites == repair::MAX_REPAIRS {
            return Some(Outcome::Stands(Failure::lasting(Code::Malformed, repair::GIVEN_UP)));
        }
        self.rewrites += 1;
        let problem = format!(
            "it was meant to call a tool, but could not be read as a call ({}). Call the tool again.",
            problem.chars().take(MAX_PROBLEM).collect::<String>()
        );
        self.add(repair::reply(words, &problem));
        Some(Outcome::Again)
    }

    /// Waits before the next request, or gives the failure back if there is to be none.
    async fn pause(&self, tried: u32, failure: Failure) -> Result<(), Failure> {
        if !failure.retryable {
            return Err(failure);
        }
        let wait = retry::wait(&self.endpoint.settings, tried, failure.retry_after, fastrand::f64());
        match wait.filter(|wait| Instant::now() + *wait < self.deadline) {
            Some(wait) => {
                tracing::info!(code = failure.code.as_str(), ?wait, "the model is asked again");
                tokio::time::sleep(wait).await;
                Ok(())
            }
            None => Err(failure),
        }
    }
}
