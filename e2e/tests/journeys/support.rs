//! A 竹山 rural family of three with 300 yuan a month, from the first page to the
//! last payment: told once, corrected, investigated, checked, published,
//! confirmed, paid, looked at again, heard, in grace, stopped.
//!
//! The amount by hand, from services/assistance/rules/minimum_living.toml: the rural
//! standard of 420323 is 380.00 a month; 300.00 ÷ 3 = 100.00 a head;
//! (380.00 − 100.00) × 3 = 840.00. The supplement for minors (分类施保) has no
//! verified ratio in 420323, so it is 0 %: 840.00 in all.

use std::collections::BTreeSet;

use anyhow::{Context, ensure};
use jiff::{ToSpan, civil::Date};
use yiwang_e2e::{Family, Stage, Suite, journey, photo, until};

use crate::hands::*;

const AMOUNT: &str = "840.00";
const LOGIN: &str = "hedashan";

#[tokio::test]
async fn a_family_of_three_is_supported_and_leaves_support() -> anyhow::Result<()> {
    journey("support", Suite::builder(), async |stage| {
        let family = Family::new(1);
        let number = applies(stage, &family).await?;
        corrected(stage, &number).await?;
        investigated(stage, &number).await?;
        published(stage, &family, &number).await?;
        confirmed(stage, &number).await?;
        let first_month = paid(stage, &number).await?;
        leaves(stage, &number, first_month).await
    })
    .await
}

async fn applies(stage: &Stage, family: &Family) -> anyhow::Result<String> {
    let browser = &stage.browser;
    stage
        .step("registers with name and ID number", async {
            register(stage, &family.applicant.0, &family.applicant.1, LOGIN).await?;
            browser.look("01-registered").await
        })
        .await?;
    stage
        .step("finds the item by searching for 低保", async {
            browser.open("/").await?;
            browser.look("02-home").await?;
            browser.fill("想办什么事", "低保").await?;
            browser.click_in_main("查找").await?;
            browser.click("最低生活保障").await?;
            browser.see("380.00").await?;
            browser.look("03-guide").await?;
            browser.click("现在申请").await
        })
        .await?;
    stage
        .step("fills the form in, step by step", async {
            step_place(browser).await?;
            browser.look("04-where").await?;
            go_on(browser, "下一步").await?;
            step_applicant(browser, family).await?;
            browser.look("05-applicant").await?;
            go_on(browser, "下一步").await?;
            step_members(browser, family).await?;
            browser.look("06-members").await?;
            go_on(browser, "下一步").await?;
            step_assets(browser).await?;
            browser.look("07-assets").await?;
            go_on(browser, "下一步").await?;
            step_hardship(browser).await?;
            browser.look("08-hardship").await?;
            go_on(browser, "下一步").await?;
            step_account(browser, family).await?;
            browser.look("09-account").await?;
            go_on(browser, "下一步").await
        })
        .await?;
    stage
        .step("uploads a photograph", async {
            let file = on_disk(stage.suite.data(), "老屋.jpg", &photo())?;
            browser.attach("其他能说明困难情况的材料", &file).await?;
            browser.see("老屋.jpg").await?;
            browser.look("10-materials").await?;
            go_on(browser, "下一步").await
        })
        .await?;
    stage
        .step("looks everything over and submits", async {
            for text in [
                family.spouse.0.as_str(),
                &family.child.1,
                "300 元",
                "老屋.jpg",
                "缺少劳力",
            ] {
                browser.see(text).await?;
            }
            browser.look("11-review").await?;
            go_on(browser, "提交申请").await?;
            browser.look("12-submitted").await?;
            number_on_page(browser).await
        })
        .await
}

