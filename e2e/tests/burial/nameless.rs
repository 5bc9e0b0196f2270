//! A man without a name lies under a bridge in 通山. Nobody answers the public notice; the home
//! cremates him and keeps the ashes. A year later a match of the DNA names him, and the ashes go
//! to his son.

use anyhow::{Context, ensure};
use jiff::civil::{Date, date};
use serde_json::{Value, json};
use sqlx::Connection as _;
use yiwang_e2e::{Case, Stage, Suite, id_number, journey, until};

use crate::hands::*;

const FOUND: Date = date(2026, 9, 7);
/// 60 days where the place has no rule of its own (F11): a Friday.
const NOTICE_ENDS: &str = "2026-11-06";
const OPINION: Date = date(2026, 11, 9);
const CREMATED: Date = date(2026, 11, 10);
const IDENTIFIED: Date = date(2027, 10, 12);

const HOME: &str = "421224100-BY01";
const BRIDGE: &str = "富水河大桥下";
/// Stands for a family; neither of the two who sign, for nobody decides on a case of his own.
const KEEPER: &str = "刘建国";
const KEEPER_NUMBER: &str = "421224197501010139";
const HOSPITAL: &str = "124212244200000010";
/// For those without a document: the signer's code and a serial of the year.
const CERTIFICATE: &str = "1242122442000000100001";

#[tokio::test]
async fn a_nameless_man_is_named_after_a_year() -> anyhow::Result<()> {
    let suite = Suite::builder().from_day(FOUND);
    journey("nameless", suite, async |stage| {
        let staff = Staff::open(&stage.suite).await?;
        let desk = Desk { stage, staff };
        let file = desk.announced().await?;
        let funeral = desk.stored(&file).await?;
        desk.cremated(&file, &funeral).await?;
        desk.identified(&file, &funeral).await
    })
    .await
}

struct Desk<'a> {
    stage: &'a Stage,
    staff: Staff,
}

