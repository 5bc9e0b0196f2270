//! Somebody opens an old people's home: the departments in their order, one's own turn in between,
//! and the county files it.

use anyhow::ensure;
use yiwang_e2e::{
    Suite, id_number, journey,
    tasks::{answer, choose, go_on},
};

use crate::steps::{own_number, reaches, show, state_of};

#[tokio::test]
async fn a_home_opens_after_its_licences_and_is_filed_by_the_county() -> anyhow::Result<()> {
    journey("eldercare-home", Suite::builder(), async |stage| {
        let (suite, browser) = (&stage.suite, &stage.browser);
        let founder = id_number("420323", "19750618", 433);
        let (founder, login) = suite.register("朱明远", &founder).await?;
        let number = stage
            .step("one form for six offices", async {
                stage.citizen(&login).await?;
                browser.open("/one-things/new/eldercare-home").await?;
                answer(
                    browser,
                    &[("养老机构名称", "竹山幸福养老院"), ("性质", "营利性")],
                )
                .await?;
                choose(
                    browser,
                    "办在哪里",
                    &["湖北省", "十堰市", "竹山县", "城关镇"],
                )
                .await?;
                answer(
                    browser,
                    &[
                        ("详细地址", "人民路12号"),
                        ("床位数", "60"),
                        ("联系电话", "13871234567"),
                    ],
                )
                .await?;
                browser.look("01-home").await?;
                go_on(browser, "下一步").await?;
                answer(
                    browser,
                    &[
                        ("有内设食堂", "是"),
                        ("有内设医务室", "否"),
                        ("申请建设补贴", "否"),
                        ("我承诺", "√"),
                    ],
                )
                .await?;
                browser.look("02-services").await?;
                go_on(browser, "下一步").await?;
                go_on(browser, "提交").await?;
                own_number(&founder).await
            })
            .await?;
        stage
            .step("licences first; then it is the founder's turn", async {
                for step in ["licence", "construction", "food", "environment"] {
                    reaches(&founder, &number, step, "done").await?;
                }
                reaches(&founder, &number, "organisation", "not_needed").await?;
                reaches(&founder, &number, "opening", "waiting").await?;
                ensure!(
                    state_of(&founder, &number, "filing").await? == "blocked",
                    "filed before anybody lives there"
                );
                browser.open(&format!("/one-things/{number}")).await?;
                browser.see("收住第一位老人的当天").await?;
                browser.look("03-turn").await?;
                go_on(browser, "已经办好").await?;
                reaches(&founder, &number, "filing", "waiting").await
            })
            .await?;
        stage
            .step("the county finds it on its desk and files it", async {
                stage.officer("county").await?;
                browser.open("/one-things/desk").await?;
                browser.see(&number).await?;
                browser.look("04-desk").await?;
                browser.open(&format!("/one-things/{number}")).await?;
                browser.see("核对备案申请书").await?;
                browser
                    .fill("原因（申请人会看到", "材料齐全，已出具备案回执。")
                    .await?;
                browser.look("05-officer").await?;
                go_on(browser, "已经办好").await?;
                reaches(&founder, &number, "filing", "done").await?;
                let one = show(&founder, &number).await?;
                ensure!(one["state"] == "done", "{one}");
                stage.citizen(&login).await?;
                browser.open(&format!("/one-things/{number}")).await?;
                browser.look("06-done").await
            })
            .await
    })
    .await
}
