//! A neighbour objects to a notice without a name: the investigation opens again,
//! and nothing is confirmed before the objection is settled.

use anyhow::ensure;
use serde_json::json;
use yiwang_e2e::{Family, Office, Suite, journey};

use crate::hands::*;

#[tokio::test]
async fn an_anonymous_neighbour_reopens_the_investigation() -> anyhow::Result<()> {
    journey("objection", Suite::builder(), async |stage| {
        let browser = &stage.browser;
        let family = Family::new(3);
        let (citizen, login) = family.register(&stage.suite).await?;
        let number = family.submit(&citizen).await?.number().to_owned();
        let office = Office::open(&stage.suite).await?;
        office.accept(&number).await?;
        office.investigate(&stage.suite, &number).await?;
        let (_, notice) = office.publish(&number).await?;

        stage
            .step(
                "an empty objection is refused, nothing typed is lost",
                async {
                    stage.stranger().await?;
                    browser.open(&format!("/notices/{notice}")).await?;
                    browser.fill("联系电话", "0719-4221234").await?;
                    go_nowhere(browser, "提交意见").await?;
                    browser.look("01-empty").await?;
                    ensure!(
                        browser.value("联系电话").await? == "0719-4221234",
                        "the phone number is lost"
                    );
                    browser.fill("联系电话", "").await
                },
            )
            .await?;
        stage
            .step("an objection without a name", async {
                browser
                    .fill("您了解的情况", "这家人在镇上有门面房。<b>请查</b>")
                    .await?;
                go_on(browser, "提交意见").await?;
                browser.look("02-thanks").await?;
                browser.see("收到").await
            })
            .await?;
        stage
            .step(
                "the township sees it and what it says; the public does not",
                async {
                    office.wait_for(&number, "objected").await?;
                    let refused = office
                        .refusal(&office.township, &number, "report_to_county", &json!({}))
                        .await?;
                    ensure!(refused == "OBJECTION_OPEN", "{refused}");
                    stage.officer("township").await?;
                    browser.open(&format!("/cases/{number}")).await?;
                    browser.see("公示有异议").await?;
                    browser.see("收到异议1件").await?;
                    browser.look("03-objected").await?;
                    stage.stranger().await?;
                    browser.open(&format!("/notices/{notice}")).await?;
                    browser.see_not("门面房").await
                },
            )
            .await?;
        stage
            .step(
                "the applicant sees that somebody objected, not who or what",
                async {
                    stage.citizen(&login).await?;
                    browser.open(&format!("/cases/{number}")).await?;
                    browser.see("公示有异议").await?;
                    browser.see_not("门面房").await?;
                    browser.look("04-citizen-objected").await
                },
            )
            .await?;
        stage
            .step(
                "looked at again; a new opinion answers the objection and hangs out again",
                async {
                    act(stage, "township", &number, "重新调查", &[]).await?;
                    let opinion = [
                        ("建议给予最低生活保障", "是"),
                        ("初审意见", "人均收入仍低于标准。"),
                    ];
                    open_task(stage, "township", &number, "提出初审意见").await?;
                    for (question, value) in opinion {
                        browser
                            .answer(&format!("提出初审意见 › {question}"), value)
                            .await?;
                    }
                    browser.click_within("提出初审意见", "提出初审意见").await?;
                    browser.see("请填写核查结果").await?;
                    browser.look("05-result-wanted").await?;
                    finish_task(
                        stage,
                        "提出初审意见",
                        &[("异议核查结果", "门面房系其兄所有，异议不属实。")],
                    )
                    .await?;
                    let again = office
                        .refusal(&office.township, &number, "report_to_county", &json!({}))
                        .await?;
                    ensure!(again == "NOTICE_RUNNING", "{again}");
                    act(
                        stage,
                        "township",
                        &number,
                        "公示",
                        &[("张贴地点", "明清村村务公开栏")],
                    )
                    .await?;
                    office.let_notice_end(&stage.suite, &number).await?;
                    let case = office.confirm(&number).await?;
                    ensure!(case.state() == "confirmed", "{}", case.state());
                    Ok(())
                },
            )
            .await
    })
    .await
}

/// Presses a button whose form is complained about.
async fn go_nowhere(browser: &yiwang_e2e::Browser, button: &str) -> anyhow::Result<()> {
    browser.click_in_main(button).await?;
    ensure!(
        no_complaints(browser).await.is_err(),
        "nothing was complained about"
    );
    Ok(())
}
