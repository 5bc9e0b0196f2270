//! The acts of the search 寻亲 (rules R06) on a stay: which step is due when and what may be
//! published is the law of [`crate::domain::search`]. The instant is always the server's.

mod acts;
mod dna;
mod notice;

use yiwang_casework::{Decision, Refusal};

pub(super) use self::{
    acts::{
        biometrics, cared, clues, escalate, overdue, police_report, searched_again,
        settle_requested, supervise,
    },
    dna::{dna_answered, request_dna},
    notice::{publish, unpublish},
};
pub(in super::super) use dna::answered;

use super::Scene;
use crate::domain::{
    search::{
        Begin, Cause, Done, Kind, Law, Search, clock_ops,
        events::{self, About},
    },
    stay::{
        StationStay,
        facts::{Facts, SearchNote},
        words::Reason,
        world::Effect,
    },
};

impl<'a> Scene<'a> {
    /// A line of what was done for the search.
    pub(super) fn note(&self, step: &str, record: &str) -> SearchNote {
        SearchNote {
            step: step.to_owned(),
            at: self.cx.now,
            by: self.by(),
            record: record.trim().to_owned(),
        }
    }

    pub(super) fn law(&self) -> Result<Law<'a>, Refusal> {
        Law::load(self.cx)
    }

    pub(super) fn about(&self) -> About<'_> {
        About {
            case_number: &self.case.number,
            station: self.case.form.station.trim(),
        }
    }

    /// A step was done now.
    fn done(&self, record: &str) -> Done {
        Done {
            at: self.cx.now,
            by: self.by(),
            record: record.trim().to_owned(),
        }
    }

    /// Why the person is here, as told at the door and at the registration.
    fn reasons(&self, facts: &Facts) -> Vec<Reason> {
        let told = facts.register.as_ref().map(|it| it.reasons.clone());
        let all = self.case.form.reasons.iter().copied();
        all.chain(told.unwrap_or_default()).collect()
    }

    /// Does `kinds` where they wait; the facts already hold their note.
    fn stepped(
        &self,
        mut facts: Facts,
        kinds: &[Kind],
        record: &str,
        note: &str,
    ) -> Result<Decision<StationStay>, Refusal> {
        let law = self.law()?;
        let before = facts.search.clone();
        let mut told = Vec::new();
        for kind in kinds {
            let late = facts.search.done(*kind, self.done(record), &law)?;
            told.extend(events::done(self.about(), *kind, late, self.cx.now));
        }
        let mut decision = follow(self.stay(facts, note), &before, &law);
        decision.events.extend(told);
        Ok(decision)
    }
}

/// The clocks and the table of steps follow the search of the facts.
fn follow(
    mut decision: Decision<StationStay>,
    before: &Search,
    law: &Law<'_>,
) -> Decision<StationStay> {
    decision
        .clocks
        .extend(clock_ops(before, &decision.facts.search));
    decision.rules.extend(law.versions.iter().cloned());
    decision.effect(Effect::Search)
}

/// The cause as far as publication asks; violence first, for then nothing is published.
fn cause(reasons: &[Reason]) -> Cause {
    let order = [
        Reason::Violence,
        Reason::Trafficked,
        Reason::Lost,
        Reason::Abandoned,
    ];
    let found = order.into_iter().find(|reason| reasons.contains(reason));
    found.map_or(Cause::Other, |reason| Cause::from_code(reason.code()))
}

/// The search begins: somebody was admitted and nobody knows who it is. All clocks run from the
/// arrival, whenever it is written down.
pub(super) fn begin(
    scene: &Scene<'_>,
    mut decision: Decision<StationStay>,
) -> Result<Decision<StationStay>, Refusal> {
    let law = scene.law()?;
    let facts = &mut decision.facts;
    let reasons = scene.reasons(facts);
    let entered_at = facts.arrived_at.unwrap_or(scene.cx.now);
    let suspected = reasons.iter().any(|reason| reason.to_police());
    facts.search = Search::begin(
        Begin {
            entered_at,
            suspected_at: suspected.then_some(entered_at),
            publishable: cause(&reasons).is_publishable(),
        },
        &law,
    );
    let taken = facts.photo().is_some() && facts.fingerprint().is_some();
    if taken {
        let done = scene.done("登记时采集");
        facts.search.done(Kind::Biometrics, done, &law)?;
    }
    if facts
        .notes
        .iter()
        .any(|note| note.step == Kind::PoliceReport.code())
        && facts.search.waiting(Kind::PoliceReport).is_some()
    {
        let done = scene.done("入站前已报告");
        facts.search.done(Kind::PoliceReport, done, &law)?;
    }
    let clues = Effect::Clues(Box::new(facts.clues.clone()));
    Ok(follow(decision, &Search::default(), &law).effect(clues))
}

/// It is known who it is: the own notice comes down in the same transaction.
pub(super) fn found(
    scene: &Scene<'_>,
    mut decision: Decision<StationStay>,
) -> Result<Decision<StationStay>, Refusal> {
    let law = scene.law()?;
    let facts = &mut decision.facts;
    let before = facts.search.clone();
    facts.search.identified(facts.published, scene.cx.now, &law);
    facts.published = false;
    Ok(withdrawn(scene, follow(decision, &before, &law), "身份已经查明").effect(Effect::CluesEnd))
}

/// An identification was taken back: the clocks run on.
pub(super) fn lost_again(
    scene: &Scene<'_>,
    mut decision: Decision<StationStay>,
    identified_at: jiff::Timestamp,
) -> Result<Decision<StationStay>, Refusal> {
    if decision.facts.search.steps.is_empty() {
        return begin(scene, decision);
    }
    let law = scene.law()?;
    let facts = &mut decision.facts;
    let before = facts.search.clone();
    facts.search.unidentified(identified_at, scene.cx.now, &law);
    let clues = Effect::Clues(Box::new(facts.clues.clone()));
    Ok(follow(decision, &before, &law).effect(clues))
}

/// The same of somebody who was settled: searched once a year, as before.
pub(super) fn settled_again(
    scene: &Scene<'_>,
    mut decision: Decision<StationStay>,
    identified_at: jiff::Timestamp,
) -> Result<Decision<StationStay>, Refusal> {
    let law = scene.law()?;
    let facts = &mut decision.facts;
    let before = facts.search.clone();
    facts.search.settled_again(identified_at, scene.cx.now);
    let clues = Effect::Clues(Box::new(facts.clues.clone()));
    Ok(follow(decision, &before, &law).effect(clues))
}

/// Nobody is here any more to search for.
pub(super) fn left(
    scene: &Scene<'_>,
    mut decision: Decision<StationStay>,
    settled: bool,
) -> Result<Decision<StationStay>, Refusal> {
    let facts = &mut decision.facts;
    if facts.search.steps.is_empty() {
        return Ok(decision);
    }
    let law = scene.law()?;
    let before = facts.search.clone();
    match settled {
        // It goes on, once a year.
        true => facts.search.settled(scene.cx.now, &law),
        false => facts.search.left(scene.cx.now),
    }
    if settled {
        // The notice stands.
        return Ok(follow(decision, &before, &law));
    }
    let stood = std::mem::take(&mut facts.published);
    let decision = follow(decision, &before, &law).effect(Effect::CluesEnd);
    Ok(match stood {
        true => withdrawn(scene, decision, "已经离站"),
        false => decision,
    })
}

fn withdrawn(
    scene: &Scene<'_>,
    decision: Decision<StationStay>,
    reason: &str,
) -> Decision<StationStay> {
    decision.effect(Effect::Unpublish {
        by: scene.by(),
        reason: reason.to_owned(),
    })
}
