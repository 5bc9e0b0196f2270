//! 寻亲返乡一件事 beside it all: the station files it once he is known; return, needs and departments
//! are seen under one number.

use anyhow::Context;
use yiwang_e2e::{
    Api,
    tasks::{answer, choose, go_on},
    until,
};

use super::{FATHER, HOME, OldMan, father_number};

impl OldMan<'_> {
    /// What he will need at home, in one form; gives the number.
    pub(super) async fn one_thing(&self) -> anyhow::Result<String> {
        let (stage, browser) = (self.stage, self.browser());
        let step = stage.step("the station files his way home", async {
            stage.officer("rescue1").await?;
            browser.open("/one-things").await?;
            browser.see("寻亲返乡一件事").await?;
            browser.open("/one-things/new/homecoming").await?;
            let he = [("返乡人员姓名", FATHER), ("身份证号码", &father_number())];
            answer(browser, &he).await?;
            choose(browser, "户籍所在地", &HOME).await?;
            answer(browser, &[("联系电话", "13800000022")]).await?;
            browser.look("60-home-who").await?;
            go_on(browser, "下一步").await?;
            let needs = [
                ("户口已经注销", "否"),
                ("没有医保", "是"),
                ("可能有残疾", "是"),
                ("生活没有着落", "否"),
            ];
            answer(browser, &needs).await?;
            browser.look("61-home-needs").await?;
            go_on(browser, "下一步").await?;
            go_on(browser, "提交").await?;
            let path = browser.path().await?;
            let number = path
                .strip_prefix("/one-things/")
                .and_then(|rest| rest.split('?').next());
            let number = number.with_context(|| path.clone())?.to_owned();
            let station = stage.suite.sign_in("rescue1").await?;
            reach(&station, &number, "identified", "done").await?;
            reach(&station, &number, "medical", "done").await?;
            reach(&station, &number, "returned", "waiting").await?;
            Ok(number)
        });
        step.await
    }

    /// He is at home, and the township has listed what he needs: only the visits are left.
    pub(super) async fn seen(&self, number: &str) -> anyhow::Result<()> {
        let (stage, browser) = (self.stage, self.browser());
        let step = stage.step("one number shows the whole way home", async {
            let station = stage.suite.sign_in("rescue1").await?;
            for done in ["returned", "disability", "needs"] {
                reach(&station, number, done, "done").await?;
            }
            reach(&station, number, "settled", "waiting").await?;
            stage.officer("rescue1").await?;
            browser.open(&format!("/one-things/{number}")).await?;
            browser.see("回访、生活稳固").await?;
            browser.look("62-home-whole").await
        });
        step.await
    }
}

/// Waits for a step's state.
async fn reach(who: &Api, number: &str, step: &str, wanted: &str) -> anyhow::Result<()> {
    let what = format!("{step} is {wanted}");
    until(&what, async || {
        let one = who.get(&format!("/api/v1/one-things/{number}")).await?;
        let one = one.expect(200)?.json()?;
        let steps = one["steps"].as_array().context("no steps")?;
        let found = steps.iter().find(|one| one["code"] == step);
        let state = found.and_then(|one| one["state"].as_str());
        Ok((state == Some(wanted)).then_some(()))
    })
    .await
}
