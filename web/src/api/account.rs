//! Signing in and out, the account, its sessions and tokens.

use super::error::ApiResult;
use super::jobs::{Settled, settled};
use super::request::Call;
use serde::Deserialize;
use todo_contract::JobResult;
use todo_contract::account::{AccountDeletion, Instance, PasswordChange};
use todo_contract::account::{InvitationCreated, InvitationInfo, InvitationRequest, Reauthentication};
use todo_contract::step::PlannerInfo;
use todo_contract::{
    Account, AccountPatch, ApiTokenInfo, ApiTokenRequest, AuthResponse, Credentials, Page, ProbeReport, Registration,
    SessionInfo, Usage,
};
use uuid::Uuid;

/// What may be known before anyone is signed in.
///
/// # Errors
/// See [`Call::text`].
pub async fn instance() -> ApiResult<Instance> {
    Call::get("/instance").fetch().await
}

/// Which planner a turn would get.
///
/// # Errors
/// See [`Call::text`].
pub async fn planner() -> ApiResult<PlannerInfo> {
    Call::get("/planner").fetch().await
}

/// Tries the model out; the api gives up after a minute and a half.
///
/// # Errors
/// `no_model`, `rate_limited`, `agent_unavailable`; else see [`Call::text`].
pub async fn probe() -> ApiResult<ProbeReport> {
    Call::post("/planner/probe").patient().fetch().await
}

/// What models have used up for the account.
///
/// # Errors
/// See [`Call::text`].
pub async fn usage() -> ApiResult<Usage> {
    Call::get("/me/usage").fetch().await
}

/// Makes an account and signs in.
///
/// # Errors
/// See [`Call::text`].
pub async fn register(registration: &Registration) -> ApiResult<Account> {
    Call::post("/auth/register").json(registration).fetch::<AuthResponse>().await.map(|answer| answer.user)
}

/// Signs in.
///
/// # Errors
/// See [`Call::text`].
pub async fn login(credentials: &Credentials) -> ApiResult<Account> {
    Call::post("/auth/login").json(credentials).fetch::<AuthResponse>().await.map(|answer| answer.user)
}

/// Gives the password again, for what is dangerous.
///
/// # Errors
/// See [`Call::text`].
pub async fn reauthenticate(password: String) -> ApiResult<()> {
    Call::post("/auth/reauthenticate").json(&Reauthentication { password }).done().await
}

/// The owner's invitations that can still be used.
///
/// # Errors
/// See [`Call::text`].
pub async fn invitations() -> ApiResult<Vec<InvitationInfo>> {
    Call::get("/invitations").fetch::<Page<_>>().await.map(|page| page.items)
}

/// Makes an invitation; gives its path, which is in this answer only.
///
/// # Errors
/// See [`Call::text`].
pub async fn create_invitation() -> ApiResult<String> {
    let call = Call::post("/invitations").json(&InvitationRequest::default());
    call.fetch::<InvitationCreated>().await.map(|made| made.path)
}

/// Revokes an invitation.
///
/// # Errors
/// See [`Call::text`].
pub async fn revoke_invitation(id: Uuid) -> ApiResult<()> {
    Call::delete(format!("/invitations/{id}")).done().await
}

/// Signs out.
///
/// # Errors
/// See [`Call::text`].
pub async fn logout() -> ApiResult<()> {
    Call::post("/auth/logout").done().await
}

/// Who is signed in.
///
/// # Errors
/// See [`Call::text`].
pub async fn me() -> ApiResult<Account> {
    Call::get("/me").fetch().await
}

/// Changes the account.
///
/// # Errors
/// See [`Call::text`].
pub async fn update_me(patch: &AccountPatch) -> ApiResult<Account> {
    Call::patch("/me").json(patch).fetch().await
}

/// Deletes the account with all its data.
///
/// # Errors
/// See [`Call::text`].
pub async fn delete_me(deletion: &AccountDeletion) -> ApiResult<()> {
    Call::delete("/me").json(deletion).done().await
}

/// Changes the password and ends every other session.
///
/// # Errors
/// See [`Call::text`].
pub async fn change_password(change: &PasswordChange) -> ApiResult<()> {
    Call::post("/me/password").json(change).done().await
}

/// The browsers that are signed in.
///
/// # Errors
/// See [`Call::text`].
pub async fn sessions() -> ApiResult<Vec<SessionInfo>> {
    Call::get("/me/sessions").fetch::<Page<_>>().await.map(|page| page.items)
}

/// Signs a browser out.
///
/// # Errors
/// See [`Call::text`].
pub async fn revoke_session(id: Uuid) -> ApiResult<()> {
    Call::delete(format!("/me/sessions/{id}")).done().await
}

/// The personal API tokens.
///
/// # Errors
/// See [`Call::text`].
pub async fn tokens() -> ApiResult<Vec<ApiTokenInfo>> {
    Call::get("/me/tokens").fetch::<Page<_>>().await.map(|page| page.items)
}

/// Makes a personal API token; gives its secret, which is in this answer only.
///
/// # Errors
/// See [`Call::text`].
pub async fn create_token(request: &ApiTokenRequest) -> ApiResult<String> {
    /// The part of the contract's `ApiTokenCreated` that the page has use for.
    #[derive(Deserialize)]
    struct Created {
        token: String,
    }
    let call = Call::post("/me/tokens").header("Idempotency-Key", super::idempotency_key()).json(request);
    call.fetch::<Created>().await.map(|created| created.token)
}

/// Revokes a personal API token.
///
/// # Errors
/// See [`Call::text`].
pub async fn revoke_token(id: Uuid) -> ApiResult<()> {
    Call::delete(format!("/me/tokens/{id}")).done().await
}

/// All data of the account, as JSON text.
///
/// # Errors
/// See [`Call::text`].
pub async fn export() -> ApiResult<String> {
    Call::get("/me/export").text().await
}

/// Brings in what [`export`] gave, as JSON text.
///
/// # Errors
/// See [`Call::text`].
pub async fn import(json: String) -> ApiResult<Imported> {
    match settled(Call::post("/me/import").json_text(json).patient()).await? {
        Settled::Now(imported) => Ok(imported),
        Settled::ByJob(JobResult { imported, known, .. }) => {
            Ok(Imported { imported: imported.unwrap_or_default(), known: known.unwrap_or_default() })
        }
    }
}

/// What an import did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub struct Imported {
    /// Tasks that were added.
    pub imported: u64,
    /// Tasks that were there already, and were left.
    #[serde(default)]
    pub known: u64,
}
