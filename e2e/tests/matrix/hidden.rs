//! What does not show: in lists, counts and searches a hidden case leaves no trace,
//! and whoever does look leaves one in the audit log.

use std::collections::BTreeSet;

use anyhow::Context;
use serde_json::Value;
use yiwang_chassis::identity::{Grant, Role};
use yiwang_e2e::Family;

use crate::{calls::send, cast::Actor, outcome::Answer, scene::Ids, table::REGIONS, world::World};

/// Roles that have to do with the item at all.
const VIEWING: [Role; 6] = [
    Role::Clerk,
    Role::TownshipOfficer,
    Role::CountyOfficer,
    Role::Approver,
    Role::CheckCentre,
    Role::Auditor,
];

/// The scope of somebody who may see cases: the beginning of their division codes.
fn scope(actor: &Actor) -> Option<String> {
    let grants = &actor.caller.as_ref()?.grants;
    let viewing = grants.iter().find(|grant| VIEWING.contains(&grant.role));
    viewing.and_then(Grant::scope).map(str::to_owned)
}

/// What lists, counts and searches show that they should not, or hide what they should show.
pub(crate) async fn differences(world: &World<'_>) -> anyhow::Result<Vec<String>> {
    let mut wrong = Vec::new();
    for actor in world.cast.iter().filter(|actor| actor.rest.is_some()) {
        let found = [
            lists(world, actor).await,
            counts(world, actor).await,
            search(world, actor).await,
            own(world, actor).await,
        ];
        for part in found {
            let part = part.with_context(|| actor.name.clone())?;
            wrong.extend(
                part.into_iter()
                    .map(|what| format!("{}: {what}", actor.name)),
            );
        }
    }
    wrong.extend(strange_file(world).await?);
    wrong.extend(notice(world).await?);
    Ok(wrong)
}

async fn get(actor: &Actor, path: &str) -> anyhow::Result<Value> {
    let rest = actor.rest.as_ref().context("no account")?;
    let reply = rest.get(path).await?;
    anyhow::ensure!(reply.status < 500, "{path}: {}", reply.text());
    Ok(reply.json().unwrap_or_default())
}

/// A page as its reader sees it, with the ids made equal.
async fn seen(world: &World<'_>, actor: &Actor, path: &str, ids: &Ids) -> anyhow::Result<Answer> {
    let mut request = world.http.get(world.suite.url(path));
    if path.starts_with("/api/") {
        let rest = actor.rest.as_ref().context("no account")?;
        request = request.bearer_auth(rest.token().await?.context("no token")?);
    } else {
        request = request.header("Cookie", &actor.cookie);
    }
    send(request, ids).await
}

/// The worklist of a region holds the open cases of this region and no other.
async fn lists(world: &World<'_>, actor: &Actor) -> anyhow::Result<Vec<String>> {
    let mut wrong = Vec::new();
    let (mut listed, mut cursor) = (BTreeSet::new(), String::new());
    loop {
        let path = format!("/api/v1/worklist?view=REGION&limit=3&cursor={cursor}");
        let page = get(actor, &path).await?;
        let cases = page["cases"].as_array().cloned().unwrap_or_default();
        listed.extend(
            cases
                .iter()
                .filter_map(|case| case["number"].as_str().map(str::to_owned)),
        );
        cursor = page["next_cursor"].as_str().unwrap_or_default().to_owned();
        if cursor.is_empty() {
            break;
        }
    }
    let there = match scope(actor) {
        Some(scope) => open_cases(world, &scope).await?,
        None => BTreeSet::new(),
    };
    if listed != there {
        wrong.push(format!("the worklist holds {listed:?} and not {there:?}"));
    }
    Ok(wrong)
}

async fn open_cases(world: &World<'_>, scope: &str) -> anyhow::Result<BTreeSet<String>> {
    let sql =
        "select number from casework.case_file where not closed and starts_with(division, $1)";
    let numbers: Vec<String> = sqlx::query_scalar(sql)
        .bind(scope)
        .fetch_all(&world.assistance)
        .await?;
    Ok(numbers.into_iter().collect())
}

/// Counts are those of one's own region, whatever region is asked for.
async fn counts(world: &World<'_>, actor: &Actor) -> anyhow::Result<Vec<String>> {
    let mut wrong = Vec::new();
    let Some(scope) = scope(actor) else {
        return Ok(wrong);
    };
    let sql = "select count(*) from casework.case_file where starts_with(division, $1)";
    for division in ["", "420323100", "420000", "000000"] {
        let path = format!("/api/v1/statistics?from=2000-01-01&to=2099-12-31&division={division}");
        let counted = get(actor, &path).await?;
        let within = division.starts_with(&scope) && !division.is_empty();
        let asked = if within { division } else { &scope };
        let total: i64 = sqlx::query_scalar(sql)
            .bind(asked)
            .fetch_one(&world.assistance)
            .await?;
        if counted["total"] != total {
            wrong.push(format!(
                "{} cases counted in {division:?}, there are {total}",
                counted["total"]
            ));
        }
        let places = counted["by_division"]
            .as_array()
            .cloned()
            .unwrap_or_default();
        let outside = places.iter().filter_map(|place| place["key"].as_str());
        let outside: Vec<_> = outside.filter(|key| !key.starts_with(&scope)).collect();
        if !outside.is_empty() {
            wrong.push(format!("counts of {outside:?}"));
        }
    }
    Ok(wrong)
}

