//! Before a death is saved, the officer reads whose marriage and whose allowance it ends; before it
//! is taken back, what comes back.

use anyhow::ensure;
use serde_json::{Value, json};
use yiwang_e2e::{
    Family, Person, Suite, TOWNSHIP, id_number, journey,
    tasks::{act, open_task},
    until,
};

use crate::steps::{applied, granted, married};

const HUSBAND: &str = "何大山";
const WIFE: &str = "王桂英";
const CHECK: &str = "核对入库";
const VOID: &str = "同意作废";

fn husband() -> String {
    id_number("420323", "19790315", 921)
}
fn wife() -> String {
    id_number("420323", "19810622", 306)
}

/// As the clinic printed it.
fn certificate(died_on: &str) -> Value {
    json!({
        "applicant": { "name": WIFE, "document": "citizen_id", "id_number": wife(),
            "relation": "spouse", "phone": "13871234567" },
        "dead": { "name": HUSBAND, "document": "citizen_id", "id_number": husband(),
            "household": TOWNSHIP, "ethnicity": "01", "died_on": died_on, "died_time": "03:20" },
        "place": { "kind": "home", "division": TOWNSHIP, "cause": "natural" },
        "paper": { "number": husband(), "signer": "primary", "issuer": "124212244200000010",
            "issuer_name": "城关镇卫生院", "signed_on": died_on },
    })
}

#[tokio::test]
async fn an_officer_sees_what_a_death_touches_before_it_is_saved() -> anyhow::Result<()> {
    journey("ripple", Suite::builder(), async |stage| {
        let (suite, browser) = (&stage.suite, &stage.browser);
        let aid = stage
            .step("a couple, and their household on 低保", async {
                let (citizen, _) = suite.register(HUSBAND, &husband()).await?;
                let mut form = Family::new(1).form();
                form["applicant"]["id_number"] = json!(husband());
                form["members"][0]["id_number"] = json!(wife());
                let case = applied(&citizen, &form).await?;
                granted(suite, &case).await?;
                let (man, woman) = (Person::new(HUSBAND, husband()), Person::new(WIFE, wife()));
                married(suite, &man, &woman).await?;
                Ok(case)
            })
            .await?;
        let today = suite.clock().today().await?.to_string();
        let township = suite.sign_in("township").await?;
        let paper = township
            .submit("death-certificate", TOWNSHIP, &certificate(&today), &[])
            .await?;
        let number = paper.number();
        stage
            .step("what it will set going stands beside the button", async {
                stage.officer("county").await?;
                open_task(browser, number, CHECK).await?;
                browser.see("办了以后，会带动这些").await?;
                browser.see(&aid).await?;
                browser.see("逝者的一份从死亡次月起停发").await?;
                browser.see("配偶登记为丧偶").await?;
                browser.look("01-before").await?;
                let county = suite.sign_in("county").await?;
                let path = format!("/api/v1/cases/{number}/actions/check/ripple");
                let seen = county.get(&path).await?.expect(200)?.json()?;
                ensure!(seen["change"] == "death", "{seen}");
                let touched = seen["touched"].as_array().map_or(0, Vec::len);
                ensure!(touched == 2, "the case and the marriage: {seen}");
                Ok(())
            })
            .await?;
        stage
            .step("and so it comes", async {
                act(browser, number, CHECK, &[("已对照纸质证明原件核对", "是")]).await?;
                let county = suite.sign_in("county").await?;
                until("the household is reviewed", async || {
                    let found = county.case(&aid).await?;
                    Ok((found.state() == "death_review").then_some(()))
                })
                .await
            })
            .await?;
        stage
            .step("taking it back, the approver sees what comes back", async {
                let county = suite.sign_in("county").await?;
                let reasons = json!({"reasons": "签发错误，本人健在"});
                county.act(number, "ask_void", &reasons).await?;
                stage.officer("approver").await?;
                open_task(browser, number, VOID).await?;
                browser.see("停发的一份恢复").await?;
                browser.see("因死亡结束的婚姻恢复").await?;
                browser.look("02-before-void").await?;
                act(
                    browser,
                    number,
                    VOID,
                    &[("理由", "本人到场，核对身份证原件")],
                )
                .await
            })
            .await
    })
    .await
}
