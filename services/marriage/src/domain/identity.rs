//! The online check of identity before anything is registered (国令804号: 对当事人的身份以及婚姻
//! 状况信息进行联网核对; rules A2.3, A5.3): the document belongs to this person, and the person is
//! alive. The police answer for ID numbers, the immigration administration for other documents.

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use yiwang_casework::{Errand, Person, Refusal, guide::Section};

use crate::domain::desk::paper::day;

/// Kind of the errand.
pub const ERRAND: &str = "identity.check";

/// The answer, people in the order of the question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// One for each person asked for.
    #[serde(default)]
    pub people: Vec<Seen>,
}

/// What is said of one person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// Name and document belong together.
    #[serde(rename = "match")]
    pub matches: bool,
    /// Not recorded as dead. Says nothing when name and document do not match.
    pub alive: bool,
}

/// An answer with its day: it holds on that day only, since the check is a live one
/// (rules A5.3).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Stored")]
pub struct IdentityCheck {
    /// Beijing date.
    pub on: Date,
    /// The people.
    pub people: Vec<Seen>,
}

/// As stored; without the day in cases of before 2026-11-29.
#[derive(Deserialize)]
#[serde(untagged)]
enum Stored {
    Dated { on: Date, people: Vec<Seen> },
    Bare(Vec<Seen>),
}

impl From<Stored> for IdentityCheck {
    fn from(stored: Stored) -> Self {
        match stored {
            Stored::Dated { on, people } => Self { on, people },
            // Of no day that is today.
            Stored::Bare(people) => Self {
                on: Date::MIN,
                people,
            },
        }
    }
}

impl IdentityCheck {
    /// An answer that comes in on this day.
    #[must_use]
    pub fn of(answer: Answer, on: Date) -> Self {
        let people = answer.people;
        Self { on, people }
    }
}

/// What the check comes to for one person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Identity {
    /// No answer of today.
    Unanswered,
    /// Name and document do not belong together.
    Differs,
    /// They do not, and a paper of the police explains why.
    Proven,
    /// Dead, by the police's books.
    Dead,
    /// The person of the document, alive.
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

/// Asks at submission, before the case has a number. The same people at another instant
/// are another question; the digest tells nothing of them.
#[must_use]
pub fn first(people: &[Person], keys: &[String], now: Timestamp) -> Errand {
    let mut digest = Sha256::new();
    for key in keys {
        digest.update(key.as_bytes());
        digest.update(b"\n");
    }
    digest.update(now.as_nanosecond().to_be_bytes());
    let digest = hex::encode(digest.finalize());
    let short = digest.get(..32).unwrap_or(&digest);
    errand(people, format!("identity-{short}"))
}

/// Asks again for a case that has a number; `version` tells the rounds apart.
#[must_use]
pub fn again(people: &[Person], number: &str, version: i64) -> Errand {
    errand(people, format!("{number}-identity-{version}"))
}

fn errand(people: &[Person], key: String) -> Errand {
    let people: Vec<Value> = people
        .iter()
        .map(|person| {
            json!({
                "name": person.name, "id_number": person.id.number(),
                "document": person.id.kind().code(), "country": person.id.country().code(),
            })
        })
        .collect();
    Errand {
        kind: ERRAND,
        key,
        payload: json!({ "people": people }),
    }
}

/// Everybody was found today, with this name, and alive.
///
/// # Errors
/// `ID_NOT_VERIFIED`, `DEAD`.
pub(crate) fn verified(
    check: Option<&IdentityCheck>,
    people: usize,
    today: Date,
) -> Result<(), Refusal> {
    let unverified = |message| Err(Refusal::new("ID_NOT_VERIFIED", message));
    let found: Vec<Identity> = (0..people)
        .map(|index| Identity::of(check, index, false, today))
        .collect();
    if found.contains(&Identity::Unanswered) {
        return unverified(match check {
            Some(check) if check.on != today => {
                "身份核验结果不是当天的，请先点“重新核验身份”，有了结果再办理。"
            }
            _ => "还没有返回身份核验结果，请稍候；长时间没有结果的，请重新核验。",
        });
    }
    if found.contains(&Identity::Differs) {
        return unverified("身份信息与公安机关登记的不一致，请核对身份证件后重新提交。");
    }
    if found.contains(&Identity::Dead) {
        let message = "公安机关登记其中一人已经死亡，不能办理，请先核实。";
        return Err(Refusal::new("DEAD", message));
    }
    Ok(())
}

/// The result in words.
pub(crate) fn words(check: Option<&IdentityCheck>) -> &'static str {
    match check {
        None => "正在核验",
        Some(check) if check.people.iter().any(|one| !one.matches) => "与公安机关登记的信息不一致",
        Some(check) if check.people.iter().any(|one| !one.alive) => "公安机关登记其中一人已经死亡",
        Some(_) => "一致",
    }
}

/// The result with its day, as registrars and the people themselves read it.
pub(crate) fn section(check: Option<&IdentityCheck>) -> Section {
    let block = Section::new("身份核验").row("公安机关核验结果", words(check));
    match check {
        Some(check) if check.on > Date::MIN => block.row("核验日期", day(check.on)),
        _ => block,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const TODAY: Date = date(2026, 3, 2);

    fn answered(on: Date, seen: &[(bool, bool)]) -> IdentityCheck {
        let people = seen.iter().map(|&(matches, alive)| Seen { matches, alive });
        let people = people.collect();
        IdentityCheck { on, people }
    }

    #[test]
    fn an_answer_holds_on_its_day_for_everybody_asked_for() {
        let code =
            |check: Option<&IdentityCheck>| verified(check, 2, TODAY).err().map(|it| it.code);
        let both = [(true, true), (true, true)];
        assert_eq!(code(Some(&answered(TODAY, &both))), None);
        for check in [
            None,
            Some(answered(date(2026, 3, 1), &both)),
            Some(answered(TODAY, &both[..1])),
            Some(answered(TODAY, &[(true, true), (false, true)])),
        ] {
            assert_eq!(code(check.as_ref()), Some("ID_NOT_VERIFIED"), "{check:?}");
        }
        let dead = answered(TODAY, &[(true, true), (true, false)]);
        assert_eq!(code(Some(&dead)), Some("DEAD"));
    }

    #[test]
    fn an_old_answer_without_a_day_is_none_of_today() {
        let stored = json!([{ "match": true, "alive": true }]);
        let old: IdentityCheck = serde_json::from_value(stored).unwrap();
        assert_eq!(
            Identity::of(Some(&old), 0, false, TODAY),
            Identity::Unanswered
        );
        let check = answered(TODAY, &[(true, true)]);
        let again = serde_json::from_value(serde_json::to_value(&check).unwrap());
        assert_eq!(again.ok(), Some(check));
    }

    #[test]
    fn a_passport_is_asked_for_with_its_country() {
        let person = |id: &str| Person {
            id: id.parse().unwrap(),
            name: "MARTIN JEAN".to_owned(),
            relation: "self".to_owned(),
        };
        let people = [
            person("passport:FRA:12AB34567"),
            person("11010519491231002X"),
        ];
        let errand = again(&people, "JH1", 3);
        let expected = json!({ "people": [
            { "name": "MARTIN JEAN", "id_number": "12AB34567", "document": "passport", "country": "FRA" },
            { "name": "MARTIN JEAN", "id_number": "11010519491231002X", "document": "citizen_id", "country": "CHN" },
        ] });
        assert_eq!(errand.payload, expected);
        assert_eq!(errand.key, "JH1-identity-3");
    }
}
