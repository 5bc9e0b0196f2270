//! An old man whom nobody knows is helped, and found in the report of his family; every page
//! that this passes is looked at in both widths.

use serde_json::{Value, json};
use yiwang_e2e::{Api, Suite, journey, until};

/// 咸宁市救助管理站.
const STATION: &str = "421202001-JZ01";
/// 温泉街道, where it stands.
const TOWN: &str = "421202001";

#[tokio::test]
async fn pages_of_rescue() -> anyhow::Result<()> {
    journey("rescue-tour", Suite::builder(), async |stage| {
        let browser = &stage.browser;
        let station = stage.suite.sign_in("rescue1").await?;
        stage
            .step("a son tells whom he misses", async {
                let son = stage.suite.sign_in("family").await?;
                son.submit("missing-person", TOWN, &missing(), &[]).await?;
                Ok(())
            })
            .await?;
        let stay = stage
            .step("an old man is helped, and says a nickname", async {
                admitted(&station).await
            })
            .await?;
        stage
            .step("what everybody sees", async {
                for (name, path, words) in [
                    ("home", "/rescue", "24小时"),
                    ("tell", "/rescue/tell", "在什么地方"),
                    ("notices", "/rescue/notices", "寻亲公告"),
                ] {
                    browser.open(path).await?;
                    browser.see(words).await?;
                    browser.look(name).await?;
                }
                Ok(())
            })
            .await?;
        stage
            .step("the station at work", async {
                stage.officer("rescue1").await?;
                for (name, path, words) in [
                    ("board", "/rescue/board", "咸宁市救助管理站"),
                    ("places", "/rescue/places", "男宿舍101"),
                    ("articles", "/rescue/articles", "瓶装水"),
                    ("late", "/rescue/late", "寻亲"),
                ] {
                    browser.open(path).await?;
                    browser.see(words).await?;
                    browser.look(name).await?;
                }
                browser.open(&format!("/cases/{stay}")).await?;
                browser.look("stay").await
            })
            .await?;
        stage
            .step("his family's report comes first, with the reasons", async {
                until("the report is in the index", async || {
                    browser.open(&format!("/rescue/search/{stay}")).await?;
                    browser.click_in_main("查找").await?;
                    Ok(browser.text().await?.contains("并排比较").then_some(()))
                })
                .await?;
                browser.see("可能性").await?;
                browser.look("candidates").await?;
                browser.click_in_main("并排比较").await?;
                browser.see("刘家坡").await?;
                browser.look("side-by-side").await
            })
            .await?;
        stage
            .step(
                "somebody in the street is written down on the phone",
                async {
                    browser.open("/rescue/street").await?;
                    browser.see("新的一次看望").await?;
                    browser.fill("结果", "不愿意").await?;
                    browser.fill("本人怎么说", "等老乡来接").await?;
                    browser.look("street").await
                },
            )
            .await
    })
    .await
}

/// 陈志强 of 刘家坡, lost in 武汉; 张伟 asks for him.
fn missing() -> Value {
    json!({
        "reporter": { "name": "张伟", "id_number": "421224197203041375", "phone": "13800000022",
                      "relation": "child" },
        "name": "陈志强", "sex": "male", "names": "狗娃", "born": "1958-03-02", "home": "610902",
        "address": "安康市汉滨区五里镇刘家坡村", "last_seen_on": "2026-04-20",
        "last_seen_place": "420106", "marks": "左手断掉食指，右额有一道疤", "dialect": "安康话",
        "consent_search": true, "consent_publish": true,
    })
}

/// From the door to a bed in 男宿舍101; gives the number of the stay.
async fn admitted(station: &Api) -> anyhow::Result<String> {
    let form = json!({
        "station": STATION, "source": "police", "reasons": ["lost"],
        "brought": { "unit": "温泉派出所", "name": "王勇", "badge": "012345", "record": "JJ-1" },
        "said": "只说要回家", "sex": "male", "looks_age": 66, "found_at": "长途汽车站",
    });
    let case = station.submit("station-stay", TOWN, &form, &[]).await?;
    let number = case.number().to_owned();
    for (act, data) in [
        ("screen", json!({ "findings": "神志清楚，能自己行走" })),
        (
            "security",
            json!({ "agreed": true, "checker": "刘春生", "checker_sex": "male",
                    "belongings": [{ "what": "布包", "quantity": "1个" }] }),
        ),
        (
            "register",
            json!({ "cannot_tell": true, "reasons": ["lost"], "help": ["living"] }),
        ),
        (
            "admit",
            json!({ "away": true, "no_means": true, "on_street": true, "cause": "wandering",
                    "place": "" }),
        ),
        (
            "clues",
            json!({ "said_name": "狗娃", "said_place": "安康五里刘家坡", "accent": "安康口音",
                    "age": 66, "age_basis": "seen", "body_marks": "左手食指缺失，额头有疤",
                    "found_place": "421202" }),
        ),
    ] {
        station.act(&number, act, &data).await?;
    }
    Ok(number)
}
