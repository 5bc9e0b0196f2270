//! A father dies at home in 通山. The son finds out what to do, the home fetches the body, two
//! sign every step, the son says goodbye in the house — halls are not waived there (rules B3.6) —,
//! has nothing to pay, chooses a tree and gets the county's subsidy of 2,000 yuan.

use anyhow::{Context, ensure};
use jiff::civil::{Date, date};
use serde_json::{Value, json};
use sqlx::Connection as _;
use yiwang_e2e::{Api, Stage, Suite, id_number, journey, photo, until};

use crate::hands::*;

/// Certificates carry the ID number since July (rules F01).
const DIED: Date = date(2026, 9, 7);
const CREMATED: Date = date(2026, 9, 8);
const PLACED: Date = date(2026, 9, 10);

#[tokio::test]
async fn a_family_says_goodbye() -> anyhow::Result<()> {
    let suite = Suite::builder().from_day(DIED);
    journey("farewell", suite, async |stage| {
        let father = Person {
            name: "张德福",
            id_number: id_number("421224", "19480312", 411),
        };
        let son = Person {
            name: "张伟",
            id_number: "421224197203041375".to_owned(),
        };
        let family = stage.suite.sign_in("family").await?;
        let staff = Staff::open(&stage.suite).await?;
        let number = applied(stage, &father, &son).await?;
        fetched(stage, &family, &staff, &number, &father).await?;
        times(stage, &number).await?;
        let certificate = cremated(stage, &family, &staff, &number, &father, &son).await?;
        verified(stage, &family, &number, &father).await?;
        nothing_to_pay(stage, &staff, &number, &son).await?;
        let grave = tree(stage, &family, &staff, (&father, &son), &certificate).await?;
        subsidy(stage, &family, (&father, &son), &certificate, &grave).await
    })
    .await
}

/// From the home page to the application; gives its number.
async fn applied(stage: &Stage, father: &Person, son: &Person) -> anyhow::Result<String> {
    let browser = &stage.browser;
    stage.officer("family").await?;
    stage
        .step("finds out what to do, and whom to call", async {
            browser.open("/").await?;
            browser.look("01-home").await?;
            browser.click("亲人去世，怎么办").await?;
            browser.see("领死亡证明").await?;
            browser.fill("亲人在哪个县", "通山县").await?;
            browser.click_in_main("查找").await?;
            browser.see("通山县殡仪馆").await?;
            browser.see("不用交的钱").await?;
            browser.look("02-what-to-do").await
        })
        .await?;
    stage
        .step("looks at the prices", async {
            browser.open("/prices?division=421224").await?;
            browser.see("遗体存放").await?;
            browser.look("03-prices").await
        })
        .await?;
    stage
        .step("tells the home of the death", async {
            browser.open("/funeral?place=421224").await?;
            browser.click_in_main("网上办理治丧服务").await?;
            browser.see("通山县殡仪馆").await?;
            browser.fill("接运地点", "通羊镇城南路12号").await?;
            choose_town(browser, "死亡地点所在地").await?;
            browser.look("04-notice").await?;
            go_on(browser, "下一步").await?;
            let died_on = DIED.to_string();
            let dead = [
                ("逝者姓名", father.name),
                ("证件类别", "居民身份证"),
                ("证件号码", &father.id_number),
                ("死亡日期", &died_on),
            ];
            answer(browser, &dead).await?;
            browser.look("05-dead").await?;
            go_on(browser, "下一步").await?;
            let handler = [
                ("承办人姓名", son.name),
                ("承办人身份证件号码", &son.id_number),
                ("与逝者的关系", "子女"),
                ("联系电话", "13800000005"),
            ];
            answer(browser, &handler).await?;
            go_on(browser, "下一步").await?;
            // Photographs may follow.
            if browser.offers("下一步").await? {
                go_on(browser, "下一步").await?;
            }
            browser.look("06-review").await?;
            go_on(browser, "提交申请").await?;
            browser.look("07-handed-in").await?;
            number_on_page(browser).await
        })
        .await
}