async fn corrected(stage: &Stage, number: &str) -> anyhow::Result<()> {
    let browser = &stage.browser;
    stage
        .step(
            "the township sees it on its worklist and tells once what is missing",
            async {
                stage.officer("township").await?;
                browser.open("/work").await?;
                browser.see(number).await?;
                browser.see_not("何大山").await?;
                browser.look("13-worklist").await?;
                browser.open(&format!("/cases/{number}")).await?;
                browser.see_not("13871234567").await?;
                browser.look("14-officer").await?;
                let list = [
                    (
                        "一次性告知清单 › 需要补正的内容",
                        "务工、种养收入的书面说明",
                    ),
                    (
                        "一次性告知清单 › 说明",
                        "请自己写明一年种苞谷的收入，拍照上传。",
                    ),
                ];
                act(stage, "township", number, "一次性告知补正", &list).await
            },
        )
        .await?;
    stage
        .step("what departments share may not be asked for", async {
            let codes = stage.browser.text().await?;
            ensure!(
                !codes.contains("请提供户口簿"),
                "shared papers were asked for"
            );
            Ok(())
        })
        .await?;
    stage
        .step(
            "the family reads the list, corrects and hands in again",
            async {
                stage.citizen(LOGIN).await?;
                browser.open("/my").await?;
                browser.see("需要您办").await?;
                browser.look("15-my-cases").await?;
                browser.open(&format!("/cases/{number}")).await?;
                browser.see("请自己写明一年种苞谷的收入").await?;
                browser.look("16-correction-asked").await?;
                browser.click("提交补正").await?;
                browser.look("17-correction-form").await?;
                let file = on_disk(stage.suite.data(), "收入说明.jpg", &photo())?;
                browser.attach("务工、种养收入的书面说明", &file).await?;
                browser.see("收入说明.jpg").await?;
                browser
                    .click_within("材料", "提交补正")
                    .await
                    .or(browser.click_in_main("提交补正").await)?;
                no_complaints(browser).await?;
                browser.see("已办好：提交补正").await?;
                browser.look("18-corrected").await
            },
        )
        .await?;
    stage
        .step(
            "it is accepted, and may not be sent back a second time",
            async {
                act(stage, "township", number, "受理", &[]).await?;
                ensure!(
                    !browser.offers("一次性告知补正").await?,
                    "a second list is possible"
                );
                browser.see("作出审核确认决定").await?;
                browser.look("19-accepted").await
            },
        )
        .await
}

async fn investigated(stage: &Stage, number: &str) -> anyhow::Result<()> {
    let browser = &stage.browser;
    let today = stage.suite.clock().today().await?.to_string();
    stage
        .step("one investigator is not enough", async {
            open_task(stage, "township", number, "启动调查").await?;
            browser
                .answer("启动调查 › 调查人员姓名 1", "陈志强")
                .await?;
            browser.click_within("启动调查", "启动调查").await?;
            browser.see("两名以上").await?;
            browser.look("20-one-investigator").await?;
            let second = [("调查人员姓名", "+"), ("调查人员姓名 2", "李晓燕")];
            finish_task(stage, "启动调查", &second).await
        })
        .await?;
    stage
        .step("a home visit by two officers", async {
            let visit = [
                ("方式", "入户调查"),
                ("日期", today.as_str()),
                ("调查人员姓名 1", "陈志强"),
                ("调查人员姓名", "+"),
                ("调查人员姓名 2", "李晓燕"),
                ("在场家庭成员", "全家三人"),
                (
                    "调查记录",
                    "土墙房三间，种苞谷三亩，无其他收入，与申报一致。",
                ),
            ];
            open_task(stage, "township", number, "登记调查").await?;
            browser.look("21-visit").await?;
            finish_task(stage, "登记调查", &visit).await
        })
        .await?;
    stage
        .step("the check centre answers", async {
            act(stage, "township", number, "提请信息核对", &[]).await?;
            look_until(stage, number, "与申报一致").await?;
            browser.look("22-checked").await
        })
        .await
}

