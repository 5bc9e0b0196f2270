//! Everything that takes a case's number, called with the number of a child's case and with one that
//! nobody has.

use std::{
    collections::BTreeMap,
    hash::{DefaultHasher, Hash as _, Hasher as _},
};

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

/// What each caller is told at each door about a number that nobody has, as a digest.
pub(super) type Nothing = BTreeMap<(String, usize), u64>;

/// What tells a caller that the case is there, and whom it is hidden from wrongly.
pub(super) async fn differences(
    world: &World<'_>,
    rows: &[Row],
    case: &Closed,
    nothing: &mut Nothing,
) -> anyhow::Result<Vec<String>> {
    let mut found: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for row in rows.iter().filter(|row| about_a_case(row)) {
        let known = &*nothing;
        let judged = futures::stream::iter(&world.cast)
            .map(|actor| judge(world, row, actor, case, known))
            .buffered(AT_ONCE);
        let judged: Vec<_> = judged.collect().await;
        for (actor, one) in world.cast.iter().zip(judged) {
            let one = one.with_context(|| format!("{} {}", row.name(), actor.name))?;
            if let Some(what) = one.leak {
                found.entry(what).or_default().push(&actor.name);
            }
            if let Some(answer) = one.nothing {
                nothing.insert((row.name(), actor.index), answer);
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

#[derive(Default)]
struct Judged {
    leak: Option<String>,
    /// The answer about a number that nobody has, where it was asked for.
    nothing: Option<u64>,
}

impl Judged {
    fn leak(leak: Option<String>) -> Self {
        Self {
            leak,
            nothing: None,
        }
    }
}

async fn judge(
    world: &World<'_>,
    row: &Row,
    actor: &Actor,
    case: &Closed,
    known: &Nothing,
) -> anyhow::Result<Judged> {
    let stands = case.stands(actor);
    let reads = READS.contains(&row.call.as_str());
    // Whoever stands on it would change it.
    if stands && !reads {
        return Ok(Judged::default());
    }
    let real = call(world, row, actor, &case.real).await?;
    if stands {
        let hidden = real.letter != 'o';
        let leak = format!("{}: {} for one who stands", row.name(), real.said);
        return Ok(Judged::leak(hidden.then_some(leak)));
    }
    let shown = reads && real.letter == 'o';
    if !shown && known.get(&(row.name(), actor.index)) == Some(&digest(&real.whole)) {
        return Ok(Judged::default());
    }
    let missing = call(world, row, actor, &case.missing).await?;
    let leaks = shown || real.whole != missing.whole;
    let (there, none) = (real.said, missing.said);
    let leak = format!("{}: {there} for the case, {none} for none", row.name());
    Ok(Judged {
        leak: leaks.then_some(leak),
        nothing: Some(digest(&missing.whole)),
    })
}

fn digest(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
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
