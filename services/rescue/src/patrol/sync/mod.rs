//! Visits of a phone that may have been offline: each row in a transaction of its own, answered one
//! by one. What is refused is still on the phone.

mod clash;
mod judge;

use jiff::Timestamp;
use sqlx::PgConnection;
use uuid::Uuid;
use yiwang_casework::Runtime;
use yiwang_chassis::{
    fault::Fault,
    identity::{Caller, Role},
};
use yiwang_proto::rescue::v1 as pb;

use super::{
    encounter::{self, Encounter, shown},
    row::{Asked, Problem, no, refused},
    rules,
    stock::Stock,
    trail,
};
use crate::{
    domain::street::{
        fields::{Fields, Given},
        law::{self, Ages, FollowUp},
        merge::{self, Edit, Merged},
    },
    stays::{stations::Station, worked_at},
};

/// Most rows of one call.
const MOST: usize = 100;

/// What a row is judged by.
struct Desk<'a> {
    rt: &'a Runtime,
    caller: &'a Caller,
    station: Station,
    device: Uuid,
    ages: Ages,
    again: FollowUp,
}

pub(super) async fn run(
    rt: &Runtime,
    caller: &Caller,
    request: pb::SyncEncountersRequest,
) -> Result<pb::SyncResult, Fault> {
    let mut conn = rt.pool.acquire().await?;
    let station = worked_at(&mut conn, caller, &request.station, &[Role::Station]).await?;
    drop(conn);
    let device = request.device.trim().parse().map_err(|_| {
        Fault::invalid_field("/device", "REQUIRED", "缺少手机的编号，请更新手机页面。")
    })?;
    if request.rows.len() > MOST {
        let message = "一次最多上传100条，请分批上传。";
        return Err(Fault::invalid_field("/rows", "TOO_MANY", message));
    }
    let desk = Desk {
        ages: rules::ages(rt, &station.division)?,
        again: rules::follow_up(rt, &station.division)?,
        rt,
        caller,
        station,
        device,
    };
    let mut rows = Vec::with_capacity(request.rows.len());
    for row in request.rows {
        let (id, edit) = (row.id.clone(), row.edit.clone());
        let mut answer = match desk.row(row).await {
            Ok(answer) => answer,
            Err(Problem::Refused(refusal)) => refused(refusal),
            Err(Problem::Failed(fault)) => return Err(fault),
        };
        answer.id = id;
        answer.edit = edit;
        rows.push(answer);
    }
    Ok(pb::SyncResult { rows })
}

impl Desk<'_> {
    async fn row(&self, row: pb::EncounterEdit) -> Result<pb::RowResult, Problem> {
        let rt = self.rt;
        let now = rt.now();
        let asked = Asked::read(&row, now)?;
        let mut tx = rt.pool.begin().await?;
        let known = encounter::lock(rt, &mut tx, asked.id).await?;
        let known = self.own(known, &asked)?;
        if let (Some(known), Some(conflict)) =
            (&known, encounter::conflict(rt, &mut tx, asked.edit).await?)
        {
            return Ok(self.repeated(known, &conflict));
        }
        let before = known.clone().unwrap_or_else(|| self.fresh(&asked, now));
        let edit = Edit {
            device: self.device,
            count: asked.count,
            base: asked.base,
            fields: asked.fields.clone(),
        };
        let (written, clashes) = match merge::merge(&before.written, before.version, &edit) {
            Merged::Same => return Ok(self.answer("same", &before)),
            Merged::Taken(written, clashes) => (written, clashes),
        };
        let mut after = before.clone();
        after.written = written;
        after.version += 1;
        self.judge(&mut tx, &before, &mut after, &asked).await?;
        encounter::save(rt, &mut tx, &after).await?;
        self.hand_out(&mut tx, &before, &after).await?;
        self.superseded(&mut tx, &asked).await?;
        let mut answer = self.answer("stored", &after);
        if !clashes.is_empty() {
            let conflict = self.conflict(&asked, clashes, now);
            encounter::keep(rt, &mut tx, &conflict, asked.base).await?;
            "conflict".clone_into(&mut answer.result);
            answer.conflicts = shown(&conflict, &after.written);
        }
        let told = trail::Told {
            id: after.id,
            station: &self.station,
            outcome: &after.outcome,
            case_number: after.case_number.as_deref().unwrap_or_default(),
        };
        trail::encounter(rt, &mut tx, Some(self.caller), "written", told).await?;
        tx.commit().await?;
        Ok(answer)
    }

    /// The visit, when it is this station's and the phone has seen it.
    fn own(&self, known: Option<Encounter>, asked: &Asked) -> Result<Option<Encounter>, Problem> {
        let Some(known) = known else {
            if asked.base > 0 {
                return Err(no(
                    "ENCOUNTER_UNKNOWN",
                    "没有找到这次走访，请刷新后重新填写。",
                ));
            }
            return Ok(None);
        };
        if known.station != self.station.code {
            return Err(no(
                "ENCOUNTER_UNKNOWN",
                "没有找到这次走访，请刷新后重新填写。",
            ));
        }
        if asked.base > known.version {
            return Err(no("BASE_UNKNOWN", "这次走访的版本不对，请刷新后重新填写。"));
        }
        Ok(Some(known))
    }

    fn fresh(&self, asked: &Asked, now: Timestamp) -> Encounter {
        Encounter {
            id: asked.id,
            station: self.station.code.clone(),
            patrol: asked.patrol,
            at: asked.at,
            received_at: now,
            outcome: String::new(),
            source: "patrol".to_owned(),
            state: "open".to_owned(),
            follow_up_on: None,
            case_number: None,
            written: merge::Written::default(),
            by: self.caller.name.clone(),
            account: Some(self.caller.account),
            version: 0,
        }
    }

    /// Counts what was handed out against the stock.
    async fn hand_out(
        &self,
        conn: &mut PgConnection,
        before: &Encounter,
        after: &Encounter,
    ) -> Result<(), Problem> {
        let given = |one: &Encounter| -> Vec<Given> {
            Fields::read(&one.written.fields).map_or_else(|_| Vec::new(), |it| it.articles)
        };
        let stock = Stock {
            rt: self.rt,
            station: &self.station,
            by: &self.caller.name,
            encounter: after.id,
        };
        Ok(stock.hand_out(conn, &given(before), &given(after)).await?)
    }

    fn answer(&self, result: &str, one: &Encounter) -> pb::RowResult {
        pb::RowResult {
            result: result.to_owned(),
            version: one.version,
            duties: duties(one, self.ages),
            ..Default::default()
        }
    }
}

/// What the law asks, in words.
pub(super) fn duties(one: &Encounter, ages: Ages) -> Vec<String> {
    let fields = Fields::read(&one.written.fields).unwrap_or_default();
    let duties = law::duties(&fields, ages).into_iter();
    duties.map(|duty| duty.words().to_owned()).collect()
}
