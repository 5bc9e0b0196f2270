//! Somebody is trained; somebody's record is looked at.

use jiff::civil::Date;
use yiwang_casework::{
    Runtime,
    form::is_readable,
    service::once::{self, Claimed},
};
use yiwang_chassis::{db::to_chrono_date, fault::Fault, identity::Caller, ids};
use yiwang_civic::time::beijing_date;
use yiwang_proto::child::v1 as pb;

use super::save::{lock, shown};
use crate::{domain::welfare::roster::Record, welfare::alarms};

/// Hours of training.
pub(in crate::welfare) async fn train(
    rt: &Runtime,
    caller: &Caller,
    mut request: pb::AddTrainingRequest,
) -> Result<pb::Director, Fault> {
    let key = std::mem::take(&mut request.idempotency_key);
    let mut tx = rt.pool.begin().await?;
    let account = Some(caller.account);
    let claim = match once::claim(rt, &mut tx, "add_training", account, &key, &request).await? {
        Claimed::Fresh(claim) => claim,
        Claimed::Replay(answer) => return Ok(answer),
    };
    let (row, _) = lock(rt, &mut tx, caller, &request.director).await?;
    let on = past(&request.on, "/on", beijing_date(rt.now()))?;
    if !(1..=200).contains(&request.hours) {
        let message = "请填写学时，1至200。";
        return Err(Fault::invalid_field("/hours", "WRONG_VALUE", message));
    }
    let title = request.title.trim();
    if title.is_empty() || title.chars().count() > 100 || !is_readable(title) {
        return Err(Fault::invalid_field(
            "/title",
            "REQUIRED",
            "请填写培训内容。",
        ));
    }
    sqlx::query(
        "insert into child.training (id, director, held_on, hours, title)
         values ($1, $2, $3, $4, $5)",
    )
    .bind(ids::new(rt.now()))
    .bind(row.id)
    .bind(to_chrono_date(on))
    .bind(request.hours)
    .bind(title)
    .execute(&mut *tx)
    .await?;
    let answer = shown(rt, &mut tx, caller, row.id, "train").await?;
    claim.finish(rt, tx, answer).await
}

/// The yearly look at the record; whoever has one leaves the same day (未成年人保护法62).
pub(in crate::welfare) async fn check(
    rt: &Runtime,
    caller: &Caller,
    mut request: pb::CheckRecordRequest,
) -> Result<pb::Director, Fault> {
    let key = std::mem::take(&mut request.idempotency_key);
    let mut tx = rt.pool.begin().await?;
    let account = Some(caller.account);
    let claim = match once::claim(rt, &mut tx, "check_record", account, &key, &request).await? {
        Claimed::Fresh(claim) => claim,
        Claimed::Replay(answer) => return Ok(answer),
    };
    let (row, _) = lock(rt, &mut tx, caller, &request.director).await?;
    let today = beijing_date(rt.now());
    let on = past(&request.on, "/on", today)?;
    let result = Record::from_code(&request.result)
        .ok_or_else(|| Fault::invalid_field("/result", "REQUIRED", "请选择查询结果。"))?;
    if request.paper.trim().is_empty() {
        let message = "请填写查询回执编号。";
        return Err(Fault::invalid_field("/paper", "REQUIRED", message));
    }
    sqlx::query(
        "update child.director
            set record_checked_on = $2, record_result = $3, record_paper = $4,
                until = case when $3 = 'barred' then coalesce(until, greatest($5, since))
                             else until end,
                version = version + 1
          where id = $1",
    )
    .bind(row.id)
    .bind(to_chrono_date(on))
    .bind(result.code())
    .bind(request.paper.trim())
    .bind(to_chrono_date(today))
    .execute(&mut *tx)
    .await?;
    alarms::owner_changed(rt, &mut tx, &row.division).await?;
    let answer = shown(rt, &mut tx, caller, row.id, "check").await?;
    claim.finish(rt, tx, answer).await
}

fn past(text: &str, at: &str, today: Date) -> Result<Date, Fault> {
    let read: Result<Date, _> = text.trim().parse();
    let day = read.map_err(|_| Fault::invalid_field(at, "NOT_A_DAY", "请选择日期。"))?;
    match day > today {
        true => Err(Fault::invalid_field(at, "IN_FUTURE", "日期不能晚于今天。")),
        false => Ok(day),
    }
}
