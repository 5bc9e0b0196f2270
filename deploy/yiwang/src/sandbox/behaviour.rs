//! What a department does wrong on demand; the table is in `deploy/sandbox.md`.

use std::{fmt, str::FromStr, time::Duration};

use serde::{Deserialize, Serialize};

/// One deviation from the plain course.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub(crate) enum Behaviour {
    /// The answer is ready after this many milliseconds.
    Delay(u64),
    /// The answer is a no.
    Refuse,
    /// Taken, but the first POST hangs.
    Timeout,
    /// Taken, but the first POST is answered 500.
    Error,
    /// Not taken, answered 503: once by a key, each time by a rule.
    Down,
    /// No callback.
    Silent,
    /// The callback comes three times.
    Twice,
    /// A false callback with a wrong signature comes first.
    Forged,
}

/// Not the name of a behaviour.
#[derive(Debug, thiserror::Error)]
#[error("unknown behaviour {0:?}")]
pub(crate) struct Unknown(String);

impl FromStr for Behaviour {
    type Err = Unknown;

    fn from_str(text: &str) -> Result<Self, Unknown> {
        Ok(match text {
            "refuse" => Self::Refuse,
            "timeout" => Self::Timeout,
            "error" => Self::Error,
            "down" => Self::Down,
            "silent" => Self::Silent,
            "twice" => Self::Twice,
            "forged" => Self::Forged,
            other => {
                let millis = other.strip_prefix("delay-").and_then(|n| n.parse().ok());
                Self::Delay(millis.ok_or_else(|| Unknown(other.to_owned()))?)
            }
        })
    }
}

impl fmt::Display for Behaviour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Delay(millis) => return write!(f, "delay-{millis}"),
            Self::Refuse => "refuse",
            Self::Timeout => "timeout",
            Self::Error => "error",
            Self::Down => "down",
            Self::Silent => "silent",
            Self::Twice => "twice",
            Self::Forged => "forged",
        })
    }
}

impl From<Behaviour> for String {
    fn from(behaviour: Behaviour) -> Self {
        behaviour.to_string()
    }
}

impl TryFrom<String> for Behaviour {
    type Error = Unknown;

    fn try_from(text: String) -> Result<Self, Unknown> {
        text.parse()
    }
}

/// The behaviours written into a key after `~`; unknown words mean nothing.
pub(crate) fn of_key(key: &str) -> Vec<Behaviour> {
    key.split('~')
        .skip(1)
        .filter_map(|word| word.parse().ok())
        .collect()
}

/// How long the answer takes under these behaviours.
pub(crate) fn delay(behaviours: &[Behaviour]) -> Duration {
    let asked = behaviours.iter().find_map(|behaviour| match behaviour {
        Behaviour::Delay(millis) => Some(*millis),
        _ => None,
    });
    Duration::from_millis(asked.unwrap_or(500))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_carries_its_behaviours() {
        let asked = of_key("DB42~delay-20~twice~nonsense");
        assert_eq!(asked, [Behaviour::Delay(20), Behaviour::Twice]);
        assert_eq!(delay(&asked), Duration::from_millis(20));
        assert_eq!(delay(&of_key("plain")), Duration::from_millis(500));
    }

    #[test]
    fn every_name_reads_back() {
        for name in [
            "delay-7", "refuse", "timeout", "error", "down", "silent", "twice", "forged",
        ] {
            let behaviour: Behaviour = name.parse().unwrap();
            assert_eq!(behaviour.to_string(), name);
        }
        assert!("delay-".parse::<Behaviour>().is_err());
    }
}
