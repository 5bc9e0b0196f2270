//! A couple adopts. A year later nobody who just works here can link the child to its birth parents.

use anyhow::ensure;
use serde_json::{Value, json};
use sqlx::{Connection as _, Row as _};
use yiwang_e2e::{Suite, id_number, journey};

use crate::hands::*;

const BIRTH: [&str; 2] = ["卢国庆", "秦小燕"];

fn numbers() -> [String; 3] {
    [
        id_number("420323", "19930505", 741),
        id_number("420323", "19950601", 742),
        id_number("420323", "20230501", 744),
    ]
}

fn form(husband: (&str, &str), wife: (&str, &str)) -> Value {
    let [father, mother, child] = numbers();
    json!({
        "kind": "S3",
        "adopter": { "name": husband.0, "id_number": husband.1, "phone": "13800000007" },
        "marital": "married",
        "spouse": { "name": wife.0, "id_number": wife.1, "phone": "13800000008" },
        "address": "竹山县城关镇人民路1号", "children": 0, "means": "教师和护士，住房120平方米",
        "wish": "想要一个女儿", "secret": true,
        "child": { "name": "卢小雨", "id_number": child, "ground": "hardship" },
        "new_name": "韩小雨",
        "senders": {
            "division": TOWN,
            "father": { "name": BIRTH[0], "id_number": father, "state": "able" },
            "mother": { "name": BIRTH[1], "id_number": mother, "state": "able" },
        },
    })
}

fn sheet() -> Value {
    json!({
        "motive": 10, "morals": 10, "education": 5, "health": 10, "means": 15, "marriage": 10,
        "members": 10, "plan": 10, "neighbours": 5, "community": 5, "bond": 10, "vetoes": [],
        "opinion": "家庭条件好，和孩子相处融洽", "unrelated": true,
    })
}

fn married() -> Value {
    json!({ "state": "married", "same_spouse": true, "source": "全国婚姻登记信息查询" })
}

