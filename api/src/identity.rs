//! Who asks, and in whose name a change is made.

use jiff::Timestamp;
use sha2::{Digest, Sha256};
use todo_contract::{Actor, ActorKind, CallId, Locale, TimeZoneName, TokenScope, TurnId};
use uuid::Uuid;

/// How somebody showed who they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Access {
    /// A signed-in browser.
    Session(Uuid),
    /// A personal API token.
    Token {
        /// Its id.
        id: Uuid,
        /// Its name, for the journal.
        name: String,
        /// What it may do.
        scope: TokenScope,
    },
}

/// The account that a request speaks for. `http::auth` makes it; taking one as a handler's argument
/// is what asks for a sign-in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The account. Every query names it.
    pub user_id: i64,
    /// The account's zone.
    pub time_zone: TimeZoneName,
    /// How the account's dates are read.
    pub locale: Locale,
    /// Session or token.
    pub access: Access,
}

/// In whose name, and as part of what, tasks are changed.
#[derive(Clone, Debug)]
pub struct Author {
    /// The account.
    pub user_id: i64,
    /// Who, for the journal.
    pub actor: Actor,
    /// The zone for a time that names none, and for "today".
    pub time_zone: TimeZoneName,
    /// When.
    pub now: Timestamp,
    /// The turn in which the agent acts.
    pub turn_id: Option<TurnId>,
    /// The tool call that acts.
    pub call_id: Option<CallId>,
    /// All changes of one request or tool call share it.
    pub group: String,
    /// Makes a repeated request find what the first one did.
    pub idempotency_key: Option<String>,
    /// What was sent under the key, so that another request under it is told apart.
    pub request_hash: Option<RequestHash>,
}

/// A hash of a request's route and body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RequestHash([u8; 16]);

impl RequestHash {
    /// Of what was sent there.
    #[must_use]
    pub fn of(route: &str, body: &[u8]) -> Self {
        let mut hash = Sha256::new();
        hash.update(route.as_bytes());
        hash.update([0]);
        hash.update(body);
        let mut short = [0; 16];
        short.iter_mut().zip(hash.finalize()).for_each(|(to, from)| *to = from);
        Self(short)
    }

    /// For a column.
    #[must_use]
    pub fn to_vec(&self) -> Vec<u8> {
        self.0.to_vec()
    }

    /// To be compared with a column.
    #[must_use]
    pub fn as_slice(&self) -> &[u8] {
        &self.0
    }
}

impl Identity {
    /// As [`Identity::author`], of a request that is known again by its route and body.
    #[must_use]
    pub fn author_of(&self, now: Timestamp, key: Option<String>, hash: RequestHash) -> Author {
        let request_hash = key.is_some().then_some(hash);
        Author { request_hash, ..self.author(now, key) }
    }

    /// As the author of a change made by a request of its own.
    #[must_use]
    pub fn author(&self, now: Timestamp, idempotency_key: Option<String>) -> Author {
        let actor = match &self.access {
            Access::Session(_) => Actor { kind: ActorKind::User, name: None },
            Access::Token { name, .. } => Actor { kind: ActorKind::Token, name: Some(name.clone()) },
        };
        Author {
            user_id: self.user_id,
            actor,
            time_zone: self.time_zone.clone(),
            now,
            turn_id: None,
            call_id: None,
            group: Uuid::now_v7().to_string(),
            idempotency_key,
            request_hash: None,
        }
    }
}
