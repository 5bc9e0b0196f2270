//! A man from 竹山 and a woman from 吴忠 book a time in 咸宁, marry there, and show a stranger
//! that they did.

use anyhow::{Context, ensure};
use jiff::civil::Date;
use serde_json::Value;
use yiwang_e2e::{Stage, Suite, journey};

use crate::counter::*;

#[tokio::test]
async fn a_couple_from_two_provinces_marries_in_a_third_place() -> anyhow::Result<()> {
    journey("wedding", Suite::builder(), async |stage| {
        // Accounts of the demonstration: their identity is verified.
        let couple = Couple {
            man: Person::new(
                "程远航",
                "42032319980512129X",
                "湖北省十堰市竹山县城关镇莲花村3组",
            ),
            woman: Person::new(
                "马晓兰",
                "640302199907161283",
                "宁夏回族自治区吴忠市利通区金星镇12号",
            ),
        };
        let day = books(stage, &couple).await?;
        stage.suite.clock().set_day(day, 9).await?;
        let number = checked_in(stage, &couple).await?;
        married(stage, &number).await?;
        let statement = certificate(stage, &number).await?;
        verified(stage, &couple, &statement).await
    })
    .await
}

/// Books the last free time of the last free day; gives the day.
async fn books(stage: &Stage, couple: &Couple) -> anyhow::Result<Date> {
    let browser = &stage.browser;
    stage.officer("groom").await?;
    stage
        .step("finds the hall", async {
            browser.open("/book").await?;
            browser.look("01-what").await?;
            browser.click("结婚登记").await?;
            browser.fill("在哪个县", "咸安区").await?;
            browser.click_in_main("查找").await?;
            browser.look("02-where").await?;
            browser.click("咸安区婚姻登记处").await?;
            browser.look("03-day").await
        })
        .await?;
    let day = stage
        .step("chooses a day and a time", async {
            last_link(stage, "table.days td a").await?;
            let path = browser.path().await?;
            let url = reqwest::Url::parse("http://portal.invalid")?.join(&path)?;
            let mut query = url.query_pairs();
            let day = query
                .find(|(key, _)| key == "day")
                .context("no day in the address")?;
            let day: Date = day.1.parse()?;
            browser.look("04-time").await?;
            last_link(stage, "ul.times a").await?;
            Ok(day)
        })
        .await?;
    stage
        .step("says who comes", async {
            for (field, value) in [
                ("您的姓名", &couple.man.name),
                ("您的身份证号", &couple.man.id_number),
                ("对方的姓名", &couple.woman.name),
                ("对方的身份证号", &couple.woman.id_number),
                ("联系电话", &"13871234567".to_owned()),
            ] {
                browser.fill(field, value).await?;
            }
            browser.look("05-who").await?;
            browser.click_in_main("预约").await?;
            browser.see("约好了").await?;
            browser.look("06-booked").await
        })
        .await?;
    Ok(day)
}

/// Follows the last link of this kind on the page.
async fn last_link(stage: &Stage, selector: &str) -> anyhow::Result<()> {
    let link = stage
        .browser
        .script(
            "return [...document.querySelectorAll(arguments[0])].at(-1)?.getAttribute('href') ?? ''",
            vec![selector.into()],
        )
        .await?;
    let link = link.as_str().filter(|link| !link.is_empty());
    let link = link.with_context(|| format!("nothing is free: no {selector}"))?;
    stage.browser.open(link).await
}

async fn checked_in(stage: &Stage, couple: &Couple) -> anyhow::Result<String> {
    let browser = &stage.browser;
    stage
        .step("the registrar sees them on the day's list", async {
            stage.officer("hall1").await?;
            browser.open("/work").await?;
            browser.click("婚姻登记").await?;
            browser.see("已预约").await?;
            browser.see_not(&couple.man.name).await?;
            browser.look("07-day").await
        })
        .await?;
    stage
        .step(
            "both cards are read, and agree with the appointment",
            async {
                last_link(stage, "table.work a[href^='/hall/check-in']").await?;
                browser.look("08-check-in").await?;
                browser.click_within("申请人一", "读卡").await?;
                browser.see("读卡器上没有身份证").await?;
                check_in(stage, couple).await?;
                browser.see("与预约登记的一致").await?;
                browser.see_not("不是同一人").await?;
                browser.look("09-cards").await?;
                browser.click_in_main("受理").await?;
                let problems = problems(stage).await?;
                ensure!(problems.is_empty(), "not taken in: {problems}");
                browser.see("已经受理").await?;
                number(stage).await
            },
        )
        .await
}

