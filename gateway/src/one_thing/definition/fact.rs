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
    /// The funeral's bill is drawn up, with what 惠民 takes off.
    Billed,
    /// The ashes were laid to rest or scattered.
    LaidToRest,
    /// The same in a way for which a region pays 生态安葬奖补.
    LaidEcologically,
    /// An allowance runs, or ran when the person died.
    OnBenefit,
    /// No allowance runs any more.
    OffBenefits,
    /// A marriage is on record, or was when the person died.
    Married,
    /// The spouse is on record as widowed.
    Widowed,
    /// The marriage on record was void from the beginning, or its registration was taken back.
    MarriageVoid,
    /// The family has applied for assistance.
    AidApplied,
    /// The latest application was decided: what class the family is of.
    Classified,
    /// Of no class with minimum living, but an edge family 低保边缘家庭.
    EdgeFamily,
    /// Of a class that other departments help.
    InNeed,
    /// A station knows who it is.
    Identified,
    /// The station was wrong about who it is.
    Unidentified,
    /// Fetched or brought home.
    Returned,
    /// The township has listed what is needed after the return.
    NeedsListed,
    /// Visited until life was stable again.
    Settled,
    /// A temporary household was given, because nobody knows who it is.
    Housed,
    /// The true identity was found: that household is gone.
    HouseholdCancelled,
}

impl Fact {
    /// All of them.
    #[cfg(test)]
    pub(crate) const ALL: [Self; 22] = [
        Self::Died,
        Self::DeathRevoked,
        Self::Cremated,
        Self::Billed,
        Self::LaidToRest,
        Self::LaidEcologically,
        Self::OnBenefit,
        Self::OffBenefits,
        Self::Married,
        Self::Widowed,
        Self::MarriageVoid,
        Self::AidApplied,
        Self::Classified,
        Self::EdgeFamily,
        Self::InNeed,
        Self::Identified,
        Self::Unidentified,
        Self::Returned,
        Self::NeedsListed,
        Self::Settled,
        Self::Housed,
        Self::HouseholdCancelled,
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
            Self::Billed => last(&["billed"]),
            Self::LaidToRest => last(&["laid", "laid.ecological"]),
            Self::LaidEcologically => last_is(&["laid", "laid.ecological"], "laid.ecological"),
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
            Self::MarriageVoid => last_is(&["married", "marriage.void"], "marriage.void"),
            Self::AidApplied => last(&["aid.applied", "aid.class"]),
            // An older class says nothing of a newer application.
            Self::Classified => last_is(&["aid.applied", "aid.class"], "aid.class"),
            Self::EdgeFamily => Self::Classified.of(told).filter(|one| one.about == "edge"),
            Self::InNeed => Self::Classified
                .of(told)
                .filter(|one| match one.about.as_str() {
                    "minimum_living" => !has_ended(told),
                    class => class == "edge",
                }),
            Self::Identified => last_is(&["identified", "unidentified"], "identified"),
            Self::Unidentified => last_is(&["identified", "unidentified"], "unidentified"),
            Self::Returned => last_is(&["identified", "returned"], "returned"),
            Self::NeedsListed => last_is(&["identified", "needs"], "needs"),
            Self::Settled => last_is(&["identified", "settled"], "settled"),
            Self::Housed => last_is(&["housed", "unhoused"], "housed"),
            Self::HouseholdCancelled => last_is(&["housed", "unhoused"], "unhoused"),
        }
    }
}

/// What was told before the death that stands was first recorded: others may have acted on it
/// before anybody asks here.
fn in_life(told: &[Told]) -> &[Told] {
    let revoked = told.iter().rposition(|one| one.kind == "death.revoked");
    let since = revoked.map_or(0, |at| at + 1);
    let died = told[since..]
        .iter()
        .position(|one| one.kind == "death.recorded");
    &told[..died.map_or(told.len(), |at| since + at)]
}

/// Whether 低保 has ended since it was granted last.
fn has_ended(told: &[Told]) -> bool {
    let granted = told.iter().rposition(|one| one.kind == "aid.class");
    let since = granted.map_or(told, |at| &told[at..]);
    let of_it = |one: &Told| one.kind == "benefit.ended" && one.about == "DB";
    since.iter().any(of_it)
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
        let rows: [(&[&str], Fact, bool); 37] = [
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
                &[
                    "death.recorded",
                    "death.revoked",
                    "married",
                    "death.recorded",
                    "single",
                ],
                Fact::Married,
                true,
            ),
            (
                &["benefit.ended DB", "benefit.started DB"],
                Fact::OnBenefit,
                true,
            ),
            (&["married", "marriage.void"], Fact::MarriageVoid, true),
            (&["marriage.void", "married"], Fact::MarriageVoid, false),
            (&["aid.class minimum_living"], Fact::InNeed, true),
            (
                &["aid.class minimum_living", "benefit.ended DB"],
                Fact::InNeed,
                false,
            ),
            (
                &["benefit.ended DB", "aid.class minimum_living"],
                Fact::InNeed,
                true,
            ),
            (&["laid"], Fact::LaidToRest, true),
            (&["laid"], Fact::LaidEcologically, false),
            (&["laid.ecological tree"], Fact::LaidEcologically, true),
            (&["aid.applied"], Fact::AidApplied, true),
            (&["aid.applied"], Fact::Classified, false),
            (&["aid.applied", "aid.class edge"], Fact::EdgeFamily, true),
            (&["aid.applied", "aid.class edge"], Fact::InNeed, true),
            (&["aid.applied", "aid.class neither"], Fact::InNeed, false),
            (&["aid.class edge", "aid.applied"], Fact::Classified, false),
            (&["identified", "unidentified"], Fact::Identified, false),
            (&["identified", "returned"], Fact::Returned, true),
            (
                &["identified", "returned", "needs", "settled"],
                Fact::Settled,
                true,
            ),
            (&["housed"], Fact::Housed, true),
            (&["housed", "unhoused"], Fact::Housed, false),
            (&["housed", "unhoused"], Fact::HouseholdCancelled, true),
            // The identity was a mistake.
            (&["unhoused", "housed"], Fact::HouseholdCancelled, false),
            // Found again after wandering off again.
            (
                &["identified", "returned", "settled", "identified"],
                Fact::Settled,
                false,
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
