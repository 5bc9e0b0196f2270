//! The director of a village on her round, with a phone that has no connection in the hills: whom
//! she sees is written down once, and stays with the files and not with the phone.

use anyhow::ensure;
use serde_json::{Value, json};
use yiwang_e2e::{
    Browser, Size, Stage, Suite, id_number, journey,
    phone::{Line, Signal, kept, press, tap},
    until,
};

use crate::hands::*;

/// A child at high risk, and one in hardship.
const DANGER: (&str, &str) = ("向小云", "high");
const HARDSHIP: (&str, &str) = ("向小雨", "low");
const KEEP: &str = "存下，有网络就发送";
const VISITS: &str = "select count(*) from child.visit where $1 = ''";

#[tokio::test]
async fn a_round_without_connection_loses_nothing_and_leaves_nothing() -> anyhow::Result<()> {
    journey("day", Suite::builder(), async |stage| {
        let line = Line::to(stage.suite.base(), "POST /child/day/visits").await?;
        let mut phone = Browser::start(line.base(), "day-phone").await?;
        let round = Round {
            stage,
            line: &line,
            phone: &phone,
        };
        let played = round.play().await;
        if played.is_err() {
            phone.leave_evidence().await;
        }
        let ended = phone.finish().await;
        played.and(ended)
    })
    .await
}

struct Round<'a> {
    stage: &'a Stage,
    line: &'a Line,
    phone: &'a Browser,
}

impl Round<'_> {
    async fn play(&self) -> anyhow::Result<()> {
        let danger = served(&self.stage.suite, DANGER, 611).await?;
        served(&self.stage.suite, HARDSHIP, 612).await?;
        self.stage.suite.clock().advance("P32D").await?;
        self.list().await?;
        self.in_the_hills().await?;
        ensure!(self.visits().await? == 0, "sent without connection");
        self.answer_is_lost().await?;
        self.back_home().await?;
        self.in_the_file(&danger).await?;
        self.nothing_stays().await
    }

    async fn visits(&self) -> anyhow::Result<i64> {
        count(&self.stage.suite, VISITS, "").await
    }

    /// Who is due, the latest first.
    async fn list(&self) -> anyhow::Result<()> {
        let (stage, phone) = (self.stage, self.phone);
        let step = stage.step("the list of the day, kept on the phone", async {
            phone.resize(Size::Phone).await?;
            stage.sign_in(phone, "child1").await?;
            phone.open("/child/day").await?;
            phone.see("已超期").await?;
            kept(phone, "/child/day").await?;
            phone.look("01-day").await?;
            phone.resize(Size::Phone).await
        });
        step.await
    }

    /// One visit, the page loaded again, another one left half written.
    async fn in_the_hills(&self) -> anyhow::Result<()> {
        let (stage, phone) = (self.stage, self.phone);
        let step = stage.step("a visit without connection, and half of one", async {
            self.line.set(Signal::None);
            phone.offline(true).await?;
            tap(phone, "去看望").await?;
            phone.see("第1步").await?;
            write(phone).await?;
            photograph(phone).await?;
            tap(phone, "下一步").await?;
            phone.answer("这次看下来", "需要帮助").await?;
            tap(phone, KEEP).await?;
            // What is missing is named, and nothing is lost.
            phone.see("还差这些").await?;
            phone.look("02-missing").await?;
            phone.resize(Size::Phone).await?;
            phone
                .fill("怎么安排的", "转县社工站，周三上门做心理辅导")
                .await?;
            tap(phone, KEEP).await?;
            phone.see("1条待发送，现在没有网络，已存在手机里").await?;
            phone.look("03-kept").await?;
            phone.resize(Size::Phone).await
        });
        step.await?;
        let step = stage.step("the page loaded again in the hills", async {
            phone.open("/child/day").await?;
            phone.see("1条待发送").await?;
            tap(phone, "去看望").await?;
            write(phone).await?;
            until("every word is on the phone", async || {
                let kept = phone.script(DRAFT, vec![]).await?;
                Ok(kept.to_string().contains("怕黑").then_some(()))
            })
            .await?;
            phone.open("/child/day").await?;
            phone.see("有1条没写完").await?;
            tap(phone, "接着写").await?;
            phone.see("第1步").await?;
            tap(phone, "下一步").await?;
            tap(phone, "下一步").await?;
            tap(phone, "下一步").await?;
            phone.answer("这次看下来", "正常").await?;
            tap(phone, KEEP).await?;
            phone.see("2条待发送").await
        });
        step.await
    }

    async fn answer_is_lost(&self) -> anyhow::Result<()> {
        let (stage, phone) = (self.stage, self.phone);
        let step = stage.step("back, and the answer is lost on the way", async {
            self.line.set(Signal::Deaf);
            phone.offline(false).await?;
            until("both visits arrive", async || {
                Ok((self.visits().await? == 2).then_some(()))
            })
            .await?;
            until("an answer is lost", async || {
                Ok((self.line.lost() > 0).then_some(()))
            })
            .await?;
            phone.see("2条待发送").await
        });
        step.await
    }

    async fn back_home(&self) -> anyhow::Result<()> {
        let (stage, phone) = (self.stage, self.phone);
        let step = stage.step("sent again: each is there once", async {
            self.line.set(Signal::Good);
            until("everything is sent", async || {
                if phone.text().await?.contains("写好的都已送到") {
                    return Ok(Some(()));
                }
                press(phone, "现在发送").await.map(|_| None)
            })
            .await?;
            ensure!(self.visits().await? == 2, "each visit once");
            phone.see("照片1张").await?;
            phone.see("下次最晚").await?;
            phone.look("04-sent").await?;
            phone.resize(Size::Phone).await
        });
        step.await
    }

    /// The township reads it; nobody is overdue any more.
    async fn in_the_file(&self, number: &str) -> anyhow::Result<()> {
        let (stage, browser) = (self.stage, &self.stage.browser);
        let step = stage.step("the supervisor reads the visit in the file", async {
            stage.officer("childs").await?;
            browser.open(&format!("/child/files/{number}")).await?;
            browser.see("想妈妈，晚上怕黑").await?;
            // The photograph came twice: the file has it once.
            let opened = browser.script(PHOTOS, vec![]).await?;
            ensure!(opened == json!(["200 image/jpeg"]), "{opened}");
            browser.look("05-file").await?;
            browser.open("/child/overdue").await?;
            let text = browser.text().await?;
            ensure!(!text.contains(number), "still overdue: {text}");
            browser.look("06-overdue").await
        });
        step.await
    }

    /// Signed out, the phone knows no child.
    async fn nothing_stays(&self) -> anyhow::Result<()> {
        let (stage, phone) = (self.stage, self.phone);
        let step = stage.step("signed out, nothing of a child is on the phone", async {
            let left = phone.script(LEFT, vec![]).await?;
            ensure!(left.to_string().contains("怕黑"), "what was kept? {left}");
            phone.click("退出").await?;
            let kept = until("signed out", async || {
                let left = phone.script(LEFT, vec![]).await?;
                let told = left.as_str().unwrap_or_default().to_owned();
                Ok((!told.contains("怕黑") && !told.contains('向')).then_some(told))
            })
            .await?;
            ensure!(!kept.contains("虎山村"), "{kept}");
            Ok(())
        });
        step.await
    }
}