impl Desk<'_> {
    /// Registered, searched for, announced; gives the number of the file.
    async fn announced(&self) -> anyhow::Result<String> {
        let (stage, browser, first) = (self.stage, &self.stage.browser, &self.staff.first);
        let form = json!({
            "home": HOME, "found": "outside", "place": TOWN, "address": BRIDGE, "name": "无",
            "found_on": FOUND.to_string(), "features": "男性，约六十岁，身高170厘米，蓝色上衣",
            "office": "通山县公安局通羊派出所", "officer_name": "何勇",
            "officer_number": id_number("421224", "19850606", 11), "officer_phone": "07152361110",
        });
        let taken = json!({
            "station": "通羊派出所", "dna_sample": "DNA20260001", "photos": true,
            "search": "全国失踪人员库、走访周边村组，没有查到", "fingerprint": "Z001",
        });
        let step = stage.step("announced, and everybody can read it", async {
            let case = first.submit("unclaimed-body", TOWN, &form, &[]).await?;
            let file = case.number().to_owned();
            self.act(&file, "collect", &taken, "collected").await?;
            let medium = json!({"medium": "咸宁日报2026年9月8日"});
            let case = self.act(&file, "announce", &medium, "announced").await?;
            let notice = case.list("notices").first().context("no notice")?;
            ensure!(notice["last_day"] == NOTICE_ENDS, "{notice}");
            stage.stranger().await?;
            browser.open("/notices?place=通山县").await?;
            let title = format!("{BRIDGE}发现的遗体认领公告");
            browser.click(&title).await?;
            browser.see("无名氏").await?;
            browser.see("蓝色上衣").await?;
            browser.look("01-notice").await?;
            Ok(file)
        });
        step.await
    }

    /// The home's own funeral for him, in a cell meanwhile; gives its number.
    async fn stored(&self, file: &str) -> anyhow::Result<String> {
        let staff = &self.staff;
        let form = json!({
            "home": HOME, "address": BRIDGE, "place": TOWN, "certificate": "", "unclaimed": file,
            "dead": {"name": "无", "document": "none", "sex": "male", "died_on": FOUND.to_string()},
            "handler": {"name": KEEPER, "id_number": KEEPER_NUMBER, "relation": "home",
                        "phone": "07152360110"},
        });
        let step = self.stage.step("the home keeps him, signed by two", async {
            let case = staff.first.submit("funeral", TOWN, &form, &[]).await?;
            let number = case.number();
            let driver = json!({"driver": "方师傅"});
            self.act(number, "dispatch", &driver, "dispatched").await?;
            let fetched = json!({"place": BRIDGE, "condition": "无外伤", "photo": true});
            staff.both(number, "pick_up", fetched).await?;
            let tag = staff.tag(number).await?;
            let received = json!({"tag": tag, "condition": "与接运时一致"});
            staff.both(number, "receive", received).await?;
            let kept = staff.both(number, "store", json!({"tag": tag})).await?;
            ensure!(kept.state() == "stored", "{}", kept.state());
            Ok(number.to_owned())
        });
        step.await
    }

    /// Nobody came: cremated once the police agree, the ashes stay with the home.
    async fn cremated(&self, file: &str, funeral: &str) -> anyhow::Result<()> {
        let (stage, staff, nothing) = (self.stage, &self.staff, json!({}));
        let tag = json!({"tag": staff.tag(funeral).await?});
        let papers = json!({
            "tag": tag["tag"], "dead_name": "无", "dead_number": "", "certificate": CERTIFICATE,
            "handler_name": KEEPER, "handler_number": KEEPER_NUMBER, "fits_cause": true,
        });
        let step = stage.step("no furnace without an opinion", async {
            nameless_certificate(&stage.suite).await?;
            stage.suite.clock().set_day(OPINION, 9).await?;
            wait_for(&staff.first, file, "unanswered").await?;
            let paper = json!({"number": CERTIFICATE});
            until("the death is recorded", async || {
                let reply = staff.first.act_reply(funeral, "record_certificate", &paper);
                Ok((reply.await?.status == 200).then_some(()))
            })
            .await?;
            let time = json!({"starts_at": format!("{CREMATED}T09:00")});
            self.act(funeral, "set_time", &time, "scheduled").await?;
            let refused = self.refused(funeral, "verify", &papers, "OPINION_MISSING");
            refused.await?;
            let opinion = json!({
                "authority": "police", "document": "通公〔2026〕33号", "given_on": OPINION.to_string(),
            });
            self.act(file, "opine", &opinion, "allowed").await
        });
        step.await?;
        let receipt = json!({
            "tag": tag["tag"], "name": KEEPER, "number": KEEPER_NUMBER, "receipt": "SJ-0009",
        });
        let step = stage.step("cremated by two, the ashes are kept", async {
            stage.suite.clock().set_day(CREMATED, 9).await?;
            staff.both(funeral, "verify", papers.clone()).await?;
            staff.both(funeral, "start_cremation", tag.clone()).await?;
            stage.suite.clock().advance("PT1H").await?;
            staff.both(funeral, "finish_cremation", tag.clone()).await?;
            self.act(funeral, "certify", &nothing, "certified").await?;
            let refused = self.refused(funeral, "hand_over", &receipt, "UNCLAIMED_ASHES");
            refused.await?;
            staff.both(funeral, "deposit", receipt.clone()).await?;
            self.act(file, "keep_ashes", &nothing, "kept").await?;
            at(stage, file, ["in_hall", "nobody"]).await?;
            stage.officer("burial").await?;
            let words = ["骨灰保存中", "骨灰保存至"];
            self.see(file, &words, "02-cremated").await
        });
        step.await
    }

    /// A year later everything gets his name, by two, and his son takes him home.
    async fn identified(&self, file: &str, funeral: &str) -> anyhow::Result<()> {
        let found = json!({
            "name": "陈德水", "number": id_number("421224", "19640202", 15),
            "report": "鄂公鉴〔2027〕5号", "family_name": "陈小明", "family_phone": "13900001111",
            "family_number": id_number("421224", "19900303", 17), "certificate": CERTIFICATE,
            "household": TOWN,
        });
        let old = self.paper(funeral, "valid").await?;
        let step = self.stage.step("the DNA tells who he was", async {
            self.stage.suite.clock().set_day(IDENTIFIED, 9).await?;
            self.both(file, "identify", &found, "identified").await?;
            at(self.stage, file, ["in_hall", "one person"]).await?;
            let words = ["已查明身份", "签字：王建军、周慧", "身份查明告知书"];
            self.see(file, &words, "03-identified").await
        });
        step.await?;
        let step = self
            .stage
            .step("his certificate has his name, the old one ended", async {
                let new = self.paper(funeral, "valid").await?;
                ensure!(new["rows"].to_string().contains("陈德水"), "{new}");
                ensure!(old["rows"].to_string().contains("无"), "{old}");
                let ended = self.paper(funeral, "replaced").await?;
                ensure!(ended["number"] == old["number"], "{ended}");
                self.checked(&old, "已补发，本证作废", "04-old-code")
                    .await?;
                self.checked(&new, "签名正确", "05-new-code").await?;
                self.stage.officer("burial").await
            });
        step.await?;
        let phone =
            json!({"how": "phone", "told_on": IDENTIFIED.to_string(), "answer": "明天来取"});
        self.act(file, "tell_family", &phone, "identified").await?;
        let son = id_number("421224", "19900303", 17);
        let son =
            json!({"name": "陈小明", "number": son, "kinship": "户口簿", "receipt": "SJ-0010"});
        let step = self.stage.step("the ashes go to the son", async {
            self.both(file, "return_ashes", &son, "returned").await?;
            at(self.stage, file, ["with_family", "one person"]).await?;
            let words = ["骨灰已归还", "收据SJ-0010"];
            self.see(file, &words, "06-returned").await
        });
        step.await
    }

    /// The cremation certificate of the funeral in this state, as an officer reads it.
    async fn paper(&self, funeral: &str, state: &str) -> anyhow::Result<Value> {
        let api = &self.staff.first;
        let path = format!("/api/v1/cases/{funeral}");
        let case: Value = api.get(&path).await?.expect(200)?.json()?;
        let papers = case["certificates"].as_array();
        for paper in papers.context("no certificates")? {
            let id = paper["id"].as_str().context("no id")?;
            let path = format!("/api/v1/certificates/burial/{id}");
            let whole: Value = api.get(&path).await?.expect(200)?.json()?;
            if whole["state"] == state {
                return Ok(whole);
            }
        }
        anyhow::bail!("no certificate is {state}: {case}")
    }

    /// What anybody reads who scans the code on the paper.
    async fn checked(&self, paper: &Value, word: &str, picture: &str) -> anyhow::Result<()> {
        let statement = paper["statement"].as_str().context("no statement")?;
        let browser = &self.stage.browser;
        self.stage.stranger().await?;
        browser.open("/verify").await?;
        browser.fill("二维码里的文字", statement).await?;
        browser.click_in_main("核验").await?;
        browser.see(word).await?;
        browser.look(picture).await
    }

    /// The first signature alone changes nothing, and nobody gives both.
    async fn both(&self, case: &str, act: &str, data: &Value, to: &str) -> anyhow::Result<()> {
        let (first, second, nothing) = (&self.staff.first, &self.staff.second, json!({}));
        let alone = first.act(case, act, data).await?;
        ensure!(alone.state() != to, "{act} signed by one alone");
        let twice = self.refused(case, "countersign", &nothing, "SAME_PERSON");
        twice.await?;
        let both = second.act(case, "countersign", &nothing).await?;
        ensure!(both.state() == to, "{act}: {}", both.state());
        Ok(())
    }

    async fn act(&self, case: &str, act: &str, data: &Value, to: &str) -> anyhow::Result<Case> {
        let case = self.staff.first.act(case, act, data).await?;
        ensure!(case.state() == to, "{act}: {}", case.state());
        Ok(case)
    }

    async fn refused(&self, case: &str, act: &str, data: &Value, why: &str) -> anyhow::Result<()> {
        let reply = self.staff.first.act_reply(case, act, data).await?;
        let code = reply.problem()?.code;
        ensure!(code == why, "{act}: {code} instead of {why}");
        Ok(())
    }

    async fn see(&self, file: &str, words: &[&str], picture: &str) -> anyhow::Result<()> {
        let browser = &self.stage.browser;
        browser.open(&format!("/cases/{file}")).await?;
        for word in words {
            browser.see(word).await?;
        }
        browser.look(picture).await
    }
}

