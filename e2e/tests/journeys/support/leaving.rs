//! Payment month by month, and the way out of support.

use anyhow::{Context, ensure};
use jiff::civil::Date;
use yiwang_e2e::{Stage, until};

use super::{LOGIN, last_day, ledger::Ledger, neighbour, told_paid};
use crate::hands::*;

/// The family's amount.
const FEN: i64 = 84_000;

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
                ledger.paid(FEN).await?.is_empty(),
                "paid in the month of the decision"
            );
            Ok(())
        })
        .await?;
    stage
        .step("paid in the month after, once, by the bank", async {
            let pay_day = next.with().day(10).build()?;
            move_clock(stage, pay_day).await?;
            until("the bank has paid both families", async || {
                let both = (
                    ledger.paid(FEN).await?.len(),
                    ledger.paid(neighbour::AMOUNT).await?.len(),
                );
                Ok((both == (1, 1)).then_some(()))
            })
            .await?;
            told_paid(stage, number, 1).await?;
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
                told_paid(stage, number, due)
                    .await
                    .with_context(|| format!("{month}"))?;
                ensure!(
                    ledger.paid(FEN).await?.len() == due,
                    "the bank's book differs"
                );
            }
            stage.suite.clock().set_day(last.tomorrow()?, 9).await?;
            look_until(stage, number, "已停发").await?;
            browser.look("39-stopped").await?;
            move_clock(
                stage,
                last.last_of_month().tomorrow()?.with().day(10).build()?,
            )
            .await?;
            until("the neighbour is paid once more", async || {
                let paid = ledger.paid(neighbour::AMOUNT).await?;
                Ok((paid.len() == due + 1).then_some(()))
            })
            .await?;
            let paid = ledger.paid(FEN).await?;
            ensure!(paid.iter().all(|times| *times == 1), "paid twice: {paid:?}");
            ensure!(
                paid.len() == due,
                "{} months paid instead of {due}",
                paid.len()
            );
            Ok(())
        })
        .await
}
