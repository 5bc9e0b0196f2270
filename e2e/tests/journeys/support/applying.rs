//! From the first page to an accepted application.

use anyhow::ensure;
use yiwang_e2e::{Family, Stage, photo};

use super::LOGIN;
use crate::hands::*;

pub(super) async fn applies(stage: &Stage, family: &Family) -> anyhow::Result<String> {
    let browser = &stage.browser;
    stage
        .step("registers with name and ID number", async {
            register(stage, &family.applicant.0, &family.applicant.1, LOGIN).await?;
            browser.look("01-registered").await
        })
        .await?;
    stage
        .step("finds the item by searching for 低保", async {
            browser.open("/").await?;
            browser.look("02-home").await?;
            browser.fill("想办什么事", "低保").await?;
            browser.click_in_main("查找").await?;
            browser.click("最低生活保障").await?;
            browser.see("380.00").await?;
            browser.look("03-guide").await?;
            browser.click("现在申请").await
        })
        .await?;
    stage
        .step("fills the form in, step by step", async {
            step_place(browser).await?;
            browser.look("04-where").await?;
            go_on(browser, "下一步").await?;
            step_applicant(browser, family).await?;
            browser.look("05-applicant").await?;
            go_on(browser, "下一步").await?;
            step_members(browser, family).await?;
            browser.look("06-members").await?;
            go_on(browser, "下一步").await?;
            step_assets(browser).await?;
            browser.look("07-assets").await?;
            go_on(browser, "下一步").await?;
            step_hardship(browser).await?;
            browser.look("08-hardship").await?;
            go_on(browser, "下一步").await?;
            step_account(browser, family).await?;
            browser.look("09-account").await?;
            go_on(browser, "下一步").await
        })
        .await?;
    stage
        .step("uploads a photograph", async {
            let file = on_disk(stage.suite.data(), "老屋.jpg", &photo())?;
            browser.attach("其他能说明困难情况的材料", &file).await?;
            browser.see("老屋.jpg").await?;
            browser.look("10-materials").await?;
            go_on(browser, "下一步").await
        })
        .await?;
    stage
        .step("looks everything over and submits", async {
            for text in [
                family.spouse.0.as_str(),
                &family.child.1,
                "300 元",
                "老屋.jpg",
                "缺少劳力",
            ] {
                browser.see(text).await?;
            }
            browser.look("11-review").await?;
            go_on(browser, "提交申请").await?;
            browser.look("12-submitted").await?;
            number_on_page(browser).await
        })
        .await
}

pub(super) async fn corrected(stage: &Stage, number: &str) -> anyhow::Result<()> {
    let browser = &stage.browser;
    stage
        .step(
            "the township sees it on its worklist and tells once what is missing",
            async {
                stage.officer("township").await?;
                browser.open("/work").await?;
                browser.see(number).await?;
                browser.see_not("何大山").await?;
                browser.look("13-worklist").await?;
                browser.open(&format!("/cases/{number}")).await?;
                browser.see_not("13871234567").await?;
                browser.look("14-officer").await?;
                let list = [
                    (
                        "一次性告知清单 › 需要补正的内容",
                        "务工、种养收入的书面说明",
                    ),
                    (
                        "一次性告知清单 › 说明",
                        "请自己写明一年种苞谷的收入，拍照上传。",
                    ),
                ];
                act(stage, "township", number, "一次性告知补正", &list).await
            },
        )
        .await?;
    stage
        .step("what departments share may not be asked for", async {
            let codes = stage.browser.text().await?;
            ensure!(
                !codes.contains("请提供户口簿"),
                "shared papers were asked for"
            );
            Ok(())
        })
        .await?;
    stage
        .step(
            "the family reads the list, corrects and hands in again",
            async {
                stage.citizen(LOGIN).await?;
                browser.open("/my").await?;
                browser.see("需要您办").await?;
                browser.look("15-my-cases").await?;
                browser.open(&format!("/cases/{number}")).await?;
                browser.see("请自己写明一年种苞谷的收入").await?;
                browser.look("16-correction-asked").await?;
                browser.click("提交补正").await?;
                browser.look("17-correction-form").await?;
                let file = on_disk(stage.suite.data(), "收入说明.jpg", &photo())?;
                browser.attach("务工、种养收入的书面说明", &file).await?;
                browser.see("收入说明.jpg").await?;
                go_on(browser, "提交补正").await?;
                browser.see("已办好：提交补正").await?;
                browser.look("18-corrected").await
            },
        )
        .await?;
    stage
        .step(
            "it is accepted, and may not be sent back a second time",
            async {
                act(stage, "township", number, "受理", &[]).await?;
                ensure!(
                    !browser.offers("一次性告知补正").await?,
                    "a second list is possible"
                );
                browser.see("作出审核确认决定").await?;
                browser.look("19-accepted").await
            },
        )
        .await
}