#[tokio::test]
async fn a_couple_adopts_and_nobody_finds_the_birth_parents() -> anyhow::Result<()> {
    journey("adoption", Suite::builder(), async |stage| {
        let (suite, browser) = (&stage.suite, &stage.browser);
        let county = suite.sign_in("childc").await?;
        let (husband, wife) = (
            ("韩志远", "420323198605171570"),
            ("沈静", "420323198811031587"),
        );
        let number = stage
            .step("the couple comes, both sign", async {
                let case = county.submit("adoption", TOWN, &form(husband, wife), &[]).await?;
                let number = case.number().to_owned();
                stage.officer("adopter").await?;
                browser.open(&format!("/cases/{number}")).await?;
                browser.see("收养").await?;
                browser.look("01-their-case").await?;
                county.act(&number, "sign_at_desk", &json!({ "adopter": true, "spouse": true })).await?;
                county.act(&number, "check_marital", &married()).await?;
                let talk = json!({ "adopters": "自愿收养，没有收取财物", "senders": "自愿送养" });
                county.act(&number, "interview", &talk).await?;
                let voice = json!({ "agrees": true, "alone": true, "words": "和阿姨玩得很开心" });
                county.act(&number, "hear_child", &voice).await?;
                for (who, name) in [("father", BIRTH[0]), ("mother", BIRTH[1])] {
                    let consent = json!({ "who": who, "name": name, "agrees": true, "identity_checked": true, "words": "我同意" });
                    county.act(&number, "consent", &consent).await?;
                }
                let papers = json!({
                    "papers": ["application", "identity", "marriage", "ability", "children", "health", "record", "sender_identity", "hardship"],
                    "able": true, "healthy": true, "clean": true, "free": true,
                });
                county.act(&number, "check_papers", &papers).await?;
                Ok(number)
            })
            .await?;
        stage
            .step("assessed by two who do not decide, thirty days together", async {
                let assessors = [
                    suite.sign_in("childcentre").await?,
                    suite.sign_in("childcentre2").await?,
                ];
                county.act(&number, "begin_assessment", &json!({ "consented": true, "team": "县未成年人救助保护中心" })).await?;
                let today = suite.clock().today().await?;
                let begin = json!({ "on": today, "agreement": "融合1号", "words": "愿意去" });
                county.act(&number, "begin_bond", &begin).await?;
                let till = today.saturating_add(jiff::Span::new().days(31));
                suite.clock().set_day(till, 10).await?;
                let end = json!({ "on": till, "good": true, "findings": "吃得好睡得好", "words": "喜欢" });
                county.act(&number, "end_bond", &end).await?;
                let visit = json!({ "on": till, "seen": "夫妻二人", "findings": "家庭和睦", "unrelated": true });
                assessors[0].act(&number, "visit", &visit).await?;
                for assessor in &assessors {
                    assessor.act(&number, "score", &sheet()).await?;
                }
                assessors[0].act(&number, "report", &json!({ "findings": "综合评估" })).await?;
                stage.officer("childc").await?;
                browser.open(&format!("/cases/{number}")).await?;
                browser.look("02-assessed").await
            })
            .await?;
        stage
            .step("registered by two, the certificate is there", async {
                let second = suite.sign_in("childc2").await?;
                let register = json!({ "outcome": "register", "reasons": "符合收养条件" });
                let stale = county.act_reply(&number, "propose", &register).await?;
                ensure!(stale.status >= 400, "an old look at the marriage was enough");
                county.act(&number, "check_marital", &married()).await?;
                county.act(&number, "propose", &register).await?;
                let alone = county.act_reply(&number, "confirm", &json!({})).await?;
                let code = alone.problem()?.code;
                ensure!(code == "SAME_PERSON", "one alone registered: {code}");
                let case = second.act(&number, "confirm", &json!({})).await?;
                ensure!(case.state() == "registered", "{}", case.state());
                stage.officer("adopter").await?;
                browser.open("/certificates").await?;
                browser.see("收养登记证").await?;
                browser.look("03-certificate").await?;
                browser.open(&format!("/cases/{number}")).await?;
                for name in BIRTH {
                    browser.see_not(name).await?;
                }
                browser.look("04-their-case-after").await
            })
            .await?;
        stage
            .step("a year later: the registrar asks, nobody just looks", async {
                suite.clock().advance("P365D").await?;
                let missing = missing(&number);
                for who in ["childc", "childc2", "childs", "childcentre", "welfare", "auditor", "county"] {
                    let api = suite.sign_in(who).await?;
                    for path in ["/api/v1/cases/{number}", "/api/v1/worklist?number={number}"] {
                        let told = differs(&api, path, &number, &missing).await?;
                        ensure!(told.is_none(), "{who} learns of it: {told:?}");
                    }
                }
                stage.officer("childc").await?;
                browser.open(&format!("/cases/{number}")).await?;
                browser.look("05-hidden").await?;
                nowhere(suite).await
            })
            .await
    })
    .await
}

/// No key, name or number of the birth parents stands anywhere in the clear, and no row links their
/// keys to the case or the child.
async fn nowhere(suite: &Suite) -> anyhow::Result<()> {
    let [father, mother, _] = numbers();
    let needles = [BIRTH[0].to_owned(), BIRTH[1].to_owned(), father, mother];
    for service in ["child", "gateway"] {
        let mut conn = sqlx::PgConnection::connect(&suite.database_url(service)?).await?;
        let columns = sqlx::query(
            "select table_schema, table_name, column_name from information_schema.columns
              where table_schema not in ('pg_catalog', 'information_schema')
                and data_type in ('text', 'jsonb', 'ARRAY', 'character varying')",
        )
        .fetch_all(&mut conn)
        .await?;
        for column in columns {
            let [schema, table, name]: [String; 3] = [column.get(0), column.get(1), column.get(2)];
            for needle in &needles {
                let sql = format!(
                    "select count(*) from \"{schema}\".\"{table}\" where \"{name}\"::text like '%' || $1 || '%'"
                );
                let found: i64 = sqlx::query_scalar(sqlx::AssertSqlSafe(sql))
                    .bind(needle)
                    .fetch_one(&mut conn)
                    .await?;
                ensure!(found == 0, "{service}: {schema}.{table}.{name}");
            }
        }
    }
    let linked = "select count(*) from casework.case_person p join casework.case_file f on f.id = p.case_id
                   where f.item = 'adoption' and p.relation not in ('self', 'spouse', 'child') and $1 <> ''";
    ensure!(count(suite, linked, "x").await? == 0, "a key links");
    Ok(())
}
