//! What an act sets going elsewhere, told to the officer before it is taken: whoever records a
//! death for the wrong person sees whose marriage and whose allowance would end.

use sqlx::PgConnection;

/// A change in somebody's life that other services act on (一件事 D7).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// A death is recorded or declared.
    Death,
    /// A record of a death is taken back.
    DeathRevoked,
    /// Two marry.
    Marriage,
    /// A marriage ends by divorce, or was void, or its registration is taken back.
    MarriageEnded,
    /// Somebody else answers for a child from now on.
    Custody,
    /// A child gets new parents.
    Adoption,
}

impl Change {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Death,
        Self::DeathRevoked,
        Self::Marriage,
        Self::MarriageEnded,
        Self::Custody,
        Self::Adoption,
    ];

    /// Stable code, e.g. `death_revoked`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Death => "death",
            Self::DeathRevoked => "death_revoked",
            Self::Marriage => "marriage",
            Self::MarriageEnded => "marriage_ended",
            Self::Custody => "custody",
            Self::Adoption => "adoption",
        }
    }

    /// The change with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|change| change.code() == code)
    }
}

/// What an act changes, and in whose life.
#[derive(Debug, Clone, Copy)]
pub struct Ripple {
    /// The change.
    pub change: Change,
    /// Whom it happens to.
    pub whom: Whom,
}

/// Some of the people on a case.
#[derive(Debug, Clone, Copy)]
pub enum Whom {
    /// All of them.
    Everybody,
    /// Those who stand on it as this ([`crate::Person::relation`]).
    As(&'static str),
}

impl Whom {
    /// Whether somebody who stands on the case as `relation` is meant.
    #[must_use]
    pub fn means(self, relation: &str) -> bool {
        match self {
            Self::Everybody => true,
            Self::As(one) => one == relation,
        }
    }
}

/// A case that names somebody.
#[derive(Debug, Clone, Copy)]
pub struct On<'a> {
    /// Code of its item.
    pub item: &'a str,
    /// As what the person stands on it.
    pub relation: &'a str,
}

/// What a service does when something changes elsewhere, said beforehand. Its reactions do it.
#[tonic::async_trait]
pub trait Ripples: Send + Sync {
    /// What becomes of an open case, in one sentence; none: nothing.
    fn of_case(&self, change: Change, on: On<'_>) -> Option<&'static str>;

    /// What becomes of what the service keeps beside its cases: what it is, and a sentence.
    ///
    /// # Errors
    /// The database does not answer.
    async fn beside(
        &self,
        _conn: &mut PgConnection,
        _change: Change,
        _person: &str,
    ) -> sqlx::Result<Option<(&'static str, &'static str)>> {
        Ok(None)
    }
}