async fn published(stage: &Stage, family: &Family, number: &str) -> anyhow::Result<()> {
    let browser = &stage.browser;
    stage
        .step("first opinion and notice", async {
            let opinion = [
                ("建议给予最低生活保障", "是"),
                ("初审意见", "人均收入100元，低于标准，财产符合规定。"),
            ];
            act(stage, "township", number, "提出初审意见", &opinion).await?;
            act(
                stage,
                "township",
                number,
                "公示",
                &[("张贴地点", "明清村村务公开栏")],
            )
            .await?;
            browser.look("23-published").await
        })
        .await?;
    stage
        .step("anybody reads the notice, masked", async {
            stage.stranger().await?;
            browser.open("/notices?place=竹山县").await?;
            browser.see("最低生活保障初审公示").await?;
            browser.look("24-notices").await?;
            browser.open(&notice_path(stage, number).await?).await?;
            browser.see("何**").await?;
            browser.see("3人").await?;
            browser.look("25-notice").await?;
            let source = browser.source().await?;
            for secret in secrets(family) {
                ensure!(!source.contains(&secret), "the notice shows {secret}");
            }
            for word in ["疾病", "残疾", "缺少劳力", "明清村三组", "小学"] {
                ensure!(!source.contains(word), "the notice shows {word}");
            }
            Ok(())
        })
        .await?;
    stage
        .step("nobody can confirm before the seven days are over", async {
            stage.officer("township").await?;
            let last = last_day(stage, number, "notice_end").await?;
            let posted = stage.suite.clock().today().await?;
            ensure!(
                last >= posted.checked_add(7.days())?,
                "{posted} to {last} is too short"
            );
            let office = stage.suite.sign_in("township2").await?;
            let refused = office
                .act_reply(number, "report_to_county", &serde_json::json!({}))
                .await?;
            ensure!(
                refused.problem()?.code == "NOTICE_RUNNING",
                "{}",
                refused.text()
            );
            move_clock(stage, last).await?;
            let refused = office
                .act_reply(number, "report_to_county", &serde_json::json!({}))
                .await?;
            ensure!(
                refused.problem()?.code == "NOTICE_RUNNING",
                "on the last day: {}",
                refused.text()
            );
            browser.open("/demo").await?;
            browser.look("26-clock").await?;
            move_clock(stage, last.tomorrow()?).await
        })
        .await?;
    stage
        .step(
            "the notice is over and disappears from the public list",
            async {
                let path = notice_path(stage, number).await?;
                stage.stranger().await?;
                until("the notice is over", async || {
                    browser.open("/notices?place=竹山县").await?;
                    Ok((!browser.source().await?.contains(&path)).then_some(()))
                })
                .await
            },
        )
        .await
}

async fn confirmed(stage: &Stage, number: &str) -> anyhow::Result<()> {
    let browser = &stage.browser;
    stage
        .step("to the county", async {
            look_until_as(stage, "township", number, "上报县级").await?;
            act(stage, "township", number, "上报县级", &[]).await?;
            act(stage, "county", number, "开始审核", &[]).await?;
            browser.look("27-county").await
        })
        .await?;
    stage
        .step(
            "another officer confirms; the grave step asks to be ticked",
            async {
                open_task(stage, "approver", number, "审核确认").await?;
                browser.look("28-confirm").await?;
                browser.click_within("审核确认", "审核确认").await?;
                browser.see("办了就不能撤回").await?;
                finish_task(stage, "审核确认", &[]).await?;
                browser.see(&format!("{AMOUNT}元")).await?;
                browser.look("29-confirmed").await
            },
        )
        .await?;
    stage
        .step("the amount is right to the fen", async {
            let citizen = stage
                .suite
                .stranger()
                .sign_in(LOGIN, Suite::PASSWORD, None)
                .await?;
            let case = citizen.case(number).await?;
            ensure!(case.state() == "confirmed", "{}", case.state());
            ensure!(
                case.row("每月金额")? == format!("{AMOUNT}元"),
                "{}",
                case.row("每月金额")?
            );
            ensure!(
                case.row("人均标准")? == "380.00元",
                "{}",
                case.row("人均标准")?
            );
            stage.citizen(LOGIN).await?;
            browser.open(&format!("/cases/{number}")).await?;
            browser.see(&format!("{AMOUNT}元")).await?;
            browser.look("30-citizen-confirmed").await?;
            browser.click("最低生活保障确认通知书").await?;
            browser.see(&format!("每月{AMOUNT}元")).await?;
            browser.look("31-confirmation").await?;
            browser.open("/my").await?;
            browser.see("消息").await?;
            browser.look("32-messages").await
        })
        .await
}

