//! The spouse of somebody declared dead declines in writing to have the marriage back
//! (民法典 51): if the declaration is revoked, it stays ended.

use chrono::NaiveDate;
use uuid::Uuid;
use yiwang_casework::{Runtime, service::once};
use yiwang_chassis::{
    audit,
    db::to_chrono_date,
    fault::{Code, Fault},
    identity::{Caller, Role},
};
use yiwang_civic::time;
use yiwang_proto::marriage::v1 as pb;

use super::{
    person, read,
    shown::{self, Names},
};
use crate::document;

/// A registrar takes the declaration down, with the person before them.
///
/// # Errors
/// `FORBIDDEN`, `REGISTRAR_NOT_QUALIFIED`, `RECORD_NOT_FOUND`, or a field error.
pub async fn note(
    rt: &Runtime,
    caller: &Caller,
    mut request: pb::DeclineRestorationRequest,
) -> Result<pb::Record, Fault> {
    if !caller.has_role(Role::Clerk) {
        return Err(Fault::forbidden());
    }
    let key = std::mem::take(&mut request.idempotency_key);
    let now = rt.now();
    let today = time::beijing_date(now);
    let mut tx = rt.pool.begin().await?;
    let account = Some(caller.account);
    let claim = match once::claim(rt, &mut tx, "decline", account, &key, &request).await? {
        once::Claimed::Fresh(claim) => claim,
        once::Claimed::Replay(record) => return Ok(record),
    };
    if !read::registrar(&mut tx, caller.account, today).await? {
        let message = "收取声明须由考核合格的婚姻登记员办理，请移交给本处的登记员。";
        return Err(Fault::precondition("REGISTRAR_NOT_QUALIFIED", message));
    }
    let fields = [&*request.document, &*request.country, &*request.id_number];
    let id = document::read(fields, "").map_err(|wrong| Fault::invalid(vec![wrong]))?;
    let survivor = rt.keyer.document_key(&id).as_str().to_owned();
    let mut both = read::spouses(&mut tx, &survivor).await?;
    both.push(survivor.clone());
    person::lock(&mut tx, &both).await?;
    let record: Option<(Uuid, Option<NaiveDate>)> = sqlx::query_as(
        "select record.id, record.declined_on
           from marriage.record
           join marriage.spouse mine on mine.record = record.id and mine.person_key = $2
           join marriage.person on person.person_key = mine.person_key
          where record.number = $1 and record.state = 'ended_declared'
            and person.died_on is null",
    )
    .bind(request.number.trim())
    .bind(&survivor)
    .fetch_optional(&mut *tx)
    .await?;
    let (record, before) = record.ok_or_else(|| {
        let message = "没有找到本人因配偶被宣告死亡而终止的婚姻登记，请核对证字号和证件号码。";
        Fault::new(Code::NotFound, "RECORD_NOT_FOUND", message)
    })?;
    if before.is_none() {
        sqlx::query("update marriage.record set declined_on = $2 where id = $1")
            .bind(record)
            .bind(to_chrono_date(today))
            .execute(&mut *tx)
            .await?;
    }
    let entry = audit::Entry {
        at: now,
        actor: caller.account.to_string(),
        actor_name: Some(caller.name.clone()),
        on_behalf_of: caller.on_behalf_of.clone(),
        action: "marriage.decline_restoration".to_owned(),
        object: format!("record/{record}"),
        purpose: None,
        outcome: audit::Outcome::Done,
        detail: serde_json::json!({ "declined_on": today.to_string() }),
    };
    audit::record(&mut tx, &entry).await?;
    let shown = shown::records(rt, &mut tx, &[record], Names::Masked).await?;
    let answer = shown.into_iter().next().unwrap_or_default();
    claim.finish(rt, tx, answer).await
}
