//! A teacher sees bruises and reports from her phone, without an account. Within the hour the child
//! sleeps in a safe place; months later it lives at home again, after an assessment, and somebody
//! has looked after it all the time.

use anyhow::ensure;
use serde_json::{Value, json};
use yiwang_e2e::{Api, Size, Suite, id_number, journey};

use crate::hands::*;

const CHILD: &str = "陶小禾";

fn voice(words: &str) -> Value {
    json!({ "heard": "said", "words": words })
}

fn assessors(count: usize) -> Vec<Value> {
    let names = ["田晓燕", "赵海燕", "钱医生"];
    let people = names.iter().take(count);
    people
        .map(|name| json!({ "name": name, "unit": "县评估小组，社会工作师" }))
        .collect()
}

#[tokio::test]
async fn a_teacher_reports_and_the_child_is_safe() -> anyhow::Result<()> {
    journey("teacher", Suite::builder(), async |stage| {
        let (suite, browser) = (&stage.suite, &stage.browser);
        let receipt = stage
            .step("a report from a phone, in a minute, without account", async {
                browser.resize(Size::Phone).await?;
                browser.open("/child").await?;
                browser.look("01-help").await?;
                browser.open("/child/report").await?;
                browser.see("110").await?;
                browser.click_in_main("马上报告").await?;
                let said = problems(browser).await?;
                ensure!(said.contains("发生了什么"), "{said}");
                browser.look("02-nothing-said").await?;
                let word = [
                    ("发生了什么", "班上一个女孩手臂、背上都是伤，说爸爸喝酒以后打的，不敢回家。"),
                    ("在哪个县（市、区）", "竹山县"),
                    ("具体在哪里", "城关镇第二小学三年级"),
                    ("孩子叫什么", CHILD),
                    ("大约几岁", "9"),
                    ("您的姓名", "叶红梅"),
                    ("您的电话", "13800000009"),
                ];
                for (field, value) in word {
                    browser.fill(field, value).await?;
                }
                browser.look("03-filled").await?;
                go_on(browser, "马上报告").await?;
                browser.see("110").await?;
                browser.look("04-reported").await?;
                browser.text().await
            })
            .await?;
        let number = text(
            suite,
            "child",
            "select number from casework.case_file where item = 'protection-case'",
        )
        .await?;
        ensure!(receipt.contains(&number), "no receipt: {receipt}");
        let began = suite.clock().now().await?;
        stage
            .step("police at once, dangerous, a safe bed within the hour", async {
                browser.resize(Size::Desk).await?;
                stage.officer("childcentre").await?;
                browser.open("/child/cases").await?;
                browser.see("已报告").await?;
                browser.look("05-cases").await?;
                let told = [("公安机关", "城关派出所"), ("接报人、回执编号", "110-0526")];
                act(browser, &number, "已告知公安", &told).await?;
                let risk = [("危险程度", "紧急"), ("研判意见", "伤痕多处，父亲醉酒，今晚不能回家。")];
                act(browser, &number, "研判", &risk).await?;
                browser.look("06-triaged").await?;
                let centre = suite.sign_in("childcentre").await?;
                let hospital = json!({ "step": "hospital", "words": "县医院检查，软组织挫伤", "unit": "县人民医院" });
                centre.act(&number, "emergency", &hospital).await?;
                let place = json!({
                    "ground": "6",
                    "placing": { "place": "centre", "carer": "竹山县未成年人救助保护中心", "phone": "0719-4220001" },
                    "voice": voice("不想回家，怕爸爸打。"), "decision": "竹民护〔2026〕7号",
                    "handed_over": true,
                });
                centre.act(&number, "place", &place).await?;
                let minutes = (suite.clock().now().await? - began).get_seconds() / 60;
                ensure!(minutes < 60, "{minutes} minutes");
                let places = "select count(*) from child.custody c where c.case_number like 'LJ%' and c.case_number <> $1";
                ensure!(count(suite, places, "").await? == 1, "not in care");
                browser.open(&format!("/child/cases/{number}")).await?;
                browser.see("未成年人救助保护中心").await?;
                browser.look("07-workbench").await
            })
            .await?;
        let care = text(
            suite,
            "child",
            "select number from casework.case_file where item = 'temporary-guardianship'",
        )
        .await?;
        stage
            .step("nobody else learns that there is a case", nothing_leaks(suite, &number))
            .await?;
        stage
            .step("assessed, decided by two, helped, back home", async {
                let [centre, county, county2] = three(suite).await?;
                let known = json!({ "child": { "name": CHILD, "id_number": id_number("420323", "20170310", 162), "born_on": "", "looks_age": 0 } });
                centre.act(&number, "child_known", &known).await?;
                centre.act(&number, "to_assess", &json!({ "words": "孩子在保护中心，情绪平稳。" })).await?;
                let assess = json!({
                    "assessors": assessors(2), "absent": 0, "improper": 2, "insufficient": 1, "seen": true,
                    "safety": "父亲醉酒后殴打，母亲在外打工", "health": "挫伤已治疗，夜里惊醒",
                });
                centre.act(&number, "assess", &assess).await?;
                let due = suite.clock().today().await?.saturating_add(jiff::Span::new().days(20));
                let confer = json!({
                    "way": "intervene", "people": "民政、公安、学校、妇联", "words": "训诫父亲，母亲返乡照料，心理疏导。",
                    "plan": [{ "what": "心理疏导四次", "owner": "县社工站 周梅", "due_on": due }],
                });
                county.act(&number, "confer", &confer).await?;
                let alone = county.act_reply(&number, "countersign", &json!({})).await?;
                ensure!(alone.problem()?.code == "SAME_PERSON", "one alone decided");
                county2.act(&number, "countersign", &json!({})).await?;
                let warned = json!({ "step": "warning", "unit": "城关派出所", "paper": "训诫书2026-18" });
                centre.act(&number, "intervene", &warned).await?;
                centre.act(&number, "plan_done", &json!({ "item": 1, "words": "四次做完，情绪好转" })).await?;
                let back = json!({
                    "to": "母亲 陈芳", "voice": voice("妈妈回来了，我想回家。"), "village": VILLAGE, "months": 3,
                });
                let early = county.act_reply(&number, "return", &back).await?;
                ensure!(early.status >= 400, "sent home without an assessment");
                let fit = json!({ "assessors": assessors(3), "fit": true, "words": "母亲返乡照料，父亲接受戒酒治疗。" });
                centre.act(&care, "assess", &fit).await?;
                county.act(&number, "return", &back).await?;
                let still = "select count(*) from child.custody where case_number = $1 and not isfinite(until)";
                ensure!(count(suite, still, &care).await? == 0, "still in care");
                stage.officer("childc").await?;
                browser.open(&format!("/child/cases/{number}")).await?;
                browser.see("回访").await?;
                browser.look("08-home-again").await
            })
            .await?;
        stage
            .step("the village looks in, then two close it", async {
                let [_, county, county2] = three(suite).await?;
                let director = suite.sign_in("child1").await?;
                let end = json!({ "seen": true, "safe": true, "words": "孩子安全，父亲戒酒，母亲在家。", "told": "电话告知报告人处理结果" });
                let early = county.act_reply(&number, "close", &end).await?;
                ensure!(early.problem()?.code == "FOLLOW_UP_SHORT", "closed too early");
                for _ in 0..4 {
                    suite.clock().advance("P28D").await?;
                    let visit = json!({ "seen": true, "alone": true, "safe": true, "words": "孩子说现在挺好，没有再挨打。" });
                    director.act(&number, "visit", &visit).await?;
                }
                county.act(&number, "close", &end).await?;
                let case = county2.act(&number, "countersign", &json!({})).await?;
                ensure!(case.state() == "closed", "{}", case.state());
                Ok(())
            })
            .await
    })
    .await
}

async fn three(suite: &Suite) -> anyhow::Result<[Api; 3]> {
    Ok([
        suite.sign_in("childcentre").await?,
        suite.sign_in("childc").await?,
        suite.sign_in("childc2").await?,
    ])
}

/// To everybody else the case is one that does not exist.
async fn nothing_leaks(suite: &Suite, number: &str) -> anyhow::Result<()> {
    let missing = missing(number);
    for who in [
        "township", "county", "auditor", "rescuec", "child1", "child1b", "approver",
    ] {
        let api = suite.sign_in(who).await?;
        for path in [
            "/api/v1/cases/{number}",
            "/api/v1/cases/{number}/history",
            "/api/v1/worklist?number={number}",
        ] {
            let told = differs(&api, path, number, &missing).await?;
            ensure!(
                told.is_none(),
                "{who} learns that there is a case: {told:?}"
            );
        }
        let page = api
            .get("/api/v1/worklist?view=REGION&limit=100")
            .await?
            .text();
        ensure!(!page.contains(number), "{who} finds it in the worklist");
    }
    Ok(())
}
