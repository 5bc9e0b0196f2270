//! The funeral home's part, and what the family chooses on the page of the funeral.

use super::*;
use serde_json::json;

impl Play<'_> {
    /// The car, the cell; each step signed by two.
    pub(super) async fn fetched(&self, funeral: &str) -> anyhow::Result<()> {
        let (stage, browser, staff) = (self.stage, &self.stage.browser, &self.staff);
        let step = stage.step("the daughter sends the number of the certificate", async {
            browser.open(&format!("/funeral/{funeral}")).await?;
            browser.look("08-missing").await?;
            let page = format!("/cases/{funeral}/actions/send_certificate");
            browser.open(&page).await?;
            let number = [("死亡证明编号", self.father.id_number.as_str())];
            answer(browser, &number).await?;
            browser.look("09-certificate").await?;
            go_on(browser, "登记死亡证明").await
        });
        step.await?;
        let step = stage.step("fetched, received, stored, each signed by two", async {
            let driver = json!({"driver": "方师傅"});
            staff.first.act(funeral, "dispatch", &driver).await?;
            let fetched = json!({
                "place": "通羊镇城南路12号", "condition": "外观完好", "photo": true,
            });
            staff.both(funeral, "pick_up", fetched).await?;
            let tag = staff.tag(funeral).await?;
            let received = json!({"tag": tag, "condition": "与接运时一致"});
            staff.both(funeral, "receive", received).await?;
            staff.both(funeral, "store", json!({"tag": tag})).await?;
            browser.open(&format!("/funeral/{funeral}")).await?;
            browser.see("安放在馆").await?;
            browser.look("10-stored").await
        });
        step.await
    }

    /// A farewell in the house, the hour, the confirmation.
    pub(super) async fn arranged(&self, funeral: &str) -> anyhow::Result<()> {
        let (stage, browser) = (self.stage, &self.stage.browser);
        let page = format!("/funeral/{funeral}");
        let step = stage.step("the daughter chooses the hour and signs", async {
            browser.click_in_main("不用告别厅，火化前告别").await?;
            self.sure().await?;
            go_on(browser, "不用告别厅，火化前告别").await?;
            browser.open(&page).await?;
            browser.click_in_main("选定火化时间").await?;
            browser.click_in_main("9月8日").await?;
            browser.click_within("一号平板炉", "10:00至11:00").await?;
            browser.see("火化时间已经定好").await?;
            browser.click_in_main("签署火化确认书").await?;
            browser.answer("本人是承办人", "是").await?;
            self.sure().await?;
            browser.look("11-confirmation").await?;
            go_on(browser, "签署火化确认书").await?;
            browser.open(&page).await?;
            browser.look("12-ready").await
        });
        step.await
    }

    /// Grave acts are ticked first.
    async fn sure(&self) -> anyhow::Result<()> {
        let browser = &self.stage.browser;
        if browser.has_field("我已经核对").await? {
            browser.tick("我已经核对").await?;
        }
        Ok(())
    }

    /// Farewell, identity, furnace, certificate, bill.
    pub(super) async fn cremated(&self, funeral: &str) -> anyhow::Result<String> {
        let (stage, staff) = (self.stage, &self.staff);
        let (father, daughter) = (&self.father, &self.daughter);
        stage.suite.clock().set_day(CREMATED, 9).await?;
        let step = stage.step("four equal papers, two persons, one furnace", async {
            let tag = staff.tag(funeral).await?;
            let here = json!({"tag": tag});
            let papers = json!({
                "tag": tag, "dead_name": father.name, "dead_number": father.id_number,
                "certificate": father.id_number, "handler_name": daughter.name,
                "handler_number": daughter.id_number, "fits_cause": true,
            });
            staff.both(funeral, "farewell", here.clone()).await?;
            staff.both(funeral, "verify", papers).await?;
            staff.both(funeral, "start_cremation", here.clone()).await?;
            stage.suite.clock().advance("PT1H").await?;
            staff.both(funeral, "finish_cremation", here).await?;
            let certificate = staff.certify(funeral).await?;
            ensure!(!certificate.is_empty(), "no number");
            staff.first.act(funeral, "settle", &json!({})).await?;
            Ok(certificate)
        });
        let certificate = step.await?;
        let step = stage.step("the daughter has the certificate", async {
            until("the certificate", async || {
                let page = self.api.get("/api/v1/certificates").await?;
                let found = page.expect(200)?.text().contains(funeral);
                Ok(found.then_some(()))
            })
            .await
        });
        step.await?;
        Ok(certificate)
    }
}
