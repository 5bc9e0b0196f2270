//! A couple after the wedding: the register tells every office, nobody brings a copy of the certificate.

use anyhow::ensure;
use yiwang_e2e::{
    Person, Suite, id_number, journey,
    tasks::{answer, choose, go_on},
};

use crate::steps::{married, own_number, reaches, show, state_of};

#[tokio::test]
async fn after_the_wedding_every_office_hears_of_it_from_the_register() -> anyhow::Result<()> {
    journey("newlyweds", Suite::builder(), async |stage| {
        let (suite, browser) = (&stage.suite, &stage.browser);
        let man = Person::new("何青山", id_number("420323", "19920518", 633));
        let woman = Person::new("马小燕", id_number("640302", "19941103", 634));
        let (wife, login) = suite.register(woman.name, &woman.id_number).await?;
        let number = stage
            .step("filed a day too early: it waits for the register", async {
                stage.citizen(&login).await?;
                browser.open("/one-things/new/newlyweds").await?;
                choose(
                    browser,
                    "您的户籍所在地",
                    &["宁夏回族自治区", "吴忠市", "利通区", "金积镇"],
                )
                .await?;
                answer(
                    browser,
                    &[("联系电话", "13871234567"), ("我们两人都是内地居民", "√")],
                )
                .await?;
                browser.look("01-you").await?;
                go_on(browser, "下一步").await?;
                answer(
                    browser,
                    &[("夫妻投靠", "是"), ("谁的户口迁", "我的户口迁到对方那里")],
                )
                .await?;
                choose(
                    browser,
                    "迁到哪里",
                    &["湖北省", "十堰市", "竹山县", "城关镇"],
                )
                .await?;
                answer(
                    browser,
                    &[
                        ("生育登记", "是"),
                        ("免费孕前优生健康检查", "是"),
                        ("更新住房公积金", "否"),
                        ("更新社会保障卡", "是"),
                        ("我同意", "√"),
                    ],
                )
                .await?;
                browser.look("02-together").await?;
                go_on(browser, "下一步").await?;
                go_on(browser, "提交").await?;
                browser.see("每一步").await?;
                let number = own_number(&wife).await?;
                reaches(&wife, &number, "registered", "waiting").await?;
                ensure!(
                    state_of(&wife, &number, "birth").await? == "blocked",
                    "too early"
                );
                Ok(number)
            })
            .await?;
        stage
            .step("the wedding; everything else follows from it", async {
                married(suite, &man, &woman).await?;
                for step in [
                    "marital-status",
                    "household-move",
                    "birth",
                    "checkup",
                    "cards",
                ] {
                    reaches(&wife, &number, step, "done").await?;
                }
                reaches(&wife, &number, "housing-fund", "not_needed").await?;
                let one = show(&wife, &number).await?;
                ensure!(one["state"] == "done", "{one}");
                browser.open(&format!("/one-things/{number}")).await?;
                browser.see("已全部办结").await?;
                browser.look("03-done").await
            })
            .await
    })
    .await
}
