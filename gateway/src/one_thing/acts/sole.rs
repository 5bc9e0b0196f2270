//! One family does a one-thing about one person once: whoever is first, until it was taken back.

use sqlx::PgPool;
use uuid::Uuid;

use crate::one_thing::{
    course::{Class, Outcome},
    departments,
    store::Header,
};

/// Takes the person for this one-thing. The same again is the same.
pub(crate) async fn claim(pool: &PgPool, code: &str, header: &Header) -> Outcome {
    match holder(pool, code, header).await {
        Ok(holder) if holder == header.id => Outcome::Done(serde_json::json!({})),
        Ok(_) => departments::failed(
            Class::Business,
            "ANOTHER_RUNNING",
            "家里已经有人在办这件事，请和家人联系；如果家里没有人办过，请到民政窗口核对。",
        ),
        Err(error) => {
            tracing::warn!(%error, "a one-thing cannot be claimed");
            departments::failed(Class::Transient, "UNREACHABLE", "暂时办不了，稍后再试。")
        }
    }
}

async fn holder(pool: &PgPool, code: &str, header: &Header) -> sqlx::Result<Uuid> {
    // What was taken back or stopped holds nobody.
    sqlx::query(
        "insert into gateway.one_thing_sole as held (code, subject, one_thing)
         values ($1, $2, $3)
         on conflict (code, subject) do update set one_thing = excluded.one_thing
          where exists (select from gateway.one_thing before
                         where before.id = held.one_thing and before.ending is not null
                           and before.finished_at is not null)",
    )
    .bind(code)
    .bind(&header.subject)
    .bind(header.id)
    .execute(pool)
    .await?;
    sqlx::query_scalar(
        "select one_thing from gateway.one_thing_sole where code = $1 and subject = $2",
    )
    .bind(code)
    .bind(&header.subject)
    .fetch_one(pool)
    .await
}
