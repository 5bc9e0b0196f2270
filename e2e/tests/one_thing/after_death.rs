//! A daughter whose father died yesterday. She files once; the departments do their parts in their
//! order, one refuses and the others go on, an officer settles it, and nothing is left to do.

use anyhow::{Context, ensure};
use serde_json::json;
use yiwang_e2e::{
    Browser, Family, Suite, TOWNSHIP, id_number, journey,
    tasks::{answer, choose, go_on},
    until,
};

use crate::steps::{applied, granted, married, reaches, show, state_of};

const FATHER: &str = "何大山";
const DAUGHTER: &str = "何小莲";

/// The register of households has him under another name: the sandbox's police refuse at first.
fn father() -> String {
    id_number("420323", "19790315", 921)
}

const MOTHER: &str = "王桂英";

fn mother() -> String {
    id_number("420323", "19810622", 306)
}

#[tokio::test]
async fn a_daughter_files_once_and_every_office_does_its_part() -> anyhow::Result<()> {
    journey("after-death", Suite::builder(), async |stage| {
        let (suite, browser) = (&stage.suite, &stage.browser);
        let case = stage
            .step("the father's household draws 低保", assisted(suite))
            .await?;
        married(suite, (FATHER, &father()), (MOTHER, &mother())).await?;
        let died_on = suite.clock().today().await?;
        stage
            .step("he dies: the household is reviewed", async {
                dies(suite, &died_on.to_string()).await?;
                let office = suite.sign_in("county").await?;
                until("the household is reviewed", async || {
                    let found = office.case(&case).await?;
                    Ok((found.state() == "death_review").then_some(()))
                })
                .await
            })
            .await?;
        let daughter_id = id_number("420323", "20040512", 324);
        let (daughter, login) = suite.register(DAUGHTER, &daughter_id).await?;
        let number = stage
            .step("one form, nothing asked twice", async {
                stage.citizen(&login).await?;
                browser.open("/").await?;
                browser.see("一件事").await?;
                browser.open("/one-things").await?;
                browser.look("01-one-things").await?;
                browser.open("/one-things/new/after-death").await?;
                go_on_empty(browser).await?;
                browser.look("02-dead").await?;
                answer(
                    browser,
                    &[
                        ("逝者姓名", FATHER),
                        ("逝者身份证号码", &father()),
                        ("去世日期", &died_on.to_string()),
                    ],
                )
                .await?;
                choose(
                    browser,
                    "逝者户籍所在地",
                    &["湖北省", "十堰市", "竹山县", "城关镇"],
                )
                .await?;
                go_on(browser, "下一步").await?;
                answer(
                    browser,
                    &[("您是逝者的", "子女"), ("联系电话", "13871234567")],
                )
                .await?;
                go_on(browser, "下一步").await?;
                answer(browser, &[("后事怎么办", "按当地规定土葬，不火化")]).await?;
                go_on(browser, "下一步").await?;
                answer(
                    browser,
                    &[
                        ("注销驾驶证", "是"),
                        ("医保停保、支取个人账户", "是"),
                        ("养老待遇、丧葬补助金和抚恤金", "是"),
                        ("提取住房公积金", "否"),
                        ("您本人的银行账号", "6217004201234567890"),
                        ("我同意", "√"),
                    ],
                )
                .await?;
                browser.look("03-together").await?;
                go_on(browser, "下一步").await?;
                browser.look("04-review").await?;
                go_on(browser, "提交").await?;
                browser.see("每一步").await?;
                browser.look("05-filed").await?;
                let own = daughter
                    .get("/api/v1/one-things")
                    .await?
                    .expect(200)?
                    .json()?;
                let number = own["one_things"][0]["number"].as_str();
                Ok(number.context("no number")?.to_owned())
            })
            .await?;
        stage
            .step("the police refuse, the others go on", async {
                reaches(&daughter, &number, "household", "stuck").await?;
                for step in [
                    "kinship", "sole", "death", "licence", "benefits", "marriage",
                ] {
                    reaches(&daughter, &number, step, "done").await?;
                }
                ensure!(
                    state_of(&daughter, &number, "pension").await? == "blocked",
                    "before the household register"
                );
                browser.open(&format!("/one-things/{number}")).await?;
                browser.see("工作人员在处理").await?;
                browser.look("06-refused").await
            })
            .await?;
        stage
            .step("an officer settles it", async {
                stage.officer("county").await?;
                browser.open("/one-things/desk").await?;
                browser.see(&number).await?;
                browser.look("07-desk").await?;
                browser.open(&format!("/one-things/{number}")).await?;
                browser
                    .fill("原因（申请人会看到", "姓名已由派出所更正，重新送办。")
                    .await?;
                browser.look("08-officer").await?;
                go_on(browser, "重新办理").await
            })
            .await?;
        stage
            .step("everything that may be done is done", async {
                for step in ["household", "medical", "pension", "cards"] {
                    reaches(&daughter, &number, step, "done").await?;
                }
                let one = show(&daughter, &number).await?;
                ensure!(one["state"] == "done", "{one}");
                stage.citizen(&login).await?;
                browser.open(&format!("/one-things/{number}")).await?;
                browser.look("09-done").await?;
                let inbox = daughter
                    .get("/api/v1/messages?limit=100")
                    .await?
                    .expect(200)?;
                ensure!(inbox.text().contains(&number), "no message");
                browser.open("/my").await?;
                browser.see("公民身后一件事").await?;
                browser.look("10-mine").await
            })
            .await
    })
    .await
}

/// The form complains about what is empty, and keeps nothing back.
async fn go_on_empty(browser: &Browser) -> anyhow::Result<()> {
    browser.click_in_main("下一步").await?;
    browser.see("逝者姓名").await
}

/// His case of 低保, confirmed.
async fn assisted(suite: &Suite) -> anyhow::Result<String> {
    let (citizen, _) = suite.register(FATHER, &father()).await?;
    let mut form = Family::new(1).form();
    form["applicant"]["id_number"] = json!(father());
    form["members"][0]["id_number"] = json!(mother());
    let case = applied(&citizen, &form).await?;
    granted(suite, &case).await?;
    Ok(case)
}

/// The health department signs the death certificate.
async fn dies(suite: &Suite, day: &str) -> anyhow::Result<()> {
    let url = suite.sandbox_url("/sandbox/v1/certificates")?;
    let certificate = json!({
        "kind": "signed", "number": father(), "name": FATHER,
        "document": { "kind": "citizen_id", "number": father() },
        "household": TOWNSHIP, "ethnicity": "01", "died_at": format!("{day}T03:20:00+08:00"),
        "place": TOWNSHIP, "place_kind": "home", "cause": "natural", "signer": "clinic",
        "issuer": "124212244200000010", "issuer_name": "竹山县人民医院", "signed_on": day,
    });
    let http = reqwest::Client::builder().no_proxy().build()?;
    let added = http.post(url).json(&certificate).send().await?;
    ensure!(added.status().is_success(), "{}", added.text().await?);
    Ok(())
}
