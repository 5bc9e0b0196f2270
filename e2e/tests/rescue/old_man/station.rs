//! What the station does with him: from the door to the public notice.

use anyhow::ensure;
use yiwang_e2e::{Browser, photo, until};

use super::{CAME, OldMan};
use crate::hands::*;

impl OldMan<'_> {
    /// From the door to a bed; gives the number of the stay.
    pub(super) async fn received(&self) -> anyhow::Result<String> {
        let (stage, browser) = (self.stage, self.browser());
        let step = stage.step("the police bring an old man who is lost", async {
            stage.officer("rescue1").await?;
            browser.open("/rescue/board").await?;
            browser.look("15-board").await?;
            browser.click_in_main("有人求助，登记接待").await?;
            let arrival = [
                ("来站方式", "公安机关护送"),
                ("求助原因", "走失"),
                ("护送单位", "温泉派出所"),
                ("护送人姓名", "王勇"),
                ("工作证号", "012345"),
                ("交接表编号", "JJ-2026-0420"),
            ];
            let station = browser.value("救助管理站 › 咸宁市救助管理站").await?;
            ensure!(station == "true", "not this station");
            answer(browser, &arrival).await?;
            browser.look("16-arrival").await?;
            go_on(browser, "下一步").await?;
            let person = [
                ("本人怎么说", "只说要回去，别的听不懂"),
                ("性别", "男"),
                ("看上去年龄", "66"),
                ("发现地点", "长途汽车站"),
            ];
            answer(browser, &person).await?;
            browser.look("17-person").await?;
            go_on(browser, "下一步").await?;
            go_on(browser, "提交申请").await?;
            browser.look("18-arrived").await?;
            number_on_page(browser).await
        });
        let stay = step.await?;
        let step = stage.step("looked at, checked, registered, given a bed", async {
            open_task(browser, &stay, "初检").await?;
            browser.look("19-first-check").await?;
            fill_task(
                browser,
                "初检",
                &[("检查情况", "神志清楚，能自己行走，没有外伤")],
            )
            .await?;
            done(browser, "初检").await?;
            let check = [
                ("本人同意安全检查", "是"),
                ("检查人姓名", "刘春生"),
                ("检查人性别", "男"),
                ("寄存物品清单", "+"),
                ("寄存物品清单 1 › 物品", "布包"),
                ("寄存物品清单 1 › 数量", "1个"),
            ];
            open_task(browser, &stay, "安检").await?;
            fill_task(browser, "安检", &check).await?;
            browser.look("20-security").await?;
            done(browser, "安检").await?;
            let told = [
                ("因年老、年幼、残疾等说不清楚", "是"),
                ("求助原因", "走失"),
                ("求助类型", "返乡"),
            ];
            open_task(browser, &stay, "求助登记").await?;
            fill_task(browser, "求助登记", &told).await?;
            browser.look("21-register").await?;
            done(browser, "求助登记").await?;
            let three = [
                ("离家在外，或者无家可归", "是"),
                ("自身无力解决食宿", "是"),
                ("正在或者即将流浪、乞讨", "是"),
            ];
            open_task(browser, &stay, "受助").await?;
            browser.look("22-eligible").await?;
            fill_task(browser, "受助", &three).await?;
            done(browser, "受助").await?;
            browser.look("23-admitted").await
        });
        step.await?;
        let step = stage.step(
            "fingerprint, photograph and face; the police are told",
            async {
                let file = stage.suite.data().join("老人.jpg");
                std::fs::write(&file, photo())?;
                let taken = [
                    ("指纹编号", "ZW-420-0420"),
                    ("已用人脸识别比对", "是"),
                    ("与救助系统、寻亲数据比对结果", "没有查到"),
                ];
                open_task(browser, &stay, "采集指纹照片").await?;
                fill_task(browser, "采集指纹照片", &taken).await?;
                browser.attach("照片", &file).await?;
                browser.see("老人.jpg").await?;
                browser.look("24-biometrics").await?;
                done(browser, "采集指纹照片").await?;
                let told = [
                    ("公安机关", "咸宁市公安局温泉分局"),
                    ("报警回执编号", "HZ-0420"),
                    ("报告情况", "疑似走失，请协助查明身份。"),
                ];
                act(browser, &stay, "报告公安机关", &told).await
            },
        );
        step.await?;
        Ok(stay)
    }

    /// The next morning he says more; within the day everybody can read the notice.
    pub(super) async fn published(&self, stay: &str) -> anyhow::Result<()> {
        let (stage, browser) = (self.stage, self.browser());
        let step = stage.step("says a nickname and half a village in his dialect", async {
            stage.suite.clock().set_day(CAME.tomorrow()?, 8).await?;
            let clues = [
                ("自述姓名", "狗娃"),
                ("自述家乡", "五里刘家坡，有个大堰塘"),
                ("口音", "安康口音"),
                ("身体特征", "左手食指少一节，额头有疤"),
            ];
            open_task(browser, stay, "寻亲线索").await?;
            fill_task(browser, "寻亲线索", &clues).await?;
            browser.look("25-clues").await?;
            done(browser, "寻亲线索").await
        });
        step.await?;
        let step = stage.step("published within the day", async {
            open_task(browser, stay, "发布寻亲公告").await?;
            let media = [("发布渠道", "全国救助寻亲网、咸宁日报")];
            fill_task(browser, "发布寻亲公告", &media).await?;
            browser.look("26-publish").await?;
            done(browser, "发布寻亲公告").await?;
            stage.suite.clock().set_day(CAME.tomorrow()?, 10).await?;
            browser.open("/rescue/board").await?;
            browser.see_not("逾期").await?;
            browser.look("27-board").await
        });
        step.await?;
        let step = stage.step("anybody reads the notice, with the least", async {
            stage.stranger().await?;
            browser.open("/rescue/notices?words=安康口音").await?;
            browser.see("五里刘家坡").await?;
            browser.look("28-notices").await?;
            first_notice(browser).await?;
            browser.see("左手食指少一节").await?;
            browser.look("29-notice").await?;
            for secret in ["狗娃", "男宿舍", "ZW-420-0420", "HZ-0420", stay] {
                ensure!(!browser.source().await?.contains(secret), "shows {secret}");
            }
            Ok(())
        });
        step.await
    }
}

/// Follows the first notice on the board.
async fn first_notice(browser: &Browser) -> anyhow::Result<()> {
    let link = "return document.querySelector('main li h2 a')?.getAttribute('href') ?? ''";
    let link = until("a notice", async || {
        let found = browser.script(link, vec![]).await?;
        Ok(found
            .as_str()
            .filter(|one| !one.is_empty())
            .map(str::to_owned))
    });
    browser.open(&link.await?).await
}
