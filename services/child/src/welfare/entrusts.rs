//! The item 委托照护 over its table: one entrustment for a child, never to a barred carer.

use jiff::Timestamp;
use sqlx::PgConnection;
use yiwang_casework::{ApplyError, Case, KeyedPerson, Question, Registered, Runtime, State as _};
use yiwang_civic::{mask, time::beijing_date};

use super::{
    bars, failed,
    families::{key_of, mark_of},
    refuse, violates,
};
use crate::domain::welfare::{
    EntrustedCare,
    entrusted_care::{Effect, World, state::OPEN},
};

/// Table under which the label is sealed.
pub(super) const ENTRUSTED: &str = "entrusted";

#[tonic::async_trait]
impl Registered for EntrustedCare {
    async fn world(
        rt: &Runtime,
        conn: &mut PgConnection,
        question: Question<'_, Self>,
    ) -> sqlx::Result<World> {
        let form = question.form;
        let barred = match key_of(rt, form.carer.id()) {
            Some(key) => bars::barred(conn, &key).await?,
            None => Vec::new(),
        };
        let open = match question.case {
            Some(_) => None,
            None => {
                sqlx::query_scalar(
                    "select case_number from child.entrusted where child_mark = $1 and open",
                )
                .bind(mark_of(rt, &form.child))
                .fetch_optional(conn)
                .await?
            }
        };
        Ok(World { barred, open })
    }

    async fn apply(
        rt: &Runtime,
        conn: &mut PgConnection,
        case: &Case<Self>,
        _: &[KeyedPerson],
        effects: Vec<Effect>,
        now: Timestamp,
    ) -> Result<(), ApplyError> {
        let carer = key_of(rt, case.form.carer.id()).unwrap_or_default();
        for effect in effects {
            match effect {
                Effect::Follow => follow(rt, conn, case, &carer).await?,
                Effect::Bar(codes) => {
                    let since = beijing_date(now);
                    bars::bar(rt, conn, &carer, &codes, since, &case.number)
                        .await
                        .map_err(failed)?;
                }
            }
        }
        Ok(())
    }
}

async fn follow(
    rt: &Runtime,
    conn: &mut PgConnection,
    case: &Case<EntrustedCare>,
    carer: &str,
) -> Result<(), ApplyError> {
    bars::known(conn, carer).await?;
    let label = mask::name(&case.form.child.name);
    let sealed = rt.seal(ENTRUSTED, &case.number, &label).map_err(failed)?;
    let saved = sqlx::query(
        "insert into child.entrusted
             (case_number, division, state, open, parent_key, child_mark, carer_key, sealed)
         values ($1, $2, $3, $4, $5, $6, $7, $8)
         on conflict (case_number) do update set state = excluded.state, open = excluded.open",
    )
    .bind(&case.number)
    .bind(&case.division)
    .bind(case.state.spec().code)
    .bind(OPEN.contains(&case.state))
    .bind(&case.applicant)
    .bind(mark_of(rt, &case.form.child))
    .bind(carer)
    .bind(sealed)
    .execute(conn)
    .await;
    match saved {
        Ok(_) => Ok(()),
        Err(error) if violates(&error, "one_entrustment") => {
            let message = "这名儿童的委托照护正在办理，请刷新后打开原来的办件。";
            Err(refuse("ENTRUST_OPEN", message))
        }
        Err(error) if violates(&error, "carer_not_barred") => {
            let message = "这个人依法不能照护儿童，请另外选择被委托人。";
            Err(refuse("CARER_BARRED", message))
        }
        Err(error) => Err(error.into()),
    }
}
