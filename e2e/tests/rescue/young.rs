//! A boy of fifteen wants to go on alone. He may not: he is told so in plain words, and child
//! protection takes him over.

use anyhow::ensure;
use serde_json::json;
use yiwang_e2e::{Suite, id_number, journey};

use crate::hands::*;

const FOUND: &str = "yiwang.rescue.minor.found";

#[tokio::test]
async fn a_boy_of_fifteen_is_never_sent_off_alone() -> anyhow::Result<()> {
    journey("young", Suite::builder(), async |stage| {
        let browser = &stage.browser;
        let station = stage.suite.sign_in("rescue1").await?;
        let number = stage
            .step(
                "comes at night, lies apart, child protection hears it",
                async {
                    let form = json!({
                        "station": STATION, "source": "own", "reasons": ["homeless"],
                        "said": "从家里跑出来的，想去广东打工", "sex": "male", "looks_age": 15,
                        "found_at": "咸宁北站",
                    });
                    let case = station.submit("station-stay", TOWN, &form, &[]).await?;
                    let number = case.number().to_owned();
                    acts(&station, &number, &at_the_door("guardian_unable")).await?;
                    let found = "select count(*) from chassis.outbox
                              where subject = 'yiwang.rescue.minor.found' and aggregate_id = $1";
                    ensure!(
                        count(&stage.suite, found, &number).await? == 1,
                        "nobody was told"
                    );
                    Ok(number)
                },
            )
            .await?;
        stage
            .step("wants to leave alone, and reads why not", async {
                stage.officer("rescue2").await?;
                act(browser, &number, "登记要求离站", &[]).await?;
                browser.look("01-asks").await?;
                open_task(browser, &number, "自行离站").await?;
                let word = [
                    ("本人已在自行离站声明书上签字", "是"),
                    ("寄存物品已当面交还", "是"),
                    ("返乡乘车", "不需要"),
                ];
                fill_task(browser, "自行离站", &word).await?;
                let told = press(browser, "自行离站").await?;
                ensure!(told.contains("未成年人不能自行离站"), "{told}");
                ensure!(told.contains("未成年人救助保护机构"), "{told}");
                browser.look("02-refused").await?;
                let alone = json!({
                    "signed": true, "things_returned": true, "ticket": "direct", "to": "广州站",
                });
                let code = refused(&station, &number, "leave_own_word", &alone).await?;
                ensure!(code == "MINOR_ALONE", "{code}");
                Ok(())
            })
            .await?;
        stage
            .step("nobody ends his help, nobody fetches him unknown", async {
                let end = json!({ "ground": "over", "reasons": "不听劝", "things_returned": true });
                let code = refused(&station, &number, "terminate", &end).await?;
                ensure!(code == "NEVER_MINOR", "{code}");
                let uncle = json!({
                    "name": "王强", "number": id_number("420106", "19800101", 121), "relation": "relative",
                    "card_checked": true, "proof": "自称舅舅", "phone": "13900000000",
                    "things_returned": true,
                });
                let code = refused(&station, &number, "fetched", &uncle).await?;
                ensure!(code == "NOT_IDENTIFIED", "{code}");
                Ok(())
            })
            .await?;
        stage
            .step("child protection takes him over, signed by two", async {
                let label = "移交";
                open_task(browser, &number, label).await?;
                let to = [
                    ("接收单位类别", "福利机构、未成年人救助保护机构"),
                    ("接收单位", "咸宁市未成年人救助保护中心"),
                    ("接收人姓名", "汪小梅"),
                    ("接收人证件号码（工作证号）", "WB-0031"),
                    ("交接表编号", "JJ-2026-031"),
                    ("理由", "监护人暂时不能履行监护职责，由民政部门临时监护。"),
                    ("寄存物品已随人移交", "是"),
                    ("临时监护的情形", "监护人暂时不能履行监护职责"),
                    ("临时监护的方式", "交由未成年人救助保护机构收留、抚养"),
                    ("临时监护文书编号", "咸民护〔2026〕3号"),
                ];
                fill_task(browser, label, &to).await?;
                browser.look("03-hand-over").await?;
                done(browser, label).await?;
                open_task(browser, &number, "复核签字").await?;
                let told = press(browser, "复核签字").await?;
                ensure!(told.contains("另一"), "signed twice by one: {told}");
                let case = station.act(&number, "countersign", &json!({})).await?;
                ensure!(case.state() == "left", "{}", case.state());
                browser.open(&format!("/cases/{number}")).await?;
                browser.see("移交福利机构").await?;
                browser.look("04-handed-over").await?;
                ensure!(events(&stage.suite, FOUND).await? >= 1, "no event");
                Ok(())
            })
            .await
    })
    .await
}
