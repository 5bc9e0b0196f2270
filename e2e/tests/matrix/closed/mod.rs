//! Real children. Whoever does not stand on a case finds no trace of it: not by its number, whatever
//! is called with it, and not in any list, count or search. Who does stand leaves a row.

mod doors;
mod lists;
mod scene;

use anyhow::Context;
use sqlx::PgPool;

use crate::{table::Row, world::World};

/// Where existence shows, and reads that nobody noted.
pub(crate) async fn differences(world: &World<'_>, rows: &[Row]) -> anyhow::Result<Vec<String>> {
    let before = lists::look(world, rows).await?;
    let cases = scene::open(world).await?;
    let (mut wrong, mut nothing) = (Vec::new(), doors::Nothing::new());
    for case in &cases {
        let found = doors::differences(world, rows, case, &mut nothing).await;
        wrong.extend(found.with_context(|| case.item)?);
    }
    wrong.extend(lists::differences(world, rows, &before, &cases).await?);
    let child = PgPool::connect(&world.suite.database_url("child")?).await?;
    for case in &cases {
        wrong.extend(doors::unnoted(world, &child, case).await?);
    }
    Ok(wrong)
}
