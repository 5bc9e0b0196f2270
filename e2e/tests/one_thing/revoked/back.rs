//! What comes back: the steps, the marriage, the allowance.

use std::time::Duration;

use anyhow::{Context, ensure};
use yiwang_e2e::{tasks::look_until, until, until_within};

use super::{DONE, PAID_WITHOUT_HIM, Play, paid};
use crate::steps::{marital_status, reaches, show, state_of};

/// An office that was away is asked again after a pause that has doubled each time, up to 32 s.
const NEXT_TRY: Duration = Duration::from_secs(120);

impl Play<'_> {
    /// Each step goes back, the last one first; who builds on another goes before it.
    pub(super) async fn restored(&self) -> anyhow::Result<()> {
        let (stage, browser) = (self.stage, &self.stage.browser);
        let step = stage.step("the steps go back, one office is away", async {
            for step in ["cards", "medical", "licence"] {
                reaches(&self.daughter, &self.number, step, "undone").await?;
            }
            for step in ["pension", "household"] {
                let state = state_of(&self.daughter, &self.number, step).await?;
                ensure!(state != "undone", "{step} before the pension is back");
            }
            stage.citizen(&self.daughter_login).await?;
            browser.open(&self.page()).await?;
            for words in ["死亡登记已经撤销。", "已恢复原状3项，其余的正在恢复"]
            {
                browser.see(words).await?;
            }
            browser.look("12-going-back").await
        });
        step.await?;
        let step = stage.step("everything is as it was", async {
            self.pension_office(true).await?;
            for step in DONE {
                until_within(NEXT_TRY, &format!("{step} is undone"), async || {
                    let state = state_of(&self.daughter, &self.number, step).await?;
                    Ok((state == "undone").then_some(()))
                })
                .await?;
            }
            let one = until("the one-thing has ended", async || {
                let one = show(&self.daughter, &self.number).await?;
                Ok((one["state"] == "terminated").then_some(one))
            });
            let one = one.await?;
            in_order(&one["history"])?;
            browser.open(&self.page()).await?;
            for words in ["已恢复原状5项", "户口已经恢复", "另行恢复", "民法典 51"]
            {
                browser.see(words).await?;
            }
            browser.look("13-back").await?;
            look_until(stage, "/my", "死亡登记已经撤销").await?;
            browser.look("14-messages").await?;
            stage.officer("county").await?;
            browser.open(&self.page()).await?;
            browser.see("已恢复原状").await?;
            browser.look("15-county").await?;
            browser.open("/one-things/desk").await?;
            browser.see_not(&self.number).await
        });
        step.await
    }

    /// The wife is married, and reads it herself.
    pub(super) async fn married_again(&self) -> anyhow::Result<()> {
        let (stage, browser) = (self.stage, &self.stage.browser);
        let step = stage.step("the marriage stands again", async {
            let registrar = stage.suite.sign_in("hall3").await?;
            until("she is married", async || {
                let status = marital_status(&registrar, &self.wife).await?;
                Ok((status == "初婚").then_some(()))
            })
            .await?;
            stage.citizen(&self.wife_login).await?;
            for words in ["婚姻关系有效", "您现在的婚姻状况：已婚"] {
                look_until(stage, "/my", words).await?;
            }
            browser.look("16-wife").await
        });
        step.await
    }

    /// The review ends; the missed month is paid; he reads it himself.
    pub(super) async fn paid_again(&self) -> anyhow::Result<()> {
        let (stage, browser) = (self.stage, &self.stage.browser);
        let step = stage.step("the review ends, the missed month is paid", async {
            let back = format!("2026年10月，280.00元，{PAID_WITHOUT_HIM}");
            until("the month is made up for", async || {
                let case = self.county.case(&self.aid).await?;
                let found = case.rows("补发").any(|row| row == back);
                Ok(found.then_some(()))
            })
            .await?;
            paid(&self.county, &self.aid, "2026年10月（补发），280.00元").await?;
            let case = self.county.case(&self.aid).await?;
            ensure!(
                case.row("每月金额")? == "840.00元",
                "{:?}",
                case.row("每月金额")
            );
            ensure!(case.state() != "death_review", "the review goes on");
            ensure!(case.clock("death_review").is_err(), "{}", case.0["clocks"]);
            stage.officer("township").await?;
            browser.open(&format!("/cases/{}", self.aid)).await?;
            browser.see("登记死亡后撤销的成员").await?;
            browser.look("17-aid-office").await?;
            stage.citizen(&self.man_login).await?;
            browser.open(&format!("/cases/{}", self.aid)).await?;
            browser.see("补发").await?;
            browser.see("280.00元").await?;
            browser.look("18-aid-own").await?;
            look_until(stage, "/my", "少发的会补发").await?;
            browser.look("19-own-messages").await
        });
        step.await?;
        let step = stage.step("the next month is whole", async {
            stage
                .suite
                .clock()
                .set_day(jiff::civil::date(2026, 11, 10), 9)
                .await?;
            paid(&self.county, &self.aid, "2026年11月，840.00元").await
        });
        step.await
    }
}

/// The household comes back after everything that rests on it.
fn in_order(history: &serde_json::Value) -> anyhow::Result<()> {
    let history = history.as_array().context("no history")?;
    let at = |step: &str| {
        let undone = |one: &serde_json::Value| one["step"] == step && one["kind"] == "undone";
        let found = history.iter().position(undone);
        found.with_context(|| format!("{step} was not undone: {history:?}"))
    };
    let household = at("household")?;
    for step in ["medical", "pension", "cards"] {
        ensure!(at(step)? < household, "{step} after the household");
    }
    Ok(())
}
