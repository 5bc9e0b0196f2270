//! The thin I/O beside a pure item: its own tables and its departments.

use jiff::Timestamp;
use serde_json::Value;
use sqlx::PgConnection;
use yiwang_chassis::department::{Answer, CallError};

use crate::{
    case::{Case, Person},
    context::Actor,
    decision::Refusal,
    item::Item,
    runtime::Runtime,
};

/// A person of a case with the key that links them across services.
#[derive(Debug, Clone)]
pub struct KeyedPerson {
    /// Person key, hex.
    pub key: String,
    /// The person.
    pub person: Person,
}

/// What is about to be decided.
pub struct Question<'a, I: Item> {
    /// Everybody on the form; the applicant first.
    pub people: &'a [KeyedPerson],
    /// The form as filled in.
    pub form: &'a I::Form,
    /// The case; none at submission.
    pub case: Option<&'a Case<I>>,
    /// The action; none at submission.
    pub action: Option<&'a I::Action>,
    /// Who acts.
    pub actor: &'a Actor,
    /// The instant of the decision.
    pub now: Timestamp,
}

/// An item with its own tables. The runtime seals what they keep of persons.
#[tonic::async_trait]
pub trait Registered: Item {
    /// Reads what `decide` must know, and locks what the decision may change.
    ///
    /// # Errors
    /// The database does not answer.
    async fn world(
        rt: &Runtime,
        conn: &mut PgConnection,
        question: Question<'_, Self>,
    ) -> sqlx::Result<Self::World>;

    /// Applies the effects of a decision in the transaction that stores it.
    /// `case` is the case after the decision.
    ///
    /// # Errors
    /// A named constraint (one person, one household) becomes a refusal.
    async fn apply(
        rt: &Runtime,
        conn: &mut PgConnection,
        case: &Case<Self>,
        people: &[KeyedPerson],
        effects: Vec<Self::Effect>,
        now: Timestamp,
    ) -> Result<(), ApplyError>;
}

/// Why effects could not be applied.
#[derive(Debug, thiserror::Error)]
pub enum ApplyError {
    /// A rule of the database says no.
    #[error("refused: {}", .0.code)]
    Refused(Refusal),
    /// The database failed.
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// The departments a service calls, over HTTP.
#[tonic::async_trait]
pub trait Departments: Send + Sync {
    /// Makes or repeats a call. The key makes repeats harmless; an unknown
    /// outcome is asked for again, never assumed.
    ///
    /// # Errors
    /// [`CallError`], with whether to try again.
    async fn call(&self, kind: &str, key: &str, payload: &Value) -> Result<Answer, CallError>;

    /// The department an errand of this kind goes to, in Chinese.
    fn name_of(&self, kind: &str) -> &'static str;

    /// Checks a callback's signature and names the errand it answers.
    ///
    /// # Errors
    /// The signature or the body is wrong.
    fn callback(&self, department: &str, body: &[u8], signature: &str)
    -> Result<String, CallError>;
}
