//! Every row × everybody: what really happens, compared with the table.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::{Duration, Instant},
};

use anyhow::Context;
use futures::StreamExt as _;
use sqlx::PgPool;
use yiwang_e2e::{Family, Suite};

use crate::{
    cast::{self, Actor},
    closed, hidden,
    outcome::Answer,
    pages, rest,
    rpc::{self, Service},
    scene::{self, Ids, WHAT},
    table::{self, Row},
    tokens, verbs, whole,
    world::World,
};

/// A row that takes longer is named.
const SLOW: Duration = Duration::from_secs(5);
/// Calls at the same time.
const AT_ONCE: usize = 8;

#[tokio::test(flavor = "multi_thread")]
async fn nobody_may_more_or_less_than_the_table_says() -> anyhow::Result<()> {
    let suite = Suite::start().await?;
    let outcome = compare(&suite).await;
    if outcome.is_err() {
        let said = std::fs::read_to_string(suite.data().join("up.log"))?;
        let troubles = said
            .lines()
            .filter(|line| line.contains("WARN") || line.contains("ERROR"));
        let troubles: Vec<_> = troubles.collect();
        let last = &troubles[troubles.len().saturating_sub(6)..];
        eprintln!("last troubles:\n{}", last.join("\n"));
    }
    outcome
}

async fn compare(suite: &Suite) -> anyhow::Result<()> {
    let rows = table::read()?;
    let http = reqwest::Client::builder()
        .no_proxy()
        .redirect(reqwest::redirect::Policy::none())
        .build()?;
    every_act_has_its_row(suite, &rows).await?;
    let (scene, citizens) = scene::play(suite).await?;
    let stage = cast::backstage(suite, &http).await?;
    let world = World {
        suite,
        http: &http,
        scene,
        cast: cast::assemble(&stage, citizens).await?,
        service: Service::start(suite).await?,
        assistance: PgPool::connect(&suite.database_url("assistance")?).await?,
        gateway: stage.pool.clone(),
        stage,
        payee: Family::new(1).form()["payee"].clone(),
    };
    let mut wrong = tokens::differences(&world).await?;
    wrong.extend(hidden::differences(&world).await?);
    wrong.extend(verbs::differences(&world, &rows).await?);
    let began = Instant::now();
    wrong.extend(closed::differences(&world, &rows).await?);
    eprintln!("· children looked for in {:.0?}", began.elapsed());
    let began = Instant::now();
    let (mut calls, mut differences) = (0, Vec::new());
    for row in &rows {
        let started = Instant::now();
        let judged = futures::stream::iter(&world.cast).map(|actor| judge(&world, row, actor));
        let judged: Vec<_> = judged.buffer_unordered(at_once(row)).collect().await;
        for one in judged {
            let (made, different) = one.with_context(|| row.name())?;
            calls += made;
            differences.extend(different);
        }
        if started.elapsed() > SLOW {
            eprintln!("· {:.1?} for {}", started.elapsed(), row.name());
        }
    }
    eprintln!(
        "· {} rows × {} callers, {calls} calls in {:.0?}",
        rows.len(),
        world.cast.len(),
        began.elapsed()
    );
    wrong.extend(together(differences));
    wrong.extend(hidden::audited(&world).await?);
    assert!(
        wrong.is_empty(),
        "{} differences:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    Ok(())
}

/// Something that is not as the table says.
struct Difference {
    what: String,
    who: String,
    said: String,
}

/// The same difference of many callers is one line.
fn together(differences: Vec<Difference>) -> Vec<String> {
    let mut groups: BTreeMap<String, (String, Vec<String>)> = BTreeMap::new();
    for Difference { what, who, said } in differences {
        groups
            .entry(what)
            .or_insert_with(|| (said, vec![]))
            .1
            .push(who);
    }
    let line = |(what, (said, who)): (String, (String, Vec<String>))| {
        format!(
            "{what}: {} callers: {}\n    {said}",
            who.len(),
            who.join(", ")
        )
    };
    groups.into_iter().map(line).collect()
}

/// The acts are data of the item: the table has every one.
async fn every_act_has_its_row(suite: &Suite, rows: &[Row]) -> anyhow::Result<()> {
    let item = suite
        .stranger()
        .get(&format!("/api/v1/items/{WHAT}"))
        .await?
        .expect(200)?
        .json()?;
    let acts = item["actions"].as_array().context("no actions")?;
    let acts = acts.iter().filter_map(|act| act["code"].as_str());
    let acts: BTreeSet<String> = acts.map(|code| format!("act {code}")).collect();
    let listed = rows.iter().filter(|row| row.parts().0 == "act");
    let listed = listed.map(|row| row.call.clone()).collect();
    assert!(acts.len() > 30, "only {} acts", acts.len());
    whole::compare("acts", &acts, &listed);
    Ok(())
}

/// Forms about a case carry its version, as the page before them had it: one after the other.
fn at_once(row: &Row) -> usize {
    let page = row
        .call
        .strip_prefix("POST /hall")
        .or(row.call.strip_prefix("POST "));
    if page.is_some_and(|page| page.starts_with("/cases/")) {
        1
    } else {
        AT_ONCE
    }
}

/// The ways in which a row is called.
#[derive(Debug, Clone, Copy)]
enum Door {
    Rest,
    Page,
    Rpc,
}

/// The gateway passes acts on: two regions show that it does, the service shows all.
fn doors(row: &Row, actor: &Actor) -> &'static [Door] {
    let (kind, path) = row.parts();
    match kind {
        "act" if matches!(actor.region, 0 | 2) => &[Door::Rest, Door::Rpc],
        "rpc" | "act" => &[Door::Rpc],
        _ if path.starts_with("/api/") || path.starts_with("/.well-known/") => &[Door::Rest],
        _ => &[Door::Page],
    }
}

/// Makes the calls of one row for one caller: how many, and what is not as expected.
async fn judge(
    world: &World<'_>,
    row: &Row,
    actor: &Actor,
) -> anyhow::Result<(usize, Vec<Difference>)> {
    let expected = row.expected(actor.column, actor.region);
    let (mut calls, mut differences) = (0, Vec::new());
    for door in doors(row, actor) {
        let called = call(world, *door, row, actor, &world.scene.real).await;
        let answer = called.with_context(|| actor.name.clone())?;
        calls += 1;
        let mut found = answer.letter;
        let mut said = answer.said.clone();
        if found == 'h' {
            let twin = call(world, *door, row, actor, &world.scene.missing).await?;
            calls += 1;
            if twin.whole != answer.whole {
                found = '≠';
                said = format!("hidden:\n{}\nmissing:\n{}", answer.whole, twin.whole);
            }
        }
        if found != expected {
            let name = row.name();
            differences.push(Difference {
                what: format!("{name}: {expected} expected, {found} found over {door:?}"),
                who: actor.name.clone(),
                said,
            });
        }
    }
    Ok((calls, differences))
}

async fn call(
    world: &World<'_>,
    door: Door,
    row: &Row,
    actor: &Actor,
    ids: &Ids,
) -> anyhow::Result<Answer> {
    // Acts are tried on the closed case, where nothing can happen any more.
    let closed = ids.of_closed();
    match (door, row.parts()) {
        (Door::Rest, ("act", code)) => rest::act(world, code, actor, &closed).await,
        (Door::Rpc, ("act", _)) => rpc::call(world, row, actor, &closed).await,
        (Door::Rest, _) => rest::call(world, row, actor, ids).await,
        (Door::Page, _) => pages::call(world, row, actor, ids).await,
        (Door::Rpc, _) => rpc::call(world, row, actor, ids).await,
    }
}
