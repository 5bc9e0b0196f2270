//! A family in 安康 misses the father. An old man in 咸宁 says a nickname and half a village: he is
//! helped, published, found in the family's report, compared by two, named by the police, and
//! fetched by his daughter. His township plans the visits; the one-thing of his way home shows it all.

mod family;
mod one_thing;
mod pair;
mod station;

use anyhow::{Context, ensure};
use jiff::civil::{Date, date};
use yiwang_e2e::{Browser, Stage, Suite, id_number, journey};

use crate::hands::*;

/// A Monday in spring.
const CAME: Date = date(2026, 4, 20);
const FETCHED: Date = date(2026, 4, 23);
/// One, three, six and twelve months after; a visit on a day off moves to the next working day.
const VISITS: [&str; 4] = [
    "2026年5月25日",
    "2026年7月23日",
    "2026年10月23日",
    "2027年4月23日",
];

const HOME: [&str; 4] = ["陕西省", "安康市", "汉滨区", "五里镇"];
const FATHER: &str = "陈志强";

fn father_number() -> String {
    id_number("610902", "19580302", 137)
}

fn daughter_number() -> String {
    id_number("610902", "19830716", 246)
}

#[tokio::test]
async fn an_old_man_comes_home() -> anyhow::Result<()> {
    journey("old-man", Suite::builder().from_day(CAME), async |stage| {
        let old = OldMan { stage };
        let report = old.reported().await?;
        let stay = old.received().await?;
        old.published(&stay).await?;
        let pair = old.raised(&stay).await?;
        old.compared(&stay, &pair, &report).await?;
        old.confirmed(&pair, &report).await?;
        let way_home = old.one_thing().await?;
        old.fetched(&stay).await?;
        old.at_home().await?;
        old.seen(&way_home).await
    })
    .await
}

struct OldMan<'a> {
    stage: &'a Stage,
}

impl OldMan<'_> {
    fn browser(&self) -> &Browser {
        &self.stage.browser
    }

    /// Her card and the relation are checked, two sign.
    async fn fetched(&self, stay: &str) -> anyhow::Result<()> {
        let (stage, browser) = (self.stage, self.browser());
        let step = stage.step("the daughter fetches him, two sign", async {
            stage.suite.clock().set_day(FETCHED, 15).await?;
            stage.officer("rescue1").await?;
            // The day that is over moves the stay once more: nobody writes into that.
            look_until(stage, &format!("/cases/{stay}"), "寻亲步骤逾期").await?;
            let down = [("理由", "已经查明身份，其他渠道同时撤下")];
            act(browser, stay, "撤下寻亲公告", &down).await?;
            let number = daughter_number();
            let she = [
                ("接领人姓名", "陈秀兰"),
                ("接领人身份证号", number.as_str()),
                ("与受助人员的关系", "成年子女"),
                ("已核对身份证原件并留复印件", "是"),
                ("关系证明", "户口簿，五里派出所证明〔2026〕12号"),
                ("联系电话", "13800000022"),
                ("寄存物品已当面交还", "是"),
                ("跨省", "是"),
            ];
            open_task(browser, stay, "亲属接领").await?;
            fill_task(browser, "亲属接领", &she).await?;
            browser.look("42-fetched").await?;
            done(browser, "亲属接领").await?;
            browser.look("43-awaits-second").await?;
            open_task(browser, stay, "复核签字").await?;
            let told = press(browser, "复核签字").await?;
            ensure!(told.contains("另一"), "signed twice by one: {told}");
            stage.officer("rescue2").await?;
            act(browser, stay, "复核签字", &[]).await?;
            browser.see("亲属接领").await?;
            browser.look("44-left").await?;
            browser.open("/rescue/board").await?;
            browser.see_not(stay).await
        });
        step.await
    }

    /// 五里镇 takes him over and plans the visits.
    async fn at_home(&self) -> anyhow::Result<()> {
        let (stage, browser) = (self.stage, self.browser());
        let step = stage.step("his township takes him over, visits are planned", async {
            stage.officer("township5").await?;
            look_until(stage, "/work", "返乡人员回归稳固").await?;
            browser.look("45-township").await?;
            browser.click_in_main("返乡人员回归稳固").await?;
            let path = browser.path().await?;
            let number = path
                .strip_prefix("/cases/")
                .context(path.clone())?
                .to_owned();
            let taken = [("谁交接的", "女儿陈秀兰"), ("交接单编号", "JJ-0423")];
            act(browser, &number, "接收", &taken).await?;
            let needs = [
                ("需要落实的", "医疗救助、医保"),
                ("家庭和生活情况", "与女儿同住，记性不好，有慢性病。"),
                ("监护人、照料人", "陈秀兰"),
            ];
            act(browser, &number, "评估需求", &needs).await?;
            let plan = [
                ("帮扶措施", "村干部每周探望，办理慢性病门诊，佩戴定位手环。"),
                ("责任人", "刘建平"),
                ("责任人电话", "13800000033"),
            ];
            act(browser, &number, "制定帮扶计划", &plan).await?;
            for day in VISITS {
                browser.see(day).await?;
            }
            browser.look("46-visits").await
        });
        step.await
    }
}

fn login() -> String {
    format!("u{}", &daughter_number()[6..18].to_lowercase())
}
