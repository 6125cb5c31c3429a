//! Passwords: argon2id with the parameters of the OWASP Password Storage Cheat Sheet.

use crate::error::{ApiError, Code};
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use std::sync::Arc;
use std::time::Duration;
use tokio::runtime::Handle;
use tokio::sync::Semaphore;

/// Characters of a new password that are looked at for whether it is easy to guess.
const CHECKED_CHARS: usize = 72;
/// KiB of memory, passes, lanes.
const COST: (u32, u32, u32) = (19 * 1024, 2, 1);
/// Each at work takes 19 MiB: a flood of sign-ins waits rather than fill the memory.
const AT_ONCE: usize = 2;
const WAITING_MAX: usize = 256;
const WAIT: Duration = Duration::from_secs(15);
/// Of no password. Verified where there is no account, so that an answer takes as long as where there is one.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// Hashes and verifies, away from the threads that serve requests.
#[derive(Clone, Debug)]
pub struct Passwords {
    runtime: Handle,
    waiting: Arc<Semaphore>,
    at_work: Arc<Semaphore>,
}

impl Passwords {
    pub(crate) fn new(runtime: Handle) -> Self {
        Self { runtime, waiting: Arc::new(Semaphore::new(WAITING_MAX)), at_work: Arc::new(Semaphore::new(AT_ONCE)) }
    }

    /// Hashes a new password, if it is hard enough to guess; `own` is what everyone knows of the person.
    pub(super) async fn hash_new(
        &self,
        password: String,
        own: Vec<String>,
        field: &'static str,
    ) -> Result<String, ApiError> {
        let hashed = self.run(move || {
            check(&password, &own, field)?;
            hash(&password)
        });
        hashed.await?
    }

    /// Whether `password` is the one with this `hash`; without a hash it takes as long and is not.
    pub(super) async fn verify(&self, password: String, hash: Option<String>) -> Result<bool, ApiError> {
        let exists = hash.is_some();
        let hash = hash.unwrap_or_else(|| NOBODY.to_owned());
        Ok(self.run(move || verify(&password, &hash)).await? && exists)
    }

    async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, ApiError> {
        let busy = || ApiError { retry_after: Some(5), ..ApiError::new(Code::Overloaded, "Too many people sign in.") };
        let _queued = self.waiting.try_acquire().map_err(|_| busy())?;
        let permit = tokio::time::timeout(WAIT, Arc::clone(&self.at_work).acquire_owned())
            .await
            .map_err(|_| busy())?
            .map_err(ApiError::internal)?;
        // The permit goes along: work goes on when the caller has gone away.
        let work = move || {
            let result = work();
            drop(permit);
            result
        };
        self.runtime.spawn_blocking(work).await.map_err(ApiError::internal)
    }
}

/// Refuses what is guessed within hours: common passwords, the person's own address, runs and repetitions. There are no
/// rules of composition (NIST SP 800-63B, section 3.1.1.2).
///
/// # Errors
/// `validation_failed`, with the reason.
pub(super) fn check(password: &str, own: &[String], field: &str) -> Result<(), ApiError> {
    let own: Vec<&str> =
        own.iter().flat_map(|text| text.split(['@', '.', ' ', '-', '_', '+']).chain([text.as_str()])).collect();
    let own: Vec<&str> = own.into_iter().chain(["todo", "todoapp", "todo-app"]).filter(|text| text.len() > 2).collect();
    // Its time grows with the length; what follows makes no password easier.
    let looked_at: String = password.chars().take(CHECKED_CHARS).collect();
    let estimate = zxcvbn::zxcvbn(&looked_at, &own);
    if estimate.score() >= zxcvbn::Score::Two {
        return Ok(());
    }
    let why = estimate.feedback().and_then(zxcvbn::feedback::Feedback::warning).map(|warning| format!(" {warning}"));
    let message = format!("is too easy to guess.{} Try three or four unrelated words.", why.unwrap_or_default());
    Err(ApiError::field(field, message))
}

/// Hashes on this thread.
///
/// # Errors
/// The system has no random bytes.
pub(super) fn hash(password: &str) -> Result<String, ApiError> {
    let (memory, passes, lanes) = COST;
    let params = Params::new(memory, passes, lanes, None).map_err(|error| ApiError::internal(error.to_string()))?;
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    let hash = argon2.hash_password(password.as_bytes()).map_err(|error| ApiError::internal(error.to_string()))?;
    Ok(hash.to_string())
}

fn verify(password: &str, hash: &str) -> bool {
    PasswordHash::new(hash).is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_verifies_its_password_alone_and_names_its_cost() {
        let hash = hash("correct horse").unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert!(verify("correct horse", &hash));
        assert!(!verify("wrong horse", &hash));
    }

    #[test]
    fn what_is_easy_to_guess_is_refused_and_what_people_choose_well_is_not() {
        let own = ["ada.lovelace@example.org".to_owned(), "Ada Lovelace".to_owned()];
        for bad in [
            "password",
            "12345678",
            "qwertyuiop",
            "Password1",
            "todoapp1",
            "todo-app",
            "iloveyou",
            "aaaaaaaa",
            "abcdefgh",
            "ada.lovelace@example.org",
            "lovelace",
            "Lovelace1",
            "letmein1",
            "11111111",
            "password123",
        ] {
            assert!(check(bad, &own, "password").is_err(), "{bad}");
        }
        for good in [
            "correct horse",
            "correct horse battery staple",
            "a long enough password",
            "Tr0ub4dor&3",
            "kxqvjwzm",
            "münchen regnet oft",
        ] {
            assert!(check(good, &own, "password").is_ok(), "{good}");
        }
        let began = std::time::Instant::now();
        assert!(check(&"ab1!".repeat(64), &own, "password").is_err() || began.elapsed() < Duration::from_secs(2));
    }

    #[test]
    fn the_hash_of_nobody_costs_the_same_and_verifies_nothing() {
        assert!(PasswordHash::new(NOBODY).is_ok());
        assert!(!verify("", NOBODY));
    }
}
