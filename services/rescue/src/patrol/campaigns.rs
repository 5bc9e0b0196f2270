//! Campaigns 专项行动 by plan: winter warmth, summer cool, the search for relatives.

use chrono::NaiveDate;
use jiff::civil::Date;
use sqlx::{FromRow, PgConnection};
use uuid::Uuid;
use yiwang_casework::{
    Runtime,
    service::once::{self, Claimed},
};
use yiwang_chassis::{
    db::{from_chrono_date, to_chrono_date},
    fault::{Fault, FieldViolation},
    identity::{Caller, Role},
    ids,
};
use yiwang_civic::division;
use yiwang_proto::rescue::v1::{self as pb, CampaignChanged};

use super::{all_right, campaign_unknown, day_of, id_of, line, rules, trail};
use crate::{
    domain::street::{season, words::CampaignKind},
    stays::not_theirs,
};

#[derive(FromRow)]
struct Row {
    id: Uuid,
    kind: String,
    county: String,
    title: String,
    from_day: NaiveDate,
    to_day: NaiveDate,
    alert: String,
    state: String,
    summary: String,
    patrols: i64,
    encounters: i64,
}

/// Campaigns with what was done in them.
macro_rules! campaigns {
    ($rest:literal) => {
        concat!(
            "select c.*,
                    (select count(*) from rescue.patrol p where p.campaign = c.id) as patrols,
                    (select count(*) from rescue.encounter e
                       join rescue.patrol p on p.id = e.patrol where p.campaign = c.id)
                        as encounters
               from rescue.campaign c ",
            $rest
        )
    };
}

fn out(row: Row) -> pb::Campaign {
    let kind = CampaignKind::from_code(&row.kind);
    pb::Campaign {
        id: row.id.to_string(),
        kind_label: kind.map_or_else(String::new, |kind| kind.label().to_owned()),
        kind: row.kind,
        county: row.county,
        title: row.title,
        from: row.from_day.to_string(),
        to: row.to_day.to_string(),
        alert: row.alert,
        state: row.state,
        summary: row.summary,
        patrols: row.patrols,
        encounters: row.encounters,
    }
}

async fn find(conn: &mut PgConnection, id: Uuid) -> Result<Row, Fault> {
    let row: Option<Row> = sqlx::query_as(campaigns!("where c.id = $1"))
        .bind(id)
        .fetch_optional(conn)
        .await?;
    row.ok_or_else(campaign_unknown)
}

fn is_county(code: &str) -> bool {
    code.len() == 6 && division::find(code).is_some()
}

/// Those of a county, the latest first.
pub(super) async fn list(
    rt: &Runtime,
    request: pb::ListCampaignsRequest,
) -> Result<pb::CampaignList, Fault> {
    let county = request.county.trim();
    if !is_county(county) {
        let message = "请选择县（市、区）。";
        return Err(Fault::invalid_field("/county", "DIVISION_UNKNOWN", message));
    }
    let rows: Vec<Row> = sqlx::query_as(campaigns!(
        "where c.county = $1 order by c.from_day desc, c.id desc limit 100"
    ))
    .bind(county)
    .fetch_all(&rt.pool)
    .await?;
    let (winter, summer) = rules::seasons(rt, county)?;
    let season = season::of_day(rules::today(rt), winter, summer);
    Ok(pb::CampaignList {
        campaigns: rows.into_iter().map(out).collect(),
        season: season.map_or_else(String::new, |kind| kind.code().to_owned()),
    })
}

/// A county plans one.
pub(super) async fn plan(
    rt: &Runtime,
    caller: &Caller,
    mut request: pb::PlanCampaignRequest,
) -> Result<pb::Campaign, Fault> {
    let key = std::mem::take(&mut request.idempotency_key);
    let mut tx = rt.pool.begin().await?;
    let account = Some(caller.account);
    let claim = match once::claim(rt, &mut tx, "plan_campaign", account, &key, &request).await? {
        Claimed::Fresh(claim) => claim,
        Claimed::Replay(campaign) => return Ok(campaign),
    };
    let county = request.county.trim();
    if !caller.has(Role::CountyOfficer, county) {
        return Err(not_theirs());
    }
    let mut wrong = Vec::new();
    if !is_county(county) {
        let message = "请选择县（市、区）。";
        wrong.push(FieldViolation::new("/county", "DIVISION_UNKNOWN", message));
    }
    let title = request.title.trim();
    line(&mut wrong, "/title", title, 100, "请填写专项行动的名称。");
    let kind = CampaignKind::from_code(request.kind.trim());
    if kind.is_none() {
        wrong.push(FieldViolation::new(
            "/kind",
            "WRONG_VALUE",
            "请选择专项行动的种类。",
        ));
    }
    all_right(wrong)?;
    let kind = kind.unwrap_or(CampaignKind::Kin);
    let days = days(rt, county, kind, &request)?;
    let id = ids::new(rt.now());
    insert(
        &mut tx,
        (id, kind, county, title),
        days,
        "",
        rules::today(rt),
    )
    .await?;
    opened(rt, &mut tx, Some(caller), (id, kind, county, "")).await?;
    let answer = out(find(&mut tx, id).await?);
    claim.finish(rt, tx, answer).await
}

