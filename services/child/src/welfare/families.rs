//! Children by the keys of those around them.

use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use yiwang_casework::Runtime;
use yiwang_chassis::fault::Fault;
use yiwang_civic::{citizen_id::CitizenId, mask};

use crate::domain::{
    family::{Carer, Child, Family},
    welfare::child_file::Form,
};

/// What lists and other areas read of a file; sealed.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Known {
    /// The family.
    pub(super) family: Family,
    /// Where somebody goes.
    pub(super) address: String,
    /// What the last visit left open.
    #[serde(default)]
    pub(super) look_at: Vec<String>,
}

/// Table under which it is sealed.
pub(super) const FILE: &str = "file";

impl Known {
    pub(super) fn of(form: &Form, division: &str) -> Self {
        Self {
            family: form.family(division),
            address: form.address.trim().to_owned(),
            look_at: Vec::new(),
        }
    }

    /// The child's name, masked.
    pub(super) fn label(&self) -> String {
        mask::name(&self.family.child.name)
    }

    /// Carer with relation, masked.
    pub(super) fn carer(&self) -> String {
        carer(&self.family.carer)
    }
}

/// Name masked and relation; empty: nobody named.
pub(super) fn carer(carer: &Carer) -> String {
    match (carer.name.trim(), carer.relation.trim()) {
        ("", _) => String::new(),
        (name, "") => mask::name(name),
        (name, relation) => format!("{}（{relation}）", mask::name(name)),
    }
}

/// Key of somebody with this number.
pub(super) fn key_of(rt: &Runtime, id: Option<CitizenId>) -> Option<String> {
    id.map(|id| rt.keyer.key(&id).as_str().to_owned())
}

/// By what one child is one: its key, or a blind index of name and birth when it has no number.
pub(super) fn mark_of(rt: &Runtime, child: &Child) -> String {
    key_of(rt, child.id()).unwrap_or_else(|| {
        let name: String = child.name.split_whitespace().collect();
        let birth = child.birth().map(|day| day.to_string()).unwrap_or_default();
        rt.keyer.blind_index("child", &format!("{name}\n{birth}"))
    })
}

/// The families of open files in which this person is father or mother.
///
/// # Errors
/// The database does not answer, or a row cannot be opened.
pub async fn families_of_parent(
    rt: &Runtime,
    conn: &mut PgConnection,
    person_key: &str,
) -> Result<Vec<Family>, Fault> {
    let rows: Vec<(String, Vec<u8>)> = sqlx::query_as(
        "select case_number, sealed from child.file
          where open and (father_key = $1 or mother_key = $1) order by case_number",
    )
    .bind(person_key)
    .fetch_all(conn)
    .await?;
    let open = |(number, sealed): (String, Vec<u8>)| {
        let known: Known = rt.open(FILE, &number, &sealed)?;
        Ok(known.family)
    };
    rows.into_iter().map(open).collect()
}

/// Numbers of the open files of a child with this key.
///
/// # Errors
/// The database does not answer.
pub async fn files_of_child(
    conn: &mut PgConnection,
    person_key: &str,
) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar("select case_number from child.file where open and child_key = $1")
        .bind(person_key)
        .fetch_all(conn)
        .await
}
