//! A patrol whose phone has no connection for an hour: what was written arrives once, and where a
//! colleague has written something else meanwhile, both are shown.

use anyhow::ensure;
use serde_json::Value;
use yiwang_e2e::{
    Browser, Size, Stage, Suite, journey,
    phone::{Line, Signal, kept, press, tap},
    until,
};

use crate::hands::*;

/// Where the first of them sits.
const BRIDGE: &str = "淦河大桥桥洞";
/// What both write on later, and each otherwise.
const HEALTH: &str = "身体状况";
const SAID: &str = "本人怎么说";
const KEEP: &str = "存下，有网络就发送";

const VISITS: &str = "select count(*) from rescue.encounter where station = $1";
const WRITTEN_ON: &str = "select count(*) from rescue.encounter where version > 1 and station = $1";
const OPEN: &str = "select count(*) from rescue.conflict c join rescue.encounter e
                     on e.id = c.encounter where c.settled_at is null and e.station = $1";
const GIVEN: &str = "select coalesce(sum(-m.quantity), 0)::bigint from rescue.article_move m
                      join rescue.article a on a.id = m.article
                     where a.name = '瓶装水' and a.station = $1 and m.encounter is not null";

#[tokio::test]
async fn an_hour_without_connection_loses_nothing() -> anyhow::Result<()> {
    journey("street", Suite::builder(), async |stage| {
        let line = Line::to(stage.suite.base(), "POST /rescue/street/visits").await?;
        let mut phone = Browser::start(line.base(), "street-phone").await?;
        let patrol = Patrol {
            stage,
            line: &line,
            phone: &phone,
        };
        let played = patrol.play().await;
        if played.is_err() {
            phone.leave_evidence().await;
        }
        let ended = phone.finish().await;
        played.and(ended)
    })
    .await
}

struct Patrol<'a> {
    stage: &'a Stage,
    line: &'a Line,
    phone: &'a Browser,
}

