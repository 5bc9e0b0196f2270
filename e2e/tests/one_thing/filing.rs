//! The form of 公民身后一件事, filled in by a daughter in the browser.

use yiwang_e2e::{
    Api, Person, Stage,
    tasks::{answer, choose, go_on},
};

use crate::steps::own_number;

/// 城关镇 of 竹山县.
pub(crate) const ZHUSHAN: [&str; 4] = ["湖北省", "十堰市", "竹山县", "城关镇"];

/// What is asked about the dead and what is to be done.
pub(crate) struct Filing<'a> {
    pub(crate) dead: &'a Person,
    pub(crate) died_on: String,
    pub(crate) household: [&'static str; 4],
    /// 后事怎么办.
    pub(crate) funeral: &'static str,
    /// Where the body is, the address and the home; only to arrange.
    pub(crate) fetch: Option<([&'static str; 4], &'static str, &'static str)>,
    /// Where the subsidy for an ecological burial goes; none: there is to be none.
    pub(crate) bank: Option<&'static str>,
    /// 提取住房公积金.
    pub(crate) housing_fund: &'static str,
}

impl Filing<'_> {
    /// Fills in and hands in; the browser is the daughter's. Gives the number.
    pub(crate) async fn hand_in(&self, stage: &Stage, daughter: &Api) -> anyhow::Result<String> {
        let browser = &stage.browser;
        self.about_the_dead(stage).await?;
        browser.look("03-together").await?;
        go_on(browser, "下一步").await?;
        browser.look("04-review").await?;
        go_on(browser, "提交").await?;
        browser.see("每一步").await?;
        browser.look("05-filed").await?;
        own_number(daughter).await
    }

    async fn about_the_dead(&self, stage: &Stage) -> anyhow::Result<()> {
        let browser = &stage.browser;
        let dead = [
            ("逝者姓名", self.dead.name),
            ("逝者身份证号码", &self.dead.id_number),
            ("去世日期", &self.died_on),
        ];
        answer(browser, &dead).await?;
        choose(browser, "逝者户籍所在地", &self.household).await?;
        go_on(browser, "下一步").await?;
        let daughter = [("您是逝者的", "子女"), ("联系电话", "13871234567")];
        answer(browser, &daughter).await?;
        go_on(browser, "下一步").await?;
        answer(browser, &[("后事怎么办", self.funeral)]).await?;
        if let Some((place, address, home)) = &self.fetch {
            choose(browser, "遗体现在在哪个县", place).await?;
            answer(browser, &[("接运地点", address)]).await?;
            // The homes of a place are offered once it is known.
            browser.see_not("选就近的殡仪馆").await?;
            go_on(browser, "下一步").await?;
            let eco = if self.bank.is_some() { "是" } else { "否" };
            answer(browser, &[("殡仪馆", home), ("骨灰做节地生态安葬", eco)]).await?;
            browser.look("02-funeral").await?;
        }
        go_on(browser, "下一步").await?;
        let together = [
            ("注销驾驶证", "是"),
            ("医保停保、支取个人账户", "是"),
            ("养老待遇、丧葬补助金和抚恤金", "是"),
            ("提取住房公积金", self.housing_fund),
            ("您本人的银行账号", "6217004201234567890"),
            ("我同意", "√"),
        ];
        answer(browser, &together).await?;
        if let Some(bank) = self.bank {
            answer(browser, &[("开户银行", bank)]).await?;
        }
        Ok(())
    }
}
