//! A family a little above the line: the one check finds a pension, 低保 is refused, and by the
//! consent given in the form the family is recognised as 低保边缘家庭 without another application.
//! Only then do the departments hear of it that were asked for (rules D4).

use anyhow::ensure;
use serde_json::{Value, json};
use yiwang_e2e::{
    Api, Family, Office, Stage, id_number, journey,
    tasks::{answer, choose, go_on, look_until},
};

use crate::{
    filing::ZHUSHAN,
    steps::{applied, own_number, reaches, show, state_of},
};

/// Declared 1,000 yuan a month, below 3 × 380; the pension of 180 found by the centre lifts the
/// family above it, and 1.5 times the line is far.
const DECLARED_FEN: i64 = 100_000;
const FOUND_FEN: i64 = 118_000;
const REFUSAL: &str = "核对发现每月养老金180元，家庭人均月收入393元，高于每人每月380元的标准。";

#[tokio::test]
async fn a_family_just_above_the_line_is_helped_as_an_edge_family() -> anyhow::Result<()> {
    journey("edge-family", yiwang_e2e::Suite::builder(), async |stage| {
        let (suite, browser) = (&stage.suite, &stage.browser);
        let mut family = Family::new(7);
        family.spouse.1 = id_number("420323", "19810622", 908);
        let (citizen, login) = family.register(suite).await?;
        let number = stage
            .step("one form, with the consent for the next class", async {
                stage.citizen(&login).await?;
                wanted(stage, &citizen).await
            })
            .await?;
        let case = stage
            .step("the one application", async {
                let mut form = family.form();
                form["applicant"]["about"]["income"]["business"] = json!(DECLARED_FEN);
                let case = applied(&citizen, &form).await?;
                browser.open(&format!("/one-things/{number}")).await?;
                go_on(browser, "已经办好").await?;
                reaches(&citizen, &number, "applied", "done").await?;
                Ok(case)
            })
            .await?;
        stage
            .step(
                "checked once: above the line, refused",
                refused(stage, &case),
            )
            .await?;
        stage
            .step("the family reads its class; nobody was told yet", async {
                reaches(&citizen, &number, "classified", "done").await?;
                reaches(&citizen, &number, "edge", "waiting").await?;
                for step in ["medical", "education", "disability"] {
                    let state = state_of(&citizen, &number, step).await?;
                    ensure!(state == "blocked", "{step} is {state}");
                }
                stage.citizen(&login).await?;
                browser.open(&format!("/one-things/{number}")).await?;
                browser.see("不符合低保，属于低保边缘家庭。").await?;
                browser.see("不用再申请、不用再交材料").await?;
                browser.look("03-classified").await?;
                browser.open(&format!("/cases/{case}")).await?;
                browser.look("04-refused").await
            })
            .await?;
        stage
            .step("the county recognises it from the same check", async {
                stage.officer("county").await?;
                browser.open("/one-things/desk").await?;
                browser.see(&number).await?;
                browser.open(&format!("/one-things/{number}")).await?;
                browser.see("用同一次核对的结果认定，不用再申请").await?;
                let reason = ("原因（申请人会看到", "已认定为低保边缘家庭。");
                answer(browser, &[reason]).await?;
                browser.look("05-officer").await?;
                go_on(browser, "已经办好").await?;
                reaches(&citizen, &number, "edge", "done").await
            })
            .await?;
        stage
            .step("who was asked for helps, nobody else has a ticket", async {
                tickets(&citizen, &number).await?;
                stage.citizen(&login).await?;
                browser.open(&format!("/one-things/{number}")).await?;
                browser.see("已全部办结").await?;
                browser.see("已认定为低保边缘家庭。").await?;
                browser.look("06-done").await
            })
            .await
    })
    .await
}

/// What help is wanted; gives the number.
async fn wanted(stage: &Stage, citizen: &Api) -> anyhow::Result<String> {
    let browser = &stage.browser;
    browser.open("/one-things/new/hardship").await?;
    choose(browser, "住在哪里", &ZHUSHAN).await?;
    let you = [("联系电话", "13871234567"), ("低保申请", "还没有申请")];
    answer(browser, &you).await?;
    go_on(browser, "下一步").await?;
    let help = [
        ("万一不符合低保", "是"),
        ("看病负担重", "是"),
        ("家里有学生", "是"),
        ("住房困难", "否"),
        ("有人能工作", "否"),
        ("家里有残疾人", "是"),
        ("水、电、气", "否"),
        ("我同意", "√"),
    ];
    answer(browser, &help).await?;
    browser.look("01-consent").await?;
    go_on(browser, "下一步").await?;
    go_on(browser, "提交").await?;
    // The first page may be older than the step.
    let number = own_number(citizen).await?;
    let page = format!("/one-things/{number}");
    look_until(stage, &page, "家里的情况只填这一次").await?;
    browser.look("02-asks").await?;
    Ok(number)
}

/// The centre finds more than was declared; the family is told, and the county refuses.
async fn refused(stage: &Stage, case: &str) -> anyhow::Result<()> {
    let office = Office::open(&stage.suite).await?;
    office.accept(case).await?;
    let checked = office.investigate(&stage.suite, case).await?;
    ensure!(checked.row("结果")? != "与申报一致", "nothing was found");
    let township: [(&str, Value); 5] = [
        (
            "tell_check_failure",
            json!({"text": "核对发现每月养老金180元，申报里没有。"}),
        ),
        ("resume_investigation", json!({})),
        ("record_findings", json!({"yearly_income": FOUND_FEN * 12})),
        (
            "give_first_opinion",
            json!({"recommend": false, "reasons": REFUSAL}),
        ),
        ("report_to_county", json!({})),
    ];
    yiwang_e2e::tasks::acts(&office.township, case, &township).await?;
    office.county.act(case, "review", &json!({})).await?;
    let reasons = json!({"reasons": REFUSAL});
    office.approver.act(case, "reject", &reasons).await?;
    Ok(())
}

/// A department that has a ticket has given it a number.
async fn tickets(citizen: &Api, number: &str) -> anyhow::Result<()> {
    for step in ["medical", "education", "disability"] {
        reaches(citizen, number, step, "done").await?;
    }
    let one = show(citizen, number).await?;
    ensure!(one["state"] == "done", "{one}");
    let steps = one["steps"].as_array().into_iter().flatten();
    for step in steps {
        let code = step["code"].as_str().unwrap_or_default();
        let (wanted, ticket) = match code {
            "medical" | "education" | "disability" => ("done", true),
            "housing" | "employment" | "utilities" => ("not_needed", false),
            _ => ("done", false),
        };
        let has = step["number"]
            .as_str()
            .is_some_and(|found| !found.is_empty());
        ensure!(step["state"] == wanted && has == ticket, "{code}: {step}");
    }
    Ok(())
}