/// Moves into the next month; gives it.
async fn paid(stage: &Stage, number: &str) -> anyhow::Result<Date> {
    let browser = &stage.browser;
    let ledger = Ledger::of(&stage.suite)?;
    let decided = stage.suite.clock().today().await?;
    let next = decided.last_of_month().tomorrow()?;
    stage
        .step("nothing is paid in the month of the decision", async {
            move_clock(stage, decided.last_of_month()).await?;
            ensure!(
                ledger.paid().await?.is_empty(),
                "paid in the month of the decision"
            );
            Ok(())
        })
        .await?;
    stage
        .step("paid in the month after, once, by the bank", async {
            let pay_day = next.with().day(10).build()?;
            move_clock(stage, pay_day).await?;
            let paid = until("the bank has paid", async || {
                let paid = ledger.paid().await?;
                Ok((!paid.is_empty()).then_some(paid))
            })
            .await?;
            ensure!(paid == [(84_000, 1)], "the bank paid {paid:?} (fen, times)");
            stage.citizen(LOGIN).await?;
            look_until(stage, number, "发放中").await?;
            browser.look("33-in-payment").await?;
            Ok(next)
        })
        .await
}

async fn leaves(stage: &Stage, number: &str, first_month: Date) -> anyhow::Result<()> {
    let browser = &stage.browser;
    let today = stage.suite.clock().today().await?.to_string();
    stage
        .step("the family reports that it earns more", async {
            stage.citizen(LOGIN).await?;
            browser.open(&format!("/cases/{number}")).await?;
            browser.click("报告家庭变化").await?;
            answer(
                browser,
                &[
                    ("从哪天开始变化", &today),
                    ("发生了什么变化", "大山到镇上茶厂上班，每月1800元。"),
                ],
            )
            .await?;
            browser.look("34-report-change").await?;
            go_on(browser, "报告家庭变化").await?;
            browser.see("复核中").await?;
            browser.look("35-recheck").await
        })
        .await?;
    stage
        .step(
            "the township finds 1,800 yuan a month and proposes grace",
            async {
                let found = [("核定的家庭近12个月净收入", "21600")];
                act(stage, "township", number, "登记核定结果", &found).await?;
                let proposal = [
                    ("复核建议", "进入渐退期"),
                    ("理由", "人均月收入600元，超过380元标准，因就业给予渐退。"),
                ];
                act(stage, "township", number, "提出复核建议", &proposal).await
            },
        )
        .await?;
    let decision = [
        ("决定", "进入渐退期"),
        ("理由", "已就业，人均月收入600元，超过标准。"),
        ("渐退期月数", "2"),
    ];
    stage
        .step("nothing is taken away before the family is heard", async {
            open_task(stage, "approver", number, "作出复核决定").await?;
            for (question, value) in decision {
                browser
                    .answer(&format!("作出复核决定 › {question}"), value)
                    .await?;
            }
            browser.tick("作出复核决定 › 我已经核对").await?;
            browser.click_within("作出复核决定", "作出复核决定").await?;
            browser.see("必须先听取救助对象的意见").await?;
            browser.look("36-hearing-first").await?;
            let kept = browser.value("作出复核决定 › 理由").await?;
            ensure!(kept == decision[1].1, "the reasons were lost: {kept:?}");
            let hearing = [
                ("听取意见日期", today.as_str()),
                ("救助对象的意见", "同意，希望缓几个月。"),
            ];
            act(stage, "township", number, "听取意见", &hearing).await?;
            browser.look("37-heard").await
        })
        .await?;
    stage
        .step("grace of two months", async {
            act(stage, "approver", number, "作出复核决定", &decision).await?;
            browser.see("渐退期").await?;
            stage.citizen(LOGIN).await?;
            browser.open(&format!("/cases/{number}")).await?;
            browser.click("渐退期告知书").await?;
            browser.see("希望缓几个月").await?;
            browser.see("行政复议").await?;
            browser.look("38-grace-letter").await
        })
        .await?;
    stage
        .step("grace is over: stopped, each month paid once", async {
            let last = last_day(stage, number, "grace_end").await?;
            let ledger = Ledger::of(&stage.suite)?;
            let mut month = first_month;
            let mut due = 1;
            while month.last_of_month() < last {
                month = month.last_of_month().tomorrow()?;
                due += 1;
                move_clock(stage, month.with().day(10).build()?).await?;
                until("the bank has paid the month", async || {
                    Ok((ledger.paid().await?.len() == due).then_some(()))
                })
                .await
                .with_context(|| format!("{month}: {due} payments are due"))?;
            }
            stage.suite.clock().set_day(last.tomorrow()?, 9).await?;
            look_until(stage, number, "已停发").await?;
            browser.look("39-stopped").await?;
            move_clock(
                stage,
                last.last_of_month().tomorrow()?.with().day(10).build()?,
            )
            .await?;
            let paid = ledger.paid().await?;
            ensure!(paid.iter().all(|line| *line == (84_000, 1)), "{paid:?}");
            ensure!(
                paid.len() == due,
                "{} months paid instead of {due}",
                paid.len()
            );
            Ok(())
        })
        .await
}

