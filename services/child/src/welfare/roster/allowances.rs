//! 通讯、交通补贴 of a month: who is paid what, and why somebody is not.

use std::collections::BTreeMap;

use sqlx::PgConnection;
use yiwang_casework::Runtime;
use yiwang_chassis::{
    db::to_chrono,
    fault::Fault,
    identity::{Caller, Role},
};
use yiwang_civic::time::{Month, end_of_day, month_of, start_of_day};
use yiwang_proto::child::v1 as pb;

use super::{Asked, county_of, rows};
use crate::{domain::welfare::roster::Post, welfare::sight};

/// The roll.
pub(in crate::welfare) async fn list(
    rt: &Runtime,
    caller: &Caller,
    request: pb::ListAllowancesRequest,
) -> Result<pb::AllowanceRoll, Fault> {
    let roles = [Role::ChildSupervisor, Role::ChildCounty];
    sight::holds(caller, &roles, &request.division)?;
    let prefix = sight::prefix(&request.division)?;
    let county = county_of(prefix);
    let asked = Asked::here(rt, county)?;
    let month: Month = match request.month.trim() {
        "" => month_of(asked.today),
        text => text.parse().map_err(|_| {
            Fault::invalid_field("/month", "NOT_A_MONTH", "请选择月份，例如2026-05。")
        })?,
    };
    let fen = |id: &str| -> Result<i64, Fault> {
        let param = rt
            .rules
            .lookup(id, county, month.last_day().min(asked.today));
        let param = param.map_err(Fault::internal)?;
        param.int().map_err(Fault::internal)
    };
    let (phone, transport) = (
        fen("child.roster.phone_fen")?,
        fen("child.roster.transport_fen")?,
    );
    let mut conn = rt.pool.acquire().await?;
    let made = visits(&mut conn, prefix, month).await?;
    let mut roll = pb::AllowanceRoll {
        month: month.to_string(),
        ..Default::default()
    };
    for row in rows(&mut conn, prefix, true, asked).await? {
        let served = row.served();
        let withheld = served.withheld(month, asked.months);
        if withheld == Some("这个月不在岗") {
            continue;
        }
        let paid = withheld.is_none();
        let (phone, transport) = if paid { (phone, transport) } else { (0, 0) };
        roll.total_fen += phone + transport;
        roll.rows.push(pb::Allowance {
            director: row.id.to_string(),
            name: row.person(rt)?.name,
            role_label: Post::from_code(&row.post)
                .map_or("", Post::label)
                .to_owned(),
            division_name: sight::place_of(&row.division),
            phone_fen: phone,
            transport_fen: transport,
            visits: made.get(&row.division).copied().unwrap_or_default(),
            withheld: withheld.unwrap_or_default().to_owned(),
        });
    }
    Ok(roll)
}

/// Visits made in the month, by village.
async fn visits(
    conn: &mut PgConnection,
    prefix: &str,
    month: Month,
) -> sqlx::Result<BTreeMap<String, i64>> {
    let rows: Vec<(String, i64)> = sqlx::query_as(
        "select f.division, count(*) from child.visit v join child.file f on f.case_number = v.file
          where starts_with(f.division, $1) and v.made_at >= $2 and v.made_at < $3
          group by f.division",
    )
    .bind(prefix)
    .bind(to_chrono(start_of_day(month.first_day())))
    .bind(to_chrono(end_of_day(month.last_day())))
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().collect())
}
