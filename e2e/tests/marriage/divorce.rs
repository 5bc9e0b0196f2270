//! Divorce by agreement over the October holiday of 2025, day by day.
//!
//! Accepted on 1 September (D0): the cooling-off would end on 1 October, a holiday until the
//! 8th, so its last day L1 is Thursday, 9 October. The window opens on Friday, 10 October (F);
//! thirty days after L1 is Saturday, 8 November, so its last day L2 is Monday, 10 November.

use anyhow::ensure;
use jiff::civil::{Date, date};
use serde_json::json;
use yiwang_e2e::{Stage, Suite, journey};

use crate::counter::*;

const RECEIVED: Date = date(2025, 9, 1);
const L1: Date = date(2025, 10, 9);
const FIRST_DAY: Date = date(2025, 10, 10);
const L2: Date = date(2025, 11, 10);

#[tokio::test]
async fn the_cooling_off_is_kept_to_the_day() -> anyhow::Result<()> {
    let suite = Suite::builder().from_day(date(2025, 8, 29));
    journey("divorce", suite, async |stage| {
        let registrar = Registrar::open(&stage.suite).await?;
        let couples = [Couple::new(1), Couple::new(2), Couple::new(3)];
        stage
            .step("three couples are married", async {
                for couple in &couples {
                    registrar.marry(couple).await?;
                }
                Ok(())
            })
            .await?;
        stage.suite.clock().set_day(RECEIVED, 9).await?;
        let first = accepted(stage, &couples[0]).await?;
        let (second, third) = stage
            .step("two more are accepted on the same day", async {
                let second = registrar.accept_divorce(&couples[1]).await?;
                let third = registrar.accept_divorce(&couples[2]).await?;
                Ok((second.number().to_owned(), third.number().to_owned()))
            })
            .await?;
        last_day_of_cooling_off(stage, &registrar, &first, &second).await?;
        first_day_of_the_window(stage, &registrar, &first, &third).await?;
        after_the_window(stage, &registrar, &couples[2], &third).await
    })
    .await
}

/// The first couple at the counter; gives the number of its case.
async fn accepted(stage: &Stage, couple: &Couple) -> anyhow::Result<String> {
    let browser = &stage.browser;
    let number = stage
        .step(
            "both come, without an appointment, with agreement and certificates",
            async {
                stage.officer("hall1").await?;
                browser.open("/hall").await?;
                browser.look("01-day").await?;
                browser.click("离婚登记").await?;
                check_in(stage, couple).await?;
                let told = [
                    ("结婚登记机关", "内地婚姻登记机关"),
                    ("结婚证", "两本结婚证都在"),
                    ("离婚协议 › 双方自愿离婚", "是"),
                    ("离婚协议 › 财产处理", "存款各归各有，住房归女方。"),
                    ("离婚协议 › 债务处理", "无共同债务"),
                ];
                for (question, answer) in told {
                    browser.answer(question, answer).await?;
                }
                browser.click_within("离婚协议 › 子女抚养", "添加").await?;
                let child = [
                    ("姓名", "何小雨"),
                    ("出生日期", "2018-03-02"),
                    ("由谁抚养", "申请人二"),
                    ("抚养费和探望", "男方每月1500元，每周末探望，至年满18周岁。"),
                ];
                for (question, answer) in child {
                    browser
                        .answer(&format!("子女 1 › {question}"), answer)
                        .await?;
                }
                browser.look("02-check-in").await?;
                browser.click_in_main("受理").await?;
                let problems = problems(stage).await?;
                ensure!(problems.is_empty(), "not taken in: {problems}");
                number(stage).await
            },
        )
        .await?;
    stage
        .step("accepted: the receipt names the four days", async {
            bench(stage, &number, "受理").await?;
            browser.look("03-bench").await?;
            yiwang_e2e::until("accepted", async || {
                press(stage, "受理", &[]).await?;
                Ok(problems(stage).await?.is_empty().then_some(()))
            })
            .await?;
            for day in [
                "2025年9月1日",
                "2025年10月9日",
                "2025年10月10日",
                "2025年11月10日",
            ] {
                browser.see(day).await?;
            }
            browser.look("04-cooling-off").await?;
            browser.click("离婚登记申请受理回执单").await?;
            browser.see("2025年10月9日").await?;
            browser.look("05-receipt").await?;
            browser.open(&format!("/cases/{number}")).await?;
            browser.look("06-case").await
        })
        .await?;
    Ok(number)
}

