//! The mother has been lost for months; the father dies. Nobody applies: the event alone opens the
//! review the same day, and the first payment is right to the fen.

use anyhow::{Context, ensure};
use serde_json::{Value, json};
use yiwang_e2e::{Family, ITEM, Office, Suite, id_number, journey, until};

use crate::hands::*;

const GRANDMOTHER: (&str, &str) = ("陈桂兰", "420323195802141561");
const CHILD: &str = "何小雨";

fn child() -> String {
    id_number("420323", "20160908", 751)
}
fn father() -> String {
    id_number("420323", "19850315", 753)
}
fn mother() -> String {
    id_number("420323", "19870622", 752)
}

/// The grandmother and the child live on 300 yuan a month.
fn household() -> Value {
    let mut form = Family::new(1).form();
    form["applicant"]["name"] = json!(GRANDMOTHER.0);
    form["applicant"]["id_number"] = json!(GRANDMOTHER.1);
    form["applicant"]["about"]["marital"] = json!("widowed");
    let mut member = form["members"][1].clone();
    member["name"] = json!(CHILD);
    member["id_number"] = json!(child());
    member["relation"] = json!("grandchild");
    form["members"] = json!([member]);
    form["payee"]["holder"] = json!(GRANDMOTHER.0);
    form
}

/// What the director of the village writes down.
fn file() -> Value {
    let nobody = json!({ "place": "", "since": "", "phone": "", "contact": "" });
    json!({
        "kind": "hardship",
        "child": { "name": CHILD, "id_number": child(), "born_on": "", "school": "城关小学四年级" },
        "household": TOWN, "address": "虎山村三组12号", "here_since": "", "boarding": false,
        "health": "健康", "doctor": "村医 王医生",
        "father": { "name": "何大山", "id_number": father(), "state": "able", "since": "", "proof": "" },
        "father_away": nobody,
        "mother": { "name": "李小梅", "id_number": mother(), "state": "out_of_contact", "since": "2025-09-01", "proof": "城关派出所接警回执" },
        "mother_away": nobody,
        "guardianship": "parents",
        "carer": { "name": GRANDMOTHER.0, "id_number": GRANDMOTHER.1, "phone": "13800000006", "relation": "祖母" },
        "living": "guardian", "needs": ["k1_living"], "overlays": [],
        "level": "middle", "level_reasons": "母亲失联，父亲患病", "found": "入户摸底",
    })
}

/// The health department signs the father's death certificate.
async fn dies(suite: &Suite, day: &str) -> anyhow::Result<()> {
    let url = suite.sandbox_url("/sandbox/v1/certificates")?;
    let certificate = json!({
        "kind": "signed", "number": father(), "name": "何大山",
        "document": { "kind": "citizen_id", "number": father() },
        "household": TOWN, "ethnicity": "01", "died_at": format!("{day}T03:20:00+08:00"),
        "place": TOWN, "place_kind": "home", "cause": "natural", "signer": "clinic",
        "issuer": "124212244200000010", "issuer_name": "竹山县人民医院", "signed_on": day,
    });
    let http = reqwest::Client::builder().no_proxy().build()?;
    let added = http.post(url).json(&certificate).send().await?;
    ensure!(added.status().is_success(), "{}", added.text().await?);
    Ok(())
}