async fn married(stage: &Stage, number: &str) -> anyhow::Result<()> {
    let browser = &stage.browser;
    stage
        .step(
            "the bench shows both masked, and the step of the law",
            async {
                bench(stage, number, "双方签署声明").await?;
                for secret in ["程远航", "42032319980512129X", "马晓兰"] {
                    browser.see_not(secret).await?;
                }
                browser.look("10-bench").await
            },
        )
        .await?;
    stage
        .step("nothing is registered before both have signed", async {
            press(stage, "双方签署声明", &[]).await?;
            ensure!(
                !problems(stage).await?.is_empty(),
                "declared without signatures"
            );
            browser.look("11-not-signed").await?;
            act(stage, "双方签署声明", &DECLARED).await
        })
        .await?;
    stage
        .step("registered on the spot, handed over, filed", async {
            browser.look("12-review").await?;
            act(stage, "准予登记", &WILLING).await?;
            browser.see("打印结婚证").await?;
            browser.look("13-registered").await?;
            let received = [("申请人一", "√"), ("申请人二", "√")];
            act(stage, "颁发结婚证", &received).await?;
            act(stage, "归档", &[]).await?;
            browser.see("已归档").await?;
            browser.look("14-archived").await
        })
        .await
}

/// The groom looks at his certificate and downloads it; gives the signed statement.
async fn certificate(stage: &Stage, number: &str) -> anyhow::Result<String> {
    let browser = &stage.browser;
    stage
        .step("the groom sees his marriage and his certificate", async {
            stage.officer("groom").await?;
            browser.open("/my").await?;
            browser.see("婚姻关系有效").await?;
            browser.look("15-my").await?;
            browser.open(&format!("/cases/{number}")).await?;
            browser.see("已归档").await?;
            browser.look("16-case").await?;
            browser.open("/certificates").await?;
            browser.look("17-certificates").await?;
            browser.click("结婚证").await?;
            browser.see("程远航").await?;
            ensure!(
                browser.offers("下载 PDF").await?,
                "{}",
                browser.controls().await?
            );
            browser.look("18-certificate").await
        })
        .await?;
    stage
        .step("downloads it", async {
            let groom = stage.suite.sign_in("groom").await?;
            let page = groom
                .get("/api/v1/certificates")
                .await?
                .expect(200)?
                .json()?;
            let list = page["certificates"].as_array().context("no certificates")?;
            let found = list.iter().find(|one| one["case_number"] == number);
            let id = found
                .and_then(|one| one["id"].as_str())
                .context("no certificate")?;
            let path = format!("/api/v1/certificates/marriage/{id}");
            let whole: Value = groom.get(&path).await?.expect(200)?.json()?;
            let file = groom.get(&format!("{path}/pdf")).await?.expect(200)?;
            ensure!(file.body.starts_with(b"%PDF-"), "no PDF");
            let statement = whole["statement"].as_str().context("no statement")?;
            Ok(statement.to_owned())
        })
        .await
}

async fn verified(stage: &Stage, couple: &Couple, statement: &str) -> anyhow::Result<()> {
    let browser = &stage.browser;
    stage
        .step("a stranger checks it, and learns no names", async {
            stage.stranger().await?;
            browser.open("/verify").await?;
            browser.look("19-verify").await?;
            browser.fill("二维码里的文字", statement).await?;
            browser.click_in_main("核验").await?;
            browser.see("签名正确").await?;
            browser.see("结婚证").await?;
            for secret in [&couple.man.name, &couple.woman.name, &couple.man.id_number] {
                browser.see_not(secret).await?;
            }
            browser.look("20-verified").await
        })
        .await?;
    stage
        .step("one changed letter is found out", async {
            let (head, tail) = statement.split_at(statement.len() / 2);
            let other = if tail.starts_with('A') { 'B' } else { 'A' };
            let forged = format!("{head}{other}{}", &tail[1..]);
            browser.open("/verify").await?;
            browser.fill("二维码里的文字", &forged).await?;
            browser.click_in_main("核验").await?;
            browser.see_not("签名正确").await?;
            browser.look("21-forged").await
        })
        .await
}