/// Where the urn is, and whether file, body, cremation, urn and certificate name one person.
async fn at(stage: &Stage, file: &str, wanted: [&str; 2]) -> anyhow::Result<()> {
    let mut conn = sqlx::PgConnection::connect(&stage.suite.database_url("burial")?).await?;
    let row = sqlx::query_as(
        "select urn.disposition, case
                when num_nonnulls(own.person_key, body.person_key, fire.person_key,
                                  urn.person_key) = 0 then 'nobody'
                when own.person_key = all (array[body.person_key, fire.person_key, urn.person_key,
                     (select min(person_key) from burial.death where person_key = own.person_key)])
                then 'one person' else 'several' end
           from burial.unclaimed own join burial.body on body.case_number = own.funeral
           join burial.cremation fire on fire.body = body.tag
           join burial.urn on urn.body = body.tag where own.case_number = $1",
    );
    let (place, who): (String, String) = row.bind(file).fetch_one(&mut conn).await?;
    ensure!([&*place, &*who] == wanted, "{place}, {who}: not {wanted:?}");
    Ok(())
}

/// The hospital certifies the death of somebody without name and document.
async fn nameless_certificate(suite: &Suite) -> anyhow::Result<()> {
    let url = suite.sandbox_url("/sandbox/v1/certificates")?;
    let certificate = json!({
        "kind": "signed", "number": CERTIFICATE, "name": "无", "sex": "male",
        "died_at": format!("{FOUND}T03:20:00+08:00"), "place": TOWN, "cause": "natural",
        "issuer": HOSPITAL, "issuer_name": "通山县人民医院", "signed_on": FOUND.to_string(),
    });
    let http = reqwest::Client::builder().no_proxy().build()?;
    let added = http.post(url).json(&certificate).send().await?;
    ensure!(added.status().is_success(), "{}", added.text().await?);
    Ok(())
}
