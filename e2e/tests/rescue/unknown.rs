//! A woman whom nobody knows stays for three months. Every step of the search is on file, one of
//! them late; only then the government settles her, and the search goes on.

use anyhow::ensure;
use jiff::civil::{Date, date};
use serde_json::{Value, json};
use yiwang_e2e::{Api, Case, Stage, Suite, id_number, journey, photo, submission, until};

use crate::hands::*;

/// A Monday.
const CAME: Date = date(2026, 4, 20);
const PUBLISHED: Date = date(2026, 4, 21);
const ASKED: Date = date(2026, 4, 28);
/// The eleventh day.
const STRANDED: Date = date(2026, 5, 1);
const MONTH: Date = date(2026, 5, 20);
const SECOND: Date = date(2026, 6, 18);
/// Two weeks after the second renewal of the notice was due.
const LATE: Date = date(2026, 7, 6);
const THIRD: Date = date(2026, 7, 17);
/// The day after three months.
const SETTLED: Date = date(2026, 7, 21);
const APPROVED: Date = date(2026, 7, 28);
const HOUSEHOLD: Date = date(2026, 8, 10);

#[tokio::test]
async fn nobody_knows_her_and_she_is_settled() -> anyhow::Result<()> {
    journey("unknown", Suite::builder().from_day(CAME), async |stage| {
        let station = stage.suite.sign_in("rescue1").await?;
        let county = stage.suite.sign_in("rescuec").await?;
        let years = Quarter {
            stage,
            station,
            county,
        };
        let stay = years.admitted().await?;
        years.searched(&stay).await?;
        years.one_step_late(&stay).await?;
        let settlement = years.requested(&stay).await?;
        years.settled(&stay, &settlement).await
    })
    .await
}

struct Quarter<'a> {
    stage: &'a Stage,
    station: Api,
    county: Api,
}

