//! The demonstration: stations with rooms and articles ([`crate::stays::demo`]), foster
//! institutions ([`crate::leaving::demo`]), and the weeks
//! that have passed there before somebody looks. Those are lived by the service itself, act by
//! act, on a clock that is moved through the past: what they show is what anybody could have done
//! by hand. Names of places are true, everything else is made up.
//!
//! | where | what |
//! |---|---|
//! | `cast`, `stage` | who acts; the clock |
//! | `beat` | one thing that somebody did |
//! | `house`, `gone`, `forms` | people in 咸宁市救助管理站 now, and before |
//! | `families`, `police` | reports of missing people from several provinces |
//! | `register` | 竹山县's register of people easily lost |
//! | `street`, `phone` | patrols, a campaign of the weather, calls |
//! | `pictures` | drawn faces, which the gateway keeps |

mod beat;
mod cast;
mod families;
mod forms;
mod gone;
mod house;
mod phone;
pub mod pictures;
mod police;
mod register;
mod stage;
mod street;

use sqlx::PgPool;
use yiwang_casework::{Runtime, past::Wrong};

pub use self::cast::ACCOUNTS;
use self::stage::Stage;

/// Stations and foster institutions that are not there yet.
///
/// # Errors
/// When the database is away.
pub(crate) async fn seed(pool: &PgPool) -> sqlx::Result<()> {
    crate::stays::demo::seed(pool).await?;
    crate::leaving::demo::seed(pool).await
}

/// The weeks before now, unless they were lived. `rt` is a runtime of their own: its clock is
/// moved. A demonstration without a past is better than none: what does not fit any more is
/// reported, and the rest is lived.
///
/// # Errors
/// When the database is away.
pub(crate) async fn past(rt: Runtime) -> sqlx::Result<()> {
    let fresh = sqlx::query(
        "insert into rescue.feed (feed, cursor) values ('demo-past', 0) on conflict do nothing",
    )
    .execute(&rt.pool)
    .await?;
    if fresh.rows_affected() == 0 {
        return Ok(());
    }
    for (what, fault) in weeks(rt).await {
        tracing::error!(%what, reason = %fault.reason, %fault, "the demonstration lacks this");
    }
    Ok(())
}

/// Lives the weeks before `rt`'s now; what did not fit.
pub async fn weeks(rt: Runtime) -> Vec<Wrong> {
    let mut stage = Stage::new(rt);
    let now = stage.past.now();
    let mut beats = house::beats(now);
    beats.extend(gone::beats(now));
    beats.extend(families::beats(now));
    beats.extend(register::beats(now));
    beats.extend(street::beats(now));
    beats.extend(phone::beats(now));
    stage.live(beats).await
}
