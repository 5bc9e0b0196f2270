//! The ashes come to lie under a tree: the subsidy is applied for without anybody asking.

use anyhow::Context;
use jiff::civil::{Date, date};
use serde_json::json;
use sqlx::Connection as _;
use yiwang_e2e::{photo, until};

use super::{Play, TOWN};
use crate::steps::{reaches, show};

/// 青松公益性公墓 of 通山县, and its trees.
const CEMETERY: &str = "421224100-GM01";
const TREES: &str = "香樟树葬区";
const PLACED: Date = date(2026, 9, 10);

impl Play<'_> {
    /// A tree, and the burial with a witness, signed by the daughter.
    pub(super) async fn laid(&self, certificate: &str) -> anyhow::Result<()> {
        let (staff, daughter, father) = (&self.staff, &self.daughter, &self.father);
        let step = self.stage.step("the ashes are laid under a tree", async {
            let path = format!("/api/v1/burial/cemeteries/{CEMETERY}/plan?area={TREES}");
            let plan = self.api.get(&path).await?.expect(200)?.json()?;
            let spots = plan["spots"].as_array().context("no plan")?;
            let free = spots.iter().find(|spot| spot["free"] == true);
            let spot = free
                .and_then(|spot| spot["id"].as_str())
                .context("no tree")?;
            let wish = json!({"spot": spot});
            self.api
                .post("/api/v1/burial/holds", &wish)
                .await?
                .expect(201)?;
            let form = json!({
                "handler": { "name": daughter.name, "id_number": daughter.id_number,
                    "phone": "13871234567", "relation": "child" },
                "user": { "name": father.name, "id_number": father.id_number, "household": TOWN },
                "death_certificate": father.id_number, "cremation_certificate": certificate,
                "facility": CEMETERY, "spot": spot,
            });
            let case = self.api.submit("grave", TOWN, &form, &[]).await?;
            let number = case.number();
            staff.first.act(number, "accept", &json!({})).await?;
            let sign = json!({"receipt": "惠民减免", "maintenance_years": 0});
            staff.first.act(number, "sign", &sign).await?;
            self.stage.suite.clock().set_day(PLACED, 10).await?;
            let photo = staff.first.upload("photo", "tree.jpg", photo()).await?;
            let laid = json!({
                "urn": self.urn(certificate).await?, "witness": "林守山",
                "photo": [photo.file_id], "place": TREES, "on": PLACED.to_string(),
            });
            staff.first.act(number, "lay", &laid).await?;
            let seen = json!({"seen": true});
            until("the daughter signs", async || {
                let reply = self.api.act_reply(number, "family_sign", &seen).await?;
                Ok((reply.status == 200).then_some(()))
            })
            .await
        });
        step.await
    }

    /// The engine has applied for it; the register says that it is true.
    pub(super) async fn subsidised(&self, number: &str) -> anyhow::Result<()> {
        let (stage, browser) = (self.stage, &self.stage.browser);
        let step = stage.step("the subsidy is applied for by itself", async {
            for step in ["ashes", "eco-subsidy"] {
                reaches(&self.api, number, step, "done").await?;
            }
            let one = show(&self.api, number).await?;
            let steps = one["steps"].as_array().context("no steps")?;
            let filed = steps.iter().find(|step| step["code"] == "eco-subsidy");
            let filed = filed.and_then(|step| step["number"].as_str());
            let case = self.api.case(filed.context("no case")?).await?;
            anyhow::ensure!(case.state() == "verified", "{}", case.state());
            anyhow::ensure!(one["state"] == "done", "{one}");
            stage.citizen(&self.login).await?;
            browser.open(&format!("/one-things/{number}")).await?;
            browser.see("申请生态安葬奖补").await?;
            browser.see("已全部办结").await?;
            browser.look("19-subsidised").await
        });
        step.await
    }

    /// What stands on the label of the urn that this certificate goes with.
    async fn urn(&self, certificate: &str) -> anyhow::Result<String> {
        let url = self.stage.suite.database_url("burial")?;
        let mut conn = sqlx::PgConnection::connect(&url).await?;
        let number = sqlx::query_scalar(
            "select number from burial.urn join burial.cremation using (body)
              where certificate = $1",
        )
        .bind(certificate);
        Ok(number.fetch_one(&mut conn).await?)
    }
}
