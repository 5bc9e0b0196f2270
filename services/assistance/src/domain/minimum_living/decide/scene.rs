//! The surroundings of one act, and the questions every stage asks.

use yiwang_casework::{Actor, Case, Context, Decision, Refusal};
use yiwang_civic::time::{self, Month};

use crate::domain::minimum_living::{
    MinimumLiving,
    assess::{Assessment, Input, assess},
    facts::{Facts, Note},
    form::Form,
    household::{ADULT, Household},
    params::Params,
    state::State,
    world::World,
};

/// Case, surroundings and roll.
#[derive(Clone, Copy)]
pub(in super::super) struct Scene<'a> {
    /// The case.
    pub(in super::super) case: &'a Case<MinimumLiving>,
    /// Who, when, by which rules.
    pub(in super::super) cx: &'a Context<'a>,
    /// The roll.
    pub(in super::super) world: &'a World,
}

impl Scene<'_> {
    /// A copy of the facts to change.
    pub(in super::super) fn facts(&self) -> Facts {
        self.case.facts.clone()
    }

    /// A decision that leaves the state.
    pub(in super::super) fn stay(
        &self,
        facts: Facts,
        note: impl Into<String>,
    ) -> Decision<MinimumLiving> {
        Decision::to(self.case.state, facts, note)
    }

    /// A decision that moves on.
    pub(in super::super) fn to(
        &self,
        state: State,
        facts: Facts,
        note: impl Into<String>,
    ) -> Decision<MinimumLiving> {
        Decision::to(state, facts, note)
    }

    /// Name of the acting officer; empty for everybody else.
    pub(in super::super) fn officer(&self) -> String {
        self.cx
            .actor
            .officer()
            .map_or_else(String::new, |(_, name)| name.trim().to_owned())
    }

    /// A dated text by the actor.
    pub(in super::super) fn note(&self, text: String) -> Note {
        Note {
            on: self.cx.today(),
            by: self.officer(),
            text,
        }
    }

    /// Month after today's.
    pub(in super::super) fn next_month(&self) -> Month {
        time::month_of(self.cx.today()).next()
    }

    /// The parameters of today for this family.
    pub(in super::super) fn params(&self, form: &Form) -> Result<Params, Refusal> {
        let scale = form.applicant.registration_kind;
        Ok(Params::load(
            self.cx.rules,
            self.cx.division,
            self.cx.today(),
            scale,
        )?)
    }

    /// Who counts today.
    pub(in super::super) fn household(&self, facts: &Facts) -> Household {
        let form = &self.case.form;
        Household::of(form, &facts.dead(form), self.cx.today())
    }

    /// The test of the law today.
    pub(in super::super) fn assess(
        &self,
        facts: &Facts,
        tier: Option<&str>,
        params: &Params,
    ) -> Assessment {
        let form = &self.case.form;
        assess(Input {
            form,
            findings: &facts.findings,
            dead: &facts.dead(form),
            tier,
            params,
            day: self.cx.today(),
        })
    }

    /// Near relatives of the family do not touch the case (第十一条).
    pub(in super::super) fn recuse(&self) -> Result<(), Refusal> {
        match self.cx.actor {
            Actor::Officer { name, .. } if self.is_relative(name) => Err(Refusal::new(
                "OWN_CASE",
                "本人或近亲属的办件不能由您办理，请移交给同事。",
            )),
            _ => Ok(()),
        }
    }

    /// Whether an officer of this name is on file as a near relative.
    pub(in super::super) fn is_relative(&self, name: &str) -> bool {
        let name = name.trim();
        let pledge = &self.case.form.pledge;
        let declared = pledge.near_relative && pledge.near_relative_of.contains(name);
        !name.is_empty() && (declared || self.case.facts.recused.iter().any(|other| other == name))
    }

    /// Whoever investigated does not decide (rules A5.8).
    pub(in super::super) fn not_investigator(&self) -> Result<(), Refusal> {
        let facts = &self.case.facts;
        let Some((account, name)) = self.cx.actor.officer() else {
            return Ok(());
        };
        let named = facts.investigators.iter().any(|other| other == name.trim());
        if named || facts.investigator_accounts.contains(&account) {
            let message = "参加过本次调查的人员不能审核确认，请由其他人员办理。";
            return Err(Refusal::new("SAME_OFFICER", message));
        }
        Ok(())
    }

    /// Every adult who counts consents to the check; a guardian for whoever cannot.
    pub(in super::super) fn authorised(&self, facts: &Facts) -> Result<(), Refusal> {
        let today = self.cx.today();
        let counted = self.household(facts).counted;
        let missing = self.case.form.everybody().find(|one| {
            let adult = one.id().is_none_or(|id| id.age_on(today) >= ADULT);
            counted.contains(&one.index) && adult && !one.about.check_consent
        });
        match missing {
            None => Ok(()),
            Some(one) => Err(Refusal::new(
                "AUTHORISATION_MISSING",
                format!("{}还没有授权核对，取得授权后才能继续。", one.name.trim()),
            )),
        }
    }

    /// Nobody on the form draws support elsewhere.
    pub(in super::super) fn not_supported(&self, who: &[usize]) -> Result<(), Refusal> {
        let other = self
            .world
            .supported
            .iter()
            .find(|one| one.excludes() && who.contains(&one.index));
        match other {
            None => Ok(()),
            Some(one) => {
                let name = self.case.form.name_of(one.index).trim();
                Err(already_supported(name))
            }
        }
    }
}

/// Somebody draws support under another case.
pub(crate) fn already_supported(name: &str) -> Refusal {
    let message = format!("{name}已经在领取最低生活保障或特困供养，不能重复享受，请核对。");
    Refusal::new("ALREADY_SUPPORTED", message)
}

/// Reasons are written, not blank.
pub(in super::super) fn reasons(text: &str) -> Result<&str, Refusal> {
    match text.trim() {
        "" => Err(Refusal::new(
            "REASONS_REQUIRED",
            "请写明理由，告知书会引用。",
        )),
        text => Ok(text),
    }
}