async fn last_day_of_cooling_off(
    stage: &Stage,
    registrar: &Registrar,
    first: &str,
    second: &str,
) -> anyhow::Result<()> {
    let browser = &stage.browser;
    stage
        .step(
            "during the holiday nobody may come for the certificate",
            async {
                for day in [date(2025, 10, 1), date(2025, 10, 8), L1] {
                    stage.suite.clock().set_day(day, 9).await?;
                    let refused = registrar
                        .0
                        .act_reply(first, "register", &registration())
                        .await?;
                    let code = refused.problem()?.code;
                    ensure!(code == "COOLING_OFF", "{day}: {code}");
                }
                Ok(())
            },
        )
        .await?;
    stage
        .step(
            "the bench says so on the last day, and keeps what was filled in",
            async {
                bench(stage, first, "准予离婚登记").await?;
                press(stage, "准予离婚登记", &DIVORCING).await?;
                ensure!(!problems(stage).await?.is_empty(), "divorced on L1");
                browser.look("07-refused-on-l1").await
            },
        )
        .await?;
    stage
        .step(
            "one alone withdraws on the last day before closing",
            async {
                stage
                    .suite
                    .clock()
                    .set(&format!("{L1}T17:00:00+08:00"))
                    .await?;
                bench(stage, second, "撤回申请").await?;
                let alone = [
                    ("由谁撤回", "申请人二"),
                    ("已交回受理回执单", "是"),
                    ("本人已填写并签署《撤回离婚登记申请书》", "是"),
                ];
                act(stage, "撤回申请", &alone).await?;
                browser.see("已撤回").await?;
                browser.look("08-withdrawn").await
            },
        )
        .await?;
    stage
        .step("after closing it is too late to withdraw", async {
            stage
                .suite
                .clock()
                .set(&format!("{L1}T18:00:00+08:00"))
                .await?;
            let late = json!({"by": "a", "receipt": true, "handwritten": true});
            let refused = registrar.0.act_reply(first, "withdraw", &late).await?;
            let code = refused.problem()?.code;
            ensure!(code == "NOT_COOLING", "{code}");
            Ok(())
        })
        .await
}

async fn first_day_of_the_window(
    stage: &Stage,
    registrar: &Registrar,
    first: &str,
    third: &str,
) -> anyhow::Result<()> {
    let browser = &stage.browser;
    stage
        .step(
            "divorced on the first day of the window, by both together",
            async {
                stage.suite.clock().set_day(FIRST_DAY, 9).await?;
                registrar.wait_for(first, "cert_window").await?;
                registrar.wait_for(third, "cert_window").await?;
                let mut alone = registration();
                alone["both_present"] = false.into();
                let refused = registrar.0.act_reply(first, "register", &alone).await?;
                let code = refused.problem()?.code;
                ensure!(code == "ONE_PARTY", "{code}");
                registrar.identify(first).await?;
                bench(stage, first, "准予离婚登记").await?;
                browser.look("09-window").await?;
                act(stage, "准予离婚登记", &DIVORCING).await?;
                browser.see("打印离婚证").await?;
                browser.look("10-divorced").await?;
                let received = [("申请人一已签收", "是"), ("申请人二已签收", "是")];
                act(stage, "颁发离婚证", &received).await?;
                act(stage, "归档", &[]).await?;
                browser.look("11-archived").await
            },
        )
        .await
}

async fn after_the_window(
    stage: &Stage,
    registrar: &Registrar,
    couple: &Couple,
    third: &str,
) -> anyhow::Result<()> {
    let browser = &stage.browser;
    stage
        .step(
            "whoever does not come by the last day has withdrawn",
            async {
                stage.suite.clock().set_day(L2, 9).await?;
                let case = registrar.0.case(third).await?;
                ensure!(
                    case.state() == "cert_window",
                    "on L2 it is {}",
                    case.state()
                );
                stage.suite.clock().set_day(L2.tomorrow()?, 9).await?;
                registrar.wait_for(third, "deemed_withdrawn").await?;
                browser.open(&format!("/hall/cases/{third}")).await?;
                browser.see("视为撤回").await?;
                browser.look("12-deemed-withdrawn").await
            },
        )
        .await?;
    stage
        .step(
            "they may apply again at once, with a new cooling-off",
            async {
                let again = registrar.accept_divorce(couple).await?;
                ensure!(
                    again.row("受理日期")? == "2025年11月11日",
                    "{:?}",
                    again.row("受理日期")
                );
                // 11 November and 30 days are Thursday, 11 December.
                ensure!(
                    again.row("冷静期最后一日")? == "2025年12月11日",
                    "not a whole period"
                );
                Ok(())
            },
        )
        .await?;
    stage
        .step("the figures count them", async {
            browser
                .open("/hall/figures?from=2025-08-01&to=2025-11-30")
                .await?;
            browser.see("跨省通办率").await?;
            browser.look("13-figures").await?;
            for (name, path) in [
                ("14-conflicts", "/hall/conflicts"),
                ("15-status", "/hall/status"),
            ] {
                browser.open(path).await?;
                browser.look(name).await?;
            }
            Ok(())
        })
        .await
}

/// Everything said and signed.
fn registration() -> serde_json::Value {
    json!({
        "both_present": true, "a_willing": true, "b_willing": true,
        "agreement_confirmed": true, "a_signed": true, "b_signed": true,
    })
}