impl Quarter<'_> {
    async fn on(&self, day: Date) -> anyhow::Result<()> {
        self.stage.suite.clock().set_day(day, 9).await?;
        Ok(())
    }

    async fn does(&self, stay: &str, act: &str, data: Value) -> anyhow::Result<Case> {
        self.station.act(stay, act, &data).await
    }

    /// Waits until the case says so: a clock or a department has acted.
    async fn says(&self, stay: &str, words: &str) -> anyhow::Result<()> {
        until(&format!("the stay says “{words}”"), async || {
            let case = self.station.case(stay).await?;
            let history = self.station.history(stay).await?;
            let all = format!("{}{history}", case.0);
            Ok(all.contains(words).then_some(()))
        })
        .await
    }

    async fn admitted(&self) -> anyhow::Result<String> {
        let (stage, station) = (self.stage, &self.station);
        let step = stage.step("a woman who does not speak is helped", async {
            let form = json!({
                "station": STATION, "source": "public", "reasons": ["homeless"],
                "brought": { "name": "何静", "phone": "13800000044" },
                "said": "不说话", "sex": "female", "looks_age": 60, "found_at": "咸安区永安大桥",
            });
            let case = station.submit("station-stay", TOWN, &form, &[]).await?;
            let stay = case.number().to_owned();
            let mut steps = at_the_door("");
            steps[1].1["checker_sex"] = json!("female");
            steps[1].1["checker"] = json!("杨秀梅");
            steps[2].1["reasons"] = json!(["homeless"]);
            acts(station, &stay, &steps).await?;
            let picture = station.upload("photo", "她.jpg", photo()).await?;
            let taken = json!({
                "fingerprint": "ZW-42-0977", "photo": [picture.file_id], "face_searched": true,
                "compared": "救助系统、寻亲网没有查到",
            });
            self.does(&stay, "biometrics", taken).await?;
            self.on(PUBLISHED).await?;
            let clues = json!({ "body_marks": "右手背有烫伤疤", "height_cm": 156 });
            self.does(&stay, "clues", clues).await?;
            let media = json!({ "media": "全国救助寻亲网、咸宁日报", "photo": false });
            self.does(&stay, "publish", media).await?;
            Ok(stay)
        });
        step.await
    }

    /// DNA within seven working days, care after ten days, passed up after a month, and again.
    async fn searched(&self, stay: &str) -> anyhow::Result<()> {
        let stage = self.stage;
        let step = stage.step("DNA, care, every month one level higher", async {
            self.on(ASKED).await?;
            let dna = json!({
                "station": "咸宁市公安局温泉分局", "document": "咸救函〔2026〕30号",
                "sample": "DNA-2026-0977",
            });
            self.does(stay, "request_dna", dna).await?;
            self.says(stay, "没有比中").await?;
            self.on(STRANDED).await?;
            self.says(stay, "转为滞留人员").await?;
            let care = json!({ "form": "house", "reasons": "身体尚可，站内照料" });
            self.does(stay, "choose_care", care).await?;
            self.on(MONTH).await?;
            let media = json!({ "media": "全国救助寻亲网、湖北日报", "photo": true });
            self.does(stay, "refresh", media).await?;
            self.up(stay, "咸宁市民政局").await?;
            let early = self.asks(stay).await?;
            ensure!(early == "SETTLE_TOO_EARLY", "{early}");
            self.on(SECOND).await?;
            self.up(stay, "湖北省民政厅").await
        });
        step.await
    }

    async fn up(&self, stay: &str, to: &str) -> anyhow::Result<()> {
        let up = json!({ "to": to, "document": "咸民函〔2026〕41号", "reasons": "当地没有查清" });
        self.does(stay, "escalate", up).await.map(drop)
    }

    /// The second renewal of the notice is forgotten: red, and no settlement before it is done.
    async fn one_step_late(&self, stay: &str) -> anyhow::Result<()> {
        let (stage, browser) = (self.stage, &self.stage.browser);
        let step = stage.step("a forgotten step is red for all to see", async {
            self.on(LATE).await?;
            stage.officer("rescue2").await?;
            look_until(stage, "/rescue/late", "更新").await?;
            browser.look("01-late").await?;
            browser.open("/rescue/board").await?;
            browser.look("02-board").await?;
            browser.open(&format!("/cases/{stay}")).await?;
            browser.look("03-stay").await?;
            self.on(THIRD).await?;
            self.up(stay, "民政部").await?;
            self.on(SETTLED).await?;
            let code = self.asks(stay).await?;
            ensure!(code == "SEARCH_INCOMPLETE", "{code}");
            Ok(())
        });
        step.await?;
        let step = stage.step("done late, it stays late, and counts", async {
            let media = json!({ "media": "全国救助寻亲网、中央电视台", "photo": true });
            self.does(stay, "refresh", media).await?;
            browser.open("/rescue/late").await?;
            browser.see("没有超时的寻亲步骤").await?;
            browser.open(&format!("/rescue/search/{stay}")).await?;
            browser.see("寻亲的每一步").await?;
            browser.see("更新寻亲公告（第2次）").await?;
            browser.see("迟了").await?;
            browser.look("04-every-step").await
        });
        step.await
    }

    fn form(stay: &str) -> Value {
        json!({
            "stay": stay, "letter": "咸救安〔2026〕3号", "home": "welfare",
            "institution": "咸安区社会福利院", "plan": "由区社会福利院供养，费用列入特困供养。",
        })
    }

    /// The stable code of the refusal of an application.
    async fn asks(&self, stay: &str) -> anyhow::Result<String> {
        let body = submission("settlement", TOWN, &Self::form(stay), &[]);
        let reply = self.station.post("/api/v1/cases", &body).await?;
        ensure!(reply.status >= 400, "settled without the search");
        Ok(reply.problem()?.code)
    }

    async fn requested(&self, stay: &str) -> anyhow::Result<String> {
        let (stage, browser) = (self.stage, &self.stage.browser);
        let step = stage.step("the station asks, civil affairs look it over", async {
            let form = Self::form(stay);
            let case = self.station.submit("settlement", TOWN, &form, &[]).await?;
            let number = case.number().to_owned();
            browser.open(&format!("/cases/{number}")).await?;
            browser.look("05-requested").await?;
            let opinion =
                json!({ "opinion": "寻亲步骤齐全，同意上报", "document": "咸安民〔2026〕18号" });
            self.county.act(&number, "review", &opinion).await?;
            Ok(number)
        });
        step.await
    }

    async fn settled(&self, stay: &str, number: &str) -> anyhow::Result<()> {
        let (stage, browser) = (self.stage, &self.stage.browser);
        let step = stage.step("the government approves, the police register her", async {
            self.on(APPROVED).await?;
            stage.officer("hall1a").await?;
            let approved = [
                ("政府批准文号", "咸安政函〔2026〕77号"),
                ("批准日期", "2026-07-28"),
            ];
            open_task(browser, number, "登记政府批准").await?;
            fill_task(browser, "登记政府批准", &approved).await?;
            browser.look("06-approve").await?;
            done(browser, "登记政府批准").await?;
            self.on(HOUSEHOLD).await?;
            let home = json!({
                "name": "安永宁", "number": id_number("421202", "19660420", 262),
                "police": "温泉派出所", "household": "JT-0031", "on": HOUSEHOLD.to_string(),
                "duplicates_checked": true, "duplicates_paper": "查重〔2026〕9号",
            });
            self.station.act(number, "register", &home).await?;
            let benefits = json!({
                "benefits": ["extreme_poverty", "medical_insurance"], "findings": "已办理",
            });
            let case = self.county.act(number, "benefits", &benefits).await?;
            ensure!(case.state() == "settled", "{}", case.state());
            Ok(())
        });
        step.await?;
        let step = stage.step("settled, and searched for every year", async {
            stage.officer("rescue2").await?;
            browser.open(&format!("/cases/{number}")).await?;
            browser.see("已安置").await?;
            browser.see("再次比对DNA和人脸").await?;
            browser.look("07-settled").await?;
            browser.open(&format!("/cases/{stay}")).await?;
            browser.see("落户安置").await?;
            browser.look("08-stay").await?;
            let steps = "select count(*) from rescue.search_step
                          where case_number = $1 and done_at is not null";
            let done = count(&stage.suite, steps, stay).await?;
            ensure!(done >= 11, "only {done} steps on file");
            Ok(())
        });
        step.await
    }
}