#[tokio::test]
async fn a_father_dies_and_the_child_is_not_forgotten() -> anyhow::Result<()> {
    journey("father", Suite::builder(), async |stage| {
        let (suite, browser) = (&stage.suite, &stage.browser);
        let share: i64 = stage
            .step("the household draws 低保", async {
                let office = Office::open(suite).await?;
                let citizen = suite.sign_in("grandmother").await?;
                let photo = citizen
                    .upload("other", "家.jpg", yiwang_e2e::photo())
                    .await?;
                let case = citizen.submit(ITEM, TOWN, &household(), &[photo]).await?;
                let number = case.number().to_owned();
                office.accept(&number).await?;
                office.investigate(suite, &number).await?;
                office.publish(&number).await?;
                office.let_notice_end(suite, &number).await?;
                office.confirm(&number).await?;
                until("the child's share is known", async || {
                    let sql = "select fen::text from child.aid where benefit = 'DB' order by from_month limit 1";
                    Ok(text(suite, "child", sql).await.ok())
                })
                .await?
                .parse::<i64>()
                .context("no amount")
            })
            .await?;
        stage
            .step(
                "the director keeps a file, the supervisor verifies it",
                async {
                    let director = suite.sign_in("child1").await?;
                    let case = director.submit("child-file", VILLAGE, &file(), &[]).await?;
                    let supervisor = suite.sign_in("childs").await?;
                    supervisor
                        .act(
                            case.number(),
                            "verify",
                            &json!({ "agrees": true, "level": "middle", "reasons": "属实" }),
                        )
                        .await?;
                    Ok(())
                },
            )
            .await?;
        let number = stage
            .step("the father dies; the review is there the same day", async {
                let today = suite.clock().today().await?;
                dies(suite, &today.to_string()).await?;
                let number = until("a review", async || {
                    let sql =
                        "select number from casework.case_file where item = 'unattended-child'";
                    Ok(text(suite, "child", sql).await.ok())
                })
                .await?;
                ensure!(suite.clock().today().await? == today, "another day");
                stage.officer("childs").await?;
                browser.open("/child/tasks").await?;
                browser.look("01-tasks").await?;
                browser.open(&format!("/cases/{number}")).await?;
                browser.see("殡葬服务登记死亡").await?;
                browser.look("02-review").await?;
                Ok(number)
            })
            .await?;
        let account = json!({
            "kind": "carer", "guardian_able": false, "holder": GRANDMOTHER.0, "id_number": GRANDMOTHER.1,
            "bank": "竹山农商银行城关支行", "account": "6217004201234567891",
            "duties": "照料孩子生活、上学，钱用在孩子身上。",
        });
        stage
            .step("verified by the township, decided by two of the county", async {
                let today = suite.clock().today().await?;
                let verify = json!({
                    "methods": ["data", "visit"],
                    "father": { "state": "dead", "since": today, "until": "", "proof": "死亡证明" },
                    "mother": { "state": "out_of_contact", "since": "2025-09-01", "until": "", "proof": "城关派出所接警回执" },
                    "guardian_able": false, "child_seen": true, "agrees": true,
                    "findings": "入户见到孩子和祖母，母亲一直没有联系。",
                    "without_data": "", "differs": "以死亡证明和接警回执为准",
                });
                let [supervisor, county, second] = [
                    suite.sign_in("childs").await?,
                    suite.sign_in("childc").await?,
                    suite.sign_in("childc2").await?,
                ];
                let reply = until("the departments have answered", async || {
                    let reply = supervisor.act_reply(&number, "verify", &verify).await?;
                    Ok((reply.status < 400).then_some(reply))
                });
                reply.await?;
                let yes = json!({ "agrees": true, "reasons": "父亲死亡，母亲失联满6个月" });
                for (act, data) in [("propose", &yes), ("propose_payee", &account)] {
                    county.act(&number, act, data).await?;
                    let alone = county.act_reply(&number, "decide", &yes).await?;
                    ensure!(alone.problem()?.code == "SAME_PERSON", "one alone decided");
                    second.act(&number, "decide", &yes).await?;
                }
                stage.officer("childc").await?;
                browser.open(&format!("/cases/{number}")).await?;
                browser.look("03-confirmed").await
            })
            .await?;
        stage
            .step("paid from next month, to the fen", async {
                let today = suite.clock().today().await?;
                let next = today.first_of_month().saturating_add(jiff::Span::new().months(1));
                suite.clock().set_day(next.saturating_add(jiff::Span::new().days(19)), 10).await?;
                let paid: i64 = until("the bank has paid", async || {
                    let sql = "select fen::text from child.payment where state = 'paid' order by month limit 1";
                    Ok(text(suite, "child", sql).await.ok())
                })
                .await?
                .parse()?;
                ensure!(paid == 112_000 - share, "{paid} and not 112000 − {share}");
                let first = text(suite, "child", "select to_char(month, 'YYYY-MM') from child.payment order by month limit 1").await?;
                ensure!(first == next.strftime("%Y-%m").to_string(), "first month {first}");
                browser.open("/child/payments").await?;
                browser.look("04-payments").await
            })
            .await
    })
    .await
}