/// The car comes once there is a certificate; the body lies in a cell.
async fn fetched(
    stage: &Stage,
    family: &Api,
    staff: &Staff,
    number: &str,
    father: &Person,
) -> anyhow::Result<()> {
    let browser = &stage.browser;
    stage
        .step(
            "the home sends the car, and fetches nobody without a certificate",
            async {
                staff
                    .first
                    .act(number, "dispatch", &json!({"driver": "方师傅"}))
                    .await?;
                let refused = staff.first.act_reply(number, "pick_up", &pick_up()).await?;
                let code = refused.problem()?.code;
                ensure!(code == "DEATH_CERTIFICATE_MISSING", "{code}");
                Ok(())
            },
        )
        .await?;
    stage
        .step(
            "the certificate has come from the health department",
            async {
                certified(&stage.suite, father, TOWN, &DIED.to_string()).await?;
                let data = json!({"number": father.id_number});
                until("the death is recorded", async || {
                    let reply = family.act_reply(number, "send_certificate", &data).await?;
                    if reply.status == 200 {
                        return Ok(Some(()));
                    }
                    let code = reply.problem()?.code;
                    ensure!(code == "DEATH_CERTIFICATE_MISSING", "{code}");
                    Ok(None)
                })
                .await
            },
        )
        .await?;
    stage
        .step("fetched, received, stored, each signed by two", async {
            staff.both(number, "pick_up", pick_up()).await?;
            let tag = staff.tag(number).await?;
            let received = json!({"tag": tag, "condition": "与接运时一致"});
            staff.both(number, "receive", received).await?;
            let stored = staff.both(number, "store", json!({"tag": tag})).await?;
            ensure!(stored.state() == "stored", "{}", stored.state());
            browser.open(&format!("/funeral/{number}")).await?;
            browser.see("安放在馆").await?;
            browser.see("火化确认书").await?;
            browser.look("08-stored").await
        })
        .await
}

fn pick_up() -> Value {
    json!({"place": "通羊镇城南路12号", "condition": "外观完好", "photo": true})
}

/// The son looks at the halls, prefers to say goodbye without one, and chooses the hour.
async fn times(stage: &Stage, number: &str) -> anyhow::Result<()> {
    let browser = &stage.browser;
    let page = format!("/funeral/{number}");
    stage
        .step("looks at the halls, and what they cost", async {
            browser.open(&page).await?;
            browser.click_in_main("预约告别厅").await?;
            browser.click_in_main("9月8日").await?;
            browser.see("松鹤厅").await?;
            browser
                .see("不用告别厅的，可以火化前在馆内告别，不收费")
                .await?;
            browser.look("09-hall").await?;
            browser.click_in_main("回到治丧安排").await
        })
        .await?;
    stage
        .step("says goodbye without a hall, and chooses the hour", async {
            browser.click_in_main("不用告别厅，火化前告别").await?;
            sure(stage).await?;
            go_on(browser, "不用告别厅，火化前告别").await?;
            browser.open(&page).await?;
            browser.see("在馆内与亲人告别，不用告别厅，不收费").await?;
            browser.look("10-quiet").await?;
            browser.click_in_main("选定火化时间").await?;
            browser.click_in_main("9月8日").await?;
            browser.click_within("一号平板炉", "10:00至11:00").await?;
            no_complaints(browser).await?;
            browser.see("火化时间已经定好").await?;
            browser.look("11-plan").await
        })
        .await?;
    stage
        .step("signs the confirmation himself", async {
            browser.click_in_main("签署火化确认书").await?;
            browser.answer("本人是承办人", "是").await?;
            sure(stage).await?;
            browser.look("12-confirmation").await?;
            go_on(browser, "签署火化确认书").await?;
            browser.open(&page).await?;
            browser.look("13-ready").await
        })
        .await
}

/// Grave acts are ticked first.
async fn sure(stage: &Stage) -> anyhow::Result<()> {
    let browser = &stage.browser;
    if browser.has_field("我已经核对").await? {
        browser.tick("我已经核对").await?;
    }
    Ok(())
}

/// Four papers, two people, one furnace; gives the number of the certificate.
async fn cremated(
    stage: &Stage,
    family: &Api,
    staff: &Staff,
    number: &str,
    father: &Person,
    son: &Person,
) -> anyhow::Result<String> {
    stage.suite.clock().set_day(CREMATED, 9).await?;
    let tag = staff.tag(number).await?;
    let papers = json!({
        "tag": tag, "dead_name": father.name, "dead_number": father.id_number,
        "certificate": father.id_number,
        "handler_name": son.name, "handler_number": son.id_number, "fits_cause": true,
    });
    stage
        .step("the family says goodbye in the house", async {
            staff.both(number, "farewell", json!({"tag": tag})).await?;
            let browser = &stage.browser;
            browser.open(&format!("/funeral/{number}")).await?;
            browser.see("亲属告别").await?;
            browser.look("13-farewell").await
        })
        .await?;
    stage
        .step(
            "a wrong paper is refused, four equal ones are signed by two",
            async {
                let mut wrong = papers.clone();
                wrong["handler_number"] = father.id_number.clone().into();
                let refused = staff.first.act_reply(number, "verify", &wrong).await?;
                let code = refused.problem()?.code;
                ensure!(code == "HANDLER_DIFFERS", "{code}");
                let verified = staff.both(number, "verify", papers).await?;
                ensure!(verified.state() == "verified", "{}", verified.state());
                Ok(())
            },
        )
        .await?;
    stage
        .step(
            "cremated, and the certificate is there within the hour",
            async {
                staff
                    .both(number, "start_cremation", json!({"tag": tag}))
                    .await?;
                stage.suite.clock().advance("PT1H").await?;
                staff
                    .both(number, "finish_cremation", json!({"tag": tag}))
                    .await?;
                staff.first.act(number, "certify", &json!({})).await?;
                let case = wait_for(family, number, "certified").await?;
                Ok(case.row("火化证明")?.to_owned())
            },
        )
        .await
}

