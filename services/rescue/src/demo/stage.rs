//! A clock that is moved through the past: every legal clock fires at the instant it was due.

use std::{collections::BTreeMap, sync::Arc};

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;
use tonic::Request;
use uuid::Uuid;
use yiwang_casework::{Runtime, runner, service::CaseworkService};
use yiwang_chassis::{
    clock::{Clock as _, ManualClock},
    fault::{Code, Fault},
};
use yiwang_proto::{
    casework::v1::{self as cases, casework_server::Casework as _},
    rescue::v1::{
        self as pb, calls_server::Calls as _, kin_server::Kin as _, patrols_server::Patrols as _,
    },
};

use super::{
    beat::{Beat, What},
    cast::Who,
    pictures,
};
use crate::{
    hotline::CallsService,
    kin::{KinService, Search},
    patrol::{PatrolsService, opening},
    stays::demo::XIANNING,
};

/// The service with its clock in our hands.
pub(super) struct Stage {
    rt: Arc<Runtime>,
    clock: ManualClock,
    now: Timestamp,
    cases: CaseworkService,
    patrols: PatrolsService,
    calls: CallsService,
    kin: KinService,
    /// Numbers and ids by the names of the beats.
    known: BTreeMap<&'static str, String>,
    keys: u128,
}

impl Stage {
    pub(super) fn new(mut rt: Runtime) -> Self {
        let now = rt.now();
        let clock = ManualClock::new(now);
        rt.clock = Arc::new(clock.clone());
        let rt = Arc::new(rt);
        Self {
            cases: CaseworkService::new(rt.clone()),
            patrols: PatrolsService::new(rt.clone()),
            calls: CallsService::new(rt.clone()),
            kin: KinService::new(Search::new(rt.clone())),
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
            let what = named(&beat.what);
            if let Err(fault) = self.play(beat).await {
                wrong.push((what, fault));
            }
        }
        if let Err(fault) = runner::catch_up(&self.rt, &self.clock, self.now).await {
            wrong.push(("clocks".to_owned(), fault));
        }
        wrong
    }

    async fn play(&mut self, Beat { who, what, .. }: Beat) -> Result<(), Fault> {
        match what {
            What::Submit(name, item, division, form) => {
                let request = cases::SubmitRequest {
                    idempotency_key: self.key(),
                    item: item.to_owned(),
                    division: division.to_owned(),
                    form: form.to_string(),
                    materials: Vec::new(),
                };
                let case = self.cases.submit(who.asks(request)).await?;
                self.known.insert(name, case.into_inner().number);
            }
            What::Act(name, action, data) => {
                let request = cases::ActRequest {
                    idempotency_key: self.key(),
                    number: self.named(name)?,
                    action: action.to_owned(),
                    files: pictures::brought(&data),
                    data: data.to_string(),
                    expected_version: 0,
                };
                self.cases.act(who.asks(request)).await?;
            }
            What::Call(mut request) => {
                request.idempotency_key = self.key();
                self.calls.record_call(who.asks(request)).await?;
            }
            What::Import(reports) => {
                let request = pb::ImportReportsRequest {
                    idempotency_key: self.key(),
                    source: "police".to_owned(),
                    reports: reports.iter().map(Value::to_string).collect(),
                    withdrawn: Vec::new(),
                };
                self.kin.import_reports(who.asks(request)).await?;
            }
            What::Alert(message) => {
                opening::take(&self.rt, &message).await?;
            }
            street => self.walk(who, street).await?,
        }
        Ok(())
    }

    async fn walk(&mut self, who: Who, what: What) -> Result<(), Fault> {
        let change = |key: String, patrol: String, summary: &str| pb::ChangePatrolRequest {
            idempotency_key: key,
            patrol,
            summary: summary.to_owned(),
        };
        match what {
            What::Plan(name, mut request) => {
                request.idempotency_key = self.key();
                let patrol = self.patrols.plan_patrol(who.asks(request)).await?;
                self.known.insert(name, patrol.into_inner().id);
            }
            What::Start(name) => {
                let request = change(self.key(), self.named(name)?, "");
                self.patrols.start_patrol(who.asks(request)).await?;
            }
            What::Finish(name, summary) => {
                let request = change(self.key(), self.named(name)?, summary);
                self.patrols.finish_patrol(who.asks(request)).await?;
            }
            What::Point(name, (place, latitude, longitude)) => {
                let point = pb::CheckInPoint {
                    id: self.key(),
                    at: self.clock.now().to_string(),
                    place: place.to_owned(),
                    latitude,
                    longitude,
                    by: String::new(),
                };
                let request = pb::CheckInRequest {
                    patrol: self.named(name)?,
                    points: vec![point],
                };
                self.patrols.check_in(who.asks(request)).await?;
            }
            What::Meet(name, patrol, fields) => {
                let id = self.key();
                let row = pb::EncounterEdit {
                    id: id.clone(),
                    edit: self.key(),
                    count: 1,
                    base: 0,
                    at: self.clock.now().to_string(),
                    patrol: self.named(patrol)?,
                    fields: fields.to_string(),
                };
                let request = pb::SyncEncountersRequest {
                    station: XIANNING.to_owned(),
                    device: Uuid::from_u128(0xD0_0001).to_string(),
                    rows: vec![row],
                };
                let answer = self.patrols.sync_encounters(who.asks(request)).await?;
                let mut rows = answer.into_inner().rows.into_iter();
                if let Some(row) = rows.find(|row| row.result == "refused") {
                    return Err(Fault::precondition(row.code, row.message));
                }
                self.known.insert(name, id);
            }
            What::Receive(visit, stay) => {
                let request = pb::ReceiveEncounterRequest {
                    idempotency_key: self.key(),
                    id: self.named(visit)?,
                };
                let answer = self.patrols.receive_encounter(who.asks(request)).await?;
                self.known.insert(stay, answer.into_inner().case_number);
            }
            What::Tell(mut request) => {
                request.idempotency_key = self.key();
                let told = self.patrols.tell_of_somebody(Request::new(request));
                told.await?;
            }
            _ => {}
        }
        Ok(())
    }

    fn named(&self, name: &str) -> Result<String, Fault> {
        let found = self.known.get(name).cloned();
        found.ok_or_else(|| Fault::new(Code::NotFound, "NOT_TOLD", name.to_owned()))
    }

    /// A key of its own for each beat.
    fn key(&mut self) -> String {
        self.keys += 1;
        Uuid::from_u128(0xD0_0002 << 64 | self.keys).to_string()
    }
}

fn named(what: &What) -> String {
    match what {
        What::Submit(name, item, ..) => format!("{name}: {item}"),
        What::Act(name, act, _) => format!("{name}: {act}"),
        What::Plan(name, _) | What::Start(name) | What::Point(name, _) | What::Finish(name, _) => {
            format!("patrol {name}")
        }
        What::Meet(name, ..) | What::Receive(name, _) => format!("visit {name}"),
        What::Tell(_) => "a passer-by".to_owned(),
        What::Alert(_) => "the weather".to_owned(),
        What::Call(_) => "a call".to_owned(),
        What::Import(_) => "a batch of the police".to_owned(),
    }
}
