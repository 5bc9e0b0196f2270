//! Every page of the halls that needs no case: looked at in both widths, with a registration
//! in the figures and an inquiry that is answered.

use yiwang_e2e::{Suite, journey};

use crate::counter::{Couple, HALL, Registrar};

#[tokio::test]
async fn pages_of_the_halls() -> anyhow::Result<()> {
    journey("hall-tour", Suite::builder(), async |stage| {
        let browser = &stage.browser;
        let couple = Couple::new(40);
        stage
            .step("somebody marries", async {
                let registrar = Registrar::open(&stage.suite).await?;
                registrar.marry(&couple).await.map(drop)
            })
            .await?;
        stage
            .step("a registrar", async {
                stage.officer("hall1").await?;
                for (name, path, words) in [
                    ("day", "/hall", "咸安区婚姻登记处"),
                    ("figures", "/hall/figures", "结婚"),
                    ("conflicts", "/hall/conflicts", "记录"),
                    ("dishonesty", "/hall/dishonesty", "失信"),
                    ("restoration", "/hall/restoration", "死亡"),
                    ("help-sheet", "/hall/help-sheet", "110"),
                    ("archive", "/hall/archive", "补录"),
                    ("counselling", "/book?kind=counselling", "辅导"),
                ] {
                    browser.open(path).await?;
                    browser.see(words).await?;
                    browser.look(name).await?;
                }
                for (kind, words) in [
                    ("marriage", "申请人一"),
                    ("correction", "更正"),
                    ("proof", "证明"),
                ] {
                    browser.open(&check_in(kind)).await?;
                    browser.see(words).await?;
                    browser.look(&format!("check-in-{kind}")).await?;
                }
                Ok(())
            })
            .await?;
        stage
            .step("another department asks", async {
                browser.open("/hall/status").await?;
                browser.look("status").await?;
                browser.fill("姓名", &couple.man.name).await?;
                browser.fill("身份证号", &couple.man.id_number).await?;
                browser.fill("用途", "核对住房公积金提取条件").await?;
                browser
                    .fill("法律依据", "婚姻登记条例（国务院令第804号）")
                    .await?;
                browser.click_in_main("查询").await?;
                browser.see("有有效的婚姻登记").await?;
                browser.look("status-answer").await
            })
            .await?;
        stage
            .step("a passport is typed where no card can be read", async {
                browser.open(&check_in("marriage")).await?;
                browser.answer("申请人二 › 身份类别", "外国人").await?;
                browser.look("check-in-passport").await?;
                browser.see("护照").await
            })
            .await?;
        stage
            .step("a citizen asks for a proof", async {
                stage.officer("groom").await?;
                for (name, path, words) in [
                    ("proof-guide", "/items/record-proof", "婚姻登记记录证明"),
                    ("proof-form", "/apply/record-proof", "第1步"),
                ] {
                    browser.open(path).await?;
                    browser.see(words).await?;
                    browser.look(name).await?;
                }
                Ok(())
            })
            .await?;
        stage
            .step("the county keeps its halls", async {
                stage.officer("hall1c").await?;
                for (name, path, words) in [
                    ("setup", "/hall/setup".to_owned(), "咸安区婚姻登记处"),
                    ("setup-new", "/hall/setup/new".to_owned(), "名称"),
                    ("setup-hall", format!("/hall/setup/{HALL}"), "名称"),
                    (
                        "setup-registrars",
                        format!("/hall/setup/{HALL}/registrars"),
                        "孙丽",
                    ),
                    ("setup-days", format!("/hall/setup/{HALL}/days"), "开放"),
                ] {
                    browser.open(&path).await?;
                    browser.see(words).await?;
                    browser.look(name).await?;
                }
                Ok(())
            })
            .await
    })
    .await
}

fn check_in(kind: &str) -> String {
    format!("/hall/check-in?hall={HALL}&kind={kind}")
}
