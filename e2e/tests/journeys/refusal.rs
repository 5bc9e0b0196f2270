//! A refusal: in writing, with reasons and the way to appeal, told within three working days.

use anyhow::{Context, ensure};
use jiff::civil::Date;
use serde_json::json;
use yiwang_e2e::{Family, INVESTIGATORS, Stage, Suite, journey};

use crate::hands::*;

const REASONS: &str = "入户调查和核对发现，家庭人均月收入500元，高于每人每月380元的标准。";

#[tokio::test]
async fn a_refusal_is_written_and_told() -> anyhow::Result<()> {
    journey("refusal", Suite::builder(), async |stage| {
        plain_monday(stage).await?;
        let family = Family::new(2);
        let (citizen, login) = family.register(&stage.suite).await?;
        let number = family.submit(&citizen).await?.number().to_owned();
        stage.step("the township investigates and does not recommend", async {
            let office = stage.suite.sign_in("township2").await?;
            office.act(&number, "accept", &json!({})).await?;
            office.act(&number, "start_investigation", &json!({"investigators": INVESTIGATORS})).await?;
            let today = stage.suite.clock().today().await?.to_string();
            let visit = json!({"kind": "home", "on": today, "officers": INVESTIGATORS, "record": "有茶园十亩。"});
            office.act(&number, "record_visit", &visit).await?;
            let opinion = [("建议给予最低生活保障", "否"), ("初审意见", REASONS)];
            act(stage, "township", &number, "提出初审意见", &opinion).await?;
            ensure!(!stage.browser.offers("公示").await? || !stage.browser.text().await?.contains("公示中"), "exposed");
            // A negative opinion is not hung out for the neighbours.
            let refused = office.act_reply(&number, "post_notice", &json!({"place": "村口"})).await?;
            ensure!(refused.problem()?.code == "NOT_RECOMMENDED", "{}", refused.text());
            act(stage, "township", &number, "上报县级", &[]).await
        }).await?;
        stage.step("the county needs reasons, and refuses with them", async {
            act(stage, "county", &number, "开始审核", &[]).await?;
            open_task(stage, "approver", &number, "不予确认").await?;
            stage.browser.tick("不予确认 › 我已经核对").await?;
            stage.browser.click_within("不予确认", "不予确认").await?;
            stage.browser.see("需要您改一下").await?;
            stage.browser.look("01-reasons-wanted").await?;
            finish_task(stage, "不予确认", &[("理由", REASONS)]).await?;
            stage.browser.look("02-refused").await
        }).await?;
        stage.step("it has to be told within three working days", async {
            let case = stage.suite.sign_in("county").await?.case(&number).await?;
            let last: Date = case.clock("refusal_told")?["last_day"].as_str().context("no day")?.parse()?;
            let today = stage.suite.clock().today().await?;
            let expected = working_days_after(today, 3)?;
            ensure!(last == expected, "the last day is {last}, three working days after {today} are {expected}");
            Ok(())
        }).await?;
        stage.step("the family reads it, with the reasons and the way to appeal", async {
            stage.citizen(&login).await?;
            stage.browser.open(&format!("/cases/{number}")).await?;
            stage.browser.see("不予确认").await?;
            stage.browser.look("03-citizen-refused").await?;
            stage.browser.click("不予确认告知书").await?;
            for text in [REASONS, "行政复议", "60日", "行政诉讼", "临时救助"] {
                stage.browser.see(text).await?;
            }
            stage.browser.look("04-letter").await?;
            stage.browser.open("/notices").await?;
            stage.browser.see_not("何**").await
        }).await?;
        stage.step("the delivery on paper is recorded", async {
            let today = stage.suite.clock().today().await?.to_string();
            act(stage, "township", &number, "登记送达", &[("送达日期", &today)]).await?;
            let case = stage.suite.sign_in("county").await?.case(&number).await?;
            ensure!(case.clock("refusal_told").is_err(), "the clock runs on: {:?}", case.list("clocks"));
            Ok(())
        }).await
    })
    .await
}

/// The second Monday of the next November: no statutory holiday is near.
async fn plain_monday(stage: &Stage) -> anyhow::Result<()> {
    let today = stage.suite.clock().today().await?;
    let mut day = today.tomorrow()?;
    let plain = |day: Date| {
        day.month() == 11
            && (8..15).contains(&day.day())
            && day.weekday() == jiff::civil::Weekday::Monday
    };
    while !plain(day) {
        day = day.tomorrow()?;
    }
    stage.suite.clock().set_day(day, 9).await.map(drop)
}

/// The day `count` working days after `from`, by hand: around that Monday only
/// weekends are off.
fn working_days_after(from: Date, count: u32) -> anyhow::Result<Date> {
    use jiff::civil::Weekday::{Saturday, Sunday};
    let mut day = from;
    let mut left = count;
    while left > 0 {
        day = day.tomorrow()?;
        left -= u32::from(!matches!(day.weekday(), Saturday | Sunday));
    }
    Ok(day)
}
