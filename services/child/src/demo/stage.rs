//! A clock that is moved through the past: every legal clock fires at the instant it was due.

use std::{collections::BTreeMap, sync::Arc};

use jiff::{SignedDuration, Timestamp};
use tonic::Request;
use uuid::Uuid;
use yiwang_casework::{Runtime, runner, service::CaseworkService};
use yiwang_chassis::{
    clock::ManualClock,
    fault::{Code, Fault},
};
use yiwang_proto::{
    casework::v1::{self as cases, casework_server::Casework as _},
    child::v1::protection_server::Protection as _,
};

use super::{
    bank::Bank,
    beat::{Beat, What},
    pictures,
};
use crate::{payment::Payments, protection::ProtectionService};

/// The service with its clock in our hands.
pub(super) struct Stage {
    rt: Arc<Runtime>,
    clock: ManualClock,
    now: Timestamp,
    cases: CaseworkService,
    reports: ProtectionService,
    payments: Payments,
    /// Numbers of cases by the names of the beats.
    known: BTreeMap<&'static str, String>,
    keys: u128,
}

impl Stage {
    pub(super) fn new(mut rt: Runtime) -> Self {
        let now = rt.now();
        let clock = ManualClock::new(now);
        rt.clock = Arc::new(clock.clone());
        rt.departments = Arc::new(Bank);
        let rt = Arc::new(rt);
        Self {
            cases: CaseworkService::new(rt.clone()),
            reports: ProtectionService::new(rt.clone()),
            payments: Payments::new(rt.clone()),
            rt,
            clock,
            now,
            known: BTreeMap::new(),
            keys: 0,
        }
    }

    pub(super) fn now(&self) -> Timestamp {
        self.now
    }

    /// Lives the beats in the order of their instants, then until now. What did not fit.
    pub(super) async fn live(&mut self, mut beats: Vec<Beat>) -> Vec<(String, Fault)> {
        let mut wrong = Vec::new();
        beats.retain(|beat| beat.at <= self.now);
        beats.sort_by_key(|beat| beat.at);
        if let Some(first) = beats.first() {
            self.clock.set(first.at);
        }
        for beat in beats {
            if let Err(fault) = runner::catch_up(&self.rt, &self.clock, beat.at).await {
                wrong.push(("clocks".to_owned(), fault));
            }
            // Two beats of one instant stand one after the other.
            self.clock.advance(SignedDuration::from_millis(1));
            let what = named(&beat);
            if let Err(fault) = self.play(beat).await {
                wrong.push((what, fault));
            }
        }
        if let Err(fault) = runner::catch_up(&self.rt, &self.clock, self.now).await {
            wrong.push(("clocks".to_owned(), fault));
        }
        wrong
    }

    async fn play(&mut self, beat: Beat) -> Result<(), Fault> {
        let Beat {
            who, name, what, ..
        } = beat;
        match what {
            What::Submit(item, division, form) => {
                let request = cases::SubmitRequest {
                    idempotency_key: self.key(),
                    item: item.to_owned(),
                    division: division.to_owned(),
                    form: form.to_string(),
                    materials: Vec::new(),
                };
                let case = self.cases.submit(who.asks(&self.rt.keyer, request)).await?;
                self.known.insert(name, case.into_inner().number);
            }
            What::Act(action, data) => {
                let request = cases::ActRequest {
                    idempotency_key: self.key(),
                    number: self.number_of(name)?,
                    action: action.to_owned(),
                    files: pictures::brought(&data),
                    data: data.to_string(),
                    expected_version: 0,
                };
                self.cases.act(who.asks(&self.rt.keyer, request)).await?;
            }
            What::Report(mut request) => {
                request.idempotency_key = self.key();
                let receipt = self.reports.report(Request::new(*request)).await?;
                self.known.insert(name, receipt.into_inner().receipt);
            }
            What::PayDay => while self.payments.step().await.map_err(Fault::internal)? {},
        }
        Ok(())
    }

    fn number_of(&self, name: &str) -> Result<String, Fault> {
        let found = self.known.get(name).cloned();
        found.ok_or_else(|| Fault::new(Code::NotFound, "NOT_TOLD", name.to_owned()))
    }

    /// A key of its own for each beat.
    fn key(&mut self) -> String {
        self.keys += 1;
        Uuid::from_u128(0xD0_0003 << 64 | self.keys).to_string()
    }
}

fn named(beat: &Beat) -> String {
    let what = match &beat.what {
        What::Submit(item, ..) => item,
        What::Act(act, _) => act,
        What::Report(_) => "report",
        What::PayDay => "pay day",
    };
    format!("{}: {what}", beat.name)
}
