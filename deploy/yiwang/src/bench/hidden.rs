//! Whether time tells that a child's case exists: the same question about a case that is there, and
//! about two that nobody has, in turn.

use std::{
    path::Path,
    time::{Duration, Instant},
};

use anyhow::{Context, ensure};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use sqlx::{Connection, PgConnection};
use yiwang_civic::number;

use super::{product::Product, times::Times};
use crate::rest::Rest;

/// 城关镇, 竹山县.
const TOWNSHIP: &str = "420323100";
/// Who asks, and stands on no case of harm there.
const ASKERS: [&str; 4] = ["county", "township", "auditor", "child1b"];
/// What is asked.
const DOORS: [&str; 4] = [
    "/api/v1/cases/{number}",
    "/api/v1/cases/{number}/history",
    "/api/v1/child/protection/{number}",
    "/api/v1/worklist?number={number}",
];
/// Medians further apart than this, and further than those of two missing ones, tell.
const NOISE: f64 = 0.1;

/// Asks on a fresh installation and prints what came of it.
pub(super) async fn run(dir: &Path, rounds: u32) -> anyhow::Result<()> {
    let product = Product::start(dir).await?;
    let numbers = numbers(&product).await?;
    println!("rounds             {rounds} for each line; p50 / p99 ms; medians as ratios");
    println!(
        "door, caller                                    a case       none     ratio  none to none"
    );
    let mut told = Vec::new();
    for asker in ASKERS {
        let rest = Rest::new(product.url())?.demo_account(asker).await?;
        for door in DOORS {
            let [case, none, other] = times(&rest, door, &numbers, rounds).await?;
            let (ratio, control) = (
                case.median() / none.median(),
                other.median() / none.median(),
            );
            println!(
                "{door:<36}{asker:<10}{:>8}{:>11}{ratio:>10.3}{control:>14.3}",
                case.both(),
                none.both()
            );
            if (ratio - 1.0).abs() > NOISE && (ratio - 1.0).abs() > 2.0 * (control - 1.0).abs() {
                told.push(format!("{door} to {asker}: {ratio:.3}"));
            }
        }
    }
    ensure!(told.is_empty(), "time tells: {}", told.join("; "));
    product.stop().await
}

/// A case that is there, and two numbers of the same kind that nobody has.
async fn numbers(product: &Product) -> anyhow::Result<[String; 3]> {
    let report = json!({
        "division": TOWNSHIP, "place": "城关镇中心小学", "happened": "学生手臂有伤，不敢回家",
        "grounds": ["4"], "danger_now": true, "child_name": "覃小溪", "child_age": 9,
    });
    let stranger = Rest::new(product.url())?;
    stranger.post("/api/v1/child/reports", &report).await?;
    let mut conn = PgConnection::connect(&product.database("child")?).await?;
    let sql = "select number from casework.case_file where item = 'protection-case'";
    let case: Option<String> = sqlx::query_scalar(sql).fetch_optional(&mut conn).await?;
    let case = case.context("no case")?;
    let like = number::parse(&case).map_err(|error| anyhow::anyhow!("{error:?}"))?;
    let none = |serial| number::case_number(&like.prefix, &like.division, like.day, serial);
    Ok([case, none(8_999_991), none(8_999_992)])
}

/// Asks for each in turn, the first of a round being another each time.
async fn times(
    rest: &Rest,
    door: &str,
    numbers: &[String; 3],
    rounds: u32,
) -> anyhow::Result<[Times; 3]> {
    let paths = numbers
        .each_ref()
        .map(|number| door.replace("{number}", number));
    let mut times = <[Times; 3]>::default();
    let mut said = Vec::<(StatusCode, Value)>::new();
    for round in 0..rounds as usize {
        for turn in 0..paths.len() {
            let which = (round + turn) % paths.len();
            let (took, answer) = ask(rest, &paths[which]).await?;
            // The first ones wake pools and caches.
            if round >= 10 {
                times[which].add(took);
            }
            if round == 0 {
                said.push(answer);
            }
        }
    }
    ensure!(
        said.iter().all(|one| one == &said[0]),
        "{door}: answers differ: {said:?}"
    );
    Ok(times)
}

async fn ask(rest: &Rest, path: &str) -> anyhow::Result<(Duration, (StatusCode, Value))> {
    let began = Instant::now();
    let (status, mut body) = rest.send(Method::GET, path, None).await?;
    let took = began.elapsed();
    if let Some(fields) = body.as_object_mut() {
        fields.remove("trace");
    }
    Ok((took, (status, body)))
}
