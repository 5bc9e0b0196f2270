//! The surroundings of one act, and the questions every stage asks.

use jiff::civil::DateTime;
use yiwang_casework::{Awaiting, Case, Context, Decision, Refusal, State as _};
use yiwang_civic::params::ParamError;

use crate::domain::desk::{self, paper};
use crate::domain::{
    cooling_off::{CoolingOff, cooling_off},
    divorce_registration::{
        DivorceRegistration,
        action::Cause,
        facts::{Acceptance, Facts},
        state::State,
    },
    record::{Capacity, Hall, Record, RecordState},
    world::World,
};

/// Case, surroundings and register.
#[derive(Clone, Copy)]
pub(in super::super) struct Scene<'a> {
    /// The case.
    pub(in super::super) case: &'a Case<DivorceRegistration>,
    /// Who, when, by which rules.
    pub(in super::super) cx: &'a Context<'a>,
    /// Register and hall.
    pub(in super::super) world: &'a World,
}

impl<'a> Scene<'a> {
    /// A copy of the facts to change.
    pub(super) fn facts(&self) -> Facts {
        self.case.facts.clone()
    }

    /// A decision that leaves the state.
    pub(super) fn stay(
        &self,
        facts: Facts,
        note: impl Into<String>,
    ) -> Decision<DivorceRegistration> {
        Decision::to(self.case.state, facts, note)
    }

    /// Beijing time of the act.
    pub(super) fn now(&self) -> DateTime {
        desk::beijing(self.cx.now)
    }

    /// Name of the acting officer.
    pub(super) fn officer(&self) -> String {
        desk::officer(self.cx)
    }

    /// The valid marriage of the two with each other.
    pub(super) fn marriage(&self) -> Option<&'a Record> {
        let [a, b, ..] = self.world.keys.as_slice() else {
            return None;
        };
        let record = self.world.people.first()?.valid()?;
        (record.spouse_of(a) == Some(b.as_str())).then_some(record)
    }

    /// Why there is no marriage left to dissolve; none while there is.
    pub(super) fn ended_otherwise(&self) -> Option<Cause> {
        if self
            .world
            .people
            .iter()
            .any(|person| person.died_on.is_some())
        {
            return Some(Cause::Death);
        }
        let accepted = self.case.facts.acceptance.as_ref()?.record;
        if self.marriage().is_some_and(|record| record.id == accepted) {
            return None;
        }
        let mut records = self.world.people.first()?.records.iter();
        let state = records.find(|record| record.id == accepted)?.state;
        Some(match state {
            RecordState::EndedDeath | RecordState::EndedDeclared => Cause::Death,
            RecordState::Revoked => Cause::Revoked,
            _ => Cause::Court,
        })
    }

    /// The application is alive, and so is the marriage (rules A2.4, A5.5).
    pub(super) fn alive(&self) -> Result<&'a Acceptance, Refusal> {
        let state: State = self.case.state;
        let terminated = |why: &str| {
            let message = format!("{why}，这件离婚登记申请已经终止，不能继续办理。");
            Refusal::new("TERMINATED", message)
        };
        if state.spec().awaiting == Awaiting::Nobody {
            let message = format!("办件已经是“{}”", state.spec().label);
            return Err(terminated(&message));
        }
        if let Some(cause) = self.ended_otherwise() {
            return Err(terminated(&format!(
                "因{}，双方的婚姻关系已经终止",
                cause.label()
            )));
        }
        let acceptance = self.case.facts.acceptance.as_ref();
        acceptance.ok_or_else(|| Refusal::new("NOT_ACCEPTED", "申请还没有受理，请先受理。"))
    }

    /// The accepting hall, with a registrar of it acting: nobody else may go on (rules A5.4).
    pub(super) fn accepting_hall(&self, acceptance: &Acceptance) -> Result<&'a Hall, Refusal> {
        match &self.world.hall {
            Some(hall) if self.world.qualified => Ok(hall),
            _ => {
                let dates = self.dates(acceptance)?;
                let message = format!(
                    "只能由受理申请的{}办理：{}前（含当日）可以到该处撤回，{}至{}双方可以一同到该处申领离婚证。",
                    acceptance.hall_name,
                    paper::day(dates.l1),
                    paper::day(dates.first_day),
                    paper::day(dates.l2),
                );
                Err(Refusal::new("OTHER_HALL", message))
            }
        }
    }

    /// The days in force: those of the receipt, or longer ones when a holiday notice came out
    /// after it; never shorter ones (rules A3.5).
    pub(super) fn dates(&self, acceptance: &Acceptance) -> Result<CoolingOff, Refusal> {
        let receipt = &acceptance.receipt;
        if receipt.calendar_version == self.cx.calendar.version() {
            return Ok(receipt.clone());
        }
        let (days, window) = self.terms(receipt.received)?;
        Ok(receipt.recounted(self.cx.calendar, days, window))
    }

    /// The days of an application received today.
    pub(super) fn new_dates(&self) -> Result<CoolingOff, Refusal> {
        let today = self.cx.today();
        let (days, window) = self.terms(today)?;
        Ok(cooling_off(today, self.cx.calendar, days, window))
    }

    /// Length of cooling-off and window for an application of that day.
    fn terms(&self, received: jiff::civil::Date) -> Result<(u32, u32), ParamError> {
        let count = |id: &str| self.cx.rule_on(id, received)?.count();
        Ok((
            count("marriage.cooling_off.days")?,
            count("marriage.cooling_off.window")?,
        ))
    }

    /// Both understand what they do: otherwise only a court may divorce them (rules A5.5).
    pub(super) fn capable(&self) -> Result<(), Refusal> {
        let limited = |capacity| capacity != Capacity::Full;
        if self
            .world
            .people
            .iter()
            .any(|person| limited(person.capacity))
        {
            let message = "有一方属于无民事行为能力人或者限制民事行为能力人，不能办理离婚登记，\
                           可以依法向人民法院起诉。";
            return Err(Refusal::new("LIMITED_CAPACITY", message));
        }
        Ok(())
    }

    /// Children, property and debts are settled (民法典 1076).
    pub(super) fn settled(&self) -> Result<(), Refusal> {
        if self.case.form.agreement.settled() {
            return Ok(());
        }
        let message = "离婚协议还不完整：须写明双方自愿离婚，以及子女抚养、财产和债务的处理。\
                       协商不成的，可以向人民法院起诉离婚。";
        Err(Refusal::new("NO_AGREEMENT", message))
    }
}
