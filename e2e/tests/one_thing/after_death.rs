//! A daughter whose father died yesterday. She files once; the departments do their parts in their
//! order, one refuses and the others go on, an officer settles it, and nothing is left to do.

use anyhow::ensure;
use yiwang_e2e::{
    Browser, Person, Stage, Suite, TOWNSHIP, certified, id_number, journey,
    tasks::{go_on, look_until},
    until,
};

use crate::{
    filing::{Filing, ZHUSHAN},
    steps::{family_applied, granted, marital_status, married, reaches, show, state_of},
};

const DAUGHTER: &str = "何小莲";

/// The register of households has him under another name: the sandbox's police refuse at first.
fn parents() -> (Person, Person) {
    (
        Person::new("何大山", id_number("420323", "19790315", 921)),
        Person::new("王桂英", id_number("420323", "19810622", 306)),
    )
}

#[tokio::test]
async fn a_daughter_files_once_and_every_office_does_its_part() -> anyhow::Result<()> {
    journey("after-death", Suite::builder(), async |stage| {
        let (suite, browser) = (&stage.suite, &stage.browser);
        let (father, mother) = parents();
        let case = stage
            .step("the father's household draws 低保", async {
                let (case, _) = family_applied(suite, &father, &mother).await?;
                granted(suite, &case).await?;
                Ok(case)
            })
            .await?;
        married(suite, &father, &mother).await?;
        let died_on = suite.clock().today().await?.to_string();
        stage
            .step("he dies: the household is reviewed", async {
                certified(suite, &father, TOWNSHIP, &died_on).await?;
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
                let filing = Filing {
                    dead: &father,
                    died_on: died_on.clone(),
                    household: ZHUSHAN,
                    funeral: "按当地规定土葬，不火化",
                    fetch: None,
                    bank: None,
                    housing_fund: "否",
                };
                filing.hand_in(stage, &daughter).await
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
            .await?;
        widow(stage, (&father, &mother), &case).await
    })
    .await
}

/// What the mother reads of it herself, and what the other offices know.
async fn widow(
    stage: &Stage,
    (father, mother): (&Person, &Person),
    case: &str,
) -> anyhow::Result<()> {
    let (suite, browser) = (&stage.suite, &stage.browser);
    let widow = stage
        .step("an officer has seen the widow's ID card", async {
            let (_, login) = suite.register(mother.name, &mother.id_number).await?;
            suite.verify_identity(&login)?;
            stage.citizen(&login).await?;
            let widow = suite.stranger();
            widow.sign_in(&login, Suite::PASSWORD, None).await
        })
        .await?;
    stage
        .step("she reads that her marriage ended by his death", async {
            let both = format!("{}、{}", father.name, mother.name);
            let ended = "因一方去世，婚姻关系在";
            for words in [both.as_str(), ended, "您现在的婚姻状况：丧偶"] {
                look_until(stage, "/my", words).await?;
            }
            browser.look("11-widow").await?;
            let records = widow.get("/api/v1/marriage/records").await?.expect(200)?;
            let records = records.json()?;
            let state = &records["records"][0]["state"];
            ensure!(state == "ended_death", "{records}");
            Ok(())
        })
        .await?;
    stage
        .step("status, stopped allowance and review are there", async {
            let registrar = suite.sign_in("hall3").await?;
            let status = marital_status(&registrar, mother).await?;
            ensure!(status == "丧偶", "{status}");
            let case = suite.sign_in("county").await?.case(case).await?;
            ensure!(case.state() == "death_review", "{}", case.state());
            ensure!(case.clock("death_review").is_ok(), "{}", case.0["clocks"]);
            case.row("去世成员").map(drop)
        })
        .await
}

/// The form complains about what is empty, and keeps nothing back.
async fn go_on_empty(browser: &Browser) -> anyhow::Result<()> {
    browser.click_in_main("下一步").await?;
    browser.see("逝者姓名").await
}
