//! What other services have told of a person, and what follows from it.

use std::collections::BTreeSet;

/// One thing that an event told of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Told {
    /// What kind of thing, e.g. `death.recorded`.
    pub(crate) kind: String,
    /// Which one: a benefit, a paper's number; empty where there is but one.
    pub(crate) about: String,
    /// ISO date or month from which it holds; empty when the event names none.
    pub(crate) on: String,
}

/// Something that may be known of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fact {
    /// A death is on record.
    Died,
    /// A record of death was taken back.
    DeathRevoked,
    /// The certificate of cremation is out.
    Cremated,
    /// An allowance runs, or ran when the person died.
    OnBenefit,
    /// No allowance runs any more.
    OffBenefits,
    /// A marriage is on record, or was when the person died.
    Married,
    /// The spouse is on record as widowed.
    Widowed,
}

impl Fact {
    /// All of them.
    #[cfg(test)]
    pub(crate) const ALL: [Self; 7] = [
        Self::Died,
        Self::DeathRevoked,
        Self::Cremated,
        Self::OnBenefit,
        Self::OffBenefits,
        Self::Married,
        Self::Widowed,
    ];

    /// The latest telling that makes it true; `told` is in the order of the events.
    pub(crate) fn of(self, told: &[Told]) -> Option<&Told> {
        let last = |kinds: &[&str]| {
            let mut newest = told.iter().rev();
            newest.find(|one| kinds.contains(&one.kind.as_str()))
        };
        let last_is = |kinds: &[&str], kind: &str| last(kinds).filter(|one| one.kind == kind);
        match self {
            Self::Died => last_is(&["death.recorded", "death.revoked"], "death.recorded"),
            Self::DeathRevoked => last_is(&["death.recorded", "death.revoked"], "death.revoked"),
            Self::Cremated => last(&["cremated"]),
            Self::OnBenefit => running(in_life(told)),
            Self::OffBenefits => match running(told) {
                Some(_) => None,
                None => last(&["benefit.ended"]),
            },
            Self::Married => {
                let last = in_life(told).iter().rev();
                let mut last = last.filter(|one| matches!(one.kind.as_str(), "married" | "single"));
                last.next().filter(|one| one.kind == "married")
            }
            Self::Widowed => last(&["widowed"]),
        }
    }
}

/// What was told before the first record of the death: others may have acted on it before
/// anybody asks here.
fn in_life(told: &[Told]) -> &[Told] {
    let died = told.iter().position(|one| one.kind == "death.recorded");
    &told[..died.unwrap_or(told.len())]
}

/// The latest start of an allowance that has not ended.
fn running(told: &[Told]) -> Option<&Told> {
    let mut ended = BTreeSet::new();
    for one in told.iter().rev() {
        match one.kind.as_str() {
            "benefit.ended" => {
                ended.insert(one.about.as_str());
            }
            "benefit.started" if !ended.contains(one.about.as_str()) => return Some(one),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(kinds: &[&str]) -> Vec<Told> {
        let one = |text: &&str| {
            let (kind, about) = text.split_once(' ').unwrap_or((text, ""));
            Told {
                kind: kind.to_owned(),
                about: about.to_owned(),
                on: String::new(),
            }
        };
        kinds.iter().map(one).collect()
    }

    #[test]
    fn what_holds_follows_from_the_order_of_the_events() {
        let rows: [(&[&str], Fact, bool); 14] = [
            (&[], Fact::Died, false),
            (&["death.recorded"], Fact::Died, true),
            (&["death.recorded", "death.revoked"], Fact::Died, false),
            (
                &["death.recorded", "death.revoked"],
                Fact::DeathRevoked,
                true,
            ),
            (&["benefit.started DB"], Fact::OnBenefit, true),
            (
                &["benefit.started DB", "benefit.ended DB"],
                Fact::OnBenefit,
                false,
            ),
            (
                &["benefit.started DB", "benefit.ended DB"],
                Fact::OffBenefits,
                true,
            ),
            (
                &[
                    "benefit.started DB",
                    "benefit.started TK",
                    "benefit.ended DB",
                ],
                Fact::OffBenefits,
                false,
            ),
            (&[], Fact::OffBenefits, false),
            (
                &["benefit.started DB", "death.recorded", "benefit.ended DB"],
                Fact::OnBenefit,
                true,
            ),
            (
                &["married", "death.recorded", "single"],
                Fact::Married,
                true,
            ),
            (
                &["benefit.ended DB", "death.recorded"],
                Fact::OnBenefit,
                false,
            ),
            (&["married", "single"], Fact::Married, false),
            (
                &["benefit.ended DB", "benefit.started DB"],
                Fact::OnBenefit,
                true,
            ),
        ];
        for (events, fact, holds) in rows {
            assert_eq!(
                fact.of(&told(events)).is_some(),
                holds,
                "{events:?} {fact:?}"
            );
        }
        assert!(Fact::ALL.iter().all(|fact| fact.of(&[]).is_none()));
    }
}
