//! The surroundings of one act, and the couple as the check list asks about it.

use yiwang_casework::{Case, Context, Decision, Refusal};

use crate::domain::{
    identity::Identity,
    kinship::Kin,
    legal_age::AgeRules,
    marriage_registration::{
        MarriageRegistration, checks,
        couple::{Couple, One},
        facts::{Facts, Finding, Listed},
        form::Form,
        paper::Paper,
        state::State,
    },
    party::{Party, Residence},
    record::Hall,
    status,
    world::World,
};

/// Case, surroundings, register.
#[derive(Clone, Copy)]
pub(super) struct Scene<'a> {
    /// The case.
    pub(super) case: &'a Case<MarriageRegistration>,
    /// Who, when, by which rules.
    pub(super) cx: &'a Context<'a>,
    /// Register and hall.
    pub(super) world: &'a World,
}

impl Scene<'_> {
    /// A copy of the facts to change.
    pub(super) fn facts(&self) -> Facts {
        self.case.facts.clone()
    }

    /// A decision that leaves the state.
    pub(super) fn stay(
        &self,
        facts: Facts,
        note: impl Into<String>,
    ) -> Decision<MarriageRegistration> {
        Decision::to(self.case.state, facts, note)
    }

    /// Name of the acting officer; empty for everybody else.
    pub(super) fn officer(&self) -> String {
        let officer = self.cx.actor.officer();
        officer.map_or_else(String::new, |(_, name)| name.trim().to_owned())
    }

    /// Where the case goes on once the police have answered.
    pub(super) fn answered(&self) -> State {
        if self.case.facts.declaration.is_some() {
            State::Review
        } else {
            State::Declaration
        }
    }

    /// The couple as `facts` and register show it. What was not asked yet counts as given:
    /// whoever has to ask says so.
    pub(super) fn couple(&self, facts: &Facts) -> Result<Couple<'_>, Refusal> {
        couple(&self.case.form, facts, self.cx, self.world)
    }

    /// Writes down what the register says and what stands in the way, for the registrar to see
    /// before anybody signs. The registration asks again.
    pub(super) fn look_ahead(&self, facts: &mut Facts) -> Result<(), Refusal> {
        let mut couple = self.couple(facts)?;
        // The police answer here, not a registrar; who acts later is asked then.
        couple.qualified = true;
        let findings = checks::findings(&couple).into_iter().map(|found| Finding {
            code: found.code.to_owned(),
            message: found.message,
        });
        let register = couple.both.iter().map(|one| {
            let known = one.known.map(|known| status::of(one.key, known, couple.on));
            known.map_or("没有应答", |status| status.label()).to_owned()
        });
        let (findings, register) = (findings.collect(), register.collect());
        (facts.findings, facts.register) = (findings, register);
        let known = self.world.people.iter().enumerate();
        let listed = known.filter_map(|(person, known)| {
            let until = known
                .dishonest_until
                .filter(|day| *day >= self.cx.today())?;
            Some(Listed { person, until })
        });
        facts.dishonest = listed.collect();
        Ok(())
    }

    /// The hall of the form.
    pub(super) fn hall(&self) -> Result<&Hall, Refusal> {
        hall(self.world)
    }
}

/// The hall of the form.
pub(super) fn hall(world: &World) -> Result<&Hall, Refusal> {
    world.hall.as_ref().ok_or_else(|| {
        let message = "没有这个婚姻登记处，请从列表中重新选择。";
        Refusal::new("HALL_UNKNOWN", message)
    })
}

/// The couple of a form.
pub(super) fn couple<'a>(
    form: &'a Form,
    facts: &Facts,
    cx: &Context<'_>,
    world: &'a World,
) -> Result<Couple<'a>, Refusal> {
    let one = |party: &'a Party, index: usize| one(party, index, form, facts, cx, world);
    Ok(Couple {
        kind: form.kind,
        on: cx.today(),
        qualified: world.qualified,
        competence: hall_competence(world),
        ages: AgeRules::load(cx)?,
        kin: facts
            .declaration
            .as_ref()
            .map_or(Kin::None, |signed| signed.kin),
        both: [one(&form.a, 0)?, one(&form.b, 1)?],
    })
}

/// A hall that is not there may register nobody.
fn hall_competence(world: &World) -> &[Residence] {
    let hall = world.hall.as_ref();
    hall.map_or(&[], |hall| hall.competence.as_slice())
}

fn one<'a>(
    party: &'a Party,
    index: usize,
    form: &Form,
    facts: &Facts,
    cx: &Context<'_>,
    world: &'a World,
) -> Result<One<'a>, Refusal> {
    let today = cx.today();
    let invalid = || Refusal::fields(form.violations(today));
    let (sex, born) = party.sex().zip(party.born()).ok_or_else(invalid)?;
    let papers = facts.papers_of(index);
    let explained = papers.contains(&Paper::IdentityProof);
    Ok(One {
        key: world.keys.get(index).map_or("", String::as_str),
        sex,
        born,
        residence: party.residence,
        stated: facts.stated(party, index),
        identity: Identity::of(facts.identity.as_ref(), index, explained, today),
        papers,
        known: world.people.get(index),
        present: true,
        signed: true,
        willing: true,
    })
}

/// Reasons are written, not blank.
pub(super) fn reasons(text: &str) -> Result<&str, Refusal> {
    match text.trim() {
        "" => Err(Refusal::new(
            "REASONS_REQUIRED",
            "请写明理由，告知书和档案会引用。",
        )),
        text => Ok(text),
    }
}
