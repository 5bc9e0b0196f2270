//! The pair: raised by the search, compared by two, named by the police.

use anyhow::{Context, ensure};

use super::{CAME, FATHER, HOME, OldMan, father_number, login};
use crate::hands::*;

impl OldMan<'_> {
    /// The search by itself lays the pair on the desk; gives its number.
    pub(super) async fn raised(&self, stay: &str) -> anyhow::Result<String> {
        let (stage, browser) = (self.stage, self.browser());
        let step = stage.step("the search itself lays a pair on the desk", async {
            stage.officer("rescue2").await?;
            look_until(stage, "/work", "寻亲比对").await?;
            browser.look("30-worklist").await?;
            browser.click_in_main("寻亲比对").await?;
            browser.see(stay).await?;
            // Not by his age alone, the day before.
            browser.see("提交于 2026年4月21日").await?;
            browser.look("31-pair").await?;
            let path = browser.path().await?;
            let number = path.strip_prefix("/cases/").context(path.clone())?;
            Ok(number.to_owned())
        });
        step.await
    }

    /// Side by side, by two, each with an account of their own.
    pub(super) async fn compared(
        &self,
        stay: &str,
        pair: &str,
        report: &str,
    ) -> anyhow::Result<()> {
        let (stage, browser) = (self.stage, self.browser());
        let step = stage.step("one looks at both, side by side with the reasons", async {
            browser.click_in_main("并排比较双方").await?;
            browser.look("32-why").await?;
            browser.open(&format!("/cases/{stay}")).await?;
            browser.click_in_main("查找可能的家人").await?;
            browser.click_in_main("查找").await?;
            browser.see("可能性").await?;
            browser.look("33-candidates").await?;
            browser.click_in_main("并排比较").await?;
            browser.see("刘家坡").await?;
            browser.look("34-side-by-side").await?;
            browser.click_in_main("去写比对结果").await?;
            let same = [
                ("认为是同一个人", "是"),
                ("比对情况", "小名、村名、口音、左手食指、额头的疤都相同。"),
            ];
            open_task(browser, pair, "比对").await?;
            fill_task(browser, "比对", &same).await?;
            browser.look("35-first").await?;
            done(browser, "比对").await?;
            open_task(browser, pair, "比对").await?;
            fill_task(browser, "比对", &same).await?;
            let told = press(browser, "比对").await?;
            ensure!(told.contains("另一"), "one alone: {told}");
            browser.look("36-not-twice").await
        });
        step.await?;
        let step = stage.step(
            "another compares; the family hears that somebody looks",
            async {
                stage.officer("rescue1").await?;
                let same = [
                    ("认为是同一个人", "是"),
                    ("比对情况", "照片与家属描述一致，特征相同。"),
                ];
                act(browser, pair, "比对", &same).await?;
                let ask = [
                    ("核实方式", "公安机关核实"),
                    ("公安机关", "安康市公安局汉滨分局五里派出所"),
                    ("函件编号", "咸救函〔2026〕21号"),
                ];
                act(browser, pair, "请公安机关核实", &ask).await?;
                browser.look("37-asked").await?;
                stage.citizen(&login()).await?;
                browser.open(&format!("/cases/{report}")).await?;
                browser.see("正在请公安机关核实").await?;
                // Not where, not even by the number of the comparison.
                for place in ["咸宁", pair, &pair[..8]] {
                    ensure!(!browser.source().await?.contains(place), "tells {place}");
                }
                browser.look("38-checking").await
            },
        );
        step.await
    }

    /// The police say who it is; the notice is gone, and the family knows where he is.
    pub(super) async fn confirmed(&self, pair: &str, report: &str) -> anyhow::Result<()> {
        let (stage, browser) = (self.stage, self.browser());
        let step = stage.step("the police say who it is", async {
            stage
                .suite
                .clock()
                .set_day(CAME.tomorrow()?.tomorrow()?, 9)
                .await?;
            stage.officer("rescue1").await?;
            let said = [
                ("答复为同一个人", "是"),
                ("答复机关", "安康市公安局汉滨分局五里派出所"),
                ("文书编号", "汉公核〔2026〕105号"),
                ("答复内容", "照片经村干部、邻居辨认，确系陈志强。"),
            ];
            act(browser, pair, "登记答复", &said).await?;
            let number = father_number();
            open_task(browser, pair, "确认比中").await?;
            let who = [("姓名", FATHER), ("证件号码", number.as_str())];
            fill_task(browser, "确认比中", &who).await?;
            choose(browser, "确认比中 › 户籍地", &HOME).await?;
            browser.look("39-confirm").await?;
            done(browser, "确认比中").await
        });
        step.await?;
        let step = stage.step("the notice is gone, the family knows where he is", async {
            stage.stranger().await?;
            browser.open("/rescue/notices?words=安康口音").await?;
            browser.see_not("刘家坡").await?;
            browser.look("40-gone").await?;
            stage.citizen(&login()).await?;
            browser.open(&format!("/cases/{report}")).await?;
            browser.see("人找到了").await?;
            browser.see("咸宁市救助管理站").await?;
            browser.see("0715-8255110").await?;
            browser.look("41-found").await
        });
        step.await
    }
}
