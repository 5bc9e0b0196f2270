//! The online check of identity with the police (国令804号: 对当事人的身份以及婚姻状况信息进行联网核对).

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use serde_json::json;
use sha2::{Digest as _, Sha256};
use yiwang_casework::Errand;

use super::form::Form;

/// Kind of the errand.
pub const ERRAND: &str = "identity.check";

/// The police's answer, people in the order of the form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// One for each person asked for.
    #[serde(default)]
    pub people: Vec<Seen>,
}

/// What the police say of one person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// Name and number belong together.
    #[serde(rename = "match")]
    pub matches: bool,
    /// Not recorded as dead. Says nothing when name and number do not match.
    pub alive: bool,
}

/// An answer with its day: it holds on that day only, since the check is a live one
/// (rules A5.3).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdentityCheck {
    /// Beijing date.
    pub on: Date,
    /// The people.
    pub people: Vec<Seen>,
}

/// What the check comes to for one person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Identity {
    /// No answer of today.
    Unanswered,
    /// Name and number do not belong together.
    Differs,
    /// They do not, and a paper of the police explains why.
    Proven,
    /// Dead, by the police's books.
    Dead,
    /// The person of the card, alive.
    Match,
}

impl Identity {
    /// Reads the answer for the person at `index`; `proof` when a paper explains a difference.
    #[must_use]
    pub fn of(check: Option<&IdentityCheck>, index: usize, proof: bool, today: Date) -> Self {
        let seen = check
            .filter(|check| check.on == today)
            .and_then(|check| check.people.get(index));
        match seen {
            None => Self::Unanswered,
            Some(seen) if !seen.matches && proof => Self::Proven,
            Some(seen) if !seen.matches => Self::Differs,
            Some(seen) if !seen.alive => Self::Dead,
            Some(_) => Self::Match,
        }
    }
}

/// Asks again for a case that has a number; `version` tells the rounds apart.
#[must_use]
pub fn again(form: &Form, number: &str, version: i64) -> Errand {
    errand(form, format!("{number}-identity-{version}"))
}

/// Asks at submission, before the case has a number. The same people at another instant
/// are another question; the digest tells nothing of them.
#[must_use]
pub fn first(form: &Form, keys: &[String], now: Timestamp) -> Errand {
    let mut digest = Sha256::new();
    for key in keys {
        digest.update(key.as_bytes());
        digest.update(b"\n");
    }
    digest.update(now.as_nanosecond().to_be_bytes());
    let digest = hex::encode(digest.finalize());
    let short = digest.get(..32).unwrap_or(&digest);
    errand(form, format!("JH-identity-{short}"))
}

fn errand(form: &Form, key: String) -> Errand {
    let people: Vec<_> = form
        .people()
        .iter()
        .map(|person| json!({ "name": person.name, "id_number": person.id.as_str() }))
        .collect();
    Errand {
        kind: ERRAND,
        key,
        payload: json!({ "people": people }),
    }
}
