//! One officer asks, another decides; neither alone.

use anyhow::ensure;
use yiwang_e2e::tasks::{answer, go_on};

use super::Play;

const REASON: &str = "本人到窗口说明，派出所核实证明上的号码写错。";

impl Play<'_> {
    /// The county asks; nothing changes by it.
    pub(super) async fn asked(&self) -> anyhow::Result<()> {
        let (stage, browser) = (self.stage, &self.stage.browser);
        let step = stage.step("the county looks at the certificate and asks", async {
            stage.officer("county").await?;
            browser.open("/home/deaths").await?;
            browser.fill("死亡证明编号", &self.man.id_number).await?;
            browser.click_in_main("查询").await?;
            browser.see("有效").await?;
            browser.look("06-certificate").await?;
            browser.click_in_main("提出撤销").await?;
            let asked = [
                ("死亡证明编号", self.man.id_number.as_str()),
                ("理由和依据", REASON),
            ];
            answer(browser, &asked).await?;
            browser.look("07-ask").await?;
            go_on(browser, "提出撤销").await?;
            browser.see("已经提出撤销，等审批人员决定").await?;
            browser.see(REASON).await?;
            browser.look("08-asked").await?;
            ensure!(!browser.offers("决定").await?, "who asked may decide");
            Ok(())
        });
        step.await?;
        let step = stage.step("until another has agreed it stands", async {
            stage.citizen(&self.daughter_login).await?;
            browser.open(&self.page()).await?;
            browser.see("已全部办结").await?;
            browser.look("09-still-done").await?;
            self.aid_is("death_review").await.map(drop)
        });
        step.await
    }

    /// The approver agrees; one department is away just then.
    pub(super) async fn agreed(&self) -> anyhow::Result<()> {
        let (stage, browser) = (self.stage, &self.stage.browser);
        self.pension_office(false).await?;
        let step = stage.step("another officer agrees", async {
            stage.officer("approver").await?;
            browser.open("/home/deaths").await?;
            browser.see(REASON).await?;
            browser.click_in_main("决定").await?;
            browser.see(REASON).await?;
            browser.see("因死亡结束的婚姻恢复").await?;
            browser.see("停发的一份恢复").await?;
            let decision = [("是否同意撤销", "是"), ("理由", "材料齐全，人还健在。")];
            answer(browser, &decision).await?;
            browser.look("10-decide").await?;
            go_on(browser, "决定").await?;
            browser.see("已经决定").await?;
            browser.see_not(REASON).await?;
            browser.look("11-decided").await
        });
        step.await
    }

    /// Whether the social insurance office answers about pensions that come back.
    pub(super) async fn pension_office(&self, answers: bool) -> anyhow::Result<()> {
        let url = self.stage.suite.sandbox_url("/sandbox/v1/behaviour")?;
        let http = reqwest::Client::builder().no_proxy().build()?;
        let rule = serde_json::json!({
            "department": "social-insurance", "key_contains": ".pension.undo", "times": 0,
            "behave": ["down"],
        });
        let request = match answers {
            true => http.delete(url),
            false => http.post(url).json(&rule),
        };
        request.send().await?.error_for_status()?;
        Ok(())
    }

    pub(super) fn page(&self) -> String {
        format!("/one-things/{}", self.number)
    }
}
