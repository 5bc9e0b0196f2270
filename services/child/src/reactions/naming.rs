//! Cases that know somebody, and as whom.

use serde_json::Value;
use sqlx::{FromRow, PgConnection};
use yiwang_casework::{Runtime, system};
use yiwang_chassis::fault::Fault;

/// A case that names somebody.
#[derive(Debug, FromRow)]
pub(super) struct Named {
    pub(super) number: String,
    pub(super) item: String,
    pub(super) division: String,
    /// Of the person to the case: child, father, mother, carer, self, …
    pub(super) relation: String,
    /// Person key of the child on it, when it has one.
    pub(super) child: Option<String>,
}

impl Named {
    /// The case is about this child.
    pub(super) fn is_child(&self) -> bool {
        let alone = self.child.is_none() || self.relation == "child";
        alone && is_child(&self.item, &self.relation)
    }

    /// One of those who bring the child up.
    pub(super) fn is_parent(&self) -> bool {
        matches!(self.relation.as_str(), "father" | "mother" | "carer")
    }
}

/// Whether somebody who stands on a case of this item as `relation` is its child: who studies
/// applies in person.
pub(super) fn is_child(item: &str, relation: &str) -> bool {
    let own = matches!(item, "study-project" | "medical-project");
    relation == "child" || (own && relation == "self")
}

const NAMED: &str = "select f.number, f.item, f.division, p.relation,
        (select c.person_key from casework.case_person c
          where c.case_id = f.id and c.relation = 'child' order by c.person_key limit 1) as child
   from casework.case_person p join casework.case_file f on f.id = p.case_id
  where p.person_key = $1 and (not f.closed or $2)
  order by f.number";

/// Cases that name this person; the closed ones too when `all`.
pub(super) async fn cases(
    conn: &mut PgConnection,
    person_key: &str,
    all: bool,
) -> sqlx::Result<Vec<Named>> {
    sqlx::query_as(NAMED)
        .bind(person_key)
        .bind(all)
        .fetch_all(conn)
        .await
}

/// Takes an act of the system. A case that has ended meanwhile, or whose item knows no such act, is
/// not concerned.
pub(super) async fn act(
    rt: &Runtime,
    conn: &mut PgConnection,
    number: &str,
    act: &str,
    data: Value,
    cause: &str,
) -> Result<(), Fault> {
    match system::act(rt, conn, number, act, data, cause).await {
        Err(fault) if matches!(&*fault.reason, "WRONG_STATE" | "ACTION_NOT_FOUND") => Ok(()),
        acted => acted,
    }
}
