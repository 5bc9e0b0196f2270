//! A family in need says what help it wants, applies once and is checked once; the departments hear
//! the class and do their parts. It rates the office badly, and is answered by somebody who does not
//! learn who it was.

use anyhow::ensure;
use yiwang_e2e::{
    Family, Suite, journey,
    tasks::{answer, choose, go_on, look_until},
};

use crate::steps::{applied, granted, own_number, reaches, show, state_of};

#[tokio::test]
async fn one_application_and_one_check_bring_every_help_that_was_asked_for() -> anyhow::Result<()> {
    journey("hardship", Suite::builder(), async |stage| {
        let (suite, browser) = (&stage.suite, &stage.browser);
        let family = Family::new(1);
        let (name, id) = &family.applicant;
        let (citizen, login) = suite.register(name, id).await?;
        let number = stage
            .step("what help is wanted, in one form", async {
                stage.citizen(&login).await?;
                browser.open("/").await?;
                browser.see("困难群众救助一件事").await?;
                browser.open("/one-things/new/hardship").await?;
                browser.look("01-who").await?;
                choose(
                    browser,
                    "住在哪里",
                    &["湖北省", "十堰市", "竹山县", "城关镇"],
                )
                .await?;
                answer(
                    browser,
                    &[("联系电话", "13871234567"), ("低保申请", "还没有申请")],
                )
                .await?;
                go_on(browser, "下一步").await?;
                answer(
                    browser,
                    &[
                        ("万一不符合低保", "是"),
                        ("看病负担重", "是"),
                        ("家里有学生", "是"),
                        ("住房困难", "否"),
                        ("有人能工作", "否"),
                        ("家里有残疾人", "否"),
                        ("水、电、气", "是"),
                        ("我同意", "√"),
                    ],
                )
                .await?;
                browser.look("02-help").await?;
                go_on(browser, "下一步").await?;
                go_on(browser, "提交").await?;
                // The first page may be older than the step.
                let number = own_number(&citizen).await?;
                let page = format!("/one-things/{number}");
                look_until(stage, &page, "家里的情况只填这一次").await?;
                ensure!(
                    browser.offers("填写低保申请").await?,
                    "no way to the application"
                );
                browser.look("03-asks").await?;
                Ok(number)
            })
            .await?;
        stage
            .step(
                "the one application; nothing goes to a department before the check",
                async {
                    let case = applied(&citizen, &family.form()).await?;
                    browser.open(&format!("/one-things/{number}")).await?;
                    go_on(browser, "已经办好").await?;
                    reaches(&citizen, &number, "applied", "done").await?;
                    ensure!(
                        state_of(&citizen, &number, "medical").await? == "blocked",
                        "too early"
                    );
                    granted(suite, &case).await
                },
            )
            .await?;
        stage
            .step(
                "each department does its part; nobody is an edge family",
                async {
                    for step in ["medical", "education", "utilities"] {
                        reaches(&citizen, &number, step, "done").await?;
                    }
                    for step in ["edge", "housing", "employment", "disability"] {
                        reaches(&citizen, &number, step, "not_needed").await?;
                    }
                    let one = show(&citizen, &number).await?;
                    ensure!(one["state"] == "done", "{one}");
                    browser.open(&format!("/one-things/{number}")).await?;
                    browser.look("04-done").await
                },
            )
            .await?;
        stage
            .step("the family is not content, and says so once", async {
                browser.open(&format!("/one-things/{number}")).await?;
                browser.click_in_main("评价这次办事").await?;
                browser.click_in_main("提交评价").await?;
                browser.see("您满意吗").await?;
                browser.look("05-rate").await?;
                answer(
                    browser,
                    &[
                        ("您满意吗", "不满意"),
                        ("想说的话", "问了三次才知道要等多久。"),
                    ],
                )
                .await?;
                go_on(browser, "提交评价").await?;
                browser.see("您的评价是“不满意”").await?;
                browser.look("06-rated").await
            })
            .await?;
        stage
            .step("an officer answers without learning who it was", async {
                stage.officer("county").await?;
                browser.open("/ratings").await?;
                browser.see("问了三次才知道要等多久。").await?;
                let page = browser.text().await?;
                for secret in [name, id, &number] {
                    ensure!(!page.contains(secret), "the page tells who it was");
                }
                browser.look("07-ratings").await?;
                browser
                    .fill("怎样核实", "已经核实，以后受理时写明每一步的时限。")
                    .await?;
                go_on(browser, "答复").await?;
                browser.see("已经答复").await?;
                stage.citizen(&login).await?;
                browser.open("/my").await?;
                browser.see("以后受理时写明每一步的时限").await?;
                browser.look("08-answered").await
            })
            .await
    })
    .await
}
