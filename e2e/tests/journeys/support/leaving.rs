//! Payment month by month, and the way out of support.

use anyhow::{Context, ensure};
use jiff::civil::Date;
use yiwang_e2e::{Stage, until};

use super::{LOGIN, last_day, ledger::Ledger};
use crate::hands::*;

/// Moves into the next month; gives it.
pub(super) async fn paid(stage: &Stage, number: &str) -> anyhow::Result<Date> {
    let browser = &stage.browser;
    let ledger = Ledger::of(&stage.suite)?;
    let decided = stage.suite.clock().today().await?;
    let next = decided.last_of_month().tomorrow()?;
    stage
        .step("nothing is paid in the month of the decision", async {
            move_clock(stage, decided.last_of_month()).await?;
            ensure!(
                ledger.paid().await?.is_empty(),
                "paid in the month of the decision"
            );
            Ok(())
        })
        .await?;
    stage
        .step("paid in the month after, once, by the bank", async {
            let pay_day = next.with().day(10).build()?;
            move_clock(stage, pay_day).await?;
            let paid = until("the bank has paid", async || {
                let paid = ledger.paid().await?;
                Ok((!paid.is_empty()).then_some(paid))
            })
            .await?;
            ensure!(paid == [(84_000, 1)], "the bank paid {paid:?} (fen, times)");
            stage.citizen(LOGIN).await?;
            look_until(stage, number, "发放中").await?;
            browser.look("33-in-payment").await?;
            Ok(next)
        })
        .await
}

pub(super) async fn leaves(stage: &Stage, number: &str, first_month: Date) -> anyhow::Result<()> {
    let browser = &stage.browser;
    let today = stage.suite.clock().today().await?.to_string();
    stage
        .step("the family reports that it earns more", async {
            stage.citizen(LOGIN).await?;
            browser.open(&format!("/cases/{number}")).await?;
            browser.click("报告家庭变化").await?;
            answer(
                browser,
                &[
                    ("从哪天开始变化", &today),
                    ("发生了什么变化", "大山到镇上茶厂上班，每月1800元。"),
                ],
            )
            .await?;
            browser.look("34-report-change").await?;
            go_on(browser, "报告家庭变化").await?;
            browser.see("复核中").await?;
            browser.look("35-recheck").await
        })
        .await?;
    stage
        .step(
            "the township finds 1,800 yuan a month and proposes grace",
            async {
                let found = [("核定的家庭近12个月净收入", "21600")];
                act(stage, "township", number, "登记核定结果", &found).await?;
                let proposal = [
                    ("复核建议", "进入渐退期"),
                    ("理由", "人均月收入600元，超过380元标准，因就业给予渐退。"),
                ];
                act(stage, "township", number, "提出复核建议", &proposal).await
            },
        )
        .await?;
    let decision = [
        ("决定", "进入渐退期"),
        ("理由", "已就业，人均月收入600元，超过标准。"),
        ("渐退期月数", "2"),
    ];
    stage
        .step("nothing is taken away before the family is heard", async {
            open_task(stage, "approver", number, "作出复核决定").await?;
            for (question, value) in decision {
                browser
                    .answer(&format!("作出复核决定 › {question}"), value)
                    .await?;
            }
            browser.tick("作出复核决定 › 我已经核对").await?;
            browser.click_within("作出复核决定", "作出复核决定").await?;
            browser.see("必须先听取救助对象的意见").await?;
            browser.look("36-hearing-first").await?;
            let kept = browser.value("作出复核决定 › 理由").await?;
            ensure!(kept == decision[1].1, "the reasons were lost: {kept:?}");
            let hearing = [
                ("听取意见日期", today.as_str()),
                ("救助对象的意见", "同意，希望缓几个月。"),
            ];
            act(stage, "township", number, "听取意见", &hearing).await?;
            browser.look("37-heard").await
        })
        .await?;
    stage
        .step("grace of two months", async {
            act(stage, "approver", number, "作出复核决定", &decision).await?;
            browser.see("渐退期").await?;
            stage.citizen(LOGIN).await?;
            browser.open(&format!("/cases/{number}")).await?;
            browser.click("渐退期告知书").await?;
            browser.see("希望缓几个月").await?;
            browser.see("行政复议").await?;
            browser.look("38-grace-letter").await
        })
        .await?;
    stage
        .step("grace is over: stopped, each month paid once", async {
            let last = last_day(stage, number, "grace_end").await?;
            let ledger = Ledger::of(&stage.suite)?;
            let mut month = first_month;
            let mut due = 1;
            while month.last_of_month() < last {
                month = month.last_of_month().tomorrow()?;
                due += 1;
                move_clock(stage, month.with().day(10).build()?).await?;
                until("the bank has paid the month", async || {
                    Ok((ledger.paid().await?.len() == due).then_some(()))
                })
                .await
                .with_context(|| format!("{month}: {due} payments are due"))?;
            }
            stage.suite.clock().set_day(last.tomorrow()?, 9).await?;
            look_until(stage, number, "已停发").await?;
            browser.look("39-stopped").await?;
            move_clock(
                stage,
                last.last_of_month().tomorrow()?.with().day(10).build()?,
            )
            .await?;
            let paid = ledger.paid().await?;
            ensure!(paid.iter().all(|line| *line == (84_000, 1)), "{paid:?}");
            ensure!(
                paid.len() == due,
                "{} months paid instead of {due}",
                paid.len()
            );
            Ok(())
        })
        .await
}
