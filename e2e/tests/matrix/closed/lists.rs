//! Every list, count and search, before there is a case and after.

use std::{collections::BTreeMap, sync::LazyLock};

use anyhow::Context;
use futures::StreamExt as _;
use jiff::civil::Date;
use regex::Regex;

use super::scene::{Closed, NAMES};
use crate::{cast::Actor, outcome::Answer, pages, rest, table::Row, world::World};

/// Calls at the same time.
const AT_ONCE: usize = 8;
/// Grants that lie over the children; what others see is less.
const OVER: [usize; 2] = [1, 4];

/// What everybody sees on every page without a number, and on which day.
pub(super) struct Seen {
    day: Date,
    pages: BTreeMap<(usize, String), String>,
}

/// Looks at all of them on one day: once more where midnight came in between.
pub(super) async fn look(world: &World<'_>, rows: &[Row]) -> anyhow::Result<Seen> {
    let seen = looked(world, rows).await?;
    match world.suite.clock().today().await? == seen.day {
        true => Ok(seen),
        false => looked(world, rows).await,
    }
}

async fn looked(world: &World<'_>, rows: &[Row]) -> anyhow::Result<Seen> {
    let day = world.suite.clock().today().await?;
    let asked = watchers(world).flat_map(|actor| pages(rows).map(move |row| (actor, row)));
    // Whoever has read the messages there finds no new ones.
    let mine = pages(rows).find(|row| row.call == "GET /my");
    for actor in watchers(world) {
        call(world, mine.context("no page of one's own")?, actor, day).await?;
    }
    let seen = futures::stream::iter(asked).map(|(actor, row)| async move {
        let answer = call(world, row, actor, day).await;
        let answer = answer.with_context(|| format!("{} {}", row.name(), actor.name))?;
        anyhow::Ok(((actor.index, row.call.clone()), timeless(&answer.whole)))
    });
    let seen: Vec<_> = seen.buffer_unordered(AT_ONCE).collect().await;
    let pages = seen.into_iter().collect::<anyhow::Result<_>>()?;
    Ok(Seen { day, pages })
}

/// Pages that are others since there are cases, for those who stand on none; and cases that somebody
/// sees who stands on another.
pub(super) async fn differences(
    world: &World<'_>,
    rows: &[Row],
    before: &Seen,
    cases: &[Closed],
) -> anyhow::Result<Vec<String>> {
    let after = look(world, rows).await?;
    // Midnight between the looks changes every date.
    let of_day = |page: &String| match before.day == after.day {
        true => page.clone(),
        false => dateless(page),
    };
    let (mut wrong, mut found) = (BTreeMap::<String, Vec<&str>>::new(), BTreeMap::new());
    for actor in watchers(world) {
        let (own, others): (Vec<_>, Vec<_>) = cases.iter().partition(|case| case.stands(actor));
        for row in pages(rows) {
            let key = (actor.index, row.call.clone());
            let (was, is) = (of_day(&before.pages[&key]), of_day(&after.pages[&key]));
            for case in own.iter().filter(|case| is.contains(&case.real.number)) {
                *found.entry(&case.real.number).or_insert(0) += 1;
            }
            // A child may have a case one stands on beside one that one does not.
            let names = own.is_empty().then_some(NAMES).into_iter().flatten();
            let told = others.iter().map(|case| case.real.number.as_str());
            let told = told.chain(names).find_map(|word| around(&is, word));
            let what = match told {
                Some(text) => format!("{} shows {text}", row.call),
                None if own.is_empty() && was != is => {
                    let lines = first_difference(&was, &is);
                    format!(
                        "{} is another page since there is a case:\n{lines}\n",
                        row.call
                    )
                }
                None => continue,
            };
            wrong.entry(what).or_default().push(&actor.name);
        }
    }
    // Who stands finds the cases, or the lists above were of nothing.
    let lost = cases
        .iter()
        .find(|case| !found.contains_key(&case.real.number));
    let lost = lost.map(|case| &case.real.number);
    anyhow::ensure!(lost.is_none(), "nobody finds {lost:?}");
    let line = |(what, who): (String, Vec<&str>)| format!("{what}: to {}", who.join(", "));
    Ok(wrong.into_iter().map(line).collect())
}

/// The word with what is around it.
fn around(page: &str, word: &str) -> Option<String> {
    let at = page.find(word)?;
    let [from, to] = [at.saturating_sub(120), (at + 120).min(page.len())];
    let (from, to) = (page.floor_char_boundary(from), page.ceil_char_boundary(to));
    Some(page[from..to].to_owned())
}

/// Citizens, and officers over the children's place.
fn watchers<'a>(world: &'a World<'_>) -> impl Iterator<Item = &'a Actor> {
    let signed = world.cast.iter().filter(|actor| actor.rest.is_some());
    signed.filter(|actor| actor.column < crate::table::PEOPLE.len() || OVER.contains(&actor.region))
}

/// Every GET without a parameter in its path.
fn pages(rows: &[Row]) -> impl Iterator<Item = &Row> {
    // Each look at it draws a new secret.
    let drawn = |row: &Row| row.call == "GET /account/totp";
    rows.iter().filter(move |row| {
        row.parts().0 == "GET" && row.label.is_empty() && !row.call.contains('{') && !drawn(row)
    })
}

/// Asks for the place and the time of the children.
async fn call(world: &World<'_>, row: &Row, actor: &Actor, day: Date) -> anyhow::Result<Answer> {
    let mut asked = row.clone();
    let year = day.year();
    asked.call.push_str(&format!(
        "?division=420323&view=REGION&limit=100&from={year}-01-01&to={year}-12-31&month=2026-05",
    ));
    let ids = &world.scene.missing;
    match asked.parts().1.starts_with("/api/") {
        true => rest::call(world, &asked, actor, ids).await,
        false => pages::call(world, &asked, actor, ids).await,
    }
}

/// Without the time of day, when it was read, the keys that each form draws anew, and the length that
/// goes with them.
#[expect(clippy::expect_used, reason = "a pattern of our own")]
fn timeless(page: &str) -> String {
    static TIME: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r#"\d\d:\d\d(:\d\d(\.\d+)?)?|content-length.*|,"read_at":("[^"]*"|null)|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"#,
        )
            .expect("a pattern")
    });
    TIME.replace_all(page, "").into_owned()
}

/// Without dates, where those of two days are compared.
#[expect(clippy::expect_used, reason = "a pattern of our own")]
fn dateless(page: &str) -> String {
    static DATE: LazyLock<Regex> = LazyLock::new(|| {
        let dates = r"\d{4}-\d\d(-\d\d)?|\d{4}年|\d{1,2}月(\d{1,2}日)?|(星期|周)[一二三四五六日]";
        Regex::new(dates).expect("a pattern")
    });
    DATE.replace_all(page, "").into_owned()
}

fn first_difference(was: &str, is: &str) -> String {
    let pairs = was.lines().zip(is.lines());
    let differ = pairs.filter(|(was, is)| was != is).take(2);
    let lines = differ.map(|(was, is)| format!("    was: {was:.300}\n    is:  {is:.300}"));
    lines.collect::<Vec<_>>().join("\n")
}
