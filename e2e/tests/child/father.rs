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
        "living": "with_carer", "needs": ["poverty"], "overlays": [],
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
        "issuer": "124203234200000010", "issuer_name": "竹山县人民医院", "signed_on": day,
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
        let share = stage
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
                    let sql = "select benefits::text from child.drawn limit 1";
                    Ok(text(suite, "child", sql).await.ok())
                })
                .await
                .or_else(|_| anyhow::Ok(String::new()))
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
                            &json!({ "agrees": true, "findings": "属实" }),
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
        let _ = (share, number);
        Ok(())
    })
    .await
    .context("father")
}
