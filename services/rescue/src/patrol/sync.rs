//! Visits of a phone that may have been offline: each row in a transaction of its own, answered one
//! by one. What is refused is still on the phone.

use jiff::Timestamp;
use sqlx::PgConnection;
use uuid::Uuid;
use yiwang_casework::{Refusal, Runtime};
use yiwang_chassis::{
    fault::{Fault, FieldViolation},
    identity::{Caller, Role},
};
use yiwang_civic::time::beijing_date;
use yiwang_proto::rescue::v1 as pb;

use super::{
    encounter::{self, Conflict, Encounter, Sealed, shown},
    row::{Asked, Problem, no, refused},
    rules,
    stock::Stock,
    trail,
};
use crate::{
    domain::street::{
        fields::{Fields, Given},
        law::{self, Ages, FollowUp},
        merge::{self, Clash, Edit, Merged},
        words::Outcome,
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

    /// The law of the street, over what the visit would be.
    async fn judge(
        &self,
        conn: &mut PgConnection,
        before: &Encounter,
        after: &mut Encounter,
        asked: &Asked,
    ) -> Result<(), Problem> {
        let wrong = |found: FieldViolation| Problem::Refused(Refusal::fields(vec![found]));
        let was = Fields::read(&before.written.fields).map_err(wrong)?;
        let is = Fields::read(&after.written.fields).map_err(wrong)?;
        if before.version > 0 {
            law::may_become(&before.state, &was, &is)?;
        }
        let found = law::violations(&is, self.ages);
        if !found.is_empty() {
            return Err(Refusal::fields(found).into());
        }
        self.patrol(conn, after).await?;
        let outcome = is.outcome.map_or("told", Outcome::code);
        if after.outcome == "told" {
            // Whoever went there has written it; before it was only told.
            after.at = asked.at;
            after.patrol = after.patrol.or(asked.patrol);
            after.by.clone_from(&self.caller.name);
            after.account = Some(self.caller.account);
        }
        if after.outcome != outcome {
            outcome.clone_into(&mut after.outcome);
            law::state(is.outcome).clone_into(&mut after.state);
            let day = beijing_date(after.at);
            after.follow_up_on = law::follow_up(is.outcome, day, self.again);
        }
        if let Some(previous) = is.previous.filter(|_| is.previous != was.previous) {
            self.came_back(conn, previous, after.id).await?;
        }
        Ok(())
    }

    async fn patrol(&self, conn: &mut PgConnection, after: &Encounter) -> Result<(), Problem> {
        let Some(patrol) = after.patrol else {
            return Ok(());
        };
        let theirs: bool = sqlx::query_scalar(
            "select exists (select 1 from rescue.patrol where id = $1 and station = $2)",
        )
        .bind(patrol)
        .bind(&self.station.code)
        .fetch_one(conn)
        .await?;
        if theirs {
            return Ok(());
        }
        Err(no(
            "PATROL_UNKNOWN",
            "没有找到这次巡查，请重新选择，或者不选。",
        ))
    }

    /// A visit comes back to an earlier one, which then needs no other.
    async fn came_back(
        &self,
        conn: &mut PgConnection,
        previous: Uuid,
        now: Uuid,
    ) -> Result<(), Problem> {
        let found = sqlx::query(
            "update rescue.encounter set follow_up_on = null
              where id = $1 and station = $2 and id <> $3",
        )
        .bind(previous)
        .bind(&self.station.code)
        .bind(now)
        .execute(conn)
        .await?;
        if found.rows_affected() == 1 {
            return Ok(());
        }
        let message = "没有找到上一次走访，请重新选择，或者不选。";
        let field = FieldViolation::new("/previous", "ENCOUNTER_UNKNOWN", message);
        Err(Refusal::fields(vec![field]).into())
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

    /// Earlier conflicts of this phone whose fields this row carries again.
    async fn superseded(&self, conn: &mut PgConnection, asked: &Asked) -> Result<(), Problem> {
        for old in encounter::conflicts(self.rt, conn, asked.id).await? {
            let again = |clash: &Clash| asked.fields.contains_key(&clash.field);
            if old.sealed.device == self.device && old.sealed.clashes.iter().all(again) {
                encounter::settled(conn, old.id, "同一手机的新修改", self.rt.now()).await?;
            }
        }
        Ok(())
    }

    fn conflict(&self, asked: &Asked, clashes: Vec<Clash>, now: Timestamp) -> Conflict {
        Conflict {
            id: asked.edit,
            encounter: asked.id,
            sealed: Sealed {
                device: self.device,
                clashes,
            },
            by: self.caller.name.clone(),
            received_at: now,
            settled: false,
        }
    }

    /// A row that has already led to a conflict.
    fn repeated(&self, known: &Encounter, conflict: &Conflict) -> pb::RowResult {
        if conflict.settled || conflict.encounter != known.id {
            return self.answer("same", known);
        }
        pb::RowResult {
            conflicts: shown(conflict, &known.written),
            ..self.answer("conflict", known)
        }
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
