//! One row for each guardianship of civil affairs, and whom it concerns: the case it came from, the
//! child's benefits.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::json;
use sqlx::PgConnection;
use yiwang_casework::{ApplyError, Runtime, system};
use yiwang_chassis::outbox;

use super::{custody, failed};
use crate::domain::protection::{
    events::{self, Custody},
    person::Ward,
};

/// What is sealed of a guardianship: what lists show.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Shown {
    pub(super) child: Ward,
}

/// A guardianship as it stands after a decision.
pub(super) struct Stands<'a> {
    pub(super) case_number: &'a str,
    pub(super) division: &'a str,
    pub(super) long: bool,
    pub(super) from_case: &'a str,
    pub(super) child: &'a Ward,
    pub(super) open: bool,
    pub(super) state: &'static str,
    pub(super) suspicion: bool,
    /// May be adopted (民法典第1093条).
    pub(super) adoptable: bool,
}

impl Stands<'_> {
    /// Person key of the child.
    pub(super) fn key(&self, rt: &Runtime) -> Option<String> {
        let id = self.child.id()?;
        Some(rt.keyer.key(&id).as_str().to_owned())
    }

    fn kind(&self) -> &'static str {
        if self.long { "long" } else { "temporary" }
    }

    /// The row follows the case.
    pub(super) async fn follow(
        &self,
        rt: &Runtime,
        conn: &mut PgConnection,
    ) -> Result<(), ApplyError> {
        let protection = protection_of(conn, self.from_case).await?;
        let shown = Shown {
            child: self.child.clone(),
        };
        let sealed = rt.seal("guardianship", self.case_number, &shown);
        sqlx::query(
            "insert into child.guardianship (case_number, kind, protection, child_key, open, state,
                                             suspicion, sealed, adoptable)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
             on conflict (case_number) do update
                 set child_key = excluded.child_key, open = excluded.open,
                     state = excluded.state, sealed = excluded.sealed,
                     adoptable = excluded.adoptable",
        )
        .bind(self.case_number)
        .bind(self.kind())
        .bind(protection)
        .bind(self.key(rt))
        .bind(self.open)
        .bind(self.state)
        .bind(self.suspicion)
        .bind(sealed.map_err(failed)?)
        .bind(self.adoptable)
        .execute(conn)
        .await?;
        Ok(())
    }

    /// Others hear who answers for the child: `started`, `moved`, `ended`.
    pub(super) async fn tell(
        &self,
        rt: &Runtime,
        conn: &mut PgConnection,
        event: &'static str,
        now: Timestamp,
    ) -> Result<(), ApplyError> {
        let heard = Heard {
            case_number: self.case_number,
            division: self.division,
            long: self.long,
            from_case: self.from_case,
            child: self.key(rt),
        };
        heard.tell(rt, conn, event, now).await
    }
}

/// A guardianship as others hear of it.
pub(super) struct Heard<'a> {
    pub(super) case_number: &'a str,
    pub(super) division: &'a str,
    pub(super) long: bool,
    pub(super) from_case: &'a str,
    /// Person key; none: nobody knows who it is.
    pub(super) child: Option<String>,
}

impl Heard<'_> {
    /// `started`, `moved`, `ended`.
    pub(super) async fn tell(
        &self,
        rt: &Runtime,
        conn: &mut PgConnection,
        event: &'static str,
        now: Timestamp,
    ) -> Result<(), ApplyError> {
        let custody = Custody {
            case_number: self.case_number,
            person: self.child.as_deref().unwrap_or_default(),
            division: self.division,
            long: self.long,
        };
        outbox::enqueue(conn, &rt.outgoing(events::custody(custody, event), now)).await?;
        let Some(child) = &self.child else {
            return Ok(());
        };
        let kind = match (event, self.long) {
            ("ended", _) => event,
            (_, true) => "long",
            (_, false) => "temporary",
        };
        // Whoever moved the child: where it is now is what the chain says.
        let carer = custody::carer(conn, self.case_number).await?;
        let mut told = vec![self.case_number];
        // What the temporary guardianship before it stopped goes on again with this end.
        if event == "ended" && self.long && self.from_case.starts_with("LJ") {
            told.push(self.from_case);
        }
        for cause in told {
            benefits(rt, conn, child, (kind, cause, &carer)).await?;
        }
        Ok(())
    }
}

/// The child's open benefits and file learn who cares now: kind of guardianship, its case, person
/// key of the carer.
async fn benefits(
    rt: &Runtime,
    conn: &mut PgConnection,
    child: &str,
    (kind, case_number, carer): (&str, &str, &str),
) -> Result<(), ApplyError> {
    let keys = [child.to_owned()];
    let care = json!({ "kind": kind, "case_number": case_number });
    let mut money = care.clone();
    money["carer"] = carer.into();
    let money = MONEY.map(|item| (item, &money));
    for (item, data) in money.into_iter().chain(CARE.map(|item| (item, &care))) {
        for number in system::lock_open_cases_naming(conn, item, &keys).await? {
            let cause = "民政部门监护变动";
            let act = system::act(rt, conn, &number, "custody_changed", data.clone(), cause);
            match act.await {
                Ok(()) => {}
                // Ended meanwhile.
                Err(fault) if fault.reason == "WRONG_STATE" => {}
                Err(fault) => return Err(failed(fault)),
            }
        }
    }
    Ok(())
}

/// Items whose money goes to whoever has the child (rules B5.12).
const MONEY: [&str; 2] = ["orphan", "unattended-child"];
/// Items whose care follows whoever guards the child.
const CARE: [&str; 2] = ["child-file", "entrusted-care"];

/// The protection case behind a number: GA itself, or the one a guardianship came from.
async fn protection_of(conn: &mut PgConnection, from: &str) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar(
        "select case_number from child.protection where case_number = $1
         union all
         select protection from child.guardianship
          where case_number = $1 and protection is not null",
    )
    .bind(from.trim())
    .fetch_optional(conn)
    .await
}

/// The open guardianship that came from this protection case.
pub(super) async fn open_of_protection(
    conn: &mut PgConnection,
    protection: &str,
) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar("select case_number from child.guardianship where protection = $1 and open")
        .bind(protection.trim())
        .fetch_optional(conn)
        .await
}

/// Open guardianships of a child: item and case number.
///
/// # Errors
/// The database does not answer.
pub async fn of_child(
    conn: &mut PgConnection,
    child: &str,
) -> sqlx::Result<Vec<(&'static str, String)>> {
    let rows: Vec<(String, String)> = sqlx::query_as(
        "select kind, case_number from child.guardianship where child_key = $1 and open
          order by case_number",
    )
    .bind(child)
    .fetch_all(conn)
    .await?;
    let item = |kind: String| match kind.as_str() {
        "long" => "long-guardianship",
        _ => "temporary-guardianship",
    };
    Ok(rows
        .into_iter()
        .map(|(kind, number)| (item(kind), number))
        .collect())
}
