//! What is typed on the way in, and what is wrong with it.

use crate::api::{self, ApiError, ApiResult};
use crate::app::route::invitation;
use crate::time;
use crate::words::account as words;
use todo_contract::{Account, Credentials, Email, InvalidText, Locale, Password, PersonName, Registration};
use yew::AttrValue;

/// What is typed, with what is wrong at the field.
#[derive(Clone, Default, PartialEq)]
pub(super) struct EntryForm {
    pub(super) name: String,
    pub(super) email: String,
    pub(super) password: String,
    pub(super) name_error: Option<AttrValue>,
    pub(super) email_error: Option<AttrValue>,
    pub(super) password_error: Option<AttrValue>,
    /// What is wrong as a whole.
    pub(super) problem: Option<AttrValue>,
}

impl EntryForm {
    /// Says what is wrong by the api's own rules. To sign in, the fields have to be filled in and no more.
    pub(super) fn checked(&self, registering: bool) -> Self {
        let said = |error: InvalidText| Some(AttrValue::from(words::sentence(&error.0)));
        let mut form =
            Self { problem: None, name_error: None, email_error: None, password_error: None, ..self.clone() };
        if registering {
            form.name_error = self.person_name().err().and_then(said);
            form.email_error = Email::new(self.email.clone()).err().and_then(said);
            form.password_error = Password::new(self.password.clone()).err().and_then(said);
        } else {
            form.email_error = self.email.trim().is_empty().then_some(words::EMAIL_MISSING.into());
            form.password_error = self.password.is_empty().then_some(words::PASSWORD_MISSING.into());
        }
        form
    }

    pub(super) fn has_errors(&self) -> bool {
        self.name_error.is_some() || self.email_error.is_some() || self.password_error.is_some()
    }

    fn person_name(&self) -> Result<Option<PersonName>, InvalidText> {
        if self.name.trim().is_empty() { Ok(None) } else { PersonName::new(self.name.clone()).map(Some) }
    }

    /// Asks the api.
    pub(super) async fn send(&self, registering: bool) -> ApiResult<Account> {
        if !registering {
            let credentials = Credentials { email: self.email.trim().to_owned(), password: self.password.clone() };
            return api::account::login(&credentials).await;
        }
        let Locale { week_start, date_order } = time::browser_locale();
        let read = || -> Result<Registration, InvalidText> {
            Ok(Registration {
                email: Email::new(self.email.clone())?,
                password: Password::new(self.password.clone())?,
                time_zone: Some(time::browser_zone()),
                week_start: Some(week_start),
                date_order: Some(date_order),
                name: self.person_name()?,
                invitation: invitation(),
            })
        };
        let registration = read().map_err(|error| ApiError { detail: error.0, ..ApiError::unexpected(0) })?;
        api::account::register(&registration).await
    }

    /// Says what the api refused, at the field that it named.
    pub(super) fn refused(&self, error: &ApiError) -> Self {
        let at = |field: &str| error.field(field).map(|message| AttrValue::from(words::sentence(&message)));
        let mut form =
            Self { name_error: at("name"), email_error: at("email"), password_error: at("password"), ..self.clone() };
        form.problem = (!form.has_errors()).then(|| AttrValue::from(error.detail.clone()));
        form
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use todo_contract::FieldProblem;

    #[test]
    fn signing_up_checks_by_the_rules_of_the_api() {
        let form = EntryForm { email: "ada".into(), password: "short".into(), ..EntryForm::default() };
        let checked = form.checked(true);
        assert_eq!(checked.email_error.as_deref(), Some("The email address needs an @."));
        assert!(checked.password_error.unwrap().contains("8 to 256"));
        assert!(form.checked(false).email_error.is_none());
    }

    #[test]
    fn a_refusal_stands_at_its_field() {
        let mut error = ApiError::unexpected(422);
        error.fields = vec![FieldProblem { field: "email".into(), message: "this address is taken".into() }];
        let form = EntryForm::default().refused(&error);
        assert_eq!((form.email_error.as_deref(), form.problem), (Some("This address is taken."), None));
    }

    #[test]
    fn a_refusal_without_a_field_stands_above() {
        let form = EntryForm::default().refused(&ApiError::offline());
        assert!(form.problem.is_some() && !form.has_errors());
    }
}
