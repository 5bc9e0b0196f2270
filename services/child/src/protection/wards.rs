//! Children in care within a division, with the limits of their cases.

use chrono::{DateTime, Utc};
use sqlx::{FromRow, PgConnection};
use yiwang_casework::{Runtime, State as _};
use yiwang_chassis::{db::from_chrono, fault::Fault, identity::Caller};
use yiwang_civic::{division, mask, time::beijing_date};
use yiwang_proto::child::v1 as pb;

use super::{
    guardianships::Shown,
    lists::{NOT_ON_IT, age, clocks, looked, masked, person, place},
    placements,
};
use crate::domain::protection::{
    long_guardianship, person::Ward, temporary_guardianship, words::PlaceKind,
};

#[derive(FromRow)]
struct Guarded {
    case_number: String,
    kind: String,
    division: String,
    state: String,
    started_at: DateTime<Utc>,
    place: String,
    sealed: Vec<u8>,
}

/// Children in care, the longest first.
pub(super) async fn list(
    rt: &Runtime,
    caller: &Caller,
    request: pb::ListCustodyRequest,
) -> Result<pb::CustodyList, Fault> {
    let mut conn = rt.pool.acquire().await?;
    looked(rt, &mut conn, caller, "custody", &request.division).await?;
    let rows: Vec<Guarded> = sqlx::query_as(sqlx::AssertSqlSafe(format!(
        "select g.case_number, g.kind, c.division, g.state, c.started_at, p.kind as place, g.sealed
           from child.custody c
           join child.guardianship g on g.case_number = c.case_number
           join child.placement p on p.custody = c.id and p.nth = c.last
           join casework.case_file f on f.number = c.case_number
          where not isfinite(c.until) and starts_with(c.division, $1) and {NOT_ON_IT}
          order by c.started_at, g.case_number limit 500"
    )))
    .bind(division::scope_prefix(request.division.trim()))
    .bind(person(caller))
    .fetch_all(&mut *conn)
    .await?;
    let numbers = rows.iter().map(|row| row.case_number.as_str()).collect();
    let mut clocks = clocks(rt, &mut conn, numbers).await?;
    let mut children = Vec::with_capacity(rows.len());
    for row in rows {
        let clocks = clocks.remove(&row.case_number).unwrap_or_default();
        children.push(guarded(rt, &mut conn, row, clocks).await?);
    }
    Ok(pb::CustodyList { children })
}

async fn guarded(
    rt: &Runtime,
    conn: &mut PgConnection,
    row: Guarded,
    clocks: Vec<pb::ProtectionClock>,
) -> Result<pb::CustodyRow, Fault> {
    let shown: Shown = rt.open("guardianship", &row.case_number, &row.sealed)?;
    let cases = [row.case_number.clone()];
    let stays = placements::history(rt, conn, &cases).await?;
    let carer = stays.first().map(|stay| stay.sealed.carer.as_str());
    let place_kind = PlaceKind::from_code(&row.place);
    let institution = matches!(place_kind, Some(PlaceKind::Centre | PlaceKind::Home));
    let carer = match (carer, institution) {
        (Some(carer), true) => carer.to_owned(),
        (Some(carer), false) => mask::name(carer),
        (None, _) => String::new(),
    };
    let state = match row.kind.as_str() {
        "long" => long_guardianship::State::from_code(&row.state).map(|state| state.spec().label),
        _ => temporary_guardianship::State::from_code(&row.state).map(|state| state.spec().label),
    };
    Ok(pb::CustodyRow {
        child: masked(&shown.child),
        age: age(&shown.child, beijing_date(rt.now())),
        placement_label: place_kind.map_or("", PlaceKind::label).to_owned(),
        carer,
        since: beijing_date(from_chrono(row.started_at)).to_string(),
        state_label: state.unwrap_or_default().to_owned(),
        division_name: place(&row.division),
        case_number: row.case_number,
        kind: row.kind,
        division: row.division,
        clocks,
    })
}

/// Children under long-term guardianship of a county who may be adopted, live in no foster family
/// and whom nobody adopts yet: case number and who it is.
///
/// # Errors
/// The database does not answer.
pub(crate) async fn adoptable(
    rt: &Runtime,
    conn: &mut PgConnection,
    county: &str,
) -> Result<Vec<(String, Ward)>, Fault> {
    let rows: Vec<(String, Vec<u8>)> = sqlx::query_as(
        "select g.case_number, g.sealed
           from child.guardianship g join child.custody c on c.open_case = g.case_number
          where g.kind = 'long' and g.open and g.state = 'in_care' and g.adoptable
            and c.guardian = $1
            and not exists (select 1 from child.foster f
                             where f.child_key = g.child_key and f.state in ('trial', 'placed'))
            and not exists (select 1 from child.adoption a
                             where a.child_key = g.child_key and a.state in ('open', 'registered'))
          order by g.case_number limit 500",
    )
    .bind(county)
    .fetch_all(conn)
    .await?;
    let ward = |(number, sealed): (String, Vec<u8>)| {
        let shown: Shown = rt.open("guardianship", &number, &sealed)?;
        Ok((number, shown.child))
    };
    rows.into_iter().map(ward).collect()
}
