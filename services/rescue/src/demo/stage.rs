//! The weeks as this service lives them.

use serde_json::Value;
use tonic::Request;
use uuid::Uuid;
use yiwang_casework::{
    Runtime,
    past::{Past, What, Who, Wrong},
};
use yiwang_chassis::fault::Fault;
use yiwang_proto::rescue::v1::{
    self as pb, calls_server::Calls as _, kin_server::Kin as _, patrols_server::Patrols as _,
};

use super::{
    beat::{Beat, Deed},
    pictures,
};
use crate::{
    hotline::CallsService,
    kin::{KinService, Search},
    patrol::{PatrolsService, opening},
    stays::demo::XIANNING,
};

pub(super) struct Stage {
    pub(super) past: Past,
    patrols: PatrolsService,
    calls: CallsService,
    kin: KinService,
}

impl Stage {
    pub(super) fn new(rt: Runtime) -> Self {
        let past = Past::new(rt, 0xD0_0002, pictures::brought);
        Self {
            patrols: PatrolsService::new(past.rt.clone()),
            calls: CallsService::new(past.rt.clone()),
            kin: KinService::new(Search::new(past.rt.clone())),
            past,
        }
    }

    /// Lives the beats, then until now. What did not fit.
    pub(super) async fn live(&mut self, beats: Vec<Beat>) -> Vec<Wrong> {
        let mut wrong = Vec::new();
        for beat in self.past.begin(beats) {
            wrong.extend(self.past.reach(beat.at).await);
            let what = beat.label(named);
            if let Err(fault) = self.play(beat).await {
                wrong.push((what, fault));
            }
        }
        wrong.extend(self.past.end().await);
        wrong
    }

    async fn play(&mut self, beat: Beat) -> Result<(), Fault> {
        let (past, who, name) = (&mut self.past, beat.who, beat.name);
        match beat.what {
            What::Submit(item, division, form) => {
                past.submit(who, name, (item, division), &form).await
            }
            What::Act(action, data) => past.act(who, name, action, &data).await,
            What::Other(deed) => self.does(who, deed).await,
        }
    }

    async fn does(&mut self, who: Who, deed: Deed) -> Result<(), Fault> {
        let past = &mut self.past;
        match deed {
            Deed::Call(mut request) => {
                request.idempotency_key = past.key();
                self.calls.record_call(past.asks(who, request)).await?;
            }
            Deed::Import(reports) => {
                let request = pb::ImportReportsRequest {
                    idempotency_key: past.key(),
                    source: "police".to_owned(),
                    reports: reports.iter().map(Value::to_string).collect(),
                    withdrawn: Vec::new(),
                };
                self.kin.import_reports(past.asks(who, request)).await?;
            }
            Deed::Alert(message) => {
                opening::take(&past.rt, &message).await?;
            }
            street => self.walk(who, street).await?,
        }
        Ok(())
    }

    async fn walk(&mut self, who: Who, deed: Deed) -> Result<(), Fault> {
        let change = |key: String, patrol: String, summary: &str| pb::ChangePatrolRequest {
            idempotency_key: key,
            patrol,
            summary: summary.to_owned(),
        };
        let past = &mut self.past;
        match deed {
            Deed::Plan(name, mut request) => {
                request.idempotency_key = past.key();
                let patrol = self.patrols.plan_patrol(past.asks(who, request)).await?;
                past.remember(name, patrol.into_inner().id);
            }
            Deed::Start(name) => {
                let request = change(past.key(), past.known(name)?, "");
                self.patrols.start_patrol(past.asks(who, request)).await?;
            }
            Deed::Finish(name, summary) => {
                let request = change(past.key(), past.known(name)?, summary);
                self.patrols.finish_patrol(past.asks(who, request)).await?;
            }
            Deed::Point(name, (place, latitude, longitude)) => {
                let point = pb::CheckInPoint {
                    id: past.key(),
                    at: past.at().to_string(),
                    place: place.to_owned(),
                    latitude,
                    longitude,
                    by: String::new(),
                };
                let request = pb::CheckInRequest {
                    patrol: past.known(name)?,
                    points: vec![point],
                };
                self.patrols.check_in(past.asks(who, request)).await?;
            }
            Deed::Meet(name, patrol, fields) => {
                let id = past.key();
                let row = pb::EncounterEdit {
                    id: id.clone(),
                    edit: past.key(),
                    count: 1,
                    base: 0,
                    at: past.at().to_string(),
                    patrol: past.known(patrol)?,
                    fields: fields.to_string(),
                };
                let request = pb::SyncEncountersRequest {
                    station: XIANNING.to_owned(),
                    device: Uuid::from_u128(0xD0_0001).to_string(),
                    rows: vec![row],
                };
                let answer = self
                    .patrols
                    .sync_encounters(past.asks(who, request))
                    .await?;
                let mut rows = answer.into_inner().rows.into_iter();
                if let Some(row) = rows.find(|row| row.result == "refused") {
                    return Err(Fault::precondition(row.code, row.message));
                }
                past.remember(name, id);
            }
            Deed::Receive(visit, stay) => {
                let request = pb::ReceiveEncounterRequest {
                    idempotency_key: past.key(),
                    id: past.known(visit)?,
                };
                let answer = self
                    .patrols
                    .receive_encounter(past.asks(who, request))
                    .await?;
                past.remember(stay, answer.into_inner().case_number);
            }
            Deed::Tell(mut request) => {
                request.idempotency_key = past.key();
                let told = self.patrols.tell_of_somebody(Request::new(request));
                told.await?;
            }
            _ => {}
        }
        Ok(())
    }
}

fn named(deed: &Deed) -> String {
    match deed {
        Deed::Plan(name, _) | Deed::Start(name) | Deed::Point(name, _) | Deed::Finish(name, _) => {
            format!("patrol {name}")
        }
        Deed::Meet(name, ..) | Deed::Receive(name, _) => format!("visit {name}"),
        Deed::Tell(_) => "a passer-by".to_owned(),
        Deed::Alert(_) => "the weather".to_owned(),
        Deed::Call(_) => "a call".to_owned(),
        Deed::Import(_) => "a batch of the police".to_owned(),
    }
}