/// The certificate of the family, checked by a stranger by the text of its code.
async fn verified(
    stage: &Stage,
    family: &Api,
    number: &str,
    father: &Person,
) -> anyhow::Result<()> {
    let browser = &stage.browser;
    let statement = stage
        .step("the son has the certificate", async {
            let page = family
                .get("/api/v1/certificates")
                .await?
                .expect(200)?
                .json()?;
            let list = page["certificates"].as_array().context("no certificates")?;
            let found = list.iter().find(|one| one["case_number"] == number);
            let id = found
                .and_then(|one| one["id"].as_str())
                .context("no certificate")?;
            let path = format!("/api/v1/certificates/burial/{id}");
            let whole: Value = family.get(&path).await?.expect(200)?.json()?;
            browser.open(&format!("/certificates/burial/{id}")).await?;
            browser.see("火化证明").await?;
            browser.look("14-certificate").await?;
            let statement = whole["statement"].as_str().context("no statement")?;
            Ok(statement.to_owned())
        })
        .await?;
    stage
        .step("a stranger checks it, and learns no names", async {
            stage.stranger().await?;
            browser.open("/verify").await?;
            browser.fill("二维码里的文字", &statement).await?;
            browser.click_in_main("核验").await?;
            browser.see("签名正确").await?;
            browser.see("火化证明").await?;
            for secret in [father.name, &father.id_number] {
                browser.see_not(secret).await?;
            }
            browser.look("15-verified").await
        })
        .await
}

/// Everything he used is waived; the ashes go home with him.
async fn nothing_to_pay(
    stage: &Stage,
    staff: &Staff,
    number: &str,
    son: &Person,
) -> anyhow::Result<()> {
    let browser = &stage.browser;
    stage
        .step("the bill is zero, line by line", async {
            staff.first.act(number, "settle", &json!({})).await?;
            stage.officer("family").await?;
            browser.open(&format!("/funeral/{number}")).await?;
            browser.see("不用交钱").await?;
            browser.see("火化（平板炉）").await?;
            browser.see("亲属告别").await?;
            browser.see_not("告别厅300元").await?;
            browser.look("16-bill").await
        })
        .await?;
    stage
        .step("the ashes are handed to him, and to nobody else", async {
            let tag = staff.tag(number).await?;
            let mut receipt = json!({
                "tag": tag, "name": "李四", "number": son.id_number, "receipt": "SJ-0001",
            });
            let refused = staff.first.act_reply(number, "hand_over", &receipt).await?;
            let code = refused.problem()?.code;
            ensure!(code == "HANDLER_DIFFERS", "{code}");
            receipt["name"] = son.name.into();
            let handed = staff.both(number, "hand_over", receipt).await?;
            ensure!(handed.state() == "handed", "{}", handed.state());
            Ok(())
        })
        .await
}

fn handler(son: &Person) -> Value {
    json!({
        "name": son.name, "id_number": son.id_number, "phone": "13800000005", "relation": "child",
    })
}

fn user(father: &Person) -> Value {
    json!({"name": father.name, "id_number": father.id_number, "household": TOWN})
}

