//! Who stands on the list today, in the caller's regions.

use uuid::Uuid;
use yiwang_casework::Runtime;
use yiwang_chassis::{audit, db::to_chrono_date, fault::Fault, identity::Caller};
use yiwang_civic::{division, time};
use yiwang_proto::marriage::v1 as pb;

use super::{Entry, scopes};

const PAGE: i64 = 50;

/// The entries in force in the caller's regions, oldest first; every look is audited.
///
/// # Errors
/// `FORBIDDEN` for others than the officers of a region.
pub async fn list(
    rt: &Runtime,
    caller: &Caller,
    request: &pb::ListDishonestRequest,
) -> Result<pb::DishonestList, Fault> {
    let scopes = scopes(caller)?;
    let after = match request.cursor.as_str() {
        "" => Uuid::nil(),
        text => text.parse().map_err(|_| {
            let message = "翻页参数有误，请从第一页重新打开。";
            Fault::invalid_field("/cursor", "CURSOR", message)
        })?,
    };
    let within = match request.division.trim() {
        "" => "",
        code => division::scope_prefix(code),
    };
    let mut tx = rt.pool.begin().await?;
    let rows = sqlx::query(
        "select *, false as lifted from marriage.dishonesty
          where lifted_at is null and until >= $1 and id > $2 and starts_with(division, $3)
            and exists (select from unnest($4::text[]) scope where starts_with(division, scope))
          order by id limit $5",
    )
    .bind(to_chrono_date(time::beijing_date(rt.now())))
    .bind(after)
    .bind(within)
    .bind(scopes)
    .bind(PAGE)
    .fetch_all(&mut *tx)
    .await?;
    let entries = rows
        .iter()
        .map(|row| Entry::from_row(row)?.shown(rt, caller))
        .collect::<Result<Vec<_>, Fault>>()?;
    let entry = audit::Entry {
        at: rt.now(),
        actor: caller.account.to_string(),
        actor_name: Some(caller.name.clone()),
        on_behalf_of: caller.on_behalf_of.clone(),
        action: "dishonesty.list".to_owned(),
        object: format!("division/{within}"),
        purpose: None,
        outcome: audit::Outcome::Done,
        detail: serde_json::json!({ "count": entries.len() }),
    };
    audit::record(&mut tx, &entry).await?;
    tx.commit().await?;
    Ok(pb::DishonestList { entries })
}
