//! The daughter, at her phone.

use super::{FATHER, HOME, OldMan, daughter_number};
use crate::hands::*;

impl OldMan<'_> {
    /// The daughter registers and tells whom she misses; gives the number of the report.
    pub(super) async fn reported(&self) -> anyhow::Result<String> {
        let (stage, browser) = (self.stage, self.browser());
        let step = stage.step("a daughter finds where to turn", async {
            let (_, login) = stage.suite.register("陈秀兰", &daughter_number()).await?;
            stage.citizen(&login).await?;
            browser.open("/rescue").await?;
            browser.see("24小时").await?;
            browser.look("01-help").await?;
            browser.click_in_main("家人走失了，登记寻人").await?;
            browser.see("和全国救助站里身份不明的人比对").await?;
            browser.look("02-guide").await?;
            browser.click("现在申请").await
        });
        step.await?;
        let step = stage.step(
            "tells whom she misses, one question after the other",
            async {
                choose(browser, "向哪个乡镇（街道）申请", &HOME).await?;
                browser.look("03-where").await?;
                go_on(browser, "下一步").await?;
                let number = daughter_number();
                let me = [
                    ("您的姓名", "陈秀兰"),
                    ("您的身份证号", number.as_str()),
                    ("联系电话", "13800000022"),
                    ("您是走失人员的什么人", "子女"),
                ];
                answer(browser, &me).await?;
                browser.look("04-reporter").await?;
                go_on(browser, "下一步").await?;
                let him = [
                    ("走失人员叫什么名字", FATHER),
                    ("性别", "男"),
                    ("还有别的叫法吗", "狗娃"),
                    ("出生日期", "1958-03-02"),
                ];
                answer(browser, &him).await?;
                browser.look("05-whom").await?;
                go_on(browser, "下一步").await?;
                choose(browser, "户籍在哪里", &HOME).await?;
                let home = [("家住哪里", "五里镇刘家坡村二组"), ("说什么话", "安康话")];
                answer(browser, &home).await?;
                browser.look("06-home").await?;
                go_on(browser, "下一步").await?;
                let how = [
                    ("哪天走失的", "2026-04-06"),
                    (
                        "当时的情况",
                        "说去武汉看儿子，在汉口火车站走散，穿蓝色棉袄。",
                    ),
                ];
                answer(browser, &how).await?;
                choose(browser, "在哪里走失的", &["湖北省", "武汉市", "江汉区"]).await?;
                browser.look("07-how").await?;
                go_on(browser, "下一步").await?;
                let marks = [("身上有什么特征", "左手断了一节食指，右额有一道疤")];
                answer(browser, &marks).await?;
                browser.look("08-marks").await?;
                go_on(browser, "下一步").await?;
                browser.look("09-relatives").await?;
                go_on(browser, "下一步").await?;
                go_on(browser, "下一步").await?;
                answer(browser, &[("同意用这些信息寻人", "是")]).await?;
                browser.look("10-consent").await?;
                go_on(browser, "下一步").await
            },
        );
        step.await?;
        let step = stage.step("hands it in", async {
            // A photograph may follow.
            if browser.offers("下一步").await? {
                browser.look("11-photo").await?;
                go_on(browser, "下一步").await?;
            }
            browser.look("12-review").await?;
            go_on(browser, "提交申请").await?;
            browser.look("13-handed-in").await?;
            let number = number_on_page(browser).await?;
            browser.open(&format!("/cases/{number}")).await?;
            browser.see("寻找中").await?;
            browser.look("14-family").await?;
            Ok(number)
        });
        step.await
    }
}
