//! Somebody else's death certificate was signed under a man's number. His daughter has filed before
//! anybody notices. One officer asks to take the death back, another agrees: registers, marriage and
//! 低保 come back, and what was not paid meanwhile is paid (rules D2, the correction path).

mod back;
mod two;

use anyhow::ensure;
use jiff::civil::{Date, date};
use yiwang_e2e::{
    Api, Case, Office, Person, Stage, Suite, TOWNSHIP, certified, id_number, journey, until,
};

use crate::{
    filing::{Filing, ZHUSHAN},
    steps::{family_applied, marital_status, married, reaches, show},
};

/// A Monday; certificates carry the ID number since July (rules F01).
const BEGIN: Date = date(2026, 8, 3);
/// Allowances are paid on the tenth.
const PAID: Date = date(2026, 9, 10);
const PAID_WITHOUT_HIM: Date = date(2026, 10, 12);

/// What departments did, in the order of the definition.
const DONE: [&str; 5] = ["household", "licence", "medical", "pension", "cards"];

/// Who has to do with it.
struct Play<'a> {
    stage: &'a Stage,
    man: Person,
    wife: Person,
    man_login: String,
    wife_login: String,
    daughter_login: String,
    daughter: Api,
    county: Api,
    /// The family's case of 低保.
    aid: String,
    /// The one-thing.
    number: String,
}

#[tokio::test]
async fn a_death_that_was_none_is_taken_back_by_two() -> anyhow::Result<()> {
    let suite = Suite::builder().from_day(BEGIN);
    journey("death-revoked", suite, async |stage| {
        let play = Play::declared(stage).await?;
        play.asked().await?;
        play.agreed().await?;
        play.restored().await?;
        play.married_again().await?;
        play.paid_again().await
    })
    .await
}

impl<'a> Play<'a> {
    /// Up to a month without his share.
    async fn declared(stage: &'a Stage) -> anyhow::Result<Self> {
        let suite = &stage.suite;
        let man = Person::new("何大山", id_number("420323", "19790315", 641));
        let wife = Person::new("王桂英", id_number("420323", "19810622", 642));
        let daughter = id_number("420323", "20040512", 644);
        let office = Office::open(suite).await?;
        let (_, wife_login) = suite.register(wife.name, &wife.id_number).await?;
        suite.verify_identity(&wife_login)?;
        let (daughter, daughter_login) = suite.register("何小莲", &daughter).await?;
        let (aid, man_login) = stage
            .step("a married couple draws 低保", async {
                married(suite, &man, &wife).await?;
                let (aid, login) = family_applied(suite, &man, &wife).await?;
                office.support(suite, &aid).await?;
                suite.clock().set_day(PAID, 9).await?;
                paid(&office.county, &aid, "2026年9月，840.00元").await?;
                Ok((aid, login))
            })
            .await?;
        let mut play = Self {
            stage,
            man,
            wife,
            man_login,
            wife_login,
            daughter_login,
            daughter,
            county: office.county,
            aid,
            number: String::new(),
        };
        play.filed().await?;
        Ok(play)
    }

    async fn filed(&mut self) -> anyhow::Result<()> {
        let (stage, suite) = (self.stage, &self.stage.suite);
        let died_on = PAID.to_string();
        let step = stage.step("a certificate says that he died", async {
            certified(suite, &self.man, TOWNSHIP, &died_on).await?;
            self.aid_is("death_review").await.map(drop)
        });
        step.await?;
        let filing = Filing {
            dead: &self.man,
            died_on,
            household: ZHUSHAN,
            funeral: "按当地规定土葬，不火化",
            fetch: None,
            bank: None,
            housing_fund: "否",
        };
        let step = stage.step(
            "the daughter files, the departments do their parts",
            async {
                stage.citizen(&self.daughter_login).await?;
                stage.browser.open("/one-things/new/after-death").await?;
                let number = filing.hand_in(stage, &self.daughter).await?;
                for step in DONE.iter().chain(&["benefits", "marriage"]) {
                    reaches(&self.daughter, &number, step, "done").await?;
                }
                let one = show(&self.daughter, &number).await?;
                ensure!(one["state"] == "done", "{one}");
                Ok(number)
            },
        );
        self.number = step.await?;
        let step = stage.step("a month passes; his share is not paid", async {
            suite.clock().set_day(PAID_WITHOUT_HIM, 9).await?;
            paid(&self.county, &self.aid, "2026年10月，560.00元").await?;
            let registrar = suite.sign_in("hall3").await?;
            let status = marital_status(&registrar, &self.wife).await?;
            ensure!(status == "丧偶", "{status}");
            Ok(())
        });
        step.await
    }

    /// Waits for a state of the family's case.
    async fn aid_is(&self, state: &str) -> anyhow::Result<Case> {
        until(&format!("{} is {state}", self.aid), async || {
            let case = self.county.case(&self.aid).await?;
            Ok((case.state() == state).then_some(case))
        })
        .await
    }
}

/// Waits for a payment on the case's page.
async fn paid(who: &Api, aid: &str, what: &str) -> anyhow::Result<()> {
    until(what, async || {
        let case = who.case(aid).await?;
        let found = case.rows("已发放").any(|row| row.starts_with(what));
        Ok(found.then_some(()))
    })
    .await
}