/// What must not be on a notice.
fn secrets(family: &Family) -> BTreeSet<String> {
    let people = [&family.applicant, &family.spouse, &family.child];
    let mut secrets: BTreeSet<String> = people
        .iter()
        .flat_map(|(name, id)| [name.clone(), id.clone()])
        .collect();
    secrets.extend(["13871234567", "6217004201234567890", LOGIN].map(str::to_owned));
    secrets
}

async fn notice_path(stage: &Stage, number: &str) -> anyhow::Result<String> {
    let citizen = stage
        .suite
        .stranger()
        .sign_in(LOGIN, Suite::PASSWORD, None)
        .await?;
    let case = citizen.case(number).await?;
    let id = case
        .list("notices")
        .iter()
        .find_map(|one| one["id"].as_str())
        .context("no notice")?;
    Ok(format!("/notices/{id}"))
}

async fn last_day(stage: &Stage, number: &str, clock: &str) -> anyhow::Result<Date> {
    let citizen = stage
        .suite
        .stranger()
        .sign_in(LOGIN, Suite::PASSWORD, None)
        .await?;
    let case = citizen.case(number).await?;
    let last = case.clock(clock)?["last_day"]
        .as_str()
        .context("no last day")?
        .parse()?;
    Ok(last)
}

async fn look_until_as(stage: &Stage, who: &str, number: &str, text: &str) -> anyhow::Result<()> {
    stage.officer(who).await?;
    look_until(stage, number, text).await
}

/// The bank's own book of what it has really paid.
struct Ledger {
    http: reqwest::Client,
    url: String,
}

impl Ledger {
    fn of(suite: &Suite) -> anyhow::Result<Self> {
        Ok(Self {
            http: reqwest::Client::builder().no_proxy().build()?,
            url: suite.sandbox_url("/sandbox/v1/ledger")?,
        })
    }

    /// Fen and number of payments of each line.
    async fn paid(&self) -> anyhow::Result<Vec<(i64, i64)>> {
        let book: serde_json::Value = self
            .http
            .get(&self.url)
            .send()
            .await?
            .error_for_status()?
            .json()
            .await?;
        let lines = book.as_object().context("no ledger")?;
        let line = |line: &serde_json::Value| {
            Some((line["amount_fen"].as_i64()?, line["payments"].as_i64()?))
        };
        lines
            .values()
            .map(|one| line(one).with_context(|| format!("{one}")))
            .collect()
    }
}