/// The days asked for, or the season's.
fn days(
    rt: &Runtime,
    county: &str,
    kind: CampaignKind,
    request: &pb::PlanCampaignRequest,
) -> Result<(Date, Date), Fault> {
    let season = rules::season(rt, county, kind)?;
    if request.from.trim().is_empty() && request.to.trim().is_empty() {
        let message = "请填写起止日期。";
        let season = season.ok_or_else(|| Fault::invalid_field("/from", "REQUIRED", message))?;
        return Ok(season.span(rules::today(rt)));
    }
    let (from, to) = (day_of(&request.from, "/from")?, day_of(&request.to, "/to")?);
    if to < from {
        let message = "结束日期应当不早于开始日期。";
        return Err(Fault::invalid_field("/to", "WRONG_VALUE", message));
    }
    let within = season.is_none_or(|season| season.covers(from) && season.covers(to));
    if !within {
        let message = format!("“{}”应当在本地规定的季节里，请核对日期。", kind.label());
        return Err(Fault::invalid_field("/from", "WRONG_SEASON", message));
    }
    Ok((from, to))
}

/// A new campaign; false: this alert has opened one in the county before.
pub(super) async fn insert(
    conn: &mut PgConnection,
    (id, kind, county, title): (Uuid, CampaignKind, &str, &str),
    (from, to): (Date, Date),
    alert: &str,
    today: Date,
) -> sqlx::Result<bool> {
    let inserted = sqlx::query(
        "insert into rescue.campaign (id, kind, county, title, from_day, to_day, alert, state)
         values ($1, $2, $3, $4, $5, $6, $7,
                 case when $5 <= $8 then 'running' else 'planned' end)
         on conflict (county, alert) where alert <> '' do nothing",
    )
    .bind(id)
    .bind(kind.code())
    .bind(county)
    .bind(title)
    .bind(to_chrono_date(from))
    .bind(to_chrono_date(to))
    .bind(alert)
    .bind(to_chrono_date(today))
    .execute(conn)
    .await?;
    Ok(inserted.rows_affected() == 1)
}

/// Tells of it.
pub(super) async fn opened(
    rt: &Runtime,
    conn: &mut PgConnection,
    caller: Option<&Caller>,
    (id, kind, county, alert): (Uuid, CampaignKind, &str, &str),
) -> sqlx::Result<()> {
    let payload = CampaignChanged {
        campaign: id.to_string(),
        kind: kind.code().to_owned(),
        county: county.to_owned(),
        alert: alert.to_owned(),
    };
    trail::campaign(rt, conn, caller, "opened", payload).await
}

/// A county ends one, with what was done.
pub(super) async fn end(
    rt: &Runtime,
    caller: &Caller,
    mut request: pb::EndCampaignRequest,
) -> Result<pb::Campaign, Fault> {
    let key = std::mem::take(&mut request.idempotency_key);
    let mut tx = rt.pool.begin().await?;
    let account = Some(caller.account);
    let claim = match once::claim(rt, &mut tx, "end_campaign", account, &key, &request).await? {
        Claimed::Fresh(claim) => claim,
        Claimed::Replay(campaign) => return Ok(campaign),
    };
    let id = id_of(&request.id, campaign_unknown)?;
    let county: Option<String> =
        sqlx::query_scalar("select county from rescue.campaign where id = $1 for update")
            .bind(id)
            .fetch_optional(&mut *tx)
            .await?;
    // Whoever may not end it learns no more than of none.
    let county = county.filter(|county| caller.has(Role::CountyOfficer, county));
    county.ok_or_else(campaign_unknown)?;
    let summary = request.summary.trim();
    let mut wrong = Vec::new();
    line(
        &mut wrong,
        "/summary",
        summary,
        1_000,
        "请写明专项行动的情况。",
    );
    all_right(wrong)?;
    let known = find(&mut tx, id).await?;
    if known.state == "ended" && !known.summary.is_empty() {
        return Err(Fault::precondition("WRONG_STATE", "这次专项行动已经结束。"));
    }
    let today = rules::today(rt);
    // It ends today at the latest, and never before it began.
    let to = from_chrono_date(known.to_day)
        .min(today)
        .max(from_chrono_date(known.from_day));
    sqlx::query(
        "update rescue.campaign set state = 'ended', summary = $2, to_day = $3 where id = $1",
    )
    .bind(id)
    .bind(summary)
    .bind(to_chrono_date(to))
    .execute(&mut *tx)
    .await?;
    let payload = CampaignChanged {
        campaign: id.to_string(),
        kind: known.kind,
        county: known.county,
        alert: known.alert,
    };
    trail::campaign(rt, &mut tx, Some(caller), "ended", payload).await?;
    let answer = out(find(&mut tx, id).await?);
    claim.finish(rt, tx, answer).await
}
