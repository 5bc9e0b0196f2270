//! Conflicts: a person with two valid records is frozen until a registrar settles it
//! (MZ/T 113-2018; rules A2.8). Nothing is merged by itself.

mod list;
mod settle;

use jiff::Timestamp;
use sqlx::{PgConnection, Row, postgres::PgRow};
use uuid::Uuid;
use yiwang_casework::Runtime;
use yiwang_chassis::{
    db::to_chrono,
    fault::{Code, Fault},
    identity::{Caller, Role},
    ids,
};
use yiwang_proto::marriage::v1 as pb;

use super::shown::{self, Names};

pub use list::list;
pub use settle::settle;

/// Two valid records came together.
pub const TWO_VALID: &str = "two_valid";
/// A recorded death proved wrong after one of the two had married again.
pub const DEATH_REVOKED: &str = "death_revoked";
/// A historical record is later than the recorded death of one of the two.
pub const AFTER_DEATH: &str = "after_death";

/// Whoever works on the conflicts of a region.
const ROLES: [Role; 3] = [Role::Clerk, Role::CountyOfficer, Role::Approver];

/// Opens a conflict and freezes the person, who is locked. One that is open already
/// takes the records in.
///
/// # Errors
/// The database does not answer.
pub async fn open(
    conn: &mut PgConnection,
    kind: &str,
    person_key: &str,
    records: &[Uuid],
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query("update marriage.person set frozen = $2 where person_key = $1")
        .bind(person_key)
        .bind(kind)
        .execute(&mut *conn)
        .await?;
    sqlx::query(
        "insert into marriage.conflict as known (id, kind, person_key, records, found_at)
         values ($1, $2, $3, $4, $5)
         on conflict (person_key) where settled_at is null
         do update set records = array(select unnest(known.records)
                                       union select unnest(excluded.records))",
    )
    .bind(ids::new(now))
    .bind(kind)
    .bind(person_key)
    .bind(records)
    .bind(to_chrono(now))
    .execute(conn)
    .await?;
    Ok(())
}

/// A conflict as stored.
struct Found {
    id: Uuid,
    kind: String,
    person: String,
    records: Vec<Uuid>,
    settled: bool,
}

impl Found {
    fn from_row(row: &PgRow) -> sqlx::Result<Self> {
        Ok(Self {
            id: row.try_get("id")?,
            kind: row.try_get("kind")?,
            person: row.try_get("person_key")?,
            records: row.try_get("records")?,
            settled: row.try_get("settled")?,
        })
    }
}

/// Whether a conflict is read to be changed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lock {
    No,
    Yes,
}

macro_rules! find_sql {
    ($lock:literal) => {
        concat!(
            "select id, kind, person_key, records, settled_at is not null as settled",
            " from marriage.conflict",
            " where id = $1 and exists (select 1 from marriage.record, unnest($2::text[]) scope",
            " where record.id = any(conflict.records) and starts_with(record.division, scope))",
            $lock
        )
    };
}

/// A conflict of the caller's regions.
async fn find(
    conn: &mut PgConnection,
    caller: &Caller,
    id: Uuid,
    lock: Lock,
) -> Result<Found, Fault> {
    let sql = match lock {
        Lock::No => find_sql!(""),
        Lock::Yes => find_sql!(" for update"),
    };
    let row = sqlx::query(sql)
        .bind(id)
        .bind(scopes(caller)?)
        .fetch_optional(conn)
        .await?;
    let row = row.ok_or_else(not_found)?;
    Ok(Found::from_row(&row)?)
}

fn not_found() -> Fault {
    let message = "没有找到这项冲突，请从列表重新打开。";
    Fault::new(Code::NotFound, "CONFLICT_NOT_FOUND", message)
}

/// Beginnings of the division codes the caller works for.
fn scopes(caller: &Caller) -> Result<Vec<&str>, Fault> {
    let scopes: Vec<&str> = ROLES
        .into_iter()
        .flat_map(|role| caller.scopes(role))
        .collect();
    match scopes.is_empty() {
        true => Err(Fault::forbidden()),
        false => Ok(scopes),
    }
}

async fn shown(
    rt: &Runtime,
    conn: &mut PgConnection,
    found: &Found,
) -> Result<pb::Conflict, Fault> {
    let text = match found.kind.as_str() {
        DEATH_REVOKED => "死亡登记已撤销，而一方此后又有婚姻登记，请核实原婚姻关系。",
        AFTER_DEATH => "历史档案的登记日期晚于本人的死亡日期，请核实。",
        _ => "同一人有两条有效的婚姻登记，核实前不能为其办理登记。",
    };
    Ok(pb::Conflict {
        id: found.id.to_string(),
        kind: found.kind.clone(),
        text: text.to_owned(),
        records: shown::records(rt, conn, &found.records, Names::Masked).await?,
        settled: found.settled,
    })
}