/// Searching by number: a hidden case is answered like a missing one.
async fn search(world: &World<'_>, actor: &Actor) -> anyhow::Result<Vec<String>> {
    let mut wrong = Vec::new();
    let (real, missing) = (&world.scene.real, &world.scene.missing);
    let sees = scope(actor).is_some_and(|scope| REGIONS[0].1.starts_with(&scope));
    for (number, absent) in [
        (&real.number, &missing.number),
        (&real.closed, &missing.closed),
    ] {
        for place in [
            "/api/v1/worklist?number=",
            "/api/v1/worklist?view=REGION&number=",
            "/work?number=",
        ] {
            let found = seen(world, actor, &format!("{place}{number}"), real).await?;
            let absent = seen(world, actor, &format!("{place}{absent}"), missing).await?;
            let same = found.whole == absent.whole;
            if same == sees {
                wrong.push(format!(
                    "{place}: {} for the case, {} for none",
                    found.said, absent.said
                ));
            }
        }
    }
    Ok(wrong)
}

/// Own lists hold what is one's own.
async fn own(world: &World<'_>, actor: &Actor) -> anyhow::Result<Vec<String>> {
    let mut wrong = Vec::new();
    let sql = "select number from casework.case_file where account = $1";
    let there: Vec<String> = sqlx::query_scalar(sql)
        .bind(actor.account()?)
        .fetch_all(&world.assistance)
        .await?;
    let there: BTreeSet<String> = there.into_iter().collect();
    let page = get(actor, "/api/v1/cases?limit=100").await?;
    let numbers = |list: &Value, key: &str| -> BTreeSet<String> {
        let entries = list.as_array().into_iter().flatten();
        entries
            .filter_map(|one| one[key].as_str().map(str::to_owned))
            .collect()
    };
    let listed = numbers(&page["cases"], "number");
    if listed != there {
        wrong.push(format!("own cases are {listed:?} and not {there:?}"));
    }
    let page = get(actor, "/api/v1/messages?limit=100").await?;
    let about = numbers(&page["messages"], "case_number");
    if !about.is_subset(&there) {
        wrong.push(format!("messages about {about:?}"));
    }
    Ok(wrong)
}

/// A file that is in no case cannot be had through one, not even by its owner's officers.
async fn strange_file(world: &World<'_>) -> anyhow::Result<Vec<String>> {
    let mut wrong = Vec::new();
    let (real, missing) = (&world.scene.real, &world.scene.missing);
    for actor in world.cast.iter().filter(|actor| actor.rest.is_some()) {
        for door in ["/api/v1", ""] {
            let path = |file: &str| format!("{door}/cases/{}/materials/{file}", real.number);
            let mut ids = missing.clone();
            ids.number.clone_from(&real.number);
            let found = seen(world, actor, &path(&real.file), real).await?;
            let absent = seen(world, actor, &path(&missing.file), &ids).await?;
            if found.letter != 'h' || found.whole != absent.whole {
                wrong.push(format!(
                    "{}: a strange file over {door:?}: {}",
                    actor.name, found.said
                ));
            }
        }
    }
    Ok(wrong)
}

/// The public reads a masked notice.
async fn notice(world: &World<'_>) -> anyhow::Result<Vec<String>> {
    let family = Family::new(1);
    let (name, id) = (&family.applicant.0, &family.applicant.1);
    let stranger = world.suite.stranger();
    let mut wrong = Vec::new();
    for path in [
        "/api/v1/notices".to_owned(),
        format!("/api/v1/notices/{}", world.scene.real.notice),
        "/notices".to_owned(),
        format!("/notices/{}", world.scene.real.notice),
        "/".to_owned(),
    ] {
        let text = stranger.get(&path).await?.expect(200)?.text();
        for secret in [name.as_str(), id, &world.scene.real.number, "13871234567"] {
            if text.contains(secret) {
                wrong.push(format!("{path} shows {secret}"));
            }
        }
        for (child, _) in [&family.child] {
            if text.contains(child.as_str()) {
                wrong.push(format!("{path} shows the child"));
            }
        }
    }
    Ok(wrong)
}

/// After the matrix: everybody who read, revealed or opened something is in the log,
/// over REST, pages and gRPC alike.
pub(crate) async fn audited(world: &World<'_>) -> anyhow::Result<Vec<String>> {
    let mut wrong = Vec::new();
    let number = &world.scene.real.number;
    let seers = world
        .cast
        .iter()
        .filter(|actor| scope(actor).is_some_and(|scope| REGIONS[0].1.starts_with(&scope)));
    for actor in seers {
        let account = actor.account()?.to_string();
        let times = [
            ("case.read", format!("case/{number}"), &world.assistance, 3),
            (
                "case.document.read",
                format!("case/{number}"),
                &world.assistance,
                3,
            ),
            (
                "case.reveal",
                format!("case/{number}"),
                &world.assistance,
                3,
            ),
            (
                "case.material.read",
                format!("case/{number}/{}", world.scene.real.material),
                &world.gateway,
                2,
            ),
        ];
        for (action, object, pool, at_least) in times {
            let sql = "select count(*) from chassis.audit_entry
                        where actor = $1 and action = $2 and object = $3
                          and ($2 <> 'case.reveal' or purpose is not null)";
            let count: i64 = sqlx::query_scalar(sql)
                .bind(&account)
                .bind(action)
                .bind(object)
                .fetch_one(pool)
                .await?;
            if count < at_least {
                wrong.push(format!(
                    "{}: {action} happened {at_least} times and was audited {count} times",
                    actor.name
                ));
            }
        }
    }
    Ok(wrong)
}
