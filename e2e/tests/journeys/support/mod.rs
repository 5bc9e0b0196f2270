//! A 竹山 rural family of three with 300 yuan a month, from the first page to the
//! last payment: told once, corrected, investigated, checked, published,
//! confirmed, paid, looked at again, heard, in grace, stopped.
//!
//! The amount by hand, from services/assistance/rules/minimum_living.toml: the rural
//! standard of 420323 is 380.00 a month; 300.00 ÷ 3 = 100.00 a head;
//! (380.00 − 100.00) × 3 = 840.00. The supplement for minors (分类施保) has no
//! verified ratio in 420323, so it is 0 %: 840.00 in all.

mod applying;
mod deciding;
mod leaving;
mod ledger;
mod neighbour;

use anyhow::Context;
use jiff::civil::Date;
use yiwang_e2e::{Family, Stage, Suite, journey, until};

use crate::hands::look_until;

pub(super) const AMOUNT: &str = "840.00";
pub(super) const LOGIN: &str = "hedashan";

#[tokio::test]
async fn a_family_of_three_is_supported_and_leaves_support() -> anyhow::Result<()> {
    journey("support", Suite::builder(), async |stage| {
        // Nine o'clock: it does not meet midnight, whenever it is played.
        let clock = stage.suite.clock();
        clock.set_day(clock.today().await?.tomorrow()?, 9).await?;
        let family = Family::new(1);
        let number = applying::applies(stage, &family).await?;
        applying::corrected(stage, &number).await?;
        deciding::investigated(stage, &number).await?;
        let neighbour = stage
            .step(
                "a neighbour applies as well",
                neighbour::Neighbour::publish(stage),
            )
            .await?;
        deciding::published(stage, &family, &number).await?;
        deciding::confirmed(stage, &number).await?;
        stage
            .step("so is the neighbour", neighbour.confirm())
            .await?;
        let first_month = leaving::paid(stage, &number).await?;
        leaving::leaves(stage, &number, first_month).await
    })
    .await
}

pub(super) async fn notice_path(stage: &Stage, number: &str) -> anyhow::Result<String> {
    let citizen = stage
        .suite
        .stranger()
        .sign_in(LOGIN, Suite::PASSWORD, None)
        .await?;
    let case = citizen.case(number).await?;
    let id = case
        .list("notices")
        .iter()
        .find_map(|one| one["id"].as_str())
        .context("no notice")?;
    Ok(format!("/notices/{id}"))
}

pub(super) async fn last_day(stage: &Stage, number: &str, clock: &str) -> anyhow::Result<Date> {
    let citizen = stage
        .suite
        .stranger()
        .sign_in(LOGIN, Suite::PASSWORD, None)
        .await?;
    let case = citizen.case(number).await?;
    let last = case.clock(clock)?["last_day"]
        .as_str()
        .context("no last day")?
        .parse()?;
    Ok(last)
}

pub(super) async fn look_until_as(
    stage: &Stage,
    who: &str,
    number: &str,
    text: &str,
) -> anyhow::Result<()> {
    stage.officer(who).await?;
    look_until(stage, number, text).await
}

/// Waits until the case says of so many months that they were paid.
pub(super) async fn told_paid(stage: &Stage, number: &str, months: usize) -> anyhow::Result<()> {
    let citizen = stage
        .suite
        .stranger()
        .sign_in(LOGIN, Suite::PASSWORD, None)
        .await?;
    until(
        &format!("{number} says that {months} months were paid"),
        async || {
            let case = citizen.case(number).await?;
            let rows = case
                .list("sections")
                .iter()
                .filter_map(|one| one["rows"].as_array())
                .flatten();
            let paid = rows.filter(|row| row["label"] == "已发放");
            let right = paid.filter(|row| {
                row["value"]
                    .as_str()
                    .is_some_and(|text| text.contains(AMOUNT))
            });
            Ok((right.count() == months).then_some(()))
        },
    )
    .await
}