impl Patrol<'_> {
    async fn play(&self) -> anyhow::Result<()> {
        let before = self.count(VISITS).await?;
        let water = self.count(GIVEN).await?;
        self.first(before + 1).await?;
        self.colleague_opens().await?;
        self.without_connection().await?;
        ensure!(
            self.count(VISITS).await? == before + 1,
            "without connection"
        );
        self.colleague_sends().await?;
        self.answers_are_lost(before + 5).await?;
        self.back().await?;
        ensure!(self.count(VISITS).await? == before + 5, "each arrived once");
        ensure!(self.count(GIVEN).await? == water + 2, "two bottles, once");
        self.settled().await
    }

    async fn reaches(&self, sql: &'static str, wanted: i64) -> anyhow::Result<()> {
        until(&format!("{wanted} of: {sql}"), async || {
            Ok((self.count(sql).await? == wanted).then_some(()))
        })
        .await
    }

    async fn count(&self, sql: &'static str) -> anyhow::Result<i64> {
        count(&self.stage.suite, sql, STATION).await
    }

    /// A visit with a connection; the page is kept on the phone.
    async fn first(&self, all: i64) -> anyhow::Result<()> {
        let (stage, phone) = (self.stage, self.phone);
        let step = stage.step("writes a visit, and the phone keeps the page", async {
            phone.resize(Size::Phone).await?;
            stage.sign_in(phone, "rescue1").await?;
            phone.open("/rescue/street").await?;
            phone.see("新的一次看望").await?;
            kept(phone, "/rescue/street").await?;
            phone.look("01-street").await?;
            phone.resize(Size::Phone).await?;
            write(phone, "老周", BRIDGE).await?;
            self.reaches(VISITS, all).await?;
            phone.see("已送到").await
        });
        step.await
    }

    /// A colleague takes the same visit up on a phone of his own.
    async fn colleague_opens(&self) -> anyhow::Result<()> {
        let (stage, browser) = (self.stage, &self.stage.browser);
        let step = stage.step("a colleague opens it on another phone", async {
            stage.officer("rescue2").await?;
            browser.open("/rescue/street").await?;
            browser.see(BRIDGE).await?;
            browser.look("02-colleague").await?;
            tap(browser, "接着写").await?;
            browser.see("修改").await?;
            browser.fill(HEALTH, "右腿肿，走路慢").await?;
            browser.fill(SAID, "明天想去站里看看").await
        });
        step.await
    }

    /// One hour: what is written waits on the phone, also after the page was loaded again.
    async fn without_connection(&self) -> anyhow::Result<()> {
        let (stage, phone) = (self.stage, self.phone);
        let step = stage.step("writes on without connection", async {
            self.line.set(Signal::None);
            phone.offline(true).await?;
            tap(phone, "修改").await?;
            phone.fill(HEALTH, "咳嗽").await?;
            phone.fill(SAID, "等老乡来接").await?;
            tap(phone, KEEP).await?;
            phone.see("1条待发送").await?;
            for (name, place) in [("老吴", "中心花坛"), ("", "客运站候车厅")] {
                write(phone, name, place).await?;
            }
            phone.see("3条待发送，现在没有网络，已存在手机里").await?;
            phone.look("03-offline").await?;
            phone.resize(Size::Phone).await
        });
        step.await?;
        let step = stage.step("loads the page again, and writes on", async {
            stage.suite.clock().advance("PT1H").await?;
            phone.open("/rescue/street").await?;
            phone.see("3条待发送").await?;
            write(phone, "小梅", "温泉谷公园").await?;
            phone.fill("瓶装水", "2").await?;
            write(phone, "老贺", "永安大道天桥").await?;
            phone.see("5条待发送").await?;
            phone.look("04-after-an-hour").await?;
            phone.resize(Size::Phone).await
        });
        step.await
    }

    /// Meanwhile the colleague's version has arrived.
    async fn colleague_sends(&self) -> anyhow::Result<()> {
        let browser = &self.stage.browser;
        let step = self.stage.step("the colleague's version arrives", async {
            tap(browser, KEEP).await?;
            self.reaches(WRITTEN_ON, 1).await
        });
        step.await
    }

    /// Back, but the answer is lost: the station has it, the phone does not know.
    async fn answers_are_lost(&self, all: i64) -> anyhow::Result<()> {
        let (stage, phone) = (self.stage, self.phone);
        let step = stage.step("back, and the answer is lost on the way", async {
            self.line.set(Signal::Deaf);
            phone.offline(false).await?;
            self.reaches(VISITS, all).await?;
            until("an answer is lost", async || {
                Ok((self.line.lost() > 0).then_some(()))
            })
            .await?;
            phone.see("5条待发送").await
        });
        step.await
    }

    /// Sent once more; the two values stand side by side.
    async fn back(&self) -> anyhow::Result<()> {
        let (stage, phone) = (self.stage, self.phone);
        let step = stage.step("sent again: once there, and both values are shown", async {
            self.line.set(Signal::Good);
            until("everything is sent", async || {
                if phone.text().await?.contains("都已送到救助站") {
                    return Ok(Some(()));
                }
                press(phone, "现在发送").await.map(|_| None)
            })
            .await?;
            for words in [
                "两部手机写得不一样",
                "右腿肿，走路慢（站里现有的）",
                "咳嗽（",
                "明天想去站里看看（站里现有的）",
                "等老乡来接（",
            ] {
                phone.see(words).await?;
            }
            phone.look("05-conflict").await?;
            phone.resize(Size::Phone).await
        });
        step.await
    }

    /// One value is chosen for each field.
    async fn settled(&self) -> anyhow::Result<()> {
        let (stage, phone, browser) = (self.stage, self.phone, &self.stage.browser);
        let step = stage.step("one value is chosen for each", async {
            ensure!(self.count(OPEN).await? == 1, "one conflict");
            phone.tick("右腿肿，走路慢").await?;
            phone.tick("等老乡来接").await?;
            tap(phone, "就按选的").await?;
            self.reaches(OPEN, 0).await?;
            phone.look("06-settled").await?;
            browser.open("/rescue/street").await?;
            let fields = first_visit(browser).await?;
            ensure!(fields["health"] == "右腿肿，走路慢", "{fields}");
            ensure!(fields["said"] == "等老乡来接", "{fields}");
            browser.look("07-colleague").await
        });
        step.await
    }
}

/// Fills a new visit in and keeps it.
async fn write(phone: &Browser, name: &str, place: &str) -> anyhow::Result<()> {
    phone.fill("新的一次看望 › 在什么地方", place).await?;
    phone.fill("结果", "不愿意").await?;
    phone.fill("自报姓名", name).await?;
    phone.tick("已告知救助政策").await?;
    phone.tick("已留下联系卡").await?;
    tap(phone, KEEP).await?;
    phone.see(place).await
}

/// What the station has of the visit under the bridge.
async fn first_visit(browser: &Browser) -> anyhow::Result<Value> {
    let read = "return (async (place) => {
          const known = (await window.streetStore.all('visits'))
            .find((one) => one.fields.place === place);
          const answer = await fetch(`/rescue/street/visits/${known.id}`);
          return (await answer.json()).fields;
        })(arguments[0])";
    browser.script(read, vec![BRIDGE.into()]).await
}
