//! The item 委托照护 over its table: one entrustment for a child, never to a barred carer.

use jiff::Timestamp;
use sqlx::PgConnection;
use yiwang_casework::{ApplyError, Case, KeyedPerson, Question, Registered, Runtime, State as _};
use yiwang_chassis::fault::Fault;
use yiwang_civic::{
    mask,
    time::{beijing_date, end_of_day},
};

use super::{
    bars, failed,
    families::{key_of, mark_of},
    refuse, violates,
};
use crate::{
    domain::{
        task::{Kind, nearest},
        welfare::{
            EntrustedCare,
            entrusted_care::{Effect, World, law::BarCode, state::OPEN},
        },
    },
    protection::barred::is_suspect,
    tasks::{self, NewTask},
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
        let mut barred = Vec::new();
        if let Some(key) = key_of(rt, form.carer.id()) {
            barred = bars::barred(conn, &key).await?;
            if is_suspect(conn, &key).await? {
                barred.push(BarCode::Unfit);
            }
        }
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
        calls(rt, conn, case, now).await.map_err(failed)
    }
}

/// A parent who has not called for a week: the village asks.
async fn calls(
    rt: &Runtime,
    conn: &mut PgConnection,
    case: &Case<EntrustedCare>,
    now: Timestamp,
) -> Result<(), Fault> {
    if !(case.facts.contact_late && OPEN.contains(&case.state)) {
        return tasks::done(rt, conn, Kind::Contact, &case.number, "已经联系").await;
    }
    let task = NewTask {
        kind: Kind::Contact,
        role: nearest(&case.division),
        division: case.division.clone(),
        subject: case.number.clone(),
        case_number: Some(case.number.clone()),
        because: "委托照护的父母超过一周没有联系的记录。".to_owned(),
        from: None,
        due_at: end_of_day(beijing_date(now)),
    };
    tasks::raise(rt, conn, task).await?;
    Ok(())
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