/// Everything that databases and caches of the phone hold, as text.
const LEFT: &str = "return (async () => {
    const rows = [];
    for (const { name } of await indexedDB.databases()) {
      const db = await new Promise((done) => { const open = indexedDB.open(name); open.onsuccess = () => done(open.result); });
      for (const store of db.objectStoreNames) rows.push(await new Promise((done) => {
        const all = db.transaction(store).objectStore(store).getAll(); all.onsuccess = () => done(all.result);
      }));
      db.close();
    }
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const key of await cache.keys()) if (!key.url.includes('/assets/')) rows.push(await (await cache.match(key)).text());
    }
    return JSON.stringify(rows);
  })()";

/// What is written and not yet kept as a visit.
const DRAFT: &str = "return window.dayStore.meta('draft')";

/// What the photographs of the file open as.
const PHOTOS: &str = "return Promise.all([...document.querySelectorAll('a[href*=\"/materials/\"]')].map(
    async ({ href }) => { const got = await fetch(href); return `${got.status} ${got.headers.get('content-type')}`; }))";

/// The first three steps, all in order.
async fn write(phone: &Browser) -> anyhow::Result<()> {
    phone.answer("在哪里", "家里").await?;
    phone.fill("见到了谁", "孩子、奶奶").await?;
    phone.answer("单独和孩子谈过话", "谈过").await?;
    phone
        .answer("孩子现在和谁生活", "和监护人、受托人一起生活")
        .await?;
    tap(phone, "下一步").await?;
    tap(phone, "六件都正常").await?;
    tap(phone, "下一步").await?;
    phone.fill("看到的情况", "家里整洁，奶奶身体好").await?;
    phone.fill("孩子自己怎么说", "想妈妈，晚上怕黑").await
}

/// A child of 虎山村 in service, with a first visit to make.
async fn served(suite: &Suite, (name, level): (&str, &str), serial: u16) -> anyhow::Result<String> {
    let director = suite.sign_in("child1").await?;
    let form = file(name, level, serial);
    let case = director.submit("child-file", VILLAGE, &form, &[]).await?;
    let number = case.number();
    let verify = json!({ "agrees": true, "level": level, "reasons": "情况属实" });
    suite
        .sign_in("childs")
        .await?
        .act(number, "verify", &verify)
        .await?;
    let start = json!({ "plan": "按期走访", "no_letter": "父亲在外，下周签" });
    director.act(number, "start", &start).await?;
    Ok(number.to_owned())
}

fn file(name: &str, level: &str, serial: u16) -> Value {
    let parent = |born: &str, state: &str| {
        json!({ "name": "向父母", "id_number": id_number("420323", born, serial), "state": state,
                "since": "", "proof": "" })
    };
    json!({
        "kind": "hardship",
        "child": { "name": name, "id_number": id_number("420323", "20160301", serial),
                   "born_on": "", "school": "城关小学三年级" },
        "household": TOWN, "address": "虎山村三组12号",
        "father": parent("19850301", "able"), "mother": parent("19860301", "severely_ill"),
        "guardianship": "grandparents",
        "carer": { "name": "王奶奶", "id_number": "", "phone": "13900000000", "relation": "祖母" },
        "living": "guardian", "needs": ["k1_living"], "overlays": [], "doctor": "周医生",
        "level": level, "level_reasons": "母亲重病", "found": "摸底排查",
    })
}
