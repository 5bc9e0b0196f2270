//! Second step: both entries side by side, set by set. Equal rows are told by their
//! fingerprints and stay sealed.

use sqlx::{Connection as _, PgConnection};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;
use yiwang_casework::Runtime;
use yiwang_chassis::fault::Fault;
use yiwang_civic::time;

use super::{
    check::Law,
    columns::Entry,
    compare,
    store::{
        self, Batch,
        problem::{Problems, Values},
        row::{self, Pair},
        state,
    },
};

/// Compares until nothing is left.
pub(crate) async fn run(
    rt: &Runtime,
    conn: &mut PgConnection,
    batch: Uuid,
    (size, token): (i64, &CancellationToken),
) -> Result<(), Fault> {
    while !token.is_cancelled() {
        let mut tx = conn.begin().await?;
        let Some(batch) = store::lock(&mut tx, batch).await? else {
            return Ok(());
        };
        if batch.state != state::COMPARING {
            return Ok(());
        }
        let done = set(rt, &mut tx, &batch, size).await?;
        tx.commit().await?;
        if done {
            tracing::info!(batch = %batch.id, "the entries of a batch are compared");
        }
    }
    Ok(())
}

/// One set of rows; whether it was the last.
async fn set(
    rt: &Runtime,
    conn: &mut PgConnection,
    batch: &Batch,
    size: i64,
) -> Result<bool, Fault> {
    let to = batch.compared_to + size;
    let pairs = row::pairs(conn, batch.id, batch.compared_to, to).await?;
    let compared = i64::try_from(pairs.len()).unwrap_or(i64::MAX);
    let law = Law {
        rules: &rt.rules,
        division: &batch.division,
        today: time::beijing_date(rt.now()),
    };
    let (mut rows, mut problems) = (Vec::new(), Problems::default());
    for pair in pairs.into_iter().filter(|pair| !pair.same) {
        rows.push(pair.row);
        judge(rt, batch.id, pair, &law, &mut problems)?;
    }
    // What the first entry alone had shown is told again, with both values.
    store::problem::clear_rows(conn, batch.id, &rows).await?;
    store::problem::insert(conn, batch.id, None, &problems).await?;
    store::set_compared(conn, batch.id, to, compared).await?;
    if to < row::last(conn, batch.id).await? {
        return Ok(false);
    }
    store::set_state(conn, batch.id, state::READY).await?;
    store::count_problems(conn, batch.id).await?;
    Ok(true)
}

/// Opens a pair that is not the same and adds its problems.
fn judge(
    rt: &Runtime,
    batch: Uuid,
    pair: Pair,
    law: &Law<'_>,
    problems: &mut Problems,
) -> Result<(), Fault> {
    let open = |entry, sealed: Option<Vec<u8>>| {
        let open = |sealed: Vec<u8>| row::open(rt, (batch, entry, pair.row), &sealed);
        sealed.map(open).transpose()
    };
    let (first, second) = (open(1, pair.first)?, open(2, pair.second)?);
    let normal = |entry: &Option<Entry>| entry.as_ref().map(Entry::normalised);
    let (one, other) = (normal(&first), normal(&second));
    for problem in compare::problems(one.as_ref(), other.as_ref(), law) {
        let values = Values {
            first: problem.value(first.as_ref()).to_owned(),
            second: problem.value(second.as_ref()).to_owned(),
        };
        problems.push(rt, batch, pair.row, problem, &values)?;
    }
    Ok(())
}