/// A tree, chosen on the plan, and the burial; gives the number of the case.
async fn tree(
    stage: &Stage,
    family: &Api,
    staff: &Staff,
    (father, son): (&Person, &Person),
    certificate: &str,
) -> anyhow::Result<String> {
    let browser = &stage.browser;
    stage
        .step("chooses a tree on the plan", async {
            browser.open("/cemeteries").await?;
            browser.fill("逝者的户籍", "通山县").await?;
            browser.click_in_main("查找").await?;
            browser.look("17-cemeteries").await?;
            browser.click("通山县青松公益性公墓").await?;
            // The link of 香樟树葬区 among those of the areas.
            first_link(browser, "main a[href*='%E9%A6%99%E6%A8%9F']").await?;
            browser.look("18-plan").await?;
            first_link(browser, "svg.plots a.free").await?;
            browser.look("19-tree").await?;
            go_on(browser, "就选这个位置").await?;
            browser.see("为您保留到").await?;
            browser.look("20-held").await?;
            browser.click_in_main("填写申请").await
        })
        .await?;
    let number = stage
        .step("applies for it, is accepted, signs", async {
            let holds = family
                .get("/api/v1/burial/holds")
                .await?
                .expect(200)?
                .json()?;
            let spot = holds["holds"][0]["spot"].as_str().context("no hold")?;
            let form = json!({
                "handler": handler(son), "user": user(father),
                "death_certificate": father.id_number, "cremation_certificate": certificate,
                "facility": CEMETERY, "spot": spot,
            });
            let case = family.submit("grave", TOWN, &form, &[]).await?;
            let number = case.number().to_owned();
            staff.first.act(&number, "accept", &json!({})).await?;
            let sign = json!({"receipt": "惠民减免", "maintenance_years": 0});
            staff.first.act(&number, "sign", &sign).await?;
            Ok(number)
        })
        .await?;
    stage
        .step(
            "laid to rest with a witness, and signed by the son",
            async {
                stage.suite.clock().set_day(PLACED, 10).await?;
                let photo = staff.first.upload("photo", "tree.jpg", photo()).await?;
                let laid = json!({
                    "urn": urn(&stage.suite, certificate).await?, "witness": "林守山",
                    "photo": [photo.file_id], "place": "香樟树葬区", "on": PLACED.to_string(),
                });
                staff.first.act(&number, "lay", &laid).await?;
                wait_for(family, &number, "signing").await?;
                browser.open(&format!("/cases/{number}")).await?;
                browser.click_in_main("核对并签名").await?;
                browser.answer("我在现场", "是").await?;
                browser.look("21-sign").await?;
                go_on(browser, "核对并签名").await?;
                wait_for(family, &number, "placed").await?;
                browser.open(&format!("/cases/{number}")).await?;
                browser.look("21-laid").await
            },
        )
        .await?;
    Ok(number)
}

/// What stands on the label of the urn that this certificate goes with.
async fn urn(suite: &Suite, certificate: &str) -> anyhow::Result<String> {
    let mut conn = sqlx::PgConnection::connect(&suite.database_url("burial")?).await?;
    let number = sqlx::query_scalar(
        "select number from burial.urn join burial.cremation using (body) where certificate = $1",
    )
    .bind(certificate);
    Ok(number.fetch_one(&mut conn).await?)
}

/// 2,000 yuan, once.
async fn subsidy(
    stage: &Stage,
    family: &Api,
    (father, son): (&Person, &Person),
    certificate: &str,
    grave: &str,
) -> anyhow::Result<()> {
    let form = json!({
        "handler": handler(son), "user": user(father),
        "cremation_certificate": certificate, "form": "tree",
        "placed_on": PLACED.to_string(), "place": "通山县青松公益性公墓香樟树葬区",
        "account": {
            "holder": son.name, "bank": "通山农商银行城关支行", "number": "6217000010001234567",
        },
    });
    let number = stage
        .step("applied for, and paid by the bank", async {
            let case = family.submit("eco-subsidy", TOWN, &form, &[]).await?;
            ensure!(
                case.state() == "verified",
                "{grave} is known: {}",
                case.state()
            );
            let number = case.number().to_owned();
            let county = stage.suite.sign_in("burial").await?;
            county
                .act(&number, "approve", &json!({"opinion": "符合条件"}))
                .await?;
            let paid = wait_for(family, &number, "paid").await?;
            ensure!(
                paid.row("奖补金额")? == "2000.00元",
                "{:?}",
                paid.row("奖补金额")
            );
            Ok(number)
        })
        .await?;
    stage
        .step("never a second time", async {
            let reply = family
                .post(
                    "/api/v1/cases",
                    &yiwang_e2e::submission("eco-subsidy", TOWN, &form, &[]),
                )
                .await?;
            ensure!(reply.status != 201, "paid twice");
            stage.browser.open(&format!("/cases/{number}")).await?;
            stage.browser.see("已发放").await?;
            stage.browser.look("22-paid").await
        })
        .await
}
