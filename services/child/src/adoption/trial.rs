//! Living together before an adoption 融合 moves the child's one responsible placement (rules B5.9).
//! The chain does not say with whom: who guards the child need not know (民法典第1110条).

use jiff::Timestamp;
use sqlx::PgConnection;
use yiwang_casework::{ApplyError, Case, KeyedPerson, Runtime};

use super::key_of;
use crate::{
    domain::{
        adoption::Adoption,
        protection::{placing::Placing, words::PlaceKind},
    },
    protection::custody,
};

/// The child comes.
pub(super) async fn comes(
    rt: &Runtime,
    conn: &mut PgConnection,
    case: &Case<Adoption>,
    people: &[KeyedPerson],
    now: Timestamp,
) -> Result<(), ApplyError> {
    let Some(child) = key_of(people, "child") else {
        return Ok(());
    };
    let family = Placing {
        place: PlaceKind::Foster,
        carer: "收养申请人家庭（融合期）".to_owned(),
        carer_id: case.form.adopter.id_number.clone(),
        phone: String::new(),
        home_reason: None,
    };
    custody::comes(rt, conn, &child, &family, now).await
}

/// The child goes back to where it was before; to a foster family that wanted to adopt it, it stays.
pub(super) async fn goes_back(
    rt: &Runtime,
    conn: &mut PgConnection,
    people: &[KeyedPerson],
    now: Timestamp,
) -> Result<(), ApplyError> {
    match (key_of(people, "child"), key_of(people, "self")) {
        (Some(child), Some(adopter)) if !fosters(conn, &child, &adopter).await? => {
            custody::goes_back(rt, conn, &child, &adopter, now).await
        }
        _ => Ok(()),
    }
}

async fn fosters(conn: &mut PgConnection, child: &str, carer: &str) -> sqlx::Result<bool> {
    sqlx::query_scalar(
        "select exists (select 1 from child.foster
          where child_key = $1 and carer_key = $2 and state in ('trial', 'placed'))",
    )
    .bind(child)
    .bind(carer)
    .fetch_one(conn)
    .await
}
