//! Everything that takes a case's number, called with the number of a child's case and with one that
//! nobody has.

use std::collections::BTreeMap;

use anyhow::Context;
use futures::StreamExt as _;
use sqlx::PgPool;

use super::scene::Closed;
use crate::{cast::Actor, outcome::Answer, pages, rest, rpc, scene::Ids, table::Row, world::World};

/// Calls at the same time.
const AT_ONCE: usize = 8;
/// Where a case is read.
const READS: [&str; 3] = [
    "GET /api/v1/cases/{number}",
    "GET /cases/{number}",
    "rpc GetCase",
];
/// Not called here: the emergency access opens a case, and files and drafts have no number.
const LEFT: [&str; 5] = [
    "rpc BreakGlass",
    "rpc Submit",
    "rpc SaveDraft",
    "rpc DiscardDraft",
    "rpc ReviewBreakGlass",
];

/// What tells a caller that the case is there, and whom it is hidden from wrongly.
pub(super) async fn differences(
    world: &World<'_>,
    rows: &[Row],
    case: &Closed,
) -> anyhow::Result<Vec<String>> {
    let mut found: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for row in rows.iter().filter(|row| about_a_case(row)) {
        let judged = futures::stream::iter(&world.cast).map(|actor| judge(world, row, actor, case));
        let judged: Vec<_> = judged.buffered(AT_ONCE).collect().await;
        for (actor, one) in world.cast.iter().zip(judged) {
            if let Some(what) = one.with_context(|| format!("{} {}", row.name(), actor.name))? {
                found.entry(what).or_default().push(&actor.name);
            }
        }
    }
    let line = |(what, who): (String, Vec<&str>)| {
        format!(
            "{} {what}: {} callers: {}",
            case.item,
            who.len(),
            who.join(", ")
        )
    };
    Ok(found.into_iter().map(line).collect())
}

/// A call with a number in it, over any door.
fn about_a_case(row: &Row) -> bool {
    let (kind, path) = row.parts();
    match kind {
        "rpc" => {
            let contract = path.split_once('.').map(|(contract, _)| contract);
            let ours = contract.is_none_or(|name| crate::child::CONTRACTS.contains(&name));
            ours && !LEFT.contains(&row.call.as_str())
        }
        "act" => false,
        _ => path.contains("{number}") && !crate::calls::of_appointment(path),
    }
}

async fn judge(
    world: &World<'_>,
    row: &Row,
    actor: &Actor,
    case: &Closed,
) -> anyhow::Result<Option<String>> {
    let stands = case.stands(actor);
    let reads = READS.contains(&row.call.as_str());
    // Whoever stands on it would change it.
    if stands && !reads {
        return Ok(None);
    }
    let real = call(world, row, actor, &case.real).await?;
    if stands {
        let hidden = real.letter != 'o';
        return Ok(hidden.then(|| format!("{}: {} for one who stands", row.name(), real.said)));
    }
    let missing = call(world, row, actor, &case.missing).await?;
    let leaks = real.whole != missing.whole || (reads && real.letter == 'o');
    Ok(leaks.then(|| {
        let (there, none) = (&real.said, &missing.said);
        format!("{}: {there} for the case, {none} for none", row.name())
    }))
}

async fn call(world: &World<'_>, row: &Row, actor: &Actor, ids: &Ids) -> anyhow::Result<Answer> {
    match row.parts() {
        ("rpc", _) => rpc::of_child(world, row, actor, ids).await,
        (_, path) if path.starts_with("/api/") => rest::call(world, row, actor, ids).await,
        _ => pages::call(world, row, actor, ids).await,
    }
}

/// Reads of officers without a row that says on which ground.
pub(super) async fn unnoted(
    world: &World<'_>,
    child: &PgPool,
    case: &Closed,
) -> anyhow::Result<Vec<String>> {
    let mut wrong = Vec::new();
    for actor in world.cast.iter().filter(|actor| actor.caller.is_some()) {
        let sql = "select count(*) from casework.access_read r join casework.case_file c on c.id = r.case_id
                    where r.account = $1 and c.number = $2";
        let rows: i64 = sqlx::query_scalar(sql)
            .bind(actor.account()?)
            .bind(&case.real.number)
            .fetch_one(child)
            .await?;
        let sql = "select count(*) from chassis.audit_entry
                    where actor = $1 and object = $2 and action = 'case.read'";
        let audited: i64 = sqlx::query_scalar(sql)
            .bind(actor.account()?.to_string())
            .bind(format!("case/{}", case.real.number))
            .fetch_one(child)
            .await?;
        let least = if case.stands(actor) { READS.len() } else { 0 };
        let right = |count: i64| match least {
            0 => count == 0,
            least => usize::try_from(count).is_ok_and(|count| count >= least),
        };
        if !right(rows) || !right(audited) {
            wrong.push(format!(
                "{} of {}: {rows} rows, {audited} audited, {least} reads",
                case.item, actor.name
            ));
        }
    }
    Ok(wrong)
}
