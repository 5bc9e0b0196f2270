//! A daughter has not called anybody: the one form tells the funeral home too. The home does its
//! work, two signing each step; what the law lets begin at once has begun meanwhile, the pension
//! ends once the cremation certificate is there, the bill is paid by 惠民, and the subsidy for the
//! tree is applied for by itself.

mod home;
mod tree;

use anyhow::{Context, ensure};
use jiff::civil::{Date, date};
use serde_json::Value;
use yiwang_e2e::{
    Api, Person, Staff, Stage, Suite, certified, id_number, journey,
    tasks::{answer, go_on},
    until,
};

use crate::{
    filing::Filing,
    steps::{married, reaches, show, state_of},
};

/// Certificates carry the ID number since July (rules F01).
const DIED: Date = date(2026, 9, 7);
const CREMATED: Date = date(2026, 9, 8);

const TOWN: &str = "421224100";
const TOWN_NAMES: [&str; 4] = ["湖北省", "咸宁市", "通山县", "通羊镇"];

/// Each step with those that must have been done before anything of it happens (rules D2).
const ORDER: [(&str, &[&str]); 13] = [
    ("kinship", &[]),
    ("sole", &["kinship"]),
    ("death", &["sole"]),
    ("funeral", &["death"]),
    ("household", &["death"]),
    ("licence", &["death"]),
    ("marriage", &["death"]),
    ("cremation", &["death", "funeral"]),
    ("medical", &["household"]),
    ("housing-fund", &["household"]),
    ("cards", &["household"]),
    ("pension", &["household", "cremation"]),
    ("waiver", &["cremation"]),
];

/// Who has to do with it.
struct Play<'a> {
    stage: &'a Stage,
    staff: Staff,
    father: Person,
    daughter: Person,
    login: String,
    api: Api,
}

#[tokio::test]
async fn one_form_leads_to_the_cremation_and_to_everything_after_it() -> anyhow::Result<()> {
    journey("last-way", Suite::builder().from_day(DIED), async |stage| {
        let suite = &stage.suite;
        let father = Person::new("张德福", id_number("421224", "19480312", 411));
        let mother = Person::new("陈玉珍", id_number("421224", "19500620", 412));
        let daughter = Person::new("张秀莲", id_number("421224", "19750603", 414));
        // Only who was seen with the ID card signs the confirmation online.
        let (api, login) = suite.register(daughter.name, &daughter.id_number).await?;
        suite.verify_identity(&login)?;
        married(suite, &father, &mother).await?;
        certified(suite, &father, TOWN, &DIED.to_string()).await?;
        let play = Play {
            stage,
            staff: Staff::open(suite).await?,
            father,
            daughter,
            login,
            api,
        };
        let number = play.filed().await?;
        let funeral = play.under_way(&number).await?;
        play.fetched(&funeral).await?;
        play.arranged(&funeral).await?;
        let certificate = play.cremated(&funeral).await?;
        play.finished(&number, &funeral).await?;
        play.laid(&certificate).await?;
        play.subsidised(&number).await
    })
    .await
}

impl Play<'_> {
    /// The form, with the home to be told.
    async fn filed(&self) -> anyhow::Result<String> {
        let stage = self.stage;
        let filing = Filing {
            dead: &self.father,
            died_on: DIED.to_string(),
            household: TOWN_NAMES,
            funeral: "还没有联系殡仪馆，请一并安排",
            fetch: Some((TOWN_NAMES, "通羊镇城南路12号", "通山县殡仪馆")),
            bank: Some("通山农商银行城关支行"),
            housing_fund: "是",
        };
        let step = stage.step("one form, the home is told by it", async {
            stage.citizen(&self.login).await?;
            stage.browser.open("/one-things/new/after-death").await?;
            filing.hand_in(stage, &self.api).await
        });
        step.await
    }

    /// What need not wait for the cremation does not; gives the number of the funeral.
    async fn under_way(&self, number: &str) -> anyhow::Result<String> {
        let (stage, browser) = (self.stage, &self.stage.browser);
        let step = stage.step("the home has the notice, the others go on", async {
            let at_once = ["funeral", "household", "licence", "marriage", "medical"];
            for step in at_once.iter().chain(&["housing-fund", "cards"]) {
                reaches(&self.api, number, step, "done").await?;
            }
            reaches(&self.api, number, "cremation", "waiting").await?;
            let pension = state_of(&self.api, number, "pension").await?;
            ensure!(pension == "blocked", "before the cremation: {pension}");
            browser.open(&format!("/one-things/{number}")).await?;
            browser.see("殡仪馆").await?;
            browser.look("06-under-way").await?;
            browser.click_in_main("看办件").await?;
            browser.look("07-funeral").await?;
            let one = show(&self.api, number).await?;
            let steps = one["steps"].as_array().context("no steps")?;
            let funeral = steps.iter().find(|step| step["code"] == "funeral");
            let funeral = funeral.and_then(|step| step["number"].as_str());
            Ok(funeral.context("no funeral")?.to_owned())
        });
        step.await
    }

    /// Cremation, then the pension; nothing is to be paid.
    async fn finished(&self, number: &str, funeral: &str) -> anyhow::Result<()> {
        let (stage, browser) = (self.stage, &self.stage.browser);
        let step = stage.step("the cremation is known, then the pension ends", async {
            for step in ["cremation", "pension", "waiver"] {
                reaches(&self.api, number, step, "done").await?;
            }
            let one = show(&self.api, number).await?;
            in_order(&one["history"])?;
            stage.citizen(&self.login).await?;
            browser.open(&format!("/one-things/{number}")).await?;
            browser.see("惠民减免").await?;
            browser.look("16-done").await
        });
        step.await?;
        let step = stage.step("the bill is paid by the waiver, line by line", async {
            browser.open(&format!("/funeral/{funeral}")).await?;
            browser.see("不用交钱").await?;
            browser.see("火化（平板炉）").await?;
            browser.look("17-bill").await?;
            browser.open("/my").await?;
            browser.look("18-mine").await
        });
        step.await
    }
}

/// Nothing of a step happens before those it waits for are done.
fn in_order(history: &Value) -> anyhow::Result<()> {
    let history = history.as_array().context("no history")?;
    let done = |code: &str| {
        let of_it = |one: &Value| one["step"] == code && one["kind"] == "done";
        let found = history.iter().position(of_it);
        found.with_context(|| format!("{code} was not done: {history:?}"))
    };
    for (code, after) in ORDER {
        done(code)?;
        let first = history.iter().position(|one| one["step"] == code);
        for earlier in after {
            ensure!(Some(done(earlier)?) < first, "{code} before {earlier}");
        }
    }
    Ok(())
}
